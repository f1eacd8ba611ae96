"""Who was in a meeting: people, of those who are named, who did not say no; and who asked in somebody's name."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from graph.records import Assistance, Handle, HandleKind, PersonMention
from sources.calendar.blocks import Block
from sources.content_lines import Line, text
from sources.mailbox.headers import assists
from sources.mailbox.left_out import is_nobody

_ADDRESS = re.compile(r"[^\s@<>(),:;\\\"']{1,64}@[^\s@<>(),:;\\\"'\[\]]{1,255}")
_TO = re.compile(r"^\s*mailto:\s*", re.IGNORECASE)
_GOOGLES = re.compile(r"(?:.+\.)?calendar\.google\.com")
"""Rooms, calendars and organisers that nobody knows have addresses there, people have not."""
_NOT_PEOPLE = {"ROOM", "RESOURCE", "GROUP"}
_STAYED_AWAY = {"DECLINED", "DELEGATED"}


def there(event: Block) -> tuple[PersonMention, ...]:
    """The organiser and everybody invited, each once, but for who declined, sent another, or was only told.

    Who sent an invitation in somebody's name (SENT-BY) was not invited by that.
    """
    found: dict[str, PersonMention] = {}
    away: set[str] = set()
    for line in (*event.all("ORGANIZER"), *event.all("ATTENDEE")):
        who = _somebody(line)
        if who is None:
            continue
        key = who.handles[0].text.casefold()
        if {line.parameter("PARTSTAT"), line.parameter("STATUS")} & _STAYED_AWAY or _was_only_told(line):
            away.add(key)
        elif key not in found or not found[key].name:
            found[key] = who
    return tuple(who for key, who in found.items() if key not in away)


def assistants(event: Block) -> Iterator[Assistance]:
    """Who sent an invitation, or an answer to one, in the name of a colleague."""
    for line in (*event.all("ORGANIZER"), *event.all("ATTENDEE")):
        for written in line.parameters.get("SENT-BY", ())[:1]:
            by, principal = address(written), _somebody(line)
            if by and principal and principal.handles[0].kind is HandleKind.EMAIL:
                sender = PersonMention((Handle(HandleKind.EMAIL, by),))
                if assists(sender, principal) and not is_nobody(sender):
                    yield Assistance(sender, principal)


def address(value: str) -> str | None:
    """The one address that a value is, or holds in brackets; none for what is no person's."""
    written = _TO.sub("", unquote(value[:1000]))
    whole = _ADDRESS.search(written)
    if not whole or _GOOGLES.fullmatch(whole[0].rpartition("@")[2].lower()):
        return None
    return whole[0]


def is_address(text: str) -> bool:
    """Whether this is a person's address and nothing else."""
    return address(text) == text != ""


def _somebody(line: Line) -> PersonMention | None:
    """By address; by name where there is none and the line says no more."""
    called = text(next(iter(line.parameters.get("CN", ())), ""))
    name = called if called and "@" not in called else None
    if line.parameter("CUTYPE") in _NOT_PEOPLE:
        return None
    for written in (line.value, *line.parameters.get("EMAIL", ())):
        if "@" in unquote(written):
            found = address(written)
            who = PersonMention((Handle(HandleKind.EMAIL, found),), name) if found else None
            return who if who and not is_nobody(who) else None
    return PersonMention((Handle(HandleKind.NAME, name),), name) if name else None


def _was_only_told(line: Line) -> bool:
    return line.name == "ATTENDEE" and line.parameter("ROLE") == "NON-PARTICIPANT"
