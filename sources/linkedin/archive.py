"""What of an archive may be a table, and whether a folder is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from zipfile import is_zipfile

from sources import archive
from sources.archive import File, is_shown

# What LinkedIn puts beside its tables.
_BESIDE = {".csv", ".html", ".htm", ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".mp4"}


@contextmanager
def opened(path: Path) -> Iterator[list[File]]:
    """The files that may be tables, to be read while this is open."""
    with archive.opened(path, is_table) as files:
        yield files


def is_only_an_archive(path: Path) -> bool:
    """Whether a folder holds tables at its top, and it or a zip nothing anywhere that is not LinkedIn's."""
    return _is_only_linkedins(path) if path.is_dir() else not is_zipfile(path) or _holds_only_linkedins(path)


def _holds_only_linkedins(path: Path) -> bool:
    with archive.opened(path, lambda place: place.suffix.lower() not in _BESIDE) as others:
        return all(file.name.endswith("/") for file in others)


def _is_only_linkedins(folder: Path) -> bool:
    top = [place for place in folder.iterdir() if place.is_file() and is_shown(Path(place.name))]
    if not top or any(place.suffix.lower() != ".csv" for place in top):
        return False
    return all(
        place.is_dir() or place.suffix.lower() in _BESIDE
        for place in folder.rglob("*")
        if is_shown(place.relative_to(folder))
    )


def is_table(place: PurePath) -> bool:
    """Whether a file may be one, by its name."""
    return place.suffix.lower() == ".csv"
