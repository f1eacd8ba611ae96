"""Finds the files of an archive that may be tables, and checks whether a folder or zip is a LinkedIn archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from zipfile import is_zipfile

from sources.archives.files import File, is_visible, open_export

_SUFFIXES = {
    *(
        ".csv",
        ".html",
        ".htm",
        ".pdf",
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".heic",
        ".avif",
        ".bmp",
        ".tif",
        ".tiff",
        ".svg",
    ),
    *(".mp4", ".mov", ".webm", ".m4v", ".avi", ".mp3", ".m4a", ".wav", ".ogg"),
}
"""Of the files that LinkedIn exports: tables, articles and media."""
_UPLOADS = {"rich_media", "rich media"}
"""Folders with what the owner uploaded: files of any kind."""


@contextmanager
def open_tables(path: Path) -> Iterator[list[File]]:
    """The files that may be tables; they can be read until the context ends."""
    with open_export(path, may_be_table) as files:
        yield files


def has_only_linkedin_files(path: Path) -> bool:
    """Whether a folder or zip contains only files that LinkedIn exports. True for a single file.

    A folder must have tables, and nothing else, at its top level.
    """
    if path.is_dir():
        return _folder_has_only_linkedin_files(path)
    return not is_zipfile(path) or _zip_has_only_linkedin_files(path)


def may_be_table(place: PurePath) -> bool:
    return place.suffix.lower() == ".csv"


def _is_exported(place: PurePath) -> bool:
    folders = {part.lower() for part in place.parts[:-1]}
    return place.suffix.lower() in _SUFFIXES or not folders.isdisjoint(_UPLOADS)


def _zip_has_only_linkedin_files(path: Path) -> bool:
    with open_export(path, lambda place: not _is_exported(place)) as others:
        return all(file.name.endswith("/") for file in others)


def _folder_has_only_linkedin_files(folder: Path) -> bool:
    top_files = [place for place in folder.iterdir() if place.is_file() and is_visible(Path(place.name))]
    if not top_files or any(place.suffix.lower() != ".csv" for place in top_files):
        return False
    return all(
        place.is_dir() or _is_exported(place.relative_to(folder))
        for place in folder.rglob("*")
        if is_visible(place.relative_to(folder))
    )
