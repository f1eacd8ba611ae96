"""Calendars: .ics files as Google Takeout, Apple, Outlook and Thunderbird write them, and Google's zip of them.

Organiser and attendees met, but for those who declined; what was cancelled, lasts the whole day or has nobody else in
it is left out. `blocks` takes a file apart, `seen` looks through it once, `series` says when what repeats was held,
`times` turns all clocks into UTC. Titles, places and notes are never looked at.
Samples and expected records: tests/samples/calendar/.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from zipfile import is_zipfile

from graph.records import BadRow, LatestDate, Meeting, Record, SkippedRow
from sources.archive import File, all_opened, opened
from sources.calendar.blocks import Block, blocks
from sources.calendar.people import assistants, there
from sources.calendar.seen import Seen
from sources.calendar.series import held
from sources.calendar.times import Unreadable, When, Zones
from sources.content_lines import begins
from sources.errors import UnsafeArchive

name = "calendar"

_MOST_SERIES = 20_000
_ANSWERS = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}


def identify(path: Path) -> bool:
    """Whether this is a calendar, or a zip of nothing but calendars."""
    if not path.is_file():
        return False
    try:
        with opened(path, lambda _: True) as files:
            real = [file for file in files if not file.name.endswith("/")]
            if is_zipfile(path) and not all(_is_calendar(PurePath(file.name)) for file in real):
                return False
            return bool(real) and _begins(real[0])
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner as far as it is stated, then every meeting in file order. Raises SourceError."""
    with all_opened(paths, _is_calendar) as archives:
        seen = Seen(file for _, files in archives for file in files)
        yield from seen.owner()
        for file, zones in seen.files:
            told = False
            for record in _Reading(file, zones, seen).records():
                told = True
                yield record
            if not told:
                yield SkippedRow(file.name, "no events in it")
        if seen.stamped:
            yield LatestDate(seen.stamped.date())


def _is_calendar(place: PurePath) -> bool:
    return place.suffix.lower() in {".ics", ".ical", ".ifb", ".icalendar"}


def _begins(file: File) -> bool:
    with file.open() as stream:
        return begins(stream, "VCALENDAR", "VEVENT")


class _Reading:
    """One file as it is read."""

    def __init__(self, file: File, zones: Zones, seen: Seen) -> None:
        self._file = file
        self._zones = zones
        self._seen = seen
        self._method = ""
        self._series = 0

    def records(self) -> Iterator[Record]:
        for block in blocks(self._file):
            if isinstance(block, BadRow):
                yield block
            elif block.kind == "VEVENT":
                try:
                    yield from self._event(block)
                except Unreadable as error:
                    yield BadRow(block.file, block.number, str(error))
            elif block.kind in {"VTODO", "VJOURNAL"}:
                yield SkippedRow(block.file, "a task or a note")
            elif block.first("BEGIN"):
                self._method = ""
            elif method := block.first("METHOD"):
                self._method = method.value.upper()

    def _event(self, event: Block) -> Iterator[Record]:
        who = there(event)
        if reason := self._not_held(event) or ("nobody else in it" if len(who) < 2 else None):
            yield SkippedRow(event.file, reason)
            return
        line = event.first("DTSTART")
        if line is None:
            raise Unreadable("no date")
        start = self._zones.when(line)
        if start.whole_day or event.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
            yield SkippedRow(event.file, "all day")
            return
        times = [*self._times(event, start)]
        if not times:
            yield SkippedRow(event.file, "repeated, but not in the three years that count")
        yield from assistants(event)
        uid = event.value("UID")
        for at, slot in times:
            yield Meeting(who, at, f"{uid} {slot.isoformat()}" if uid else None)

    def _not_held(self, event: Block) -> str | None:
        if self._method == "CANCEL" or event.value("STATUS").upper() == "CANCELLED":
            return "cancelled"
        if self._method in _ANSWERS:
            return "an answer to an invitation"
        return "more than 1,000 people" if event.crowd else None

    def _times(self, event: Block, start: When) -> Iterable[tuple[datetime, datetime]]:
        """When it was held, each with the time that tells it from the others of its series."""
        if again := event.first("RECURRENCE-ID"):
            slot = self._zones.when(again)
            return [(start.utc(), slot.utc())]
        if not event.first("RRULE") and not event.first("RDATE"):
            return [(start.utc(), start.utc())]
        self._series += 1
        if self._series > _MOST_SERIES:
            raise Unreadable(f"more than {_MOST_SERIES:,} that repeat")
        moved = self._seen.moved(event.value("UID"), self._zones)
        return ((at, at) for at in held(event, start, self._zones, self._seen.newest, moved))
