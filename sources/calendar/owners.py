"""Finds the owners of calendars. Google's zip holds one's own, those of colleagues, and those of groups.

A calendar belongs to the address in its name. One's own is the one that the zip is named after, or else the only one
whose address takes part in the other calendars.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sources.archives.files import File
from sources.calendar.components import Component, components
from sources.calendar.participants import find_address
from sources.errors import MultipleOwners

_ENDINGS = (".zip", ".ical", ".ics")
_ONLY_PEOPLE = frozenset({"DTSTART", "DTSTAMP", "CREATED", "LAST-MODIFIED", "RRULE", "RDATE", "EXDATE", "LOCATION"})


def find_own_address(owners: Sequence[tuple[File, str | None]], paths: Iterable[Path]) -> str | None:
    """The owner's address, given each file with the address in its name. None if no file has one.

    Raises MultipleOwners if there are several and none of them is certain.
    """
    addresses = {address.lower(): address for _, address in reversed(owners) if address}
    if len(addresses) < 2:
        return next(iter(addresses.values()), None)
    named = {_address_in_name(path): None for path in paths if path.suffix.lower() == ".zip"}
    candidates = {address: None for address in named if address in addresses} or _guests(owners)
    if len(candidates) != 1:
        raise MultipleOwners("calendar")
    return addresses[next(iter(candidates))]


def _address_in_name(path: Path) -> str:
    name = path.name.lower()
    while name.endswith(_ENDINGS):
        name = name.rpartition(".")[0]
    return name


def _guests(owners: Sequence[tuple[File, str | None]]) -> dict[str, None]:
    """The owners whose address takes part in an event of a calendar that is not theirs."""
    addresses = {address.lower() for _, address in owners if address}
    guests: dict[str, None] = {}
    for file, owner in owners:
        for component in components(file, _ONLY_PEOPLE):
            if isinstance(component, Component) and component.kind == "VEVENT":
                lines = (*component.lines_named("ORGANIZER"), *component.lines_named("ATTENDEE"))
                people = {(find_address(line.value) or "").lower() for line in lines}
                guests |= dict.fromkeys(sorted((people & addresses) - {(owner or "").lower()}))
    return guests
