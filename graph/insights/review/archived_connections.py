"""Archived connections: people whom a member removed from all own answers, and can restore at any time.

Archiving changes nothing for other members. Identities are stored, so that it outlives a new load of a source.
`read_state` resolves them to people, and `Viewer.archived_people` keeps these out of every answer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import day_of
from graph.ids import stable_id
from graph.insights.listed_people import ListedPerson
from graph.lookup.identities import list_identities
from graph.viewer import Viewer

_ARCHIVE_CONNECTIONS = cypher.load("insights/archive_connections")
_RESTORE_CONNECTIONS = cypher.load("insights/restore_connections")
_LIST_ARCHIVED_CONNECTIONS = cypher.load("insights/list_archived_connections")
_LIST_PEOPLE_IN_USE = cypher.load("insights/list_people_in_use")

MAX_ARCHIVED_AT_ONCE = 1_000
"""Maximum number of people of one call."""


@dataclass(frozen=True, slots=True)
class ArchivedConnection:
    """A person whom the viewer archived on a day. `person_id` is None while no source in view names the person.

    `rule` is the name of the rule that suggested it, None if none did.
    """

    id: str
    person_id: str | None
    keys: tuple[str, ...]
    day: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class ArchiveOutcome:
    """The ids of the people who are archived now, and of those who are not and why.

    `in_use` are on the route of an open introduction request of the viewer. `not_in_view` are named by no source in
    view, or are the viewer. `ids` are those of the new ArchivedConnections.
    """

    ids: tuple[str, ...]
    archived: tuple[str, ...]
    in_use: tuple[str, ...]
    not_in_view: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchivedPerson:
    """A person whom the viewer archived, with the contact since.

    `person` is None while no source in view names the person, `listed` while none of the viewer's own lists the
    person. `has_come_back`: there was contact after the day of archiving. `is_due`: the yearly review is due.
    """

    archived: ArchivedConnection
    person: Person | None
    listed: ListedPerson | None
    has_come_back: bool
    is_due: bool


async def archive_connections(
    graph: Graph, viewer: Viewer, rules: dict[str, str | None], *, today: date, open_states: Collection[str]
) -> ArchiveOutcome:
    """Archive people (ids), each with the rule that suggested it. Repeating it changes nothing.

    `open_states` are the states of a request whose people are in use. The caller limits the number of people to
    MAX_ARCHIVED_AT_ONCE.
    """
    present = [id for id in rules if id in viewer.archived_people]
    new = [id for id in rules if id not in viewer.archived_people and id != viewer.person_id]
    identities = await list_identities(graph, viewer, new) if new else {}
    rows = [
        {
            "id": stable_id("archived", viewer.network, viewer.member, *sorted(identity.key for identity in known)),
            "person": id,
            "keys": sorted(identity.key for identity in known),
            "rule": rules[id],
        }
        for id, known in identities.items()
        if known
    ]
    stored = await graph.run(
        _ARCHIVE_CONNECTIONS,
        network=viewer.network,
        member=viewer.member,
        rows=rows,
        day=day_of(today),
        open_states=sorted(open_states),
    )
    in_use = {row["person"] for row in stored if row["is_in_use"]}
    archived = {*present, *(row["person"] for row in stored)} - in_use
    return ArchiveOutcome(
        tuple(str(row["id"]) for row in rows if row["person"] in archived),
        tuple(id for id in rules if id in archived),
        tuple(id for id in rules if id in in_use),
        tuple(id for id in rules if id not in archived and id not in in_use),
    )


async def restore_connections(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> int:
    """Restore what the viewer archived, by the ids of ArchivedConnection. Returns how many were restored."""
    (row,) = await graph.run(_RESTORE_CONNECTIONS, network=viewer.network, member=viewer.member, ids=list(ids))
    restored: int = row["restored"]
    return restored


async def list_archived_connections(graph: Graph, viewer: Viewer) -> list[ArchivedConnection]:
    """List the people whom the viewer archived, the newest first."""
    rows = await graph.run(
        _LIST_ARCHIVED_CONNECTIONS, network=viewer.network, member=viewer.member, sources=viewer.sources
    )
    return [ArchivedConnection(row["id"], row["person"], tuple(row["keys"]), row["day"], row["rule"]) for row in rows]


async def list_people_in_use(graph: Graph, viewer: Viewer, *, open_states: Collection[str]) -> set[str]:
    """The ids of the people on the routes of the viewer's own requests in these states."""
    rows = await graph.run(
        _LIST_PEOPLE_IN_USE, network=viewer.network, member=viewer.member, open_states=sorted(open_states)
    )
    return {row["id"] for row in rows}
