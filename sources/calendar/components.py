"""Split a calendar file into its components (events, time zones) and its properties, as a stream.

Only the lines that show who met and when are kept. Titles and notes are not read. Places tell rooms from people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.records import BadRow
from sources.archives.files import File
from sources.text.content_lines import ContentLine, content_lines

_MAX_PEOPLE = 1_000
_MAX_SIZE = 1_000_000

_OF_CALENDARS = frozenset({"METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "X-OWNER"})
_OF_EVENTS = frozenset(
    {
        "UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "ORGANIZER", "ATTENDEE", "LOCATION",
        "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "X-MICROSOFT-CDO-ALLDAYEVENT",
    }
)  # fmt: skip
_OF_ZONES = frozenset({"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"})
_WANTED = _OF_CALENDARS | _OF_EVENTS | _OF_ZONES | {"BEGIN", "END"}
_CALENDAR = "VCALENDAR"
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"})
_LINES_OF = {
    "VEVENT": _OF_EVENTS,
    "VTIMEZONE": _OF_ZONES | {"BEGIN", "END"},
    "VTODO": _OF_CALENDARS,
    "VJOURNAL": _OF_CALENDARS,
}


@dataclass(slots=True)
class Component:
    """One component with its lines by name. A VCALENDAR has a single line, which applies to the whole file."""

    kind: str
    file: str
    number: int
    by_name: dict[str, list[ContentLine]] = field(default_factory=dict)
    has_too_many_people: bool = False
    """Whether the event has more attendees than `by_name` contains."""

    def lines(self) -> list[ContentLine]:
        """All lines in order."""
        return sorted((line for lines in self.by_name.values() for line in lines), key=lambda line: line.number)

    def lines_named(self, name: str) -> Sequence[ContentLine]:
        return self.by_name.get(name, ())

    def first(self, name: str) -> ContentLine | None:
        lines = self.by_name.get(name)
        return lines[0] if lines else None

    def value(self, name: str) -> str:
        lines = self.by_name.get(name)
        return lines[0].value if lines else ""

    @property
    def names_people(self) -> bool:
        """Whether the event says who takes part. Some exports leave all people out."""
        return not _PEOPLE.isdisjoint(self.by_name)


def components(
    file: File, ignored: frozenset[str] = frozenset(), noted: frozenset[str] = frozenset()
) -> Iterator[Component | BadRow]:
    """Stream a file's components. Lines with an ignored name are not read, and those with a noted name are empty."""
    pending: _PendingComponent | None = None
    with file.open() as stream:
        for line in content_lines(file.name, stream, _WANTED - ignored - noted, noted):
            if isinstance(line, BadRow):
                yield line
                continue
            begins = line.value.upper() if line.name == "BEGIN" else ""
            if begins in _LINES_OF:
                if pending:
                    yield pending.unfinished()
                pending = _PendingComponent(Component(begins, file.name, line.number))
            elif pending is None:
                if line.name in _OF_CALENDARS or begins == _CALENDAR:
                    yield Component(_CALENDAR, file.name, line.number, {line.name: [line]})
            elif line.name == "END" and line.value.upper() in {pending.component.kind, _CALENDAR}:
                yield pending.finished()
                pending = None
            else:
                pending.add(line)
    if pending:
        yield pending.unfinished()


class _PendingComponent:
    """A component whose END is not read yet. Components inside an event (alarms) are ignored."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self._wanted = _LINES_OF[component.kind]
        self._is_zone = component.kind == "VTIMEZONE"
        self._depth = 0
        self._people = 0
        self._size = 0

    def add(self, line: ContentLine) -> None:
        name = line.name
        if name == "BEGIN":
            self._depth += 1
        if name in self._wanted and (self._is_zone or not self._depth):
            self._keep(name, line)
        if name == "END" and self._depth:
            self._depth -= 1

    def _keep(self, name: str, line: ContentLine) -> None:
        if name == "ATTENDEE":
            self._people += 1
            if self._people > _MAX_PEOPLE:
                self.component.has_too_many_people = True
                return
        self._size += len(line.value) + (sum(map(len, line.parameters)) if line.parameters else 0)
        if self._size > _MAX_SIZE:
            return
        lines = self.component.by_name.get(name)
        if lines is None:
            self.component.by_name[name] = [line]
        else:
            lines.append(line)

    def finished(self) -> Component | BadRow:
        if self._size > _MAX_SIZE:
            reason = "the event has more than 1 MB of people and dates"
            return BadRow(self.component.file, self.component.number, reason)
        return self.component

    def unfinished(self) -> BadRow:
        return BadRow(self.component.file, self.component.number, "the entry has no END line")
