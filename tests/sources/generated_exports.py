"""Hypothesis strategies for invalid exports: damaged samples, random lines of each format, random bytes, also in zips.

Exports that once made a reader fail are in tests/sources/corpus/<reader>/. They are damaged further, like the samples.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from sources import READERS, Reader
from sources.tables.sheets import SheetReader
from tests.sources.golden import SAMPLES

CORPUS = Path(__file__).parent / "corpus"
SINGLE_FILE = ""


@dataclass(frozen=True)
class ExportInMemory:
    """An export in memory: its name, and its files by path inside it. A single file has the path SINGLE_FILE."""

    name: str
    files: dict[str, bytes]

    def write(self, folder: Path) -> Path:
        """Write the export below this folder, in which nothing of its name may exist."""
        path = folder / self.name
        for inner_path, content in self.files.items():
            file = path / inner_path if inner_path else path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return path


def load_export(path: Path) -> ExportInMemory:
    """The export at a path, in memory."""
    if path.is_file():
        return ExportInMemory(path.name, {SINGLE_FILE: path.read_bytes()})
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return ExportInMemory(path.name, {file.relative_to(path).as_posix(): file.read_bytes() for file in files})


def readers_by_name() -> dict[str, list[Reader]]:
    """The readers by name. All readers of sheets are one entry, "sheets", because they share their code."""
    by_name: dict[str, list[Reader]] = {}
    for reader in READERS:
        by_name.setdefault("sheets" if isinstance(reader, SheetReader) else reader.name, []).append(reader)
    return by_name


def corpus(reader: str) -> list[ExportInMemory]:
    """The exports that once made a reader fail."""
    return [load_export(path) for path in sorted((CORPUS / reader).glob("*"))]


def samples(readers: Iterable[Reader]) -> list[ExportInMemory]:
    """Every sample of these readers, including those that they must not identify."""
    paths = [path for reader in readers for path in sorted((SAMPLES / reader.name).iterdir())]
    return [load_export(path) for path in paths if path.suffix != ".expected"]


def any_export(reader: str, readers: Sequence[Reader]) -> st.SearchStrategy[ExportInMemory]:
    """Any export that a reader may receive."""
    known = [*samples(readers), *corpus(reader)]
    names = st.sampled_from([export.name for export in known])
    random_bytes = st.builds(
        lambda name, data: ExportInMemory(name, {SINGLE_FILE: data}), names, st.binary(max_size=300)
    )
    return packed(st.one_of(damaged(known), FORMATS.get(reader, damaged(known)), random_bytes))


_SPECIAL_BYTES = st.sampled_from(
    (
        *(b"\0", b"\r", b"\n\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b"\\", b"9" * 30, b"-1", b"0000"),
        *("²".encode(), "\u202e\u200e".encode(), "٣".encode(), b"=?utf-8?q?", b"\\ud83d", b"From ", b"BEGIN:", b"[[{"),
    )
)


@st.composite
def damaged(draw: st.DrawFn, known: list[ExportInMemory]) -> ExportInMemory:
    """One of these exports, with pieces of its files removed, repeated, moved or replaced."""
    export = draw(st.sampled_from(known))
    files = dict(export.files)
    for inner_path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=2)):
        for _ in range(draw(st.integers(1, 3))):
            start, end = _span(draw, files[inner_path])
            other = files[draw(st.sampled_from(sorted(files)))]
            other_start, other_end = _span(draw, other)
            piece = st.sampled_from((b"", files[inner_path][start:end] * 2, other[other_start:other_end]))
            new = draw(st.one_of(piece, _SPECIAL_BYTES, st.binary(max_size=20)))
            files[inner_path] = files[inner_path][:start] + new + files[inner_path][end:]
    return replace(export, files=files)


def _span(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    start = draw(st.integers(0, len(data)))
    return start, min(len(data), start + draw(st.integers(0, 40) | st.integers(0, len(data))))


@st.composite
def packed(draw: st.DrawFn, exports: st.SearchStrategy[ExportInMemory]) -> ExportInMemory:
    """The export, in a third of the cases as a zip, which may be damaged itself."""
    export = draw(exports)
    choice = draw(st.integers(0, 5))
    if choice < 4:
        return export
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner_path, content in export.files.items():
            archive.writestr(inner_path or export.name, content)
    data = bytearray(stream.getvalue())
    if choice == 5:
        for at in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=4)):
            data[at] = draw(st.integers(0, 255))
    return ExportInMemory(f"{export.name}.zip", {SINGLE_FILE: bytes(data)})


def _single_file(*names: str, data: st.SearchStrategy[bytes]) -> st.SearchStrategy[ExportInMemory]:
    return st.builds(lambda name, content: ExportInMemory(name, {SINGLE_FILE: content}), st.sampled_from(names), data)


def _lines(before: bytes, line: st.SearchStrategy[str], after: bytes) -> st.SearchStrategy[bytes]:
    """A file of these lines, with random bytes after them."""
    return st.builds(
        lambda lines, junk: before + "\n".join(lines).encode() + b"\n" + junk + after,
        st.lists(line, max_size=12),
        st.binary(max_size=200),
    )


_CALENDAR = st.builds(
    "{}{}:{}".format,
    st.sampled_from(
        [
            *(
                "DTSTART",
                "DTSTAMP",
                "UID",
                "RRULE",
                "EXDATE",
                "RDATE",
                "RECURRENCE-ID",
                "ATTENDEE",
                "ORGANIZER",
                "STATUS",
            ),
            *("BEGIN", "END", "TZID", "X-WR-TIMEZONE", "DTSTART:20260302T093000\nRRULE"),
        ]
    ),
    st.sampled_from(["", ";TZID=Europe/Rome", ";TZID=../../x", ';CN="a', ";ENCODING=QUOTED-PRINTABLE", ";X"])
    | st.sampled_from([';SENT-BY="mailto:c@b.example"', ";RANGE=THISANDFUTURE", ";VALUE=DATE"]),
    st.text('0123456789TZ;:=,"\\ -/', max_size=30)
    | st.sampled_from(["VEVENT", "VTIMEZONE", "FREQ=WEEKLY", "mailto:b@b.example", "20260302T093000", "99991231", "0"]),
)
_VCARD = st.builds(
    "{}{}:{}".format,
    st.sampled_from(["N", "FN", "EMAIL", "TEL", "URL", "ORG", "REV", "BEGIN", "END", "item1.X-ABLABEL", "item1.TEL"]),
    st.sampled_from(["", ";CELL", ';TYPE="', ";ENCODING=QUOTED-PRINTABLE", ";CHARSET=utf-16", ";CHARSET=hex", ";="]),
    st.text("ab@.+49 ;,\\=:\"'-\n ", max_size=30) | st.sampled_from(["VCARD", "99999999", "+4915112345678"]),
)
_WHATSAPP = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "[", "\u200e["]),
    st.sampled_from(["30/01/2026", "1.2.26", "2026-02-30", "٣٠/٠١/٢٠٢٦", "9/9/9999", "2026년 1월 30일"])
    | st.text("0123/.-년월일 ", max_size=12),
    st.text(" ,:0123456789apm.\u202f오전후", max_size=14),
    st.sampled_from([" - ", "] ", "", ", "]),
    st.text("Ben: \u200e<>.~+49()\u2011²", max_size=30),
)
_HEADER_LINE = st.builds(
    "{}: {}".format,
    st.sampled_from(
        [
            *("From", "Sender", "To", "Cc", "Date", "Received", "X-Gmail-Labels", "X-Mozilla-Status", "Message-ID"),
            *("List-Id", "Precedence"),
        ]
    ),
    st.text("a@b<>(),:;\"\\=?qQbB_-'1 \t.é", max_size=60) | st.text(max_size=20),
)
_ORGANISED = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nORGANIZER:mailto:ana@a.example\nATTENDEE:mailto:ben@b.example\n"

_FIELDS = (
    *("id", "team_id", "profile", "email", "members", "name", "user", "ts", "text", "thread_ts", "reactions", "users"),
    *("room", "participants", "subtype", "updated", "date_start", "parent_user_id", "user_profile"),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("U0A"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=6),
    max_leaves=20,
)
_MESSAGE = st.builds(lambda one: {"user": "U0A", "ts": "1767603600.1", "reactions": one, "room": one}, _JSON)
_WORKSPACE: dict[str, list[dict[str, object]]] = {
    "users.json": [{"id": f"U0{n}", "team_id": "T0", "profile": {"real_name": n}} for n in "ABC"],
    "channels.json": [{"id": "C0", "name": "all"}],
    "dms.json": [{"id": "D0", "members": ["U0A", "U0B"]}],
    "D0/2026-01-05.json": [{"type": "message", "user": "U0A", "ts": "1767603600.000100", "text": ""}],
}


def _workspace(inner_path: str, content: bytes) -> ExportInMemory:
    return ExportInMemory(
        "slack", {name: json.dumps(rows).encode() for name, rows in _WORKSPACE.items()} | {inner_path: content}
    )


_HEADERS = sorted(
    path.read_bytes().splitlines(keepends=True)[0]
    for path in (SAMPLES / "linkedin").rglob("*.csv")
    if not path.name.startswith("other")
)

FORMATS: dict[str, st.SearchStrategy[ExportInMemory]] = {
    "linkedin": _single_file(
        "table.csv",
        data=st.builds(
            bytes.__add__,
            st.sampled_from(_HEADERS),
            st.binary(max_size=300) | st.text('ab,"\n\r/:@0123 ', max_size=300).map(str.encode),
        ),
    ),
    "mailbox": _single_file("message.eml", data=_lines(b"", _HEADER_LINE, b"\n\nText"))
    | _single_file("mail.mbox", data=_lines(b"From \n", _HEADER_LINE, b"\n\nFrom ana@a.example\nTo: b@b.example\n")),
    "calendar": _single_file("one.ics", data=_lines(_ORGANISED, _CALENDAR, b"\nEND:VEVENT\n")),
    "vcard": _single_file("book.vcf", data=_lines(b"BEGIN:VCARD\n", _VCARD, b"\nEND:VCARD\n")),
    "slack": st.builds(
        _workspace,
        st.sampled_from(["users.json", "channels.json", "dms.json", "mpims.json", "all/2026-01-05.json"]),
        st.one_of(_JSON, st.lists(_MESSAGE, max_size=3)).map(lambda value: json.dumps(value).encode())
        | st.binary(max_size=200),
    ),
    "whatsapp": _single_file(
        "chat.txt", "WhatsApp Chat with Ben.txt", data=_lines(b"30/01/2026, 10:00 - Ben: x\n", _WHATSAPP, b"")
    ),
}
"""Random exports of the readers that have a format of their own."""
