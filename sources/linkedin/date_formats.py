"""Parse LinkedIn's dates, whose format differs by file and by year.

`strptime` is not used: it follows the machine's locale. The export is in English, but spreadsheets rewrite dates in the
language of their user. A time without a zone is UTC. A month or a year without a day is its first day.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache

from sources.errors import InvalidRow
from sources.text.month_names import month_number

_TIME = (
    r"(?:[T,]?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:UTC|GMT|Z|(?P<zone>[+-]\d\d:?\d\d))?)?"
)
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_FORMATS = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}})[-/.]{_MONTH}[-/.]{_DAY}{_TIME}",  # 2021-02-03 16:05:11 UTC
        rf"{_DAY}\.?[ -](?:de )?{_WORD},?[ -](?:de )?{_YEAR}{_TIME}",  # 03 Feb 2021, 15-Jan-24, 3. Feb. 2021
        rf"(?P<first>\d{{1,2}})/(?P<second_part>\d{{1,2}})/{_YEAR}{_TIME}",  # 2/3/19, 4:05 PM
        rf"{_DAY}\. ?{_MONTH}\. ?{_YEAR}{_TIME}",  # 03.02.2021
        rf"{_WORD} {_DAY},? (?P<year>\d{{4}}){_TIME}",  # Feb 3, 2021
        rf"[A-Z][a-z]{{2}} {_WORD} {_DAY}{_TIME} (?P<year>\d{{4}})",  # Wed Jun 24 12:43:42 UTC 2026
        rf"(?P<year>\d{{4}})[年년] ?{_MONTH}[月월] ?{_DAY}[日일]{_TIME}",  # 2021年2月3日
        rf"{_WORD}[ -](?P<year>\d{{4}})",  # Sep 2012
        r"(?P<year>\d{4})",  # 2012
    )
]
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?!\d)")
_MONTHS_IN_YEAR = 12


class DateOrder(Enum):
    """The order of day and month in dates such as 3/4/2024."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    UNCLEAR = "unclear"


def date_order(texts: Iterable[str]) -> DateOrder:
    """The order of all dates in one table. LinkedIn writes the month first; a spreadsheet may have changed that."""
    day_first = month_first = False
    for text in texts:
        if "/" in text and (match := _SLASHED.match(text)):
            day_first |= int(match[1]) > _MONTHS_IN_YEAR
            month_first |= int(match[2]) > _MONTHS_IN_YEAR
    if day_first:
        return DateOrder.UNCLEAR if month_first else DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST


def parse_linkedin_date(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> datetime:
    """The date and time in UTC. Raises InvalidRow."""
    for date_format in _FORMATS:
        if match := date_format.fullmatch(text):
            parts = {part: value for part, value in match.groupdict().items() if value}
            try:
                return _build(_with_order(parts, order))
            except (ValueError, OverflowError) as error:
                if isinstance(error, InvalidRow):
                    raise
                break
    raise InvalidRow("the date does not exist or has an unknown format" if text else "the date is missing")


def first_day(text: str, order: DateOrder = DateOrder.MONTH_FIRST) -> date | None:
    """The day, or the first day of a month or year; None for an empty text. Raises InvalidRow."""
    return _cached_day(text, order) if text else None


@lru_cache(maxsize=4_096)  # a network of years has few days
def _cached_day(text: str, order: DateOrder) -> date:
    return parse_linkedin_date(text, order).date()


def _with_order(parts: dict[str, str], order: DateOrder) -> dict[str, str]:
    """The parts of a date with `day` and `month` for two numbers between slashes."""
    if "first" not in parts:
        return parts
    pair = first, second = parts["first"], parts["second_part"]
    if order is DateOrder.UNCLEAR:
        if max(map(int, pair)) <= _MONTHS_IN_YEAR and int(first) != int(second):
            raise InvalidRow("the order of day and month is unclear")
        order = DateOrder.DAY_FIRST if int(first) > _MONTHS_IN_YEAR else DateOrder.MONTH_FIRST
    day, month = pair if order is DateOrder.DAY_FIRST else (second, first)
    return {**parts, "day": day, "month": month}


def _build(parts: dict[str, str]) -> datetime:
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)  # LinkedIn started in 2003
    month = month_number(word) if (word := parts.get("word")) else int(parts.get("month", 1))
    hour = int(parts.get("hour", 0))
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    minute, second = int(parts.get("minute", 0)), int(parts.get("second", 0))
    local = datetime(year, month, int(parts.get("day", 1)), hour, minute, second, tzinfo=UTC)
    if zone := parts.get("zone"):
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return local - ahead if zone[0] == "+" else local + ahead
    return local
