"""Calendars: .ics files of Google Takeout, Apple, Outlook and Thunderbird, and Google's zip of them.

The organiser and the attendees of an event met, except those who declined. Cancelled events, all-day events and events
with one person are skipped. `components` splits a file, `overview` reads it once in advance, `owners` finds whose it
is, `participants` identifies people, `resources` tells rooms from people, `recurrence` computes the dates of a series,
`time_zones` and `zone_names` convert times to UTC, and `versions` tells which version of an event counts. Titles and
notes are never read, and no place is stored.
Samples and expected records: tests/samples/calendar/.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath
from zipfile import is_zipfile

from graph.records import (
    BadRow,
    EventVersion,
    Handle,
    HandleKind,
    LatestDate,
    MailingList,
    Meeting,
    Owner,
    PersonMention,
    ReadingNote,
    Record,
    SkippedRow,
    UnheldEvent,
)
from sources.archives.files import File, open_export, open_exports
from sources.calendar.components import Component, components
from sources.calendar.overview import MAX_OCCURRENCES, CalendarOverview
from sources.calendar.owners import find_own_address
from sources.calendar.participants import assistants, marked_resources, named_people, participants
from sources.calendar.recurrence import occurrences
from sources.calendar.time_zones import CalendarTime, TimeZones
from sources.calendar.versions import is_cancelled, is_reply, is_version
from sources.errors import InvalidRow, UnsafeArchive
from sources.text.content_lines import begins_with_component

name = "calendar"

_MAX_SERIES = 20_000
_TOO_MANY_OCCURRENCES = f"recurring events after the first {MAX_OCCURRENCES:,} occurrences of the export"


def identify(path: Path) -> bool:
    """Whether this is a calendar, or a zip of calendars only."""
    if not path.is_file():
        return False
    try:
        with open_export(path, lambda _: True) as members:
            files = [file for file in members if not file.name.endswith("/")]
            if is_zipfile(path) and not all(_may_be_calendar(PurePath(file.name)) for file in files):
                return False
            return bool(files) and _begins_as_calendar(files[0])
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner if the files name one, then every meeting in file order. Raises SourceError."""
    with open_exports(paths, _may_be_calendar) as archives:
        written = datetime.fromtimestamp(max((path.stat().st_mtime for path in paths), default=0), UTC)
        overview = CalendarOverview((file for _, files in archives for file in files), written)
        address = find_own_address(overview.owners, paths)
        if address is not None:
            yield Owner(PersonMention((Handle(HandleKind.EMAIL, address),)))
            others = [(file, owner) for file, owner in overview.owners if owner and owner.lower() != address.lower()]
            for file, owner in others:
                yield SkippedRow(file.name, "the calendar of another person")
                yield ReadingNote(file.name, f"This is the calendar of {owner}. Tertius did not load it as yours.")
            if others:
                left_out = {id(file) for file, _ in others}
                overview = CalendarOverview((file for file, _ in overview.files if id(file) not in left_out), written)
        for file, zones in overview.files:
            is_empty = True
            for record in _FileReader(file, zones, overview).records():
                is_empty = False
                yield record
            if is_empty:
                yield SkippedRow(file.name, "the file has no events")
            if zones.has_unknown_zone:
                yield ReadingNote(file.name, "Times in an unknown time zone were read in the zone of the calendar.")
        if overview.newest_stamp:
            yield LatestDate(overview.newest_stamp.date())


def _may_be_calendar(place: PurePath) -> bool:
    return place.suffix.lower() in {".ics", ".ical", ".ifb", ".icalendar"}


def _begins_as_calendar(file: File) -> bool:
    with file.open() as stream:
        return begins_with_component(stream, "VCALENDAR", "VEVENT")


class _FileReader:
    """The state while one file is read: its METHOD, and how many series it had so far."""

    def __init__(self, file: File, zones: TimeZones, overview: CalendarOverview) -> None:
        self._file = file
        self._zones = zones
        self._overview = overview
        self._method = ""
        self._series = 0

    def records(self) -> Iterator[Record]:
        for component in components(self._file):
            if isinstance(component, BadRow):
                yield component
            elif component.kind == "VEVENT":
                yield from self._versioned_records(component)
            elif component.kind in {"VTODO", "VJOURNAL"}:
                yield SkippedRow(component.file, "task or note")
            elif component.first("BEGIN"):
                self._method = ""
            elif method := component.first("METHOD"):
                self._method = method.value.upper()

    def _versioned_records(self, event: Component) -> Iterator[Record]:
        """The records of an event. If it is no meeting, also its version and whom it names."""
        yield from map(MailingList, marked_resources(event))
        version = self._overview.version(event, self._method, self._zones)
        is_meeting = False
        try:
            for record in self._event_records(event, version):
                is_meeting = is_meeting or isinstance(record, Meeting)
                yield record
        except InvalidRow as error:
            yield BadRow(event.file, event.number, str(error))
        if is_meeting:
            return
        unheld = UnheldEvent(version if is_version(event, self._method) else EventVersion(), named_people(event))
        if unheld.version.uid or unheld.people:
            yield unheld

    def _event_records(self, event: Component, version: EventVersion) -> Iterator[Record]:
        people = participants(event)
        if reason := self._skip_reason(event) or ("no other participant" if len(people) < 2 else None):
            yield SkippedRow(event.file, reason)
            return
        if self._overview.is_superseded(version, self._zones):
            yield SkippedRow(event.file, "an older version of the event")
            return
        line = event.first("DTSTART")
        if line is None:
            raise InvalidRow("the date is missing")
        is_series = bool(event.first("RRULE") or event.first("RDATE")) and not event.first("RECURRENCE-ID")
        if is_series and self._overview.remaining_occurrences == 0:
            yield SkippedRow(event.file, _TOO_MANY_OCCURRENCES)
            return
        start = self._zones.parse_line(line)
        if start.is_all_day or event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
            yield SkippedRow(event.file, "all-day event")
            return
        times = [*self._times(event, start)]
        if is_series:
            if len(times) > self._overview.remaining_occurrences:
                times = times[: self._overview.remaining_occurrences]
                yield SkippedRow(event.file, _TOO_MANY_OCCURRENCES)
            self._overview.remaining_occurrences -= len(times)
        if not times:
            yield SkippedRow(event.file, "no occurrence in the three years before the export")
        yield from assistants(event)
        uid = event.value("UID")
        for at, recurrence_id in times:
            yield Meeting(people, at, f"{uid} {recurrence_id.isoformat()}" if uid else None, version)

    def _skip_reason(self, event: Component) -> str | None:
        if is_cancelled(event, self._method):
            return "cancelled"
        if is_reply(self._method):
            return "reply to an invitation"
        return "more than 1,000 people" if event.has_too_many_people else None

    def _times(self, event: Component, start: CalendarTime) -> Iterable[tuple[datetime, datetime]]:
        """The times at which the event took place, each with the time that identifies it within its series."""
        if recurrence_id := event.first("RECURRENCE-ID"):
            return [(start.utc(), self._zones.parse_line(recurrence_id, start.zone).utc())]
        if not event.first("RRULE") and not event.first("RDATE"):
            at = start.utc()
            return [(at, at)]
        self._series += 1
        if self._series > _MAX_SERIES:
            raise InvalidRow(f"the file has more than {_MAX_SERIES:,} recurring events")
        moved = self._overview.moved_occurrences(event.value("UID"), self._zones, start.zone)
        until = max(self._overview.covered_until, start.utc())
        return ((at, at) for at in occurrences(event, start, self._zones, until, moved))
