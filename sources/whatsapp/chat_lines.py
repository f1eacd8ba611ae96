"""The lines of one chat: who wrote, and when. The text is checked for signs of a notice and never stored."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from graph.records import BadRow
from sources.whatsapp.date_order import DateNumbers

_MAX_LINE = 1_000_000
_HEAD = 64 * 1024
_DATE = (
    r"(?P<first>\d{1,4})\.?\s?(?P<separator>[./년-])\s?(?P<second_number>\d{1,2})\.?\s?[./월-]\s?"
    r"(?P<third>\d{1,4})[.일]?"
)
_CLOCK = (
    r"[,،]?\s?(?P<before>[^\d\[\]:]{0,14}?)\s?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?P<second>[:.]\d\d)?"
    r"(?:\s?(?P<after>[^\d\[\]:\-–]{1,14}?))?"
)
_IPHONE_LINE = re.compile(rf"\[{_DATE}{_CLOCK}\] (?P<rest>.*)", re.DOTALL)
_ANDROID_LINE = re.compile(rf"{_DATE}{_CLOCK} [-–] (?P<rest>.*)", re.DOTALL)
_KOREAN_LINE = re.compile(rf"(?=\d+년){_DATE}{_CLOCK}, (?P<rest>.*)", re.DOTALL)
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_WHATSAPP_MARK = "\u200e"
"""WhatsApp writes it before its own text: notices, and the names of files."""
_FILE = re.compile(r"<|\.\w{2,5}\b")
_NOT_IN_NAMES = re.compile(r"[\"“”«»„\n]")
_MAX_NAME_LENGTH = 100
_ENCRYPTION_NOTICE_LINES = 10


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A line with a date. `author` is None for a notice.

    `date_style` describes how the line writes its date and time, so that lines of one style can be compared.
    """

    number: int
    author: str | None
    date: DateNumbers
    separator: str
    hour: int
    minute: int
    second: int
    date_style: str


def begins_as_chat(stream: IO[bytes]) -> bool:
    """Whether the first line has a date, and one of the first lines has an author."""
    head = stream.read(_HEAD).decode("utf-8-sig", "replace").splitlines()
    parsed = [_parse_line(number, line) for number, line in enumerate(head, 1)]
    first = next((chat_line for chat_line, line in zip(parsed, head, strict=True) if line.strip()), None)
    return first is not None and any(chat_line and chat_line.author for chat_line in parsed)


def chat_lines(file: str, stream: IO[bytes]) -> Iterator[ChatLine | BadRow]:
    """The lines with a date, in order. Lines without one continue the message before them and are omitted."""
    number = 0
    while raw := stream.readline(_MAX_LINE + 1):
        number += 1
        if len(raw) > _MAX_LINE:
            yield BadRow(file, number, "the line is longer than 1 MB")
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_MAX_LINE + 1)
        elif line := _parse_line(number, raw.decode("utf-8", "replace")):
            yield line


def _parse_line(number: int, raw: str) -> ChatLine | None:
    line = raw.translate(_SPACES).lstrip(f"{_WHATSAPP_MARK}\u200f\ufeff").rstrip("\r\n")
    is_iphone = line.startswith("[")
    start = line[:2000]
    match = _IPHONE_LINE.match(start) if is_iphone else _ANDROID_LINE.match(start) or _KOREAN_LINE.match(start)
    if not match or (match["second"] and not is_iphone):  # Android exports no seconds, unlike the logs of programs
        return None
    hour, words = int(match["hour"]), {(match["before"] or "").strip().lower(), (match["after"] or "").strip().lower()}
    is_afternoon, is_morning = bool(words & _phrases("afternoon")), bool(words & _phrases("morning"))
    has_half = is_afternoon or is_morning
    if has_half:
        hour = hour % 12 + (12 if is_afternoon else 0)
    second = match["second"]
    return ChatLine(
        number,
        _author(number, match["rest"]),
        (_ascii_digits(match["first"]), _ascii_digits(match["second_number"]), _ascii_digits(match["third"])),
        match["separator"],
        hour,
        int(match["minute"]),
        int(second[1:]) if second else 0,
        f"{is_iphone} {match['separator']} {has_half} {len(match['first']) > 2} {len(match['third'])}",
    )


def _author(number: int, rest: str) -> str | None:
    """The author of a message; None for a notice, which has no author or is WhatsApp's own text."""
    before, colon, text = rest.partition(": ")
    if not colon and rest.endswith(":"):
        before, colon = rest[:-1], ":"
    name = " ".join(before.translate(_INVISIBLE).replace("\u2011", "-").split()).removeprefix("~").strip()
    if not colon or not name or len(name) > _MAX_NAME_LENGTH or _NOT_IN_NAMES.search(name):
        return None
    lower = text.lower()
    if number <= _ENCRYPTION_NOTICE_LINES and any(phrase in lower for phrase in _phrases("encrypted")):
        return None
    is_whatsapp_text = text.startswith(_WHATSAPP_MARK)
    if is_whatsapp_text and not _FILE.search(text) and not any(phrase in lower for phrase in _phrases("media")):
        return None
    return name


def _ascii_digits(number: str) -> str:
    """The number with the digits 0 to 9, whatever script it is written in."""
    return number if number.isascii() else "".join(str(int(digit)) for digit in number)


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(json.loads(files(__package__).joinpath("phrases.json").read_text("utf-8"))[kind])
