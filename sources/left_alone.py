"""Files that a load does not read: by kind, the most important first, with a sentence on what to do instead.

unread_formats.toml lists the formats that are not read.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import Path

_MOST_FILES = 20
_KEPT = {
    *(
        "drive",
        "google drive",
        "ドライブ",
        "google ドライブ",
        "드라이브",
        "云端硬盘",
        "雲端硬碟",
        "диск",
        "google диск",
        "dysk",
    ),
    *("google chat", "hangouts", "keep", "google keep", "google photos", "google fotos", "google foto", "classroom"),
    *("groups", "chrome", "youtube and youtube music", "access log activity"),
}
"""Folders of a Takeout with files that the owner keeps, or that others sent."""


@dataclass(frozen=True, slots=True)
class UnreadFormat:
    """A format that is not read. `instead` is empty if its files can contain nothing to read."""

    what: str
    names: tuple[str, ...]
    instead: str = ""


def left_alone_lines(paths: Sequence[Path]) -> Iterator[str]:
    """Yield a line for each kind of unrecognised file, the most important kind first."""
    by_format: defaultdict[UnreadFormat | None, list[Path]] = defaultdict(list)
    for path in paths:
        by_format[_format(path)].append(path)
    for known in unread_formats():
        if known.instead and (listed_files := by_format[known]):
            yield f"not read: {_named(listed_files)}: {known.what}. {known.instead}"
    others = by_format[None]
    yield from (f"not recognised: {path}" for path in others[:_MOST_FILES])
    if len(others) > _MOST_FILES:
        yield f"not recognised: {len(others) - _MOST_FILES:,} more files"
    for known in unread_formats():
        if not known.instead and (listed_files := by_format[known]):
            yield f"not recognised: {_named(listed_files)}: {known.what}"


def is_kept_folder(path: Path) -> bool:
    """Whether this folder of a Takeout holds files that the owner keeps or received, and not exports of the owner's."""
    names = _KEPT if path.parent.name.casefold() == "takeout" else ()
    return path.name.casefold() in names and path.is_dir()


@cache
def unread_formats() -> tuple[UnreadFormat, ...]:
    """The formats, the most important first."""
    listed = tomllib.loads(files(__package__).joinpath("unread_formats.toml").read_text("utf-8"))["format"]
    return tuple(UnreadFormat(one["what"], tuple(one["names"]), one.get("instead", "")) for one in listed)


def _format(path: Path) -> UnreadFormat | None:
    place = f"/{path.as_posix()}".casefold()
    return next((one for one in unread_formats() if any(fnmatchcase(place, name) for name in one.names)), None)


def _named(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{len(paths):,} files, for example {paths[0].name}"
