"""LinkedIn's dates, which differ from file to file and from year to year.

No strptime: it follows the machine's language, and the export is always in English. A time without
a zone is UTC. A date that names only a month or a year is a span; `moment` is its beginning.
"""

import re
from datetime import UTC, date, datetime, timedelta

from sources.tables import Unreadable

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_TIME = (
    r"(?:[T,]?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[AaPp][Mm])?\s*(?:UTC|GMT|Z|(?P<zone>[+-]\d\d:?\d\d))?)?"
)
_DAY, _MONTH = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_WORD = r"(?P<word>[A-Za-z]{3,9})\.?"
_SHAPES = [
    re.compile(shape)
    for shape in (
        rf"(?P<year>\d{{4}})[-/]{_MONTH}[-/]{_DAY}{_TIME}",  # 2021-02-03 16:05:11 UTC
        rf"{_DAY}[ -]{_WORD}[ -]{_YEAR}{_TIME}",  # 03 Feb 2021, 15-Jan-24
        rf"{_MONTH}/{_DAY}/{_YEAR}{_TIME}",  # 2/3/19, 4:05 PM
        rf"{_WORD} {_DAY},? (?P<year>\d{{4}}){_TIME}",  # Feb 3, 2021
        rf"[A-Z][a-z]{{2}} {_WORD} {_DAY}{_TIME} (?P<year>\d{{4}})",  # Wed Jun 24 12:43:42 UTC 2026
        rf"{_WORD}[ -](?P<year>\d{{4}})",  # Sep 2012
        r"(?P<year>\d{4})",  # 2012
    )
]


def moment(text: str) -> datetime:
    """When this was, in UTC. Raises Unreadable."""
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            try:
                return _build({part: value for part, value in match.groupdict().items() if value})
            except (ValueError, OverflowError):
                break
    raise Unreadable("a date in no form that LinkedIn uses" if text else "no date")


def first_day(text: str) -> date | None:
    """The day this names, or with which its month or year begins; None where nothing is said."""
    return moment(text).date() if text else None


def _build(said: dict[str, str]) -> datetime:
    year = int(said["year"]) + (2000 if len(said["year"]) == 2 else 0)  # LinkedIn began in 2003
    month = int(said.get("month", 1))
    if word := said.get("word"):
        month = _MONTHS.index(word[:3].lower()) + 1
    hour = int(said.get("hour", 0))
    if half := said.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    minute, second = int(said.get("minute", 0)), int(said.get("second", 0))
    local = datetime(year, month, int(said.get("day", 1)), hour, minute, second, tzinfo=UTC)
    if zone := said.get("zone"):
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return local - ahead if zone[0] == "+" else local + ahead
    return local
