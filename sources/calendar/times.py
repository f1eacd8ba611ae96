"""When a calendar says something was: its dates, its time zones, and both as UTC."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from sources.calendar.blocks import Block
from sources.content_lines import Line, text

_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z)?)?", re.IGNORECASE)
_LONGEST_ZONE = 64 * 1024
_MOST_ZONES = 200


class Unreadable(ValueError):
    """What is wrong with an event, as a clause that names nothing private."""


@dataclass(frozen=True, slots=True)
class When:
    """A moment on the clock of a place. `whole_day` marks a date without a time."""

    clock: datetime
    zone: tzinfo
    whole_day: bool = False

    def utc(self, clock: datetime | None = None) -> datetime:
        """This moment, or another on the same clock, in UTC. Raises Unreadable at the ends of time."""
        try:
            return (clock or self.clock).replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError, TypeError) as error:
            raise Unreadable("a date in no form that calendars use") from error


class Zones:
    """The time zones of one file: by their usual names, by Windows's, or as the file defines them."""

    def __init__(self) -> None:
        self.usual: tzinfo = UTC
        """That of times which name none."""
        self._defined: dict[str, Block] = {}
        self._known: dict[str, tzinfo | None] = {}

    def define(self, block: Block) -> None:
        name = text(block.value("TZID"))
        size = sum(len(line.value) for line in block.lines)
        if name and size <= _LONGEST_ZONE and len(self._defined) < _MOST_ZONES:
            self._defined.setdefault(name, block)

    def set_usual(self, name: str) -> None:
        self.usual = self.zone(name) or self.usual

    def zone(self, name: str) -> tzinfo | None:
        if name not in self._known and len(self._known) < _MOST_ZONES:
            self._known[name] = _usual(name) or _as_defined(self._defined.get(name))
        return self._known.get(name)

    def when(self, line: Line) -> When:
        """What a line with one date says. Raises Unreadable."""
        return self.read(line.value, line.parameters)

    def all(self, lines: Iterable[Line]) -> list[When]:
        """What lines with lists of dates say, of periods the beginning. Raises Unreadable."""
        return [
            self.read(value.partition("/")[0].strip(), line.parameters)
            for line in lines
            for value in line.value.split(",")
            if value.strip()
        ]

    def read(self, value: str, parameters: Mapping[str, list[str]]) -> When:
        found = _MOMENT.fullmatch(value)
        if not found:
            raise Unreadable("a date in no form that calendars use" if value else "no date")
        *numbers, zulu = found.groups()
        try:
            year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
            clock = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 # leap seconds
        except ValueError as error:
            raise Unreadable("a date in no form that calendars use") from error
        if zulu:
            return When(clock, UTC)
        name = text(next(iter(parameters.get("TZID", ())), ""))
        zone = (name and self.zone(name)) or self.usual
        return When(clock, zone, whole_day=found[4] is None)


def _usual(name: str) -> tzinfo | None:
    """By Windows's name, or the world's with or without its maker's before it (`/mozilla.org/…/Europe/Rome`)."""
    parts = name.strip("/").split("/")
    for candidate in (WINDOWS_TO_OLSON.get(name, ""), *("/".join(parts[at:]) for at in range(min(4, len(parts))))):
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):  # no such zone, no such name, a folder of zones
            continue
    return None


def _as_defined(block: Block | None) -> tzinfo | None:
    """A zone of the file's own, where its rules are what zones have: one change a year."""
    if block is None:
        return None
    rules = [line.value.upper() for line in block.all("RRULE")]
    if any("FREQ=YEARLY" not in rule or "INTERVAL" in rule.replace("INTERVAL=1;", "") for rule in rules):
        return None
    body = "".join(f"{line.name}:{line.value}\r\n" for line in block.lines)
    try:
        read = cast("Timezone", Timezone.from_ical(f"BEGIN:VTIMEZONE\r\n{body}END:VTIMEZONE\r\n"))
        zone: tzinfo = read.to_tz(lookup_tzid=False)
        zone.utcoffset(datetime(2020, 1, 1))  # noqa: DTZ001
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):  # what dateutil raises
        return None
    return zone
