"""Finds the newest version of each UID: by SEQUENCE, then by the time at which it was written.

`graph.ingest.daily_evidence.EventVersions` applies the same rules over separate loads.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime, time
from functools import lru_cache

from graph.records import SAME_EXPORT_SECONDS, EventVersion
from sources.calendar.components import Component
from sources.calendar.recurrence import date_or_utc
from sources.calendar.time_zones import TimeZones
from sources.errors import InvalidRow
from sources.text.content_lines import ContentLine

EARLIEST_STAMP = datetime(1970, 1, 2, tzinfo=UTC)  # a stamp before it is from a clock that was never set
_UTC = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_MAX_SEQUENCE = 1_000_000
_MAX_UID = 1_000
_REPLIES = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_Event = tuple[str, int | None]
"""The UID, and the time of a changed occurrence."""


class NewestEvents:
    """The newest version of each event and of each changed occurrence in the files of one export."""

    def __init__(self) -> None:
        self._newest: dict[_Event, tuple[EventVersion, int]] = {}
        self._cancelled: dict[_Event, EventVersion] = {}
        self._written: dict[tuple[_Event, int, int], int] = {}
        """When the newest of several events of one UID, sequence and file was written."""
        self._repeated: set[str] = set()

    def add(self, version: EventVersion, file: int) -> None:
        """Note a version that the file of this number contains."""
        if not version.uid:
            return
        event = (version.uid, version.occurrence)
        if event in self._newest or version.occurrence is not None:
            self._repeated.add(version.uid)
        if version.is_cancelled:
            self._cancelled[event] = max(version, self._cancelled.get(event, version), key=_age)
        if event not in self._newest:
            self._newest[event] = (version, file)
            return
        newest, place = self._newest[event]
        if place == file and newest.sequence == version.sequence:
            self._written[event, file, version.sequence] = max(newest.written, version.written)
        if (_age(version), file) > (_age(newest), place):
            self._newest[event] = (version, file)

    def has_several(self, uid: str) -> bool:
        """Whether the files contain more than one event of this UID."""
        return uid in self._repeated

    def only_version(self, uid: str) -> EventVersion | None:
        """The version of the only event of this UID in the files; None if there is none or several."""
        if uid in self._repeated:
            return None
        newest = self._newest.get((uid, None))
        return newest[0] if newest else None

    def of_file(self, version: EventVersion, file: int) -> EventVersion:
        """The version as one of its file: programs exist that give all their events one UID."""
        written = self._written.get(((version.uid, version.occurrence), file, version.sequence), version.written)
        return version._replace(written=written)

    def is_superseded(self, version: EventVersion, file: int) -> bool:
        """Whether the files contain a newer version of this event, or cancel it."""
        for event in {(version.uid, version.occurrence), (version.uid, None)}:
            if event in self._cancelled and _age(self._cancelled[event]) >= _age(version):
                return True
        newest, place = self._newest.get((version.uid, version.occurrence), (version, file))
        is_rewritten = place != file and newest.written - version.written > SAME_EXPORT_SECONDS
        return newest.sequence > version.sequence or (newest.sequence == version.sequence and is_rewritten)


def is_version(event: Component, method: str) -> bool:
    """Whether an event replaces its older versions: it is no reply, and it says who takes part or that it is cancelled.

    An export that leaves all people out says nothing about who met.
    """
    return method not in _REPLIES and (event.names_people or is_cancelled(event, method))


def is_reply(method: str) -> bool:
    """Whether the METHOD of a file says that its events are replies to an invitation."""
    return method in _REPLIES


def is_cancelled(event: Component, method: str) -> bool:
    """Whether the event, or the METHOD of its file, cancels it."""
    return method == "CANCEL" or event.value("STATUS").upper() == "CANCELLED"


def event_version(event: Component, method: str, written_at: list[datetime], zones: TimeZones) -> EventVersion:
    """The version of an event that was written at these times."""
    sequence = event.value("SEQUENCE")
    return EventVersion(
        event.value("UID")[:_MAX_UID],
        _occurrence(event, zones),
        min(int(sequence[:9]), _MAX_SEQUENCE) if sequence.isascii() and sequence.isdigit() else 0,
        int(max(written_at).timestamp()) if written_at else 0,
        is_cancelled(event, method),
    )


def stamps(event: Component, zones: TimeZones) -> list[datetime]:
    """Return when the event was written, or else when it was created."""
    return _times(event, ("DTSTAMP", "LAST-MODIFIED"), zones) or _times(event, ("CREATED",), zones)


def _age(version: EventVersion) -> tuple[int, int]:
    return version.sequence, version.written


def _occurrence(event: Component, zones: TimeZones) -> int | None:
    """The second by which a changed occurrence is known within its series; None for the series itself."""
    line = event.first("RECURRENCE-ID")
    if line is None:
        return None
    with suppress(InvalidRow, OverflowError):
        start = event.first("DTSTART")
        at = date_or_utc(zones.parse_line(line, zones.parse_line(start).zone if start else None))
        at = at if isinstance(at, datetime) else datetime.combine(at, time(), UTC)
        return max(0, int(at.timestamp()))
    return 0


def _time(line: ContentLine, zones: TimeZones) -> datetime:
    return _parse_utc(line.value) if _UTC.fullmatch(line.value) else zones.parse_line(line).utc()


@lru_cache(maxsize=1_024)
def _parse_utc(value: str) -> datetime:
    """A time in UTC. Exports stamp all events with few times. Raises InvalidRow."""
    try:
        date_and_time = (value[:4], value[4:6], value[6:8], value[9:11], value[11:13], value[13:15])
        year, month, day, hour, minute, second = map(int, date_and_time)
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise InvalidRow("the time is invalid") from error


def _times(event: Component, names: tuple[str, ...], zones: TimeZones) -> list[datetime]:
    times = []
    for name in names:
        with suppress(InvalidRow):
            if (line := event.first(name)) and (at := _time(line, zones)) >= EARLIEST_STAMP:
                times.append(at)
    return times
