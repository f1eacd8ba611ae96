"""Headers and rows of LinkedIn's tables for tests."""

from pathlib import Path

from graph.records import Handle, HandleKind, Record
from sources import linkedin

MESSAGES = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT\n"
OLD_MESSAGES = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT\n"
PROFILE = "First Name,Last Name,Headline\nAna,Silva,Partner\n"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
DATE_AND_CONTENT = "2026-01-02 03:04:05 UTC,,Hi"


def url(name: str) -> str:
    return f"https://www.linkedin.com/in/{name}"


def by_url(name: str) -> tuple[Handle, ...]:
    return (Handle(HandleKind.LINKEDIN, url(name)),)


class FileReader:
    """Reads files, given by name and content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, **files: str | bytes) -> list[Record]:
        paths = [self._folder / f"{name}.csv" for name in files]
        for path, content in zip(paths, files.values(), strict=True):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(linkedin.read(paths))
