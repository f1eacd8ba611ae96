"""What a source can refuse, each in one sentence that may be shown as it is.

SourceError
├── NoSuchPath      nothing lies where the path points
├── Unreadable      a file or folder that this user may not open, or that the disk does not give
├── ClaimedTwice    two sources take one file for theirs
├── UnsafeArchive   a zip that is damaged, or built to harm whoever opens it
├── TwoOwners       exports of different people, given as one
├── UnclearMap      columns named as what no sheet has
├── TwoWorkspaces   exports of different Slack workspaces, given as one
├── UnfitList       a list of targets that has no rows, or too many
└── NotFetched      a mail server that cannot be read from
"""

from collections.abc import Iterable, Mapping


class SourceError(Exception):
    """An export that is refused as a whole. A bad row is no error: it is a BadRow."""


class NoSuchPath(SourceError):
    def __init__(self, path: str) -> None:
        super().__init__(f"There is no file or folder at {path}.")
        self.path = path


class Unreadable(SourceError):
    def __init__(self, file: str, reason: str | None) -> None:
        super().__init__(f"{file} was not read: {(reason or 'the system does not say why').lower()}.")
        self.file, self.reason = file, reason


class ClaimedTwice(SourceError):
    def __init__(self, file: str, first: str, second: str) -> None:
        super().__init__(f"{file} is claimed by both {first} and {second}; nothing was read.")
        self.file, self.first, self.second = file, first, second


class UnsafeArchive(SourceError):
    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} was not opened: {reason}.")
        self.file, self.reason = file, reason


class TwoOwners(SourceError):
    def __init__(self, kind: str) -> None:
        super().__init__(f"These {kind} exports are of different people; load them one at a time.")
        self.kind = kind


class UnclearMap(SourceError):
    def __init__(self, named: Iterable[str], there: Mapping[str, Iterable[str]]) -> None:
        kinds = "; or ".join(f"{', '.join(fields)} ({name})" for name, fields in there.items())
        super().__init__(f"What --map names is not all of one kind: it takes {kinds}. It was given {', '.join(named)}.")
        self.named = tuple(named)


class TwoWorkspaces(SourceError):
    def __init__(self) -> None:
        super().__init__("These slack exports are of different workspaces; load them one at a time.")


class NotFetched(SourceError):
    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"The mail at {host} was not fetched: {reason}.")
        self.host, self.reason = host, reason


class UnfitList(SourceError):
    """A list of targets that nothing can be said of; the sentence says what to do."""
