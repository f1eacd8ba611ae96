"""Content lines, in which calendars and address books are written (RFC 5545, RFC 6350, vCard 2.1), as a stream.

Lines are unfolded. Only lines of wanted names are kept, so photos and descriptions are never in memory. Any bytes
yield lines and BadRows; no exception is raised.
"""

import codecs
import io
import quopri
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import IO, NamedTuple

from graph.records import BadRow
from sources.text.charsets import UNKNOWN_CHARSET, decode

_MAX_LINE = 1_000_000
_HEAD = 4096
_CHUNK = 256 * 1024
_FOLDED = (b" ", b"\t")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAME = re.compile(rb"(?:([A-Za-z0-9_-]{1,100})\.)?([A-Za-z0-9_-]{1,100})[ \t]*(?=[;:]|$)")
_PARAMETER = re.compile(r'[ \t]*;[ \t]*([^=;:"]*)(?:=((?:"[^"]*"|[^";:]+)*))?')
_HEAD_WITH_QUOTES = re.compile(rb'(?:[^":]++|"[^"]*+")*+:')
_VALUE = re.compile(r'"([^"]*)"|([^,"]+)')
_QUOTED_PRINTABLE = re.compile(rb"[;=]QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_CHARSET = re.compile(r"utf|iso|windows|cp\d|us-ascii|ascii|latin|koi|shift|sjis|euc|gb|big5|mac", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}


class ContentLine(NamedTuple):
    """One content line. `name` is in capitals, without the `group` before it (`item1.`).

    `parameters` has names in capitals; a bare parameter of vCard 2.1 (`TEL;WORK:`) is a value of TYPE. `value` is
    decoded, but keeps its escapes. `number` counts from 1 in the file.
    """

    number: int
    name: str
    parameters: Mapping[str, list[str]]
    value: str
    group: str = ""

    def parameter(self, name: str) -> str:
        """The first value of a parameter, in capitals; "" if there is none."""
        values = self.parameters.get(name)
        return values[0].upper() if values else ""


def begins_with_component(stream: IO[bytes], *components: str) -> bool:
    """Whether the first line is the BEGIN of one of these components."""
    head = stream.read(_HEAD)
    if encoding := _utf_16(head):
        head = head.decode(encoding, "replace").encode()
    head = head.removeprefix(_BOM).lstrip().upper()
    return any(re.match(rb"BEGIN[ \t]*:[ \t]*%b[ \t]*(?:[\r\n]|$)" % name.encode(), head) for name in components)


def content_lines(
    file: str, stream: IO[bytes], wanted: frozenset[str], noted: frozenset[str] = frozenset()
) -> Iterator[ContentLine | BadRow]:
    """The lines of the wanted names, in order, and a BadRow for each that is too long. Reports show the name `file`.

    Of the noted names only the name is read, once for lines that follow each other, which is faster.
    """
    number, start, noted_before, indent = 0, b"", "", b""
    pending: bytes | bytearray = b""
    is_quoted_printable: bool | None = None  # whether `start` is, once this is needed
    for physical, line in enumerate(_physical_lines(stream), 1):
        if physical == 1:
            indent = line[: len(line) - len(line.lstrip(b" \t"))]
        raw = line.removeprefix(indent) if indent else line
        if is_quoted_printable is None and pending.endswith(b"="):
            is_quoted_printable = _QUOTED_PRINTABLE.search(start) is not None
        if is_quoted_printable and pending.endswith(b"="):  # a soft line break of quoted-printable
            pending = _joined(pending, raw.lstrip(b"\t "), cut=1)
        elif physical > 1 and raw[:1] in _FOLDED:
            if pending:
                pending = _joined(pending, raw[1:])
        else:
            if pending:
                yield _parse_line(file, number, bytes(pending))
            name = _parse_head(raw.partition(b":")[0]).name
            number, start, pending = physical, raw, raw[: _MAX_LINE + 1] if name in wanted else b""
            is_quoted_printable = None
            if name in noted and name != noted_before:
                yield ContentLine(physical, name, {}, "")
            noted_before = name
    if pending:
        yield _parse_line(file, number, bytes(pending))


def _joined(line: bytes | bytearray, continuation: bytes, *, cut: int = 0) -> bytearray:
    """A folded line without its last `cut` bytes and with its next part, up to one byte over the limit."""
    joined = line if isinstance(line, bytearray) else bytearray(line)
    del joined[len(joined) - cut :]
    joined += continuation
    del joined[_MAX_LINE + 1 :]
    return joined


def unescaped(value: str) -> str:
    """A text value without its escapes, on one line."""
    if "\\" in value:
        value = _ESCAPED.sub(lambda escape: " " if escape[1] in "nN" else escape[1], value)
    return " ".join(value.split())


def split_components(value: str, separator: str = ";") -> list[str]:
    """The components of a structured value (N, ORG), which semicolons separate, or of a list (CATEGORIES; commas)."""
    return [unescaped(part) for part in re.split(rf"(?<!\\){separator}", value)]


def _physical_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines as they are in the file, in UTF-8 and without line ends; the rest of a line that is too long is dropped."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if encoding := _utf_16(head):
        with io.TextIOWrapper(stream, encoding, "replace", newline="\n") as text:
            yield from _without_line_ends(lambda size: text.read(size).encode())
    elif b"\r" in head and b"\n" not in head:  # of an old Mac
        with io.TextIOWrapper(stream, "latin-1", newline=None) as text:
            yield from _without_line_ends(lambda size: text.read(size).encode("latin-1"))
    else:
        yield from _without_line_ends(stream.read)


def _utf_16(head: bytes) -> str | None:
    """The form of UTF-16 in which a file begins, with a byte order mark or with a letter."""
    if head.startswith(_UTF_16):
        return "utf-16"
    if len(head) > 1 and 0 in head[:2] and head[0] != head[1]:
        return "utf-16-le" if head[1] == 0 else "utf-16-be"
    return None


def _without_line_ends(read: Callable[[int], bytes]) -> Iterator[bytes]:
    start, rest = read(_CHUNK).removeprefix(_BOM), b""
    while chunk := start or read(_CHUNK):
        start = b""
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line[: _MAX_LINE + 2].rstrip(b"\r")
        del lines
        rest = rest[: _MAX_LINE + 2]
    if rest:
        yield rest.rstrip(b"\r")


class _Head(NamedTuple):
    """The part of a line before its value. Without a valid name, `name` is empty."""

    name: str
    parameters: Mapping[str, list[str]]
    group: str
    charset: str
    is_quoted_printable: bool


def _parse_line(file: str, number: int, raw: bytes) -> ContentLine | BadRow:
    if len(raw) > _MAX_LINE:
        return BadRow(file, number, "the line is longer than 1 MB")
    before, _, value = raw.partition(b":")
    if b'"' in before and (end := _HEAD_WITH_QUOTES.match(raw)):  # the first colon that is not in quotation marks
        before, value = raw[: end.end() - 1], raw[end.end() :]
    head = _parse_head(before)
    if head.is_quoted_printable:
        value = quopri.decodestring(value)
    return ContentLine(number, head.name, head.parameters, _decoded(value, head.charset).strip(), head.group)


def _parse_head(raw: bytes) -> _Head:
    # the same few heads (people and kinds of lines) occur many times, so they are cached
    return _cached_head(raw) if len(raw) <= 512 else _cached_head.__wrapped__(raw)


@lru_cache(maxsize=16_384)
def _cached_head(raw: bytes) -> _Head:
    name_match = _NAME.match(raw)
    if name_match is None:
        return _Head("", {}, "", "", is_quoted_printable=False)
    head, end = raw.decode("latin-1"), name_match.end()  # one character a byte
    parameters: dict[str, list[str]] = {}
    while parameter := _PARAMETER.match(head, end):
        name, value = parameter[1].strip().upper(), parameter[2]
        if value is None:
            name, value = ("ENCODING" if name in {"BASE64", "QUOTED-PRINTABLE"} else "TYPE"), parameter[1]
        parameters.setdefault(name, []).extend(_parameter_values(value))
        end = parameter.end()
    return _Head(
        name_match[2].decode().upper(),
        parameters,
        (name_match[1] or b"").decode().upper(),
        next(iter(parameters.get("CHARSET", ())), ""),
        "QUOTED-PRINTABLE" in map(str.upper, parameters.get("ENCODING", ())),
    )


def _parameter_values(raw: str) -> list[str]:
    values = [_decoded((quoted or bare).encode("latin-1"), "").strip() for quoted, bare in _VALUE.findall(raw)]
    return [_CARET.sub(lambda caret: _CARETS[caret[1]], value) for value in values]


def _decoded(raw: bytes, charset: str) -> str:
    """Text in the given charset, else in UTF-8, else in one that fits, or in Windows-1252, as old software writes."""
    if not charset and raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    try:
        if charset and _CHARSET.match(charset):
            return raw.decode(charset)
    except (LookupError, ValueError):
        pass
    text, guessed = decode(raw)
    return raw.decode("cp1252", "replace") if guessed == UNKNOWN_CHARSET else text
