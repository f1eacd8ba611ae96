"""Parse a calendar's dates and times, resolve its time zones, and convert both to UTC."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import cast

from sources.calendar.components import Component
from sources.calendar.zone_names import zone_by_description, zone_by_exact_name
from sources.errors import InvalidRow
from sources.text.content_lines import ContentLine, unescaped

_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?\s*(Z)?)?", re.IGNORECASE)
_MAX_ZONE_SIZE = 64 * 1024
_MAX_ZONES = 200
_INVALID_DATE = "the date does not exist or has an unknown format"
_UNKNOWN_ZONE = "the time zone is neither known nor defined in the file"
_UTC_OFFSET = re.compile(r"([+-])(\d\d)([0-5]\d)(?:[0-5]\d)?")


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
        self.has_unknown_zone = False
        """Whether a time in an unknown zone was read in the zone of the calendar."""
        self._default: tzinfo | None = None
        self._definitions: dict[str, Component] = {}
        self._zones: dict[str, tzinfo | None] = {}

    def define(self, component: Component) -> None:
        """Add a VTIMEZONE. Definitions that are too large or too many are ignored."""
        name = unescaped(component.value("TZID"))
        size = sum(len(line.value) for line in component.lines())
        if name and size <= _MAX_ZONE_SIZE and len(self._definitions) < _MAX_ZONES:
            self._definitions.setdefault(name, component)

    def set_default(self, name: str) -> None:
        """Set the zone of times that name none, or one that is unknown."""
        self._default = self.zone(name) or self._default

    def zone(self, name: str) -> tzinfo | None:
        if name not in self._zones and len(self._zones) < _MAX_ZONES:
            self._zones[name] = self._find_zone(name)
        return self._zones.get(name)

    def _find_zone(self, name: str) -> tzinfo | None:
        """The zone of an exact name, else as the file defines it, else as its name describes it."""
        definition = self._definitions.get(name)
        location = definition.value("X-LIC-LOCATION") if definition else ""
        return (
            zone_by_exact_name(name)
            or (location and zone_by_exact_name(location))
            or _zone_by_definition(definition)
            or zone_by_description(name)
            or _standard_offset(definition)
        )

    def parse_line(self, line: ContentLine, floating: tzinfo | None = None) -> CalendarTime:
        """The time of a line with one value. Raises InvalidRow."""
        return self.parse(line.value, line.parameters, floating)

    def parse_lists(self, lines: Iterable[ContentLine], floating: tzinfo) -> list[CalendarTime]:
        """The times of lines with several values; of a period, its start. Raises InvalidRow."""
        return [
            self.parse(value.partition("/")[0].strip(), line.parameters, floating)
            for line in lines
            for value in line.value.split(",")
            if value.strip()
        ]

    def parse(self, value: str, parameters: Mapping[str, list[str]], floating: tzinfo | None = None) -> CalendarTime:
        """The time of a value. `floating` is the zone of a value that names none: that of the event's start."""
        clock, is_utc, is_all_day = _clock(value)
        if is_utc:
            return CalendarTime(clock, UTC)
        if not parameters:
            return CalendarTime(clock, floating or self._default or UTC, is_all_day)
        name = unescaped(next(iter(parameters.get("TZID", ())), ""))
        known = self.zone(name) if name else None
        zone = known or floating or self._default
        if name and known is None and not is_all_day:
            if zone is None:
                raise InvalidRow(_UNKNOWN_ZONE)
            self.has_unknown_zone = self.has_unknown_zone or floating is None
        return CalendarTime(clock, zone or UTC, is_all_day)


@lru_cache(maxsize=4_096)
def _clock(value: str) -> tuple[datetime, bool, bool]:
    """The date and time of a value, whether it is in UTC, and whether it has no time of day. Raises InvalidRow."""
    match = _TIME.fullmatch(value)
    if not match:
        raise InvalidRow(_INVALID_DATE if value else "the date is missing")
    *numbers, _utc_mark = match.groups("0")
    try:
        year, month, day, hour, minute, second = map(int, numbers)
        clock = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001 # leap seconds
    except ValueError as error:
        raise InvalidRow(_INVALID_DATE) from error
    return clock, match[7] is not None, match[4] is None


def _standard_offset(definition: Component | None) -> tzinfo | None:
    """A zone with the standard offset of a definition whose rules cannot be used."""
    part = ""
    for line in definition.lines() if definition else ():
        part = line.value.upper() if line.name == "BEGIN" else part
        if line.name == "TZOFFSETTO" and part == "STANDARD" and (match := _UTC_OFFSET.fullmatch(line.value)):
            size = timedelta(hours=int(match[2]), minutes=int(match[3]))
            return timezone(size if match[1] == "+" else -size) if size < timedelta(days=1) else None
    return None


def _zone_by_definition(component: Component | None) -> tzinfo | None:
    """A zone as the file defines it; None if one of its rules is not yearly, which no real zone has."""
    from icalendar import Timezone  # noqa: PLC0415

    if component is None:
        return None
    rules = [line.value.upper() for line in component.lines_named("RRULE")]
    if any("FREQ=YEARLY" not in rule or "INTERVAL" in rule.replace("INTERVAL=1;", "") for rule in rules):
        return None
    body = "".join(f"{line.name}:{line.value}\r\n" for line in component.lines())
    try:
        parsed = cast("Timezone", Timezone.from_ical(f"BEGIN:VTIMEZONE\r\n{body}END:VTIMEZONE\r\n"))
        zone: tzinfo = parsed.to_tz(lookup_tzid=False)
        zone.utcoffset(datetime(2020, 1, 1))  # noqa: DTZ001
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):  # what dateutil raises
        return None
    return zone
