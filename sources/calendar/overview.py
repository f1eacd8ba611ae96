"""Data that is collected before the events of calendars are read: date of the export, moved events, and owner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import PurePath

from graph.records import Handle, HandleKind, Owner, PersonMention
from sources.archives.files import File
from sources.calendar.components import Component, components
from sources.calendar.participants import is_address
from sources.calendar.recurrence import date_or_utc
from sources.calendar.time_zones import TimeZones
from sources.errors import InvalidRow, MultipleOwners

MAX_OCCURRENCES = 100_000
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_IGNORED = frozenset({"ATTENDEE", "ORGANIZER", "EXDATE", "STATUS"})
_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # a stamp before it is from a clock that was never set
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


class CalendarOverview:
    """The files of one export with their time zones, read once in advance."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files: list[tuple[File, TimeZones]] = []
        self.newest_stamp: datetime | None = None
        """When the newest entry was written. Exports stamp every entry with the time of the export."""
        self.remaining_occurrences = MAX_OCCURRENCES
        """Occurrences of recurring events that may still be read from this export."""
        self._newest_start: datetime | None = None
        self._moved: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        """UID → (value, time zone) of each RECURRENCE-ID."""
        self._moved_occurrences: dict[str, set[datetime | date]] = {}
        self._owners: dict[str, str] = {}
        for file in files:
            self.files.append((file, TimeZones()))
            self._note_owner(PurePath(file.name).stem)
            self._read(*self.files[-1])

    @property
    def covered_until(self) -> datetime:
        return self.newest_stamp or self._newest_start or _EARLIEST

    def owner_records(self) -> Iterator[Owner]:
        """The owner if a file's or calendar's name is an address. Raises MultipleOwners if there are several."""
        if len(self._owners) > 1:
            raise MultipleOwners("calendar")
        return (Owner(PersonMention((Handle(HandleKind.EMAIL, text),))) for text in self._owners.values())

    def moved_occurrences(self, uid: str, zones: TimeZones) -> set[datetime | date]:
        """The times of a series that are separate events in the calendar."""
        if uid not in self._moved:
            return set()
        if uid not in self._moved_occurrences:  # computed once, however many series have this UID
            times = self._moved_occurrences[uid] = set()
            for value, zone in self._moved[uid]:
                with suppress(InvalidRow):
                    times.add(date_or_utc(zones.parse(value, {"TZID": [zone]} if zone else {})))
        return self._moved_occurrences[uid]

    def _read(self, file: File, zones: TimeZones) -> None:
        for component in components(file, _IGNORED):
            if not isinstance(component, Component):
                continue
            if component.kind == "VTIMEZONE":
                zones.define(component)
            elif component.kind == "VEVENT":
                self._read_event(component, zones)
            elif zone := component.value("X-WR-TIMEZONE"):
                zones.set_default(zone)
            else:
                self._note_owner(component.value("X-WR-CALNAME"))
                self._note_owner(component.value("X-OWNER").rpartition(":")[2])

    def _read_event(self, event: Component, zones: TimeZones) -> None:
        if recurrence_id := event.first("RECURRENCE-ID"):
            zone = next(iter(recurrence_id.parameters.get("TZID", ())), "")
            self._moved[event.value("UID")].add((recurrence_id.value, zone))
        for name in _STAMPS:
            self.newest_stamp = _newer(self.newest_stamp, event, name, zones)
        self._newest_start = _newer(self._newest_start, event, "DTSTART", zones)

    def _note_owner(self, text: str) -> None:
        if is_address(text):
            self._owners.setdefault(text.lower(), text)


def _newer(newest: datetime | None, event: Component, name: str, zones: TimeZones) -> datetime | None:
    line = event.first(name)
    with suppress(InvalidRow):
        if line and _EARLIEST <= (at := zones.parse_line(line).utc()) < _LATEST:
            return max(newest or at, at)
    return newest
