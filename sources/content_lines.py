"""The lines that calendars and address books are written in (RFC 5545, RFC 6350, vCard 2.1), streamed.

Lines are unfolded; only those of wanted names are kept, so a photo or a description is passed over unread. Whatever
the bytes are, reading them yields lines and BadRows and raises nothing.
"""

import codecs
import io
import quopri
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from graph.records import BadRow

_LONGEST_LINE = 1_000_000
_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAME = re.compile(rb"(?:([A-Za-z0-9_-]{1,100})\.)?([A-Za-z0-9_-]{1,100})[ \t]*(?=[;:]|$)")
_PARAMETER = re.compile(r'[ \t]*;[ \t]*([^=;:"]*)(?:=((?:"[^"]*"|[^";:]+)*))?')
_QUOTING_HEAD = re.compile(rb'(?:[^":]++|"[^"]*+")*+:')
_VALUE = re.compile(r'"([^"]*)"|([^,"]+)')
_SOFT = re.compile(rb"[;=]QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_CHARSET = re.compile(r"utf|iso|windows|cp\d|us-ascii|ascii|latin|koi|shift|sjis|euc|gb|big5|mac", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}


@dataclass(frozen=True, slots=True)
class Line:
    """One content line. `name` is in capitals, without the group before it (`item1.`).

    `parameters` has names in capitals; what vCard 2.1 writes bare (`TEL;WORK:`) stands under TYPE. `value` is as
    written, escapes and all, but decoded.
    """

    number: int
    name: str
    parameters: Mapping[str, list[str]]
    value: str
    group: str = ""

    def parameter(self, name: str) -> str:
        """The first value, in capitals; empty where there is none."""
        return next(iter(self.parameters.get(name, ())), "").upper()


def begins(stream: IO[bytes], *components: str) -> bool:
    """Whether the first line opens one of these components."""
    head = stream.read(_HEAD)
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(_BOM).lstrip().upper()
    return any(re.match(rb"BEGIN[ \t]*:[ \t]*%b[ \t]*\r*(\n|$)" % name.encode(), head) for name in components)


def lines(file: str, stream: IO[bytes], wanted: frozenset[str]) -> Iterator[Line | BadRow]:
    """The lines of wanted names, in order; a BadRow for one that is too long. `file` is what reports call it."""
    names = frozenset(name.encode() for name in wanted)
    number, held, soft = 0, bytearray(), False
    for here, raw in enumerate(_physical(stream), 1):
        if held and soft and held.endswith(b"="):  # a soft line break of quoted-printable
            held[-1:] = raw.lstrip(b"\t ")
        elif here > 1 and raw[:1] in (b" ", b"\t"):
            if held:
                held += raw[1:]
        else:
            if held:
                yield _line(file, number, bytes(held))
            found = _NAME.match(raw)
            wants = found is not None and found[2].upper() in names
            number, held = here, bytearray(raw if wants else b"")
            soft = wants and _SOFT.search(raw) is not None
        del held[_LONGEST_LINE + 1 :]
    if held:
        yield _line(file, number, bytes(held))


def text(value: str) -> str:
    """A text value without its escapes, on one line."""
    return " ".join(_ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value).split())


def fields(value: str) -> list[str]:
    """A structured value (N, ORG) taken apart at its semicolons."""
    return [text(part) for part in re.split(r"(?<!\\);", value)]


def _physical(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines as they stand, in UTF-8 and without their ends; the rest of an endless one is thrown away."""
    begins = stream.read(len(codecs.BOM_UTF16))
    stream.seek(0)
    if begins in _UTF_16:
        with io.TextIOWrapper(stream, "utf-16", "replace", newline="\n") as text:
            yield from _ended(lambda most: text.readline(most).encode())
    else:
        yield from _ended(stream.readline)


def _ended(readline: Callable[[int], bytes]) -> Iterator[bytes]:
    first = True
    while raw := readline(_LONGEST_LINE + 2):
        rest = raw
        while rest and not rest.endswith(b"\n"):
            rest = readline(_LONGEST_LINE + 2)
        yield (raw.removeprefix(_BOM) if first else raw).rstrip(b"\r\n")
        first = False


def _line(file: str, number: int, raw: bytes) -> Line | BadRow:
    if len(raw) > _LONGEST_LINE:
        return BadRow(file, number, "longer than 1 MB")
    end = raw.find(b":")
    if raw.find(b'"', 0, end) >= 0:
        end = _end_of_head(raw)
    head, value = (raw, b"") if end < 0 else (raw[:end], raw[end + 1 :])
    # the same few people and kinds of lines come again and again
    name, parameters, group = (_head if len(head) <= 512 else _head.__wrapped__)(head)
    if "QUOTED-PRINTABLE" in map(str.upper, parameters.get("ENCODING", ())):
        value = quopri.decodestring(value)
    charset = next(iter(parameters.get("CHARSET", ())), "")
    return Line(number, name, parameters, _decoded(value, charset).strip(), group)


def _end_of_head(raw: bytes) -> int:
    """Where the colon stands before the value: the first that is not in quotation marks."""
    found = _QUOTING_HEAD.match(raw)
    return found.end() - 1 if found else raw.find(b":")


@lru_cache(maxsize=16_384)
def _head(raw: bytes) -> tuple[str, Mapping[str, list[str]], str]:
    """Name, parameters and group."""
    found = _NAME.match(raw)
    assert found, "no other line is held"
    head, end = raw.decode("latin-1"), found.end()  # one letter a byte
    parameters: dict[str, list[str]] = {}
    while parameter := _PARAMETER.match(head, end):
        name, value = parameter[1].strip().upper(), parameter[2]
        if value is None:
            name, value = ("ENCODING" if name in {"BASE64", "QUOTED-PRINTABLE"} else "TYPE"), parameter[1]
        parameters.setdefault(name, []).extend(_values(value))
        end = parameter.end()
    return found[2].decode().upper(), parameters, (found[1] or b"").decode().upper()


def _values(written: str) -> list[str]:
    values = [_decoded((quoted or bare).encode("latin-1"), "").strip() for quoted, bare in _VALUE.findall(written)]
    return [_CARET.sub(lambda found: _CARETS[found[1]], value) for value in values]


def _decoded(raw: bytes, charset: str) -> str:
    """In the charset that is named, else UTF-8; what is neither was written on old Windows."""
    try:
        if charset and _CHARSET.match(charset):
            return raw.decode(charset)
    except (LookupError, ValueError):
        pass
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
