"""The map of the viewer's network: who knows the viewer, whom these people know, and the ties between them all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from graph.answers import Person
from graph.database.client import Graph
from graph.insights.measures.reach import IntroducerTies, Reach, read_ties_of_introducers
from graph.lookup.profiles import read_profiles
from graph.ties.evidence import Pair, Tie, label_only_pairs, visible_tie
from graph.viewer import Viewer

MAX_KNOWN = 60
"""People on the map who know the viewer, the strongest ties first."""
MAX_REACHED = 60
"""People on the map to whom a route with one introducer leads, those with the most ties on the map first."""
MAX_MAP_TIES = 600


@dataclass(frozen=True, slots=True)
class MapPerson:
    """A person on the map.

    `tie` is that to the viewer; None if the person does not know the viewer. `best_routes` counts the people whose best
    route starts at the person. `shortened_routes` counts the people who would need one introducer, and need
    more now, if the person knew the viewer.
    """

    person: Person
    tie: Tie | None
    best_routes: int
    shortened_routes: int


@dataclass(frozen=True, slots=True)
class MapTie:
    """A tie between two people on the map, in the stronger of its directions."""

    first_id: str
    second_id: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """The people and their ties. Those who know the viewer come first."""

    people: tuple[MapPerson, ...]
    ties: tuple[MapTie, ...]


async def read_network_map(
    graph: Graph, viewer: Viewer, reach: Reach, *, among: AbstractSet[str] | None = None
) -> NetworkMap:
    """Return the map of the result of `reach`. `among` limits the people on it.

    As on routes, colleagues who have not agreed to be named, excluded introducers and archived people are left out.
    """
    me = viewer.person_id or ""
    never = viewer.archived_people.union(viewer.objectors, viewer.ineligible_introducers)
    known = {id: strength for id, strength in reach.known.items() if id not in never}
    label_only = await label_only_pairs(graph, viewer, [(id, me) for id in known])
    own = {id: visible_tie(strength, label_only=(id, me) in label_only) for id, strength in known.items()}
    # by what the viewer may see of each strength, not by the strength itself
    shown = own.keys() if among is None else own.keys() & among
    inner = sorted(shown, key=lambda id: (-own[id].strength, id))[:MAX_KNOWN]
    near = {id for id, one in reach.reached.items() if len(one.introducers) == 1 and id not in never}
    ties = await _read_ties(graph, viewer, inner)
    # people with a tag may be known by people without it only
    outer = _most_tied(ties, inner, near if among is None else near & among, is_tie_needed=among is None)
    ties |= await _read_ties(graph, viewer, outer)
    strongest = await _strongest(graph, viewer, {id: each.known_by for id, each in ties.items()})
    one_step = reach.known.keys() | near | never | {me}
    first = Counter(one.first_introducer for one in reach.reached.values())
    profiles = await read_profiles(graph, viewer, [*inner, *outer])
    people = [
        MapPerson(
            profiles[id],
            own.get(id),
            best_routes=first[id],
            shortened_routes=0 if id in own else len({target for target, _ in ties[id].knows} - one_step),
        )
        for id in (*inner, *outer)
    ]
    return NetworkMap(tuple(people), strongest)


async def _read_ties(graph: Graph, viewer: Viewer, ids: Sequence[str]) -> dict[str, IntroducerTies]:
    return {each.id: each for each in await read_ties_of_introducers(graph, viewer, ids)}


def _most_tied(
    ties: Mapping[str, IntroducerTies], inner: Sequence[str], near: AbstractSet[str], *, is_tie_needed: bool
) -> list[str]:
    """Return those of `near` with the most ties to `inner`. With `is_tie_needed` those without any are left out."""
    counts = Counter(target for id in inner if id in ties for target, _ in ties[id].knows if target in near)
    return sorted(counts if is_tie_needed else near, key=lambda id: (-counts[id], id))[:MAX_REACHED]


async def _strongest(
    graph: Graph, viewer: Viewer, known_by: Mapping[str, Sequence[tuple[str, float]]]
) -> tuple[MapTie, ...]:
    """Return the tie of each pair of these people in the stronger direction, as the viewer may see it."""
    directed = [(by, id, strength) for id, others in known_by.items() for by, strength in others if by in known_by]
    label_only = await label_only_pairs(graph, viewer, [(by, id) for by, id, _ in directed])
    best: dict[Pair, Tie] = {}
    for by, id, strength in directed:
        tie = visible_tie(strength, label_only=(by, id) in label_only)
        pair = min(by, id), max(by, id)
        if pair not in best or best[pair].strength < tie.strength:
            best[pair] = tie
    ranked = sorted(best.items(), key=lambda item: (-item[1].strength, item[0]))[:MAX_MAP_TIES]
    return tuple(MapTie(first, second, tie) for (first, second), tie in ranked)
