"""What of an archive may be a table, and whether a folder is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from sources import archive
from sources.archive import File, is_shown

# What LinkedIn puts beside its tables.
_BESIDE = {".csv", ".html", ".htm", ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".mp4"}


@contextmanager
def opened(path: Path) -> Iterator[list[File]]:
    """The files that may be tables, to be read while this is open."""
    with archive.opened(path, _is_table) as files:
        yield files


def is_only_an_archive(folder: Path) -> bool:
    """Whether a folder holds tables at its top, and nothing anywhere that is not LinkedIn's."""
    top = [place for place in folder.iterdir() if place.is_file() and is_shown(Path(place.name))]
    if not top or any(place.suffix.lower() != ".csv" for place in top):
        return False
    return all(
        place.is_dir() or place.suffix.lower() in _BESIDE
        for place in folder.rglob("*")
        if is_shown(place.relative_to(folder))
    )


def _is_table(place: PurePath) -> bool:
    return place.suffix.lower() == ".csv"
