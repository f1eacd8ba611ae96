"""The people of an event: who took part, and who sent the invitation on behalf of somebody else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from graph.records import Assistance, Handle, HandleKind, PersonMention
from sources.calendar.components import Component
from sources.calendar.resources import is_resource, places_of
from sources.text.content_lines import ContentLine, unescaped
from sources.text.mail_addresses import is_assistant_of, is_unattended

_ADDRESS = re.compile(r"[^\s@<>(),:;\\\"']{1,64}@[^\s@<>(),:;\\\"'\[\]]{1,255}")
_MAILTO = re.compile(r"^\s*mailto:\s*", re.IGNORECASE)
_GOOGLE_CALENDAR_DOMAIN = re.compile(r"(?:.+\.)?calendar\.google\.com")
"""The domain of rooms, calendars and unknown organisers at Google, never of a person."""
_NOT_PEOPLE = {"ROOM", "RESOURCE", "GROUP"}
_ABSENT = {"DECLINED", "DELEGATED"}


def participants(event: Component) -> tuple[PersonMention, ...]:
    """The organiser and the attendees, each once, except those who declined, delegated, or were only informed.

    A sender on behalf of another person (SENT-BY) is not a participant for that reason. Rooms, equipment and lists are
    none, also where nothing marks them (`sources.calendar.resources`).
    """
    places = places_of(unescaped(event.value("LOCATION")))
    people: dict[str, PersonMention] = {}
    absent: set[str] = set()
    for line in (*event.lines_named("ORGANIZER"), *event.lines_named("ATTENDEE")):
        person = _person(line)
        if person is None or is_resource(person.name, person.handles[0].text, places):
            continue
        key = person.handles[0].text.casefold()
        if line.parameter("PARTSTAT") in _ABSENT or line.parameter("STATUS") in _ABSENT or _is_only_informed(line):
            absent.add(key)
        elif key not in people or not people[key].name:
            people[key] = person
    return tuple(person for key, person in people.items() if key not in absent)


def named_people(event: Component) -> tuple[PersonMention, ...]:
    """The organiser and the attendees, each once, whether they take part or not."""
    people = (_person(line) for line in (*event.lines_named("ORGANIZER"), *event.lines_named("ATTENDEE")))
    return tuple(dict.fromkeys(person for person in people if person))


def marked_resources(event: Component) -> Iterator[PersonMention]:
    """The addresses that the event marks as those of rooms, equipment and lists."""
    for line in event.lines_named("ATTENDEE"):
        if line.parameter("CUTYPE") in _NOT_PEOPLE and (address := find_address(line.value)):
            yield PersonMention((Handle(HandleKind.EMAIL, address),))


def assistants(event: Component) -> Iterator[Assistance]:
    """Return who sent an invitation, or a reply to one, on behalf of a colleague."""
    for line in (*event.lines_named("ORGANIZER"), *event.lines_named("ATTENDEE")):
        for value in line.parameters.get("SENT-BY", ())[:1]:
            address, principal = find_address(value), _person(line)
            if address and principal and principal.handles[0].kind is HandleKind.EMAIL:
                sender = PersonMention((Handle(HandleKind.EMAIL, address),))
                if is_assistant_of(sender, principal) and not is_unattended(sender):
                    yield Assistance(sender, principal)


def find_address(value: str) -> str | None:
    """The first e-mail address in a value; None if there is none, or if it is Google's address of a calendar."""
    return _find_address(value[:1000])


@lru_cache(maxsize=16_384)  # the same few people occur many times
def _find_address(value: str) -> str | None:
    text = _MAILTO.sub("", unquote(value))
    match = _ADDRESS.search(text)
    if not match or _GOOGLE_CALENDAR_DOMAIN.fullmatch(match[0].rpartition("@")[2].lower()):
        return None
    return match[0]


def is_address(text: str) -> bool:
    """Whether the text is a person's address and nothing else."""
    return find_address(text) == text != ""


def _person(line: ContentLine) -> PersonMention | None:
    """The person of a line, by address; by name if the line has no address."""
    common_names = line.parameters.get("CN")
    display_name = unescaped(common_names[0]).strip("'\"‘’“” ") if common_names else ""
    name = display_name if display_name and "@" not in display_name else None
    if line.parameter("CUTYPE") in _NOT_PEOPLE:
        return None
    for value in (line.value, *line.parameters.get("EMAIL", ())):
        if "@" in value or "@" in unquote(value):
            address = find_address(value)
            person = PersonMention((Handle(HandleKind.EMAIL, address),), name) if address else None
            return person if person and not is_unattended(person) else None
    return PersonMention((Handle(HandleKind.NAME, name),), name) if name else None


def _is_only_informed(line: ContentLine) -> bool:
    return line.name == "ATTENDEE" and line.parameter("ROLE") == "NON-PARTICIPANT"
