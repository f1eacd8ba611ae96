"""The dates of a recurring event, within the years that count and in bounded time.

dateutil evaluates the rules. It searches a rule that never matches until the year 9999. Two things bound the cost of a
hostile rule. Rules within a day are refused. Each series is shifted close to the year 9999, by a number of years after
which weekdays and leap years repeat.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, cast

from sources.calendar.components import Component
from sources.calendar.time_zones import CalendarTime, TimeZones
from sources.errors import InvalidRow

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_PERIOD = timedelta(days=3 * 365 + 1)
"""How far back from the newest date occurrences are computed: older ones make no tie."""
_MAX_OCCURRENCES = 10_000
_MAX_RULES = 10
_RULE = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;(?:INTERVAL=[1-9]\d{0,3}|COUNT=\d{1,6}|(?:BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|BYWEEKNO|BYYEARDAY|WKST)=[A-Z0-9,+-]+))*"
)
_MAX_RULE_LENGTH = 500
_SINGLE_TIME = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=\d{1,2}")
_UNSUPPORTED_RULE = "the recurrence rule is invalid or not supported"


def occurrences(
    event: Component, start: CalendarTime, zones: TimeZones, until: datetime, moved: set[datetime | date]
) -> Iterator[datetime]:
    """The times of a series, in UTC and sorted, up to `until` and not older than three years. Raises InvalidRow.

    `moved` are the times that are separate events in the calendar; they are omitted.
    """
    oldest = until - _PERIOD
    excluded = {*map(date_or_utc, zones.parse_lists(event.lines_named("EXDATE"), start.zone)), *moved}
    added = {time.utc() for time in zones.parse_lists(event.lines_named("RDATE"), start.zone)}
    times = {start.utc(), *added}
    rules = [*event.lines_named("RRULE")]
    if len(rules) > _MAX_RULES:
        raise InvalidRow(_UNSUPPORTED_RULE)
    for rule in rules if times and min(times) <= until else ():
        times.update(_rule_times(rule.value, start, zones, oldest, until))
    remaining = sorted(at for at in times - excluded if oldest <= at <= until)
    yield from islice((at for at in remaining if at.astimezone(start.zone).date() not in excluded), _MAX_OCCURRENCES)


def date_or_utc(time: CalendarTime) -> datetime | date:
    """The date of an all-day value, else the time in UTC."""
    return time.clock.date() if time.is_all_day else time.utc()


def _rule_times(
    rule: str, start: CalendarTime, zones: TimeZones, oldest: datetime, newest: datetime
) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415 # 40 ms, needed only here

    until, parts = newest, []
    for part in rule.upper().replace(" ", "").replace("\\", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            until = min(until, _rule_end(value, start, zones))
        elif not _SINGLE_TIME.fullmatch(part):  # a single time of day repeats that of DTSTART
            parts.append(part)
    parts.sort(key=lambda part: not part.startswith("FREQ="))
    text = ";".join(parts)
    if len(text) > _MAX_RULE_LENGTH or not _RULE.fullmatch(text):
        raise InvalidRow(_UNSUPPORTED_RULE)
    years = _years_to_shift(start, newest)
    try:
        shifted = rrulestr(text, dtstart=start.clock.replace(year=start.clock.year + years))
        since = (oldest - timedelta(days=2)).replace(tzinfo=None)
        since = since.replace(year=since.year + years)
        for clock in cast("rrule", shifted).xafter(since, count=_MAX_OCCURRENCES, inc=True):
            at = start.utc(clock.replace(year=clock.year - years))
            if at > until:
                return
            yield at
    except (ValueError, OverflowError) as error:
        raise InvalidRow(_UNSUPPORTED_RULE) from error


def _years_to_shift(start: CalendarTime, newest: datetime) -> int:
    """The years by which a series is shifted: at most 8,000, after which all weekdays and leap years repeat.

    For years from 1901 to 1999 it is 8,000. A later series is first moved back there by a multiple of 28 years, after
    which weekdays and leap years repeat between 1901 and 2099.
    """
    back = -(-max(newest.year - 1998, 0) // 28) * 28
    if start.clock.year - back <= 1900 or newest.year >= 2100:
        raise InvalidRow("the series starts too long ago to be computed")
    return 8000 - back


def _rule_end(value: str, start: CalendarTime, zones: TimeZones) -> datetime:
    """The last moment of a rule; a date includes that whole day."""
    time = zones.parse(value, {}, start.zone)
    if time.is_all_day:
        return start.utc(time.clock + timedelta(days=1)) - timedelta(seconds=1)
    return time.utc()
