"""The names of the folders that a mail file is in, as labels."""

import binascii
import re
from functools import lru_cache
from pathlib import Path

_PACKAGE_SUFFIXES = (".mbox", ".sbd", ".directory")
"""Suffixes of the folders in which Apple Mail, Thunderbird and KMail keep a folder's messages and subfolders."""
_ENCODED = re.compile(r"&([A-Za-z0-9+,]*)-")


def labels_of_path(path: Path, top: Path) -> frozenset[str]:
    """The names of a mail file or maildir and of the folders around it, in lower case.

    These are the folders below `top`, and the packages of mail programs wherever they are (`Trash.sbd`, `Junk.mbox`).
    """
    labels = set(folder_names(path.name)) if path != top else set()
    for folder in path.parents:
        is_package = folder.suffix.lower() in _PACKAGE_SUFFIXES
        if is_package or (top in folder.parents):
            labels |= folder_names(folder.name)
        elif top == folder or top not in path.parents:
            break
    return frozenset(labels)


@lru_cache(maxsize=4096)
def folder_names(name: str, separators: str = "/") -> frozenset[str]:
    """The parts of a folder's name, in lower case: archive and 2021 for the maildir `.Archive.2021`."""
    for suffix in _PACKAGE_SUFFIXES:
        name = name.removesuffix(suffix)
    if name.startswith("."):
        separators = "./"
    parts = re.split(f"[{re.escape(separators)}]", decode_utf7(name))
    return frozenset(part.strip().lower() for part in parts if part.strip())


def decode_utf7(name: str) -> str:
    """The name of a folder that a mail server writes in modified UTF-7: `Entw&APw-rfe` is `Entwürfe`."""
    return _ENCODED.sub(_decoded, name) if "&" in name else name


def _decoded(match: re.Match[str]) -> str:
    encoded = match[1].replace(",", "/")
    if not encoded:
        return "&"
    try:
        return binascii.a2b_base64(encoded + "=" * (-len(encoded) % 4)).decode("utf-16-be")
    except ValueError:
        return match[0]
