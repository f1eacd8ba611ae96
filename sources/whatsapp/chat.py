"""One chat's lines: who wrote, and when. What was written is looked at for signs of a notice, and dropped."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from graph.records import BadRow
from sources.whatsapp.dates import Numbers

_LONGEST_LINE = 1_000_000
_HEAD = 64 * 1024
_DATE = r"(?P<one>\d{1,4})\.?\s?(?P<mark>[./년-])\s?(?P<two>\d{1,2})\.?\s?[./월-]\s?(?P<three>\d{1,4})[.일]?"
_CLOCK = (
    r"[,،]?\s?(?P<before>[^\d\[\]:]{0,14}?)\s?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?P<second>[:.]\d\d)?"
    r"(?:\s?(?P<after>[^\d\[\]:\-–]{1,14}?))?"
)
_ON_IPHONE = re.compile(rf"\[{_DATE}{_CLOCK}\] (?P<rest>.*)", re.DOTALL)
_ON_ANDROID = re.compile(rf"{_DATE}{_CLOCK} [-–] (?P<rest>.*)", re.DOTALL)
_IN_KOREA = re.compile(rf"(?=\d+년){_DATE}{_CLOCK}, (?P<rest>.*)", re.DOTALL)
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})
_HIDDEN = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_MARK = "\u200e"
"""Stands before what WhatsApp wrote itself: notices, and the names of files."""
_FILE = re.compile(r"<|\.\w{2,5}\b")
_NO_NAME = re.compile(r"[\"“”«»„\n]")
_LONGEST_NAME = 100
_NOTICES_UNTIL = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A line with a date. `by` is None for a notice. `shape` is how its date and clock are written."""

    number: int
    by: str | None
    day: Numbers
    mark: str
    hour: int
    minute: int
    second: int
    shape: str


def is_chat(stream: IO[bytes]) -> bool:
    """Whether a text begins with a dated line, and somebody says something in the beginning."""
    head = stream.read(_HEAD).decode("utf-8-sig", "replace").splitlines()
    said = [_said(number, line) for number, line in enumerate(head, 1)]
    first = next((found for found, line in zip(said, head, strict=True) if line.strip()), None)
    return first is not None and any(found and found.by for found in said)


def said(file: str, stream: IO[bytes]) -> Iterator[Said | BadRow]:
    """Every line with a date in order; those without go on with the one before."""
    number = 0
    while raw := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(raw) > _LONGEST_LINE:
            yield BadRow(file, number, "longer than 1 MB")
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_LONGEST_LINE + 1)
        elif found := _said(number, raw.decode("utf-8", "replace")):
            yield found


def _said(number: int, raw: str) -> Said | None:
    line = raw.translate(_SPACES).lstrip(f"{_MARK}\u200f\ufeff").rstrip("\r\n")
    iphone = line.startswith("[")
    match = _ON_IPHONE.match(line[:2000]) if iphone else _ON_ANDROID.match(line[:2000]) or _IN_KOREA.match(line[:2000])
    if not match or (match["second"] and not iphone):  # Android writes no seconds, the logs of programs do
        return None
    hour, words = int(match["hour"]), {(match["before"] or "").strip().lower(), (match["after"] or "").strip().lower()}
    afternoon, morning = bool(words & _labels("afternoon")), bool(words & _labels("morning"))
    if afternoon or morning:
        hour = hour % 12 + (12 if afternoon else 0)
    second = match["second"]
    return Said(
        number,
        _writer(number, match["rest"]),
        (_plain(match["one"]), _plain(match["two"]), _plain(match["three"])),
        match["mark"],
        hour,
        int(match["minute"]),
        int(second[1:]) if second else 0,
        f"{iphone} {match['mark']} {afternoon or morning} {len(match['one']) > 2} {len(match['three'])}",
    )


def _writer(number: int, rest: str) -> str | None:
    """Whose message it is: none for a notice, which has no name before it or is WhatsApp's own words."""
    written, colon, text = rest.partition(": ")
    if not colon and rest.endswith(":"):
        written, colon = rest[:-1], ":"
    name = " ".join(written.translate(_HIDDEN).replace("\u2011", "-").split()).removeprefix("~").strip()
    if not colon or not name or len(name) > _LONGEST_NAME or _NO_NAME.search(name):
        return None
    words = text.lower()
    if number <= _NOTICES_UNTIL and any(phrase in words for phrase in _labels("encrypted")):
        return None
    if text.startswith(_MARK) and not _FILE.search(text) and not any(word in words for word in _labels("media")):
        return None
    return name


def _plain(number: str) -> str:
    """In the digits that all the world's dates are compared by."""
    return number if number.isascii() else "".join(str(int(digit)) for digit in number)


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(json.loads(files(__package__).joinpath("labels.json").read_text("utf-8"))[kind])
