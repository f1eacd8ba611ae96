"""People who may be one human being, as the viewer may see them: offered, never merged."""

import asyncio
from dataclasses import dataclass
from typing import Any

from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.profiles import people as named
from graph.people.build import DECISIONS, FACTS, contacts_of
from graph.people.clusters import Said
from graph.people.matching import WORTH, Case, Pair, human, judge, near
from graph.people.rules import TOGETHER
from graph.records import HandleKind
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people who may be one, how likely, and why in plain words."""

    one: Person
    other: Person
    score: float
    because: str

    @property
    def id(self) -> str:
        """Good for `after`."""
        return f"{self.one.id} {self.other.id}"


async def possible(graph: Graph, viewer: Viewer, limit: int, *, after: str | None = None) -> list[Duplicate]:
    """The likeliest first, by what the sources in view say and nothing else. `after` is a Duplicate's id.

    Whom a member holds apart is not offered again. Nobody where `after` is no longer offered.
    """
    (found,) = await graph.run(FACTS, network=viewer.network, sources=viewer.sources)
    decided = [row for row in await graph.run(DECISIONS, network=viewer.network) if not row["same"]]
    of, own, cases, stated = await asyncio.to_thread(_compared, found["identities"], decided)
    contacts = await contacts_of(graph, viewer.network, cases, set(viewer.evidence_sources))
    met = {
        one.id: {of[other] for key in one.keys for other in contacts.get(key, ()) if other in of} - own - {one.id}
        for case in cases
        for one in (case.one, case.other)
    }
    judged = await asyncio.to_thread(judge, cases, met)
    offered = [Pair(one, other, 1.0, TOGETHER) for one, other in stated]
    offered += [pair for pair in judged if pair.score >= WORTH and (pair.one, pair.other) not in stated]
    if after is not None:
        places = (place for place, pair in enumerate(offered, 1) if f"{pair.one} {pair.other}" == after)
        offered = offered[next(places, len(offered)) :]
    return await _named(graph, viewer, offered[:limit])


def _compared(
    found: list[list[Any]], decided: list[dict[str, Any]]
) -> tuple[dict[str, str], set[str], list[Case], list[tuple[str, str]]]:
    """Everybody's person by key, the members' people, the pairs to compare, and those whom one row states to be one."""
    said: dict[str, list[Said]] = {}
    keys: dict[str, list[str]] = {}
    for key, facts, _, person in sorted(found, key=lambda one: str(one[0])):
        if facts and person:
            said.setdefault(person, []).extend(Said(*fact) for fact in facts)
            keys.setdefault(person, []).append(key)
    of = {key: person for person, theirs in keys.items() for key in theirs}
    apart = {
        frozenset((of[one], of[other]))
        for row in decided
        for one in row["one"]
        for other in row["other"]
        if one in of and other in of
    }
    humans = (
        human(person, theirs, said[person])
        for person, theirs in keys.items()
        if any(not key.startswith(f"{HandleKind.NAME}:") for key in theirs)
    )
    cases = near(one for one in humans if one is not None)
    own = {person for person, all_said in said.items() if any(one.own for one in all_said)}
    rows = (one.keys for all_said in said.values() for one in all_said if one.keys)
    ends = {tuple(sorted((of[keys[0]], of[key]))) for keys in rows for key in keys[1:] if {key, keys[0]} <= of.keys()}
    stated = sorted((one, other) for one, other in ends if one != other and frozenset((one, other)) not in apart)
    return of, own, [case for case in cases if frozenset((case.one.id, case.other.id)) not in apart], stated


async def _named(graph: Graph, viewer: Viewer, pairs: list[Pair]) -> list[Duplicate]:
    everybody = await named(graph, viewer, [id for pair in pairs for id in (pair.one, pair.other)])
    return [Duplicate(everybody[pair.one], everybody[pair.other], pair.score, pair.because) for pair in pairs]
