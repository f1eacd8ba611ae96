"""Extract the header block of each message from mail files, and the text of delivery reports.

Other bodies are never parsed. An mbox is read in large chunks, in which the lines that separate messages are searched.
Any other file is read only as far as its header and the report can reach.
"""

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from sources.errors import is_out_of_memory
from sources.mailbox.folders import labels_of_path
from sources.text.charsets import utf_16

MAX_HEADER = 64 * 1024
"""Bytes of a header that are read. Headers that people's mail programs write are shorter."""
MAX_REPORT = 16 * 1024
"""Bytes of a delivery report that are read. Reports name the recipients before they quote the returned message."""
_SNIFF = 16 * 1024
_CHUNK = 4 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"

# A From_ line counts if it contains a weekday, a time and a year; or only an address; or nothing (new Thunderbird).
# A header field must follow, perhaps after a second From_ line that another program wrote.
_FROM_LINE = re.compile(
    rb"From (?:"
    rb"[^\r\n]{1,200}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    rb"(?=[^\r\n]{0,80}\d:\d\d)(?=[^\r\n]{0,80}\d{4})[^\r\n]{0,200}"
    rb"|[^\s@]{1,200}@[^\s@]{1,200}\s?| ?)\r?\n"
    rb"(?:>?From [^\r\n]{0,300}\r?\n){0,2}"
    rb"(?=[!-9;-~]{1,80}[ \t]*:)"
)
# Without a blank line before it, or beside From_ lines of Gmail, only a complete one before complete headers counts.
_COMPLETE_FROM_LINE = re.compile(
    rb"From \S{1,200} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +[^\r\n]{0,20}\d:\d\d(?::\d\d)?\b[^\r\n]{0,20}\d{4}"
)
_GMAIL_FROM_LINE = re.compile(rb"From \d+@xxx ")
_EMLX_SIZE = re.compile(rb"\s*\d{1,12}[ \t]*\r?\n(?=[!-9;-~]{1,80}:)")  # Apple Mail writes it before a message
_LOOKAHEAD = MAX_HEADER + MAX_REPORT + 1024  # bytes that must be in memory after a From_ line
_IS_REPORT = re.compile(rb"^content-type[ \t]*:\s*multipart/report\b", re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(rb"\n\r?\n")
_FIELD_NAME = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:", re.MULTILINE)
_MAIL_FIELDS = {b"from", b"to", b"date", b"message-id", b"received", b"subject", b"mime-version"}


@dataclass(frozen=True, slots=True)
class MessageHead:
    """The header block of one message, and where it was.

    `number` counts from 1 in `file`. `envelope` is the From_ line before the message. `labels` are, in lower case, the
    names of the folders and "trash" or "draft" if a flag marks the message so. `report` is the beginning of the body
    if the message is a delivery report, otherwise empty.
    """

    file: str
    number: int
    block: bytes
    envelope: bytes = b""
    labels: frozenset[str] = frozenset()
    report: bytes = b""


def is_mbox(path: Path) -> bool:
    return _FROM_LINE.match(_start(path, _SNIFF).lstrip(b"\r\n")) is not None


def is_message(path: Path) -> bool:
    """Whether the file begins as a single message: with header fields, at least two of which only mail has."""
    block = header_block(_without_size(_start(path, _SNIFF)))
    return _FIELD_NAME.match(block) is not None and len(_field_names(block) & _MAIL_FIELDS) > 1


def is_maildir(path: Path) -> bool:
    """Whether a folder has `cur`, and `new` or `tmp`: Thunderbird's maildirs lack `new`, and copies may lack `tmp`."""
    return (path / "cur").is_dir() and ((path / "new").is_dir() or (path / "tmp").is_dir())


def message_heads(path: Path, top: Path | None = None) -> Iterator[MessageHead]:
    """Stream the messages of an mbox, a single message, a maildir, or a folder of these.

    The names of folders below `top` count as labels.
    """
    top = path.parent if top is None else top
    if path.is_dir():
        yield from _heads_in_folder(path)
    elif is_mbox(path):
        labels = labels_of_path(path, top)
        with _open(path) as file:
            for number, (envelope, block, report) in enumerate(_heads_in_mbox(file), start=1):
                yield MessageHead(_shown_name(path), number, block, envelope, labels, report)
    else:
        yield _single_head(path, labels_of_path(path.parent, top))


def header_block(data: bytes) -> bytes:
    """Everything before the first blank line. A longer header is cut between two lines or addresses."""
    data = data.lstrip(b"\r\n")
    end = _HEADER_END.search(data, 0, MAX_HEADER)
    if end:
        return data[: end.start() + 1]
    if len(data) < MAX_HEADER:
        return data
    return data[: max(data.rfind(b"\n", 0, MAX_HEADER), data.rfind(b",", 0, MAX_HEADER)) + 1]


def _heads_in_folder(top: Path) -> Iterator[MessageHead]:
    for place, folders, names in os.walk(top):
        folder = Path(place)
        is_maildir_folder = folder.name in ("cur", "new") and (folder.parent / "cur").is_dir()
        folders[:] = sorted(name for name in folders if name != "tmp" or "cur" not in folders)
        for path in (folder / name for name in sorted(names)):
            if is_maildir_folder:
                if not path.name.startswith(".") and _start(path, 1):  # neither a hidden nor an empty file
                    yield _single_head(path, _maildir_labels(path, top))
            elif path.is_file() and (is_mbox(path) or is_message(path)):
                yield from message_heads(path, top)


def _maildir_labels(path: Path, top: Path) -> frozenset[str]:
    """The labels of a message in a maildir: its folders (archive and 2021 for `.Archive.2021`) and its flags."""
    flags = re.split(r"[:;!]2,", path.name)[1:]  # file names on Windows cannot have a colon
    labels = {"T": "trash", "D": "draft"}
    maildir = path.parent.parent
    return labels_of_path(maildir, top.parent if maildir == top else top) | {
        labels[flag] for flag in "".join(flags) if flag in labels
    }


def _single_head(path: Path, labels: frozenset[str]) -> MessageHead:
    data = _without_size(_start(path, _LOOKAHEAD))
    line = _FROM_LINE.match(data)
    envelope = line[0].rstrip() if line else b""
    message = data[line.end() if line else 0 :]
    block = header_block(message)
    return MessageHead(path.name, 1, block, envelope, labels, _report(block, message))


def _report(block: bytes, message: bytes) -> bytes:
    """The beginning of the body of a delivery report, up to the next message; empty for other messages."""
    if not _IS_REPORT.search(block):
        return b""
    return message[len(block) : len(block) + MAX_REPORT].partition(b"\nFrom ")[0]


def _shown_name(path: Path) -> str:
    """The name of a file in reports: with its folder if every folder of Apple Mail has a file of this name."""
    return f"{path.parent.name}/{path.name}" if path.name == "mbox" else path.name


def _without_size(data: bytes) -> bytes:
    """A message without the line with its size that Apple Mail writes before it."""
    size = _EMLX_SIZE.match(data)
    return data[size.end() :] if size else data


def _field_names(block: bytes) -> set[bytes]:
    return {name.lower() for name in _FIELD_NAME.findall(block)}


def _open(path: Path) -> BinaryIO:
    """Open a file for reading its bytes in UTF-8, also if it is in UTF-16."""
    file = path.open("rb")
    if charset := utf_16(file.peek(4)):
        return cast("BinaryIO", codecs.EncodedFile(file, "utf-8", charset, "replace"))
    return file


def _start(path: Path, size: int) -> bytes:
    """The first bytes of a file; empty if it cannot be opened, since a mail program may change a maildir meanwhile."""
    try:
        with _open(path) as file:
            return file.read(size).removeprefix(_BOM)
    except OSError as error:
        if is_out_of_memory(error):
            raise
        return b""


def _heads_in_mbox(file: BinaryIO) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Stream each message's From_ line, header block and delivery report, with one chunk of the file in memory."""
    window, at, is_complete = b"\n\n" + file.read(_CHUNK).removeprefix(_BOM), 0, False
    gmail = has_messages = False  # whether Gmail wrote the file: it does not mark the From_ lines in bodies
    while True:
        position = window.find(b"\nFrom ", at)
        if not is_complete and (position < 0 or len(window) - position < _LOOKAHEAD):
            # the two bytes before a From_ line show whether the previous line is blank
            keep = max(position - 2, 0) if position >= 0 else max(len(window) - 8, 0)
            chunk = file.read(_CHUNK)
            window, at, is_complete = window[keep:] + chunk, max(at - keep, 0), not chunk
            continue
        if position < 0:
            return
        at = position + 1
        line = _FROM_LINE.match(window, at)
        if not line:
            continue
        from_line = line[0]
        block = header_block(window[line.end() : line.end() + MAX_HEADER])
        follows_blank = window[max(position - 2, 0) : position].endswith((b"\n", b"\n\r"))
        is_of_gmail = _GMAIL_FROM_LINE.match(from_line) is not None
        if (follows_blank and (is_of_gmail or not gmail)) or _begins_message(from_line, block, follows_blank):
            gmail = gmail or (is_of_gmail and not has_messages)
            has_messages = True
            at = line.end() + max(len(block) - 1, 0)
            report = _report(block, window[line.end() : line.end() + len(block) + MAX_REPORT])
            yield from_line.splitlines()[0], block, report


def _begins_message(line: bytes, block: bytes, follows_blank: bool) -> bool:  # noqa: FBT001
    """Whether a doubtful From_ line begins a message and is not quoted in a body: it and the headers are complete."""
    required = {b"from", b"date"} | ({b"message-id"} if follows_blank else set())
    return _COMPLETE_FROM_LINE.match(line) is not None and required <= _field_names(block)
