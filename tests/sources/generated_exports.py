"""Exports that nobody should have to read: the samples damaged and packed, each kind's own words put together anyhow,
and mere bytes. What was once found to do harm is kept in tests/sources/corpus/<reader>/, and is damaged further.
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
ALONE = ""


@dataclass(frozen=True)
class Given:
    """An export as a test holds it: its name, and its files by their places in it; ALONE where it is one file."""

    name: str
    files: dict[str, bytes]

    def put(self, folder: Path) -> Path:
        """Write it below this folder, which must hold nothing of its name."""
        path = folder / self.name
        for place, content in self.files.items():
            file = path / place if place else path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return path


def lying(path: Path) -> Given:
    """The export at this path."""
    if path.is_file():
        return Given(path.name, {ALONE: path.read_bytes()})
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return Given(path.name, {file.relative_to(path).as_posix(): file.read_bytes() for file in files})


def readers() -> dict[str, list[Reader]]:
    """The sources by what reads them: all sheets are read by one reader."""
    found: dict[str, list[Reader]] = {}
    for source in READERS:
        found.setdefault("sheets" if isinstance(source, SheetReader) else source.name, []).append(source)
    return found


def corpus(reader: str) -> list[Given]:
    """What was found before."""
    return [lying(path) for path in sorted((CORPUS / reader).glob("*"))]


def samples(sources: Iterable[Reader]) -> list[Given]:
    """Every sample of these, those that they must not take among them."""
    paths = [path for source in sources for path in sorted((SAMPLES / source.name).iterdir())]
    return [lying(path) for path in paths if path.suffix != ".expected"]


def anything(reader: str, sources: Sequence[Reader]) -> st.SearchStrategy[Given]:
    """Whatever a reader may be given."""
    kept = [*samples(sources), *corpus(reader)]
    loose = st.builds(lambda one, data: Given(one.name, {ALONE: data}), st.sampled_from(kept), st.binary(max_size=300))
    return packed(st.one_of(damaged(kept), WRITTEN.get(reader, damaged(kept)), loose))


_ODD = st.sampled_from(
    (
        *(b"\0", b"\r", b"\n\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b"\\", b"9" * 30, b"-1", b"0000"),
        *("²".encode(), "\u202e\u200e".encode(), "٣".encode(), b"=?utf-8?q?", b"\\ud83d", b"From ", b"BEGIN:", b"[[{"),
    )
)


@st.composite
def damaged(draw: st.DrawFn, kept: list[Given]) -> Given:
    """One of these with pieces of its files cut out, doubled, put elsewhere, or replaced by anything."""
    found = draw(st.sampled_from(kept))
    files = dict(found.files)
    for place in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=2)):
        for _ in range(draw(st.integers(1, 3))):
            start, end = _span(draw, files[place])
            other = files[draw(st.sampled_from(sorted(files)))]
            there, until = _span(draw, other)
            piece = st.sampled_from((b"", files[place][start:end] * 2, other[there:until]))
            new = draw(st.one_of(piece, _ODD, st.binary(max_size=20)))
            files[place] = files[place][:start] + new + files[place][end:]
    return replace(found, files=files)


def _span(draw: st.DrawFn, data: bytes) -> tuple[int, int]:
    start = draw(st.integers(0, len(data)))
    return start, min(len(data), start + draw(st.integers(0, 40) | st.integers(0, len(data))))


@st.composite
def packed(draw: st.DrawFn, exports: st.SearchStrategy[Given]) -> Given:
    """Mostly as it is; else in a zip, which may be damaged itself."""
    found = draw(exports)
    way = draw(st.integers(0, 5))
    if way < 4:
        return found
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in found.files.items():
            archive.writestr(place or found.name, content)
    data = bytearray(stream.getvalue())
    if way == 5:
        for at in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=4)):
            data[at] = draw(st.integers(0, 255))
    return Given(f"{found.name}.zip", {ALONE: bytes(data)})


def _alone(*names: str, data: st.SearchStrategy[bytes]) -> st.SearchStrategy[Given]:
    return st.builds(lambda name, held: Given(name, {ALONE: held}), st.sampled_from(names), data)


def _lines(before: bytes, line: st.SearchStrategy[str], after: bytes) -> st.SearchStrategy[bytes]:
    """A file of such lines, and junk behind them."""
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
_LETTER = st.builds(
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
_SAID = st.builds(lambda one: {"user": "U0A", "ts": "1767603600.1", "reactions": one, "room": one}, _JSON)
_WORKSPACE: dict[str, list[dict[str, object]]] = {
    "users.json": [{"id": f"U0{n}", "team_id": "T0", "profile": {"real_name": n}} for n in "ABC"],
    "channels.json": [{"id": "C0", "name": "all"}],
    "dms.json": [{"id": "D0", "members": ["U0A", "U0B"]}],
    "D0/2026-01-05.json": [{"type": "message", "user": "U0A", "ts": "1767603600.000100", "text": ""}],
}


def _workspace(place: str, content: bytes) -> Given:
    return Given("slack", {name: json.dumps(held).encode() for name, held in _WORKSPACE.items()} | {place: content})


_HEADERS = sorted(
    path.read_bytes().splitlines(keepends=True)[0]
    for path in (SAMPLES / "linkedin").rglob("*.csv")
    if not path.name.startswith("other")
)

WRITTEN: dict[str, st.SearchStrategy[Given]] = {
    "linkedin": _alone(
        "given.csv",
        data=st.builds(
            bytes.__add__,
            st.sampled_from(_HEADERS),
            st.binary(max_size=300) | st.text('ab,"\n\r/:@0123 ', max_size=300).map(str.encode),
        ),
    ),
    "mailbox": _alone("letter.eml", data=_lines(b"", _LETTER, b"\n\nText"))
    | _alone("mail.mbox", data=_lines(b"From \n", _LETTER, b"\n\nFrom ana@a.example\nTo: b@b.example\n")),
    "calendar": _alone("one.ics", data=_lines(_ORGANISED, _CALENDAR, b"\nEND:VEVENT\n")),
    "vcard": _alone("book.vcf", data=_lines(b"BEGIN:VCARD\n", _VCARD, b"\nEND:VCARD\n")),
    "slack": st.builds(
        _workspace,
        st.sampled_from(["users.json", "channels.json", "dms.json", "mpims.json", "all/2026-01-05.json"]),
        st.one_of(_JSON, st.lists(_SAID, max_size=3)).map(lambda value: json.dumps(value).encode())
        | st.binary(max_size=200),
    ),
    "whatsapp": _alone(
        "chat.txt", "WhatsApp Chat with Ben.txt", data=_lines(b"30/01/2026, 10:00 - Ben: x\n", _WHATSAPP, b"")
    ),
}
"""Made-up exports of the readers that have a language of their own."""
