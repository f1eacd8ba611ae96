"""Who asked about whom, for a year: noted before the answer is given, read by owners, its reading noted too.

One small write an ask, and no answer without it: an ask whose note cannot be written fails, and says that the database
is away. Kept are ids, and names are told as whoever reads may see them: an owner does not learn by it whom a colleague
keeps to themself. Where there is one member there is nobody to account to, and nothing is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.profiles import people
from graph.networks.members import members
from graph.networks.state import State
from graph.viewer import Viewer

WRITE = cypher.load("privacy/write_audit_entry")
READ = cypher.load("privacy/list_audit_entries")

_AFTER_ALL = "~"
_MOST = 10_000
GONE = "somebody who has left"
THEMSELF = "whoever it is about, by a link"
_BY_LINK = ""


class Asked(StrEnum):
    """What was asked."""

    INTRODUCTIONS = "introductions"
    TIE = "tie"
    PERSON = "person"
    TARGETS = "targets"
    COMPANY = "company"
    EXPORT = "export"
    AUDIT = "audit"
    LINK = "link"
    OBJECTION = "objection"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Entry:
    """One ask: when, in milliseconds since 1970, what the member is called, and about whom."""

    id: str
    at: int
    by: str
    act: Asked
    about: tuple[Person, ...]


async def note(graph: Graph, state: State, member: str, act: Asked, about: Iterable[str | None] = ()) -> None:
    """Note that a member asks about these people, ids. Raises DatabaseUnavailable where that cannot be kept."""
    if not state.alone:
        ids = [id for id in about if id is not None]
        await graph.run(WRITE, network=state.network, id=uuid4().hex[:8], member=member, act=act.value, about=ids)


async def note_by_link(graph: Graph, state: State, act: Asked, about: Iterable[str]) -> None:
    """Note what somebody asked who proved to be the person it is about: also where there is one member."""
    await graph.run(WRITE, network=state.network, id=uuid4().hex[:8], member=_BY_LINK, act=act.value, about=list(about))


async def asked_about(graph: Graph, viewer: Viewer, state: State, id: str) -> list[dict[str, str]]:
    """Who asked about one person, as data to hand over to them."""
    found = await audit(graph, viewer, state, _MOST, about=id)
    return [
        {"by": one.by, "on": datetime.fromtimestamp(one.at / 1000, UTC).isoformat(), "what": one.act} for one in found
    ]


async def audit(
    graph: Graph, viewer: Viewer, state: State, limit: int, *, after: str | None = None, about: str | None = None
) -> list[Entry]:
    """What was asked, newest first, after an entry; about one person where an id is given. Notes that it is read."""
    await note(graph, state, viewer.member, Asked.AUDIT, [about])
    rows = await graph.run(READ, network=viewer.network, before=after or _AFTER_ALL, about=about, limit=limit)
    called = {_BY_LINK: THEMSELF} | {one.id: one.called(viewer.member) for one in await members(graph, viewer.network)}
    named = await people(graph, viewer, {id for row in rows for id in row["about"]})
    return [
        Entry(
            id=row["id"],
            at=row["at"],
            by=called.get(row["member"], GONE),
            act=Asked(row["act"]),
            about=tuple(named[id] for id in row["about"]),
        )
        for row in rows
    ]
