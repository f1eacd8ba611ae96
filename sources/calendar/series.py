"""On which days a meeting was held that repeats, within the years that count and in bounded time.

Rules are dateutil's to follow. Two things make a hostile one cheap: no rule repeats within the day; and as one that
never comes true is followed to the end of time, the year 9999, each is moved next to it, by years after which weekdays
and leap years come again.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import cast

from dateutil.rrule import rrule, rrulestr

from sources.calendar.blocks import Block
from sources.calendar.times import Unreadable, When, Zones

_COUNTS = timedelta(days=3 * 365 + 1)
"""How far back from the newest date a series is followed: older ones make no tie."""
_MOST_HELD = 10_000
_MOST_RULES = 10
_RULE = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"(?:;(?:INTERVAL=[1-9]\d{0,3}|COUNT=\d{1,6}|(?:BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|BYWEEKNO|BYYEARDAY|WKST)=[A-Z0-9,+-]+))*"
)
_LONGEST_RULE = 500
_SINGLE_TIME = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=\d{1,2}")


def held(event: Block, first: When, zones: Zones, newest: datetime, moved: set[datetime | date]) -> Iterator[datetime]:
    """When a series that begins at `first` was held, in UTC and in order. Raises Unreadable.

    `newest` is how far the calendar sees; `moved` are the times that stand in it as events of their own.
    """
    oldest = newest - _COUNTS
    left_out = {*map(instant, zones.all(event.all("EXDATE"))), *moved}
    extra = {when.utc() for when in zones.all(event.all("RDATE"))}
    found = {first.utc(), *extra}
    rules = [*event.all("RRULE")]
    if len(rules) > _MOST_RULES:
        raise Unreadable("it repeats by a rule that no meeting has")
    for rule in rules if found and min(found) <= newest else ():
        found.update(_repeated(rule.value, first, zones, oldest, newest))
    times = sorted(at for at in found - left_out if oldest <= at <= newest)
    yield from islice((at for at in times if at.astimezone(first.zone).date() not in left_out), _MOST_HELD)


def instant(when: When) -> datetime | date:
    return when.clock.date() if when.whole_day else when.utc()


def _repeated(rule: str, first: When, zones: Zones, oldest: datetime, newest: datetime) -> Iterator[datetime]:
    until, parts = newest, []
    for part in rule.upper().replace(" ", "").replace("\\", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        if name == "UNTIL":
            until = min(until, _end(value, first, zones))
        elif not _SINGLE_TIME.fullmatch(part):  # which DTSTART says as well
            parts.append(part)
    parts.sort(key=lambda part: not part.startswith("FREQ="))
    text = ";".join(parts)
    if len(text) > _LONGEST_RULE or not _RULE.fullmatch(text):
        raise Unreadable("it repeats by a rule that no meeting has")
    away = _to_the_end_of_time(first, newest)
    try:
        far = rrulestr(text, dtstart=first.clock.replace(year=first.clock.year + away))
        since = (oldest - timedelta(days=2)).replace(tzinfo=None)
        for clock in cast("rrule", far).xafter(since.replace(year=since.year + away), count=_MOST_HELD, inc=True):
            at = first.utc(clock.replace(year=clock.year - away))
            if at > until:
                return
            yield at
    except (ValueError, OverflowError) as error:
        raise Unreadable("it repeats by a rule that no meeting has") from error


def _to_the_end_of_time(first: When, newest: datetime) -> int:
    """The years of 1901 to 1999 come again 8,000 years later, and before 2100 every 28th year is the same."""
    back = -(-max(newest.year - 1998, 0) // 28) * 28
    if first.clock.year - back <= 1900 or newest.year >= 2100:
        raise Unreadable("it repeats since before there were calendars like this")
    return 8000 - back


def _end(value: str, first: When, zones: Zones) -> datetime:
    """The last moment of a rule: a date means the whole of that day."""
    when = zones.read(value, {})
    if when.whole_day:
        return first.utc(when.clock + timedelta(days=1)) - timedelta(seconds=1)
    return when.utc() if when.zone is UTC else first.utc(when.clock)
