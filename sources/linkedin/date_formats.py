"""Parse LinkedIn's dates, whose format differs by file and by year.

`strptime` is not used: it follows the machine's locale, while the export is always in English. A time without a zone is
UTC. A month or a year without a day is its first day.
"""

import re
from datetime import UTC, date, datetime, timedelta

from sources.errors import InvalidRow

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIME = (
    r"(?:[T,]?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?:UTC|GMT|Z|(?P<zone>[+-]\d\d:?\d\d))?)?"
)
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_WORD = r"(?P<word>[A-Za-z]{3,9})\.?"
_FORMATS = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}})[-/]{_MONTH}[-/]{_DAY}{_TIME}",  # 2021-02-03 16:05:11 UTC
        rf"{_DAY}[ -]{_WORD}[ -]{_YEAR}{_TIME}",  # 03 Feb 2021, 15-Jan-24
        rf"{_MONTH}/{_DAY}/{_YEAR}{_TIME}",  # 2/3/19, 4:05 PM
        rf"{_WORD} {_DAY},? (?P<year>\d{{4}}){_TIME}",  # Feb 3, 2021
        rf"[A-Z][a-z]{{2}} {_WORD} {_DAY}{_TIME} (?P<year>\d{{4}})",  # Wed Jun 24 12:43:42 UTC 2026
        rf"{_WORD}[ -](?P<year>\d{{4}})",  # Sep 2012
        r"(?P<year>\d{4})",  # 2012
    )
]


def parse_linkedin_date(text: str) -> datetime:
    """The date and time in UTC. Raises InvalidRow."""
    for date_format in _FORMATS:
        if match := date_format.fullmatch(text):
            try:
                return _build({part: value for part, value in match.groupdict().items() if value})
            except (ValueError, OverflowError):
                break
    raise InvalidRow("the date does not exist or has an unknown format" if text else "the date is missing")


def first_day(text: str) -> date | None:
    """The day, or the first day of a month or year; None for an empty text. Raises InvalidRow."""
    return parse_linkedin_date(text).date() if text else None


def _build(parts: dict[str, str]) -> datetime:
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)  # LinkedIn started in 2003
    month = int(parts.get("month", 1))
    if word := parts.get("word"):
        month = _MONTHS.index(word[:3].lower()) + 1
    hour = int(parts.get("hour", 0))
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    minute, second = int(parts.get("minute", 0)), int(parts.get("second", 0))
    local = datetime(year, month, int(parts.get("day", 1)), hour, minute, second, tzinfo=UTC)
    if zone := parts.get("zone"):
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return local - ahead if zone[0] == "+" else local + ahead
    return local
