"""What has to be known of a calendar before it is read: how far it sees, what was moved in it, and whose it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import PurePath

from graph.records import Handle, HandleKind, Owner, PersonMention
from sources.archive import File
from sources.calendar.blocks import Block, blocks
from sources.calendar.people import is_address
from sources.calendar.series import instant
from sources.calendar.times import Unreadable, Zones
from sources.errors import TwoOwners

_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_NOT_YET = frozenset({"ATTENDEE", "ORGANIZER", "EXDATE", "STATUS"})
_FIRST = datetime(1970, 1, 2, tzinfo=UTC)  # before it: a clock that was never set
_LAST = datetime(2100, 1, 1, tzinfo=UTC)


class Seen:
    """All files of one export, looked through once."""

    def __init__(self, files: Iterable[File]) -> None:
        self.files: list[tuple[File, Zones]] = []
        self.stamped: datetime | None = None
        """When the newest entry was written: exports stamp all of them with their own time."""
        self._started: datetime | None = None
        self._moved: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._moved_to: dict[str, set[datetime | date]] = {}
        self._owners: dict[str, str] = {}
        for file in files:
            self.files.append((file, Zones()))
            self._is_owners(PurePath(file.name).stem)
            self._look_through(*self.files[-1])

    @property
    def newest(self) -> datetime:
        return self.stamped or self._started or _FIRST

    def owner(self) -> Iterator[Owner]:
        """Raises TwoOwners for calendars of several people."""
        if len(self._owners) > 1:
            raise TwoOwners("calendar")
        return (Owner(PersonMention((Handle(HandleKind.EMAIL, text),))) for text in self._owners.values())

    def moved(self, uid: str, zones: Zones) -> set[datetime | date]:
        """Which times of a series stand in the calendar as events of their own."""
        if uid not in self._moved:
            return set()
        if uid not in self._moved_to:  # once, however many series say that they have this UID
            found = self._moved_to[uid] = set()
            for value, zone in self._moved[uid]:
                with suppress(Unreadable):
                    found.add(instant(zones.read(value, {"TZID": [zone]} if zone else {})))
        return self._moved_to[uid]

    def _look_through(self, file: File, zones: Zones) -> None:
        for block in blocks(file, _NOT_YET):
            if not isinstance(block, Block):
                continue
            if block.kind == "VTIMEZONE":
                zones.define(block)
            elif block.kind == "VEVENT":
                self._look_at(block, zones)
            elif zone := block.value("X-WR-TIMEZONE"):
                zones.set_usual(zone)
            else:
                self._is_owners(block.value("X-WR-CALNAME"))
                self._is_owners(block.value("X-OWNER").rpartition(":")[2])

    def _look_at(self, event: Block, zones: Zones) -> None:
        if again := event.first("RECURRENCE-ID"):
            zone = next(iter(again.parameters.get("TZID", ())), "")
            self._moved[event.value("UID")].add((again.value, zone))
        for name in _STAMPS:
            self.stamped = _later(self.stamped, event, name, zones)
        self._started = _later(self._started, event, "DTSTART", zones)

    def _is_owners(self, text: str) -> None:
        if is_address(text):
            self._owners.setdefault(text.lower(), text)


def _later(before: datetime | None, event: Block, name: str, zones: Zones) -> datetime | None:
    line = event.first(name)
    with suppress(Unreadable):
        if line and _FIRST <= (at := zones.when(line).utc()) < _LAST:
            return max(before or at, at)
    return before
