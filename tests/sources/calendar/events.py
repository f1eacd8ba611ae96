"""Calendars of one event, given by its lines."""

from pathlib import Path

from graph.records import Handle, HandleKind, LatestDate, MailingList, Meeting, PersonMention, Record, UnheldEvent
from sources import calendar

STAMP = "DTSTAMP:20260401T080000Z"
ANA, BEN = "ORGANIZER:mailto:ana@a.example", "ATTENDEE:mailto:ben@b.example"


def person(address: str, name: str | None = None) -> PersonMention:
    return PersonMention((Handle(HandleKind.EMAIL, address),), name)


class Ics:
    """Reads one event, given by its lines."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *lines: str, before: str = "") -> list[Record]:
        event = "\r\n".join(("BEGIN:VEVENT", "UID:1", STAMP, *lines, "END:VEVENT"))
        self.path.write_text(f"BEGIN:VCALENDAR\r\n{before}{event}\r\nEND:VCALENDAR\r\n", newline="")
        beside = LatestDate | MailingList | UnheldEvent
        return [record for record in calendar.read([self.path]) if not isinstance(record, beside)]

    def times(self, *lines: str, before: str = "") -> list[str]:
        records = self(ANA, BEN, *lines, before=before)
        return [f"{record.at:%Y-%m-%d %H:%M}" for record in records if isinstance(record, Meeting)]
