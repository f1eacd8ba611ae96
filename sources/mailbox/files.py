"""Where letters lie in mail files, and the header block of each.

Bodies are never parsed: an mbox is read in large pieces and searched for the lines that
part its messages, every other file is read no further than its header can reach.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEADER_CAP = 64 * 1024  # longer headers are no person's: what fits is read
_GLANCE = 16 * 1024
_CHUNK = 4 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"

# A From_ line is believed where it holds a weekday, a time and a year, an address alone, or
# nothing (Thunderbird of late), and a header field follows.
_FROM_LINE = re.compile(
    rb"From (?:"
    rb"[^\r\n]{1,200}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    rb"(?=[^\r\n]{0,80}\d:\d\d)(?=[^\r\n]{0,80}\d{4})[^\r\n]{0,200}"
    rb"|[^\s@]{1,200}@[^\s@]{1,200}\s?| ?)\r?\n"
    rb"(?=[!-9;-~]{1,80}[ \t]*:)"
)
_REACH = HEADER_CAP + 1024  # so much must be at hand after a From_ line
_HEADER_END = re.compile(rb"\n\r?\n")
_FIELD_NAME = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:", re.MULTILINE)
_TELLING = {b"from", b"to", b"date", b"message-id", b"received", b"subject", b"mime-version"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message's header block and where it was found.

    `number` counts from 1 in `file`; `envelope` is the mbox line before it; `kept_in` holds, in
    small letters, what the place says of it: its folder's name, "trash" or "draft" by a flag.
    """

    file: str
    number: int
    head: bytes
    envelope: bytes = b""
    kept_in: frozenset[str] = frozenset()


def is_mbox(path: Path) -> bool:
    return _FROM_LINE.match(_start(path, _GLANCE).lstrip(b"\r\n")) is not None


def is_letter(path: Path) -> bool:
    """Whether the file begins as a single message: header fields, two of them of mail alone."""
    head = header_block(_start(path, _GLANCE))
    names = {name.lower() for name in _FIELD_NAME.findall(head)}
    return _FIELD_NAME.match(head) is not None and len(names & _TELLING) > 1


def is_maildir(path: Path) -> bool:
    """Thunderbird's maildirs have no `new`, a copied one may have lost its `tmp`."""
    return (path / "cur").is_dir() and ((path / "new").is_dir() or (path / "tmp").is_dir())


def letters(path: Path) -> Iterator[Letter]:
    """Yield what lies in an mbox, a single message, a maildir, or a folder that holds such."""
    if path.is_dir():
        yield from _in_folder(path)
    elif is_mbox(path):
        kept_in = frozenset({path.name.lower().removesuffix(".mbox")})
        with path.open("rb") as file:
            for number, (envelope, head) in enumerate(_in_mbox(file), start=1):
                yield Letter(path.name, number, head, envelope, kept_in)
    else:
        yield _alone(path, frozenset())


def _in_folder(top: Path) -> Iterator[Letter]:
    for place, folders, names in os.walk(top):
        here = Path(place)
        kept = here.name in ("cur", "new") and (here.parent / "cur").is_dir()
        folders[:] = sorted(name for name in folders if name != "tmp" or "cur" not in folders)
        for path in (here / name for name in sorted(names)):
            if kept:
                yield _alone(path, _kept_in(path))
            elif path.is_file() and (is_mbox(path) or is_letter(path)):
                yield from letters(path)


def _kept_in(path: Path) -> frozenset[str]:
    """What a maildir says of a message: its folder (`.Archive.2021` is 2021) and its flags."""
    folder = path.parent.parent.name.rpartition(".")[2].lower()
    flags = re.split(r"[:;!]2,", path.name)[1:]  # Windows allows no colon in a name
    marks = {"T": "trash", "D": "draft"}
    return frozenset({folder} | {marks[flag] for flag in "".join(flags) if flag in marks})


def _alone(path: Path, kept_in: frozenset[str]) -> Letter:
    data = _start(path, _REACH)
    line = _FROM_LINE.match(data)
    envelope = line[0].rstrip() if line else b""
    return Letter(path.name, 1, header_block(data[line.end() if line else 0 :]), envelope, kept_in)


def _start(path: Path, size: int) -> bytes:
    """How a file begins; nothing where it cannot be opened (maildirs change while read)."""
    try:
        with path.open("rb") as file:
            return file.read(size).removeprefix(_BOM)
    except OSError:
        return b""


def _in_mbox(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield each message's From_ line and header block, holding one piece of the file at a time."""
    window, at, ended = b"\n\n" + file.read(_CHUNK).removeprefix(_BOM), 0, False
    while True:
        found = window.find(b"\nFrom ", at)
        if not ended and (found < 0 or len(window) - found < _REACH):
            # two bytes before a From_ line say whether the line before it is blank
            keep = max(found - 2, 0) if found >= 0 else max(len(window) - 8, 0)
            chunk = file.read(_CHUNK)
            window, at, ended = window[keep:] + chunk, max(at - keep, 0), not chunk
            continue
        if found < 0:
            return
        at = found + 1
        if window[max(found - 2, 0) : found].endswith((b"\n", b"\n\r")):
            line = _FROM_LINE.match(window, at)
            if line:
                head = header_block(window[line.end() : line.end() + HEADER_CAP])
                at = line.end() + max(len(head) - 1, 0)
                yield line[0].rstrip(), head


def header_block(data: bytes) -> bytes:
    """Everything up to the first blank line, or what fits without half an address at its end."""
    data = data.lstrip(b"\r\n")
    end = _HEADER_END.search(data, 0, HEADER_CAP)
    if end:
        return data[: end.start() + 1]
    if len(data) < HEADER_CAP:
        return data
    return data[: max(data.rfind(b"\n", 0, HEADER_CAP), data.rfind(b",", 0, HEADER_CAP)) + 1]
