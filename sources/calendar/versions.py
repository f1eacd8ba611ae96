"""Which event is the newest version of its UID: by SEQUENCE, then by the time at which it was written."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sources.calendar.components import Component
from sources.calendar.recurrence import date_or_utc
from sources.calendar.time_zones import TimeZones
from sources.errors import InvalidRow

EARLIEST_STAMP = datetime(1970, 1, 2, tzinfo=UTC)  # a stamp before it is from a clock that was never set
_SAME_EXPORT = timedelta(hours=1).total_seconds()
"""Stamps that are closer together do not tell apart the copies of an event in two calendars of one export."""
_MAX_SEQUENCE = 1_000_000
REPLIES = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})


class Version(NamedTuple):
    """The version of an event. `stamp` is in seconds since 1970, 0 if it is missing or wrong."""

    sequence: int
    stamp: int
    is_cancelled: bool


class EventVersions:
    """The newest version of each event and of each changed occurrence in the files of one export."""

    def __init__(self) -> None:
        self._newest: dict[int, tuple[Version, int]] = {}
        self._repeated: set[str] = set()

    def add(self, event: Component, version: Version, file: int, zones: TimeZones) -> None:
        """Note a version that the file of this number contains."""
        if not (uid := event.value("UID")):
            return
        of_series = hash((uid, ""))
        key = hash((uid, recurrence_key(event, zones))) if event.first("RECURRENCE-ID") else of_series
        if key in self._newest or key != of_series:
            self._repeated.add(uid)
        if key not in self._newest or (version, file) > self._newest[key]:
            self._newest[key] = (version, file)

    def has_several(self, uid: str) -> bool:
        """Whether the files contain more than one event of this UID."""
        return uid in self._repeated

    def is_superseded(self, event: Component, version: Version, file: int, zones: TimeZones) -> bool:
        """Whether the files contain a newer version of this event, or cancel it."""
        uid, recurrence = event.value("UID"), recurrence_key(event, zones)
        newest, place = self._newest.get(hash((uid, recurrence)), (version, file))
        is_newer = newest.sequence > version.sequence or newest.is_cancelled
        is_rewritten = place != file and newest.stamp - version.stamp > _SAME_EXPORT
        if newest > version and (is_newer or is_rewritten):
            return True
        of_series, _ = self._newest.get(hash((uid, "")), (version, file))
        return bool(recurrence) and of_series.is_cancelled and of_series > version


def event_version(event: Component, method: str, written_at: list[datetime]) -> Version:
    """The version of an event that was written at these times; the METHOD of its file can cancel the event."""
    sequence = event.value("SEQUENCE")
    return Version(
        min(int(sequence[:9]), _MAX_SEQUENCE) if sequence.isascii() and sequence.isdigit() else 0,
        int(max(written_at).timestamp()) if written_at else 0,
        method == "CANCEL" or event.value("STATUS").upper() == "CANCELLED",
    )


def stamps(event: Component, zones: TimeZones) -> list[datetime]:
    """When the event was written; when it was created only if nothing else says so."""
    return _times(event, ("DTSTAMP", "LAST-MODIFIED"), zones) or _times(event, ("CREATED",), zones)


def recurrence_key(event: Component, zones: TimeZones) -> str:
    """The time by which a changed occurrence is known within its series; empty for the series itself."""
    line = event.first("RECURRENCE-ID")
    if line is None:
        return ""
    with suppress(InvalidRow):
        start = event.first("DTSTART")
        return date_or_utc(zones.parse_line(line, zones.parse_line(start).zone if start else None)).isoformat()
    return line.value


def _times(event: Component, names: tuple[str, ...], zones: TimeZones) -> list[datetime]:
    found = []
    for name in names:
        with suppress(InvalidRow):
            if (line := event.first(name)) and (at := zones.parse_line(line).utc()) >= EARLIEST_STAMP:
                found.append(at)
    return found
