"""Data that is collected before the events of calendars are read: date of the export, versions, moved events, owner."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import PurePath

from graph.records import EventVersion
from sources.archives.files import File
from sources.calendar.components import Component, components
from sources.calendar.participants import is_address
from sources.calendar.recurrence import date_or_utc
from sources.calendar.time_zones import TimeZones
from sources.calendar.versions import EARLIEST_STAMP, NewestEvents, event_version, is_version, stamps
from sources.errors import InvalidRow

MAX_OCCURRENCES = 100_000
_IGNORED = frozenset({"LOCATION", "EXDATE"})
_NOTED = frozenset({"ATTENDEE", "ORGANIZER"})
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_CLOCK_ERROR = timedelta(days=1)
_MAX_CLOCK_ERROR = timedelta(days=366)


class CalendarOverview:
    """The files of one export with their time zones, read once in advance."""

    def __init__(self, files: Iterable[File], written: datetime = _LATEST) -> None:
        self.files: list[tuple[File, TimeZones]] = []
        self._written = min(written + _CLOCK_ERROR, _LATEST)
        """When the files were written. A later stamp is wrong, so it moves no bound."""
        self._newest_stamp: datetime | None = None
        self._first_later_stamp: datetime | None = None
        self._versions = NewestEvents()
        self.remaining_occurrences = MAX_OCCURRENCES
        """Occurrences of recurring events that may still be read from this export."""
        self._newest_start: datetime | None = None
        self._moved: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        """UID → (value, time zone) of each RECURRENCE-ID."""
        self._moved_occurrences: dict[str, set[datetime | date]] = {}
        self.owners: list[tuple[File, str | None]] = []
        """The address in the name of each file or of its calendar."""
        for file in files:
            self.owners.append((file, None))
            self.files.append((file, TimeZones()))
            self._note_owner(PurePath(file.name).stem)
            self._read(*self.files[-1])

    @property
    def newest_stamp(self) -> datetime | None:
        """Return when the newest entry was written. Exports stamp every entry with the time of the export."""
        later = self._first_later_stamp
        if self._newest_stamp is None and later is not None and later < self._written + _MAX_CLOCK_ERROR:
            return later  # every stamp is later than the file: the clock that wrote the file was wrong
        return self._newest_stamp

    @property
    def covered_until(self) -> datetime:
        return self.newest_stamp or min(self._newest_start or EARLIEST_STAMP, self._written)

    def version(self, event: Component, method: str, zones: TimeZones) -> EventVersion:
        """The version of an event. Events of one file that share a UID and a sequence are of one version."""
        uid = event.value("UID")
        if not uid:
            return EventVersion()
        if only := self._versions.only_version(uid):  # computed when the files were read in advance
            return only
        version = event_version(event, method, [at for at in stamps(event, zones) if at <= self._written], zones)
        return self._versions.of_file(version, id(zones)) if self._versions.has_several(uid) else version

    def is_superseded(self, version: EventVersion, file: TimeZones) -> bool:
        """Whether the files contain a newer version of this event, or cancel it. `file` are the zones of its file."""
        return self._versions.has_several(version.uid) and self._versions.is_superseded(version, id(file))

    def moved_occurrences(self, uid: str, zones: TimeZones, floating: tzinfo) -> set[datetime | date]:
        """The times of a series that are separate events in the calendar. `floating` is the zone of the series."""
        if not uid or uid not in self._moved:
            return set()
        if uid not in self._moved_occurrences:  # computed once, however many series have this UID
            times = self._moved_occurrences[uid] = set()
            for value, zone in self._moved[uid]:
                with suppress(InvalidRow):
                    times.add(date_or_utc(zones.parse(value, {"TZID": [zone]} if zone else {}, floating)))
        return self._moved_occurrences[uid]

    def _read(self, file: File, zones: TimeZones) -> None:
        method = ""
        for component in components(file, _IGNORED, _NOTED):
            if not isinstance(component, Component):
                continue
            if component.kind == "VTIMEZONE":
                zones.define(component)
            elif component.kind == "VEVENT":
                self._read_event(component, method, zones)
            elif component.first("BEGIN"):
                method = ""
            elif line := component.first("METHOD"):
                method = line.value.upper()
            elif zone := component.value("X-WR-TIMEZONE"):
                zones.set_default(zone)
            else:
                self._note_owner(component.value("X-WR-CALNAME"))
                self._note_owner(component.value("X-OWNER").rpartition(":")[2])

    def _read_event(self, event: Component, method: str, zones: TimeZones) -> None:
        counts = is_version(event, method)
        if counts and (recurrence_id := event.first("RECURRENCE-ID")):
            zone = next(iter(recurrence_id.parameters.get("TZID", ())), "")
            self._moved[event.value("UID")].add((recurrence_id.value, zone))
        right_stamps = []
        for at in stamps(event, zones):
            if at <= self._written:
                right_stamps.append(at)
                self._newest_stamp = max(self._newest_stamp or at, at)
            else:
                self._first_later_stamp = min(self._first_later_stamp or at, at)
        with suppress(InvalidRow):
            if (start := event.first("DTSTART")) and EARLIEST_STAMP <= (at := zones.parse_line(start).utc()) < _LATEST:
                self._newest_start = max(self._newest_start or at, at)
        if counts:
            self._versions.add(event_version(event, method, right_stamps, zones), id(zones))

    def _note_owner(self, text: str) -> None:
        """Note the address in the name of the current file or of its calendar; the first counts."""
        file, owner = self.owners[-1]
        if owner is None and is_address(text):
            self.owners[-1] = (file, text)
