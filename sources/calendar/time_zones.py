"""Parse a calendar's dates and times, resolve its time zones, and convert both to UTC."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from sources.calendar.components import Component
from sources.errors import InvalidRow
from sources.text.content_lines import ContentLine, unescaped

_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z)?)?", re.IGNORECASE)
_MAX_ZONE_SIZE = 64 * 1024
_MAX_ZONES = 200
_INVALID_DATE = "the date does not exist or has an unknown format"


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A time on the clock of a time zone. `is_all_day` marks a date without a time of day."""

    clock: datetime
    zone: tzinfo
    is_all_day: bool = False

    def utc(self, clock: datetime | None = None) -> datetime:
        """This time, or another time of the same clock, in UTC. Raises InvalidRow outside the years 1 to 9999."""
        try:
            return (clock or self.clock).replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError, TypeError) as error:
            raise InvalidRow(_INVALID_DATE) from error


class TimeZones:
    """The time zones of one file: by IANA name, by Windows name, or as the file defines them."""

    def __init__(self) -> None:
        self.default: tzinfo = UTC
        """The zone of times that name none."""
        self._definitions: dict[str, Component] = {}
        self._zones: dict[str, tzinfo | None] = {}

    def define(self, component: Component) -> None:
        """Add a VTIMEZONE. Definitions that are too large or too many are ignored."""
        name = unescaped(component.value("TZID"))
        size = sum(len(line.value) for line in component.lines)
        if name and size <= _MAX_ZONE_SIZE and len(self._definitions) < _MAX_ZONES:
            self._definitions.setdefault(name, component)

    def set_default(self, name: str) -> None:
        self.default = self.zone(name) or self.default

    def zone(self, name: str) -> tzinfo | None:
        if name not in self._zones and len(self._zones) < _MAX_ZONES:
            self._zones[name] = _zone_by_name(name) or _zone_by_definition(self._definitions.get(name))
        return self._zones.get(name)

    def parse_line(self, line: ContentLine) -> CalendarTime:
        """The time of a line with one value. Raises InvalidRow."""
        return self.parse(line.value, line.parameters)

    def parse_lists(self, lines: Iterable[ContentLine]) -> list[CalendarTime]:
        """The times of lines with several values; of a period, its start. Raises InvalidRow."""
        return [
            self.parse(value.partition("/")[0].strip(), line.parameters)
            for line in lines
            for value in line.value.split(",")
            if value.strip()
        ]

    def parse(self, value: str, parameters: Mapping[str, list[str]]) -> CalendarTime:
        match = _TIME.fullmatch(value)
        if not match:
            raise InvalidRow(_INVALID_DATE if value else "the date is missing")
        *numbers, utc_mark = match.groups()
        try:
            year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
            clock = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 # leap seconds
        except ValueError as error:
            raise InvalidRow(_INVALID_DATE) from error
        if utc_mark:
            return CalendarTime(clock, UTC)
        name = unescaped(next(iter(parameters.get("TZID", ())), ""))
        zone = (name and self.zone(name)) or self.default
        return CalendarTime(clock, zone, is_all_day=match[4] is None)


def _zone_by_name(name: str) -> tzinfo | None:
    """A zone by its Windows name, or its IANA name, also after a vendor's prefix (`/mozilla.org/…/Europe/Rome`)."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 # 270 ms, needed only here

    parts = name.strip("/").split("/")
    for candidate in (WINDOWS_TO_OLSON.get(name, ""), *("/".join(parts[at:]) for at in range(min(4, len(parts))))):
        try:
            if candidate:
                return ZoneInfo(candidate)
        except (KeyError, ValueError, OSError):  # an unknown zone, an invalid name, a folder of zones
            continue
    return None


def _zone_by_definition(component: Component | None) -> tzinfo | None:
    """A zone as the file defines it; None if one of its rules is not yearly, which no real zone has."""
    from icalendar import Timezone  # noqa: PLC0415

    if component is None:
        return None
    rules = [line.value.upper() for line in component.all("RRULE")]
    if any("FREQ=YEARLY" not in rule or "INTERVAL" in rule.replace("INTERVAL=1;", "") for rule in rules):
        return None
    body = "".join(f"{line.name}:{line.value}\r\n" for line in component.lines)
    try:
        parsed = cast("Timezone", Timezone.from_ical(f"BEGIN:VTIMEZONE\r\n{body}END:VTIMEZONE\r\n"))
        zone: tzinfo = parsed.to_tz(lookup_tzid=False)
        zone.utcoffset(datetime(2020, 1, 1))  # noqa: DTZ001
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):  # what dateutil raises
        return None
    return zone
