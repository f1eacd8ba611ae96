"""A calendar file taken apart as it streams by: events, time zones, and what is said of the whole.

Only the lines that tell who met and when are kept: titles, places and notes are passed over unread.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.records import BadRow
from sources.archive import File
from sources.content_lines import Line, lines

_MOST_PEOPLE = 1_000
_LONGEST_BLOCK = 1_000_000

_OF_ALL = frozenset({"METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "X-OWNER"})
_OF_EVENTS = frozenset(
    {
        "UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "ORGANIZER", "ATTENDEE",
        "DTSTAMP", "CREATED", "LAST-MODIFIED", "X-MICROSOFT-CDO-ALLDAYEVENT",
    }
)  # fmt: skip
_OF_ZONES = frozenset({"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_WANTED = _OF_ALL | _OF_EVENTS | _OF_ZONES | {"BEGIN", "END"}
_TOP = "VCALENDAR"
_BLOCKS = {"VEVENT": _OF_EVENTS, "VTIMEZONE": _OF_ZONES | {"BEGIN", "END"}, "VTODO": _OF_ALL, "VJOURNAL": _OF_ALL}


@dataclass(slots=True)
class Block:
    """One component with its lines in order; `kind` is VCALENDAR for a single line that speaks of the whole file."""

    kind: str
    file: str
    number: int
    lines: list[Line] = field(default_factory=list)
    crowd: bool = False
    """Whether more people are named than are kept."""

    def all(self, name: str) -> Iterator[Line]:
        return (line for line in self.lines if line.name == name)

    def first(self, name: str) -> Line | None:
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        line = self.first(name)
        return line.value if line else ""


def blocks(file: File, passing_over: frozenset[str] = frozenset()) -> Iterator[Block | BadRow]:
    """Yield what a file holds, holding one component at a time; lines of names to pass over are not read."""
    open_: _Open | None = None
    with file.open() as stream:
        for line in lines(file.name, stream, _WANTED - passing_over):
            if isinstance(line, BadRow):
                yield line
                continue
            opens = line.value.upper() if line.name == "BEGIN" else ""
            if opens in _BLOCKS:
                if open_:
                    yield open_.unended()
                open_ = _Open(Block(opens, file.name, line.number))
            elif open_ is None:
                if line.name in _OF_ALL or opens == _TOP:
                    yield Block(_TOP, file.name, line.number, [line])
            elif line.name == "END" and line.value.upper() in {open_.block.kind, _TOP}:
                yield open_.ended()
                open_ = None
            else:
                open_.take(line)
    if open_:
        yield open_.unended()


class _Open:
    """A component that has not ended yet. What stands within an event (alarms) is passed over."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._inner = 0
        self._people = 0
        self._size = 0

    def take(self, line: Line) -> None:
        zone = self.block.kind == "VTIMEZONE"
        self._inner += line.name == "BEGIN"
        if line.name in _BLOCKS[self.block.kind] and (zone or not self._inner):
            self._people += line.name == "ATTENDEE"
            self.block.crowd = self._people > _MOST_PEOPLE
            if not (self.block.crowd and line.name == "ATTENDEE"):
                self._size += len(line.value) + sum(map(len, line.parameters))
                if self._size <= _LONGEST_BLOCK:
                    self.block.lines.append(line)
        self._inner -= line.name == "END" and self._inner > 0

    def ended(self) -> Block | BadRow:
        if self._size > _LONGEST_BLOCK:
            return BadRow(self.block.file, self.block.number, "more than 1 MB of people and dates")
        return self.block

    def unended(self) -> BadRow:
        return BadRow(self.block.file, self.block.number, "it begins and never ends")
