"""The lines of one chat: who wrote, and when. The text is checked for signs of a notice and never stored."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import PurePath
from typing import IO, NamedTuple

from graph.records import BadRow
from sources.archives.files import File
from sources.whatsapp.date_order import DateNumbers
from sources.whatsapp.phrases import phrases
from sources.whatsapp.titles import chat_name_key, is_title

_MAX_LINE = 1_000_000
_HEAD = 64 * 1024
_DATE = (
    r"(?P<first>\d{1,4})\.?\s?(?P<separator>[./년-])\s?(?P<second_number>\d{1,2})\.?\s?[./월-]\s?"
    r"(?P<third>\d{1,4})[.일]?"
)
_CLOCK = (
    r"[,،]?\s?(?P<before>[^\d\[\]:]{0,20}?)\s?(?P<hour>\d{1,2})(?:[:.]|\sh\s)(?P<minute>\d\d)(?P<second>[:.]\d\d)?"
    r"(?:\s?(?P<after>[^\d\[\]:\-–]{1,20}?))?"
)
_REST = r"(?P<rest>.*)"
_IPHONE_LINE = re.compile(rf"\[{_DATE}{_CLOCK}\] {_REST}", re.DOTALL)
_ANDROID_LINE = re.compile(rf"{_DATE}{_CLOCK} [-–] {_REST}", re.DOTALL)
_KOREAN_LINE = re.compile(rf"(?=\d+년|\d{{4}}\. ?\d\d?\. ?\d\d?\. ?오){_DATE}{_CLOCK}, {_REST}", re.DOTALL)
_OLD_IPHONE_LINE = re.compile(rf"{_DATE}{_CLOCK}: {_REST}", re.DOTALL)
"""Until 2016."""
_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " "})
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_NOT_IN_CLOCK_WORDS = _INVISIBLE | dict.fromkeys(map(ord, ". ,،\u200c"))
_WHATSAPP_MARK = "\u200e"
"""WhatsApp writes it before its own text: notices, and the names of files."""
_MARKS_BEFORE_LINE = f"{_WHATSAPP_MARK}\u200f\ufeff"
_FILE = re.compile(r"<|\.\w{2,5}\b")
_NOT_IN_NAMES = re.compile(r"[\"“”«»„\n]")
_MAX_NAME_LENGTH = 100
_MAX_TEXT = 2000
_ENCRYPTION_NOTICE_LINES = 10


class ChatLine(NamedTuple):
    """A line with a date.

    `author` is None for a notice, and is then in `speaker` if the notice is written under a name. `is_marked` tells
    that the text is WhatsApp's own. `clock_word` is a word beside the clock whose meaning is unknown. `style` describes
    the form of the line, `date_style` also that of the clock: lines of one style can be compared.
    """

    number: int
    author: str | None
    speaker: str | None
    text: str
    is_marked: bool
    date: DateNumbers
    separator: str
    hour: int
    minute: int
    second: int
    clock_word: str
    has_persian_digits: bool
    style: str
    date_style: str


def begins_as_chat(file: File) -> bool:
    """Whether the first line has a date, and one of the first lines has an author."""
    with file.open() as stream:
        head = stream.read(_HEAD).decode("utf-8-sig", "replace").splitlines()
    is_named = _is_named(file)
    parsed = [_parse_line(number, line, "", is_named=is_named) for number, line in enumerate(head, 1)]
    first = next((chat_line for chat_line, line in zip(parsed, head, strict=True) if line.strip()), None)
    return first is not None and any(chat_line and chat_line.author for chat_line in parsed)


def chat_lines(file: File, stream: IO[bytes], title_name: str = "") -> Iterator[ChatLine | BadRow]:
    """The lines with a date, in order. Lines without one continue the message before them and are omitted.

    `title_name` is the key of the name in the title, which may contain a colon.
    """
    number, is_named = 0, _is_named(file)
    while raw := stream.readline(_MAX_LINE + 1):
        number += 1
        if len(raw) > _MAX_LINE:
            yield BadRow(file.name, number, "the line is longer than 1 MB")
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(_MAX_LINE + 1)
        elif line := _parse_line(number, raw.decode("utf-8", "replace"), title_name, is_named=is_named):
            yield line


def _is_named(file: File) -> bool:
    """Whether WhatsApp named the file, so that lines like those of a program's log are messages."""
    name = PurePath(file.name).stem
    return is_title(name) or name == "_chat"


def _parse_line(number: int, raw: str, title_name: str, *, is_named: bool) -> ChatLine | None:
    line = raw if raw.isascii() else raw.lstrip(_MARKS_BEFORE_LINE)
    if not line.startswith("[") and not line[:1].isdecimal():  # it has no date
        return None
    line = (line if line.isascii() else line.translate(_SPACES)).rstrip("\r\n")
    form, match = _match(line[:_MAX_TEXT], is_named=is_named)
    if match is None:
        return None
    word = _clock_word(match["before"] or "") or _clock_word(match["after"] or "")
    kind = _kind_of_clock_word(word)
    second = match["second"]
    separator = match["separator"]
    style, date_style = _styles(form, separator, len(match["first"]) > 2, len(match["third"]) > 2, kind)
    author, speaker, text = _author(number, match["rest"], title_name)
    return ChatLine(
        number,
        author,
        speaker,
        text,
        text.startswith(_WHATSAPP_MARK),
        (_ascii_digits(match["first"]), _ascii_digits(match["second_number"]), _ascii_digits(match["third"])),
        separator,
        _hour_of_day(int(match["hour"]), kind),
        int(match["minute"]),
        int(second[1:]) if second else 0,
        word if kind == "unknown" else "",
        "۰" <= match["first"][0] <= "۹",
        style,
        date_style,
    )


@lru_cache(maxsize=1000)
def _styles(form: str, separator: str, *more: object) -> tuple[str, str]:
    *lengths, kind = more
    style = " ".join(map(str, (form, separator, *lengths)))
    return style, f"{style} {kind not in ('', 'unknown')}"


def _match(start: str, *, is_named: bool) -> tuple[str, re.Match[str] | None]:
    """The form of a line, and its parts; None if it has no date."""
    if start.startswith("["):
        return "iPhone", _IPHONE_LINE.match(start)
    if match := _ANDROID_LINE.match(start) or _KOREAN_LINE.match(start):
        # Android exports no seconds, unlike the logs of programs
        return "Android", None if match["second"] else match
    match = _OLD_IPHONE_LINE.match(start)
    is_message = match and match["second"] and (is_named or len(match["first"]) < 4)
    return "old iPhone", match if is_message else None


def _clock_word(written: str) -> str:
    return written.translate(_NOT_IN_CLOCK_WORDS).casefold() if written else ""


@lru_cache(maxsize=1000)
def _kind_of_clock_word(word: str) -> str:
    """Return the meaning of a word beside the clock; "" if it is not about the time."""
    if not word or word in phrases("beside the clock"):
        return ""
    kinds = ("morning", "midday", "afternoon", "night")
    return next((kind for kind in kinds if word in _clock_words(kind)), "unknown")


@cache
def _clock_words(kind: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in phrases(kind))


def _hour_of_day(hour: int, kind: str) -> int:
    """The hour from 0 to 23, from one on a clock of 12 hours with a word of this kind."""
    if kind == "morning":
        return hour % 12
    if kind == "afternoon":
        return hour % 12 + 12
    if kind == "midday":
        return hour + 12 if hour < 10 else hour
    if kind == "night":
        return hour + 12 if 6 <= hour < 12 else hour % 12 if hour == 12 else hour
    return hour


def _author(number: int, rest: str, title_name: str) -> tuple[str | None, str | None, str]:
    """The author of a message, None for a notice; the name under which the text is written; the text.

    A notice has no author, or is WhatsApp's own text.
    """
    before, colon, text = rest.partition(": ")
    if not colon and rest.endswith(":"):
        before, colon = rest[:-1], ":"
    if not colon:
        return None, None, rest
    if title_name and ": " in text[:_MAX_NAME_LENGTH]:
        more, _, after = text.partition(": ")
        if chat_name_key(before) != title_name == chat_name_key(f"{before}{more}"):
            before, text = f"{before}: {more}", after
    visible = before if before.isascii() else before.translate(_INVISIBLE).replace("\u2011", "-")
    name = " ".join(visible.split())
    if not name.strip("~ ") or len(name) > _MAX_NAME_LENGTH or _NOT_IN_NAMES.search(name):
        return None, None, rest
    if number <= _ENCRYPTION_NOTICE_LINES and _contains_one(text, "encrypted"):
        return None, name, text
    if text.startswith(_WHATSAPP_MARK) and not _FILE.search(text) and not _contains_one(text, "media"):
        return None, name, text
    return name, name, text


def _contains_one(text: str, kind: str) -> bool:
    """Whether the text contains a phrase of this kind."""
    lower = text.lower()
    return any(phrase in lower for phrase in phrases(kind))


def _ascii_digits(number: str) -> str:
    """The number with the digits 0 to 9, whatever script it is written in."""
    return number if number.isascii() else "".join(str(int(digit)) for digit in number)
