"""What members say of who is who: that people are one human being, or are not. It wins over every rule, for all.

Kept by the keys of identities, so it outlives sources and counts again when they return; the newer wins over the older,
and taking one back makes people what they would be without it. A member speaks of identities in their view and of no
others; others see a decision only where all of its identities are in their view too.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import cypher
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.errors import InvalidIdentityDecision
from graph.lookup.identities import Identified, _identified, identities
from graph.progress import SILENT, Progress
from graph.viewer import Viewer

NAMED = cypher.load("statements/filter_visible_identities")
WRITE = cypher.load("statements/write_identity_decision")
UNDO = cypher.load("statements/undo_identity_decision")
LIST = cypher.load("people/list_identity_decisions")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in view. `same` says what was said of the two lots, `day` when, `mine` whether the viewer did."""

    id: str
    same: bool
    one: tuple[Identified, ...]
    other: tuple[Identified, ...]
    day: int
    mine: bool


async def merge(
    graph: Graph, viewer: Viewer, people: Sequence[str], *, today: date, progress: Progress = SILENT
) -> None:
    """Say that these people, ids, are one human being. Raises InvalidIdentityDecision where that cannot be said."""
    async with _deciding(graph, viewer, progress) as members:
        first, *others = await _lots(graph, viewer, people)
        if len(members & set(people)) > 1:
            raise InvalidIdentityDecision("Two members of a network are two people.")
        await _write(graph, viewer, first, [one for lot in others for one in lot], same=True, today=today)


async def keep_apart(
    graph: Graph, viewer: Viewer, one: str, other: str, *, today: date, progress: Progress = SILENT
) -> None:
    """Say that two people, ids, are not one human being. Saying the same again changes nothing."""
    async with _deciding(graph, viewer, progress):
        first, second = await _lots(graph, viewer, (one, other))
        await _write(graph, viewer, first, second, same=False, today=today)


async def split(
    graph: Graph,
    viewer: Viewer,
    person: str,
    parted: Iterable[str],
    *,
    today: date,
    progress: Progress = SILENT,
) -> None:
    """Say that some identities of a person, their ids, are somebody else's than the rest of them."""
    chosen = set(parted)
    async with _deciding(graph, viewer, progress):
        found = (await identities(graph, viewer, [person]))[person]
        away = [one for one in found if one.id in chosen]
        stay = [one for one in found if one.id not in chosen]
        if not away or len(away) != len(chosen):
            raise InvalidIdentityDecision("These are not identities of that person: ask for theirs again.")
        if not stay:
            raise InvalidIdentityDecision("All the identities of a person are that person: name some of them only.")
        if any(one.own for one in away) and any(one.own for one in stay):
            raise InvalidIdentityDecision(
                "A member's own addresses and profiles are that member's: they cannot be parted."
            )
        await _write(graph, viewer, away, stay, same=False, today=today)


async def undo(graph: Graph, viewer: Viewer, id: str, *, progress: Progress = SILENT) -> bool:
    """Take back a decision of the viewer's own; whether there was one."""
    async with _deciding(graph, viewer, progress):
        (row,) = await graph.run(UNDO, network=viewer.network, member=viewer.member, id=id)
    return bool(row["undone"])


async def decisions(graph: Graph, viewer: Viewer) -> list[Decision]:
    """What was decided, newest first: by the viewer, and by others of identities in the viewer's view."""
    rows = await graph.run(LIST, network=viewer.network)
    keys = sorted({key for row in rows for key in (*row["one"], *row["other"])})
    named = await graph.run(NAMED, network=viewer.network, keys=keys, sources=viewer.sources)
    view = {row["key"] for row in named}
    return [
        Decision(
            id=row["id"],
            same=row["same"],
            one=tuple(_identified(viewer, key) for key in row["one"]),
            other=tuple(_identified(viewer, key) for key in row["other"]),
            day=row["at"],
            mine=row["member"] == viewer.member,
        )
        for row in rows
        if row["member"] == viewer.member or view.issuperset((*row["one"], *row["other"]))
    ]


@asynccontextmanager
async def _deciding(graph: Graph, viewer: Viewer, progress: Progress) -> AsyncIterator[set[str | None]]:
    """Hold the network while something is decided, and make people anew; gives the members' people."""
    async with rederive_after(graph, viewer.network, changed_pairs=set(), progress=progress) as found:
        yield set(found.members.values()) - {None}


async def _lots(graph: Graph, viewer: Viewer, people: Sequence[str]) -> list[list[Identified]]:
    if len(set(people)) < max(2, len(people)):
        raise InvalidIdentityDecision("Name two people or more, each once.")
    found = await identities(graph, viewer, people)
    if not all(found.values()):
        raise InvalidIdentityDecision("One of these people is not there any more: ask for them again.")
    return list(found.values())


async def _write(
    graph: Graph, viewer: Viewer, one: list[Identified], other: list[Identified], *, same: bool, today: date
) -> None:
    lots = {"same": same, "one": [found.key for found in one], "other": [found.key for found in other]}
    for row in await graph.run(LIST, network=viewer.network):
        if row["same"] is not same:
            break  # what was said before it may not hold any more
        if row["member"] == viewer.member and lots.items() <= row.items():
            return
    await graph.run(WRITE, network=viewer.network, member=viewer.member, id=uuid4().hex, at=day_of(today), **lots)
