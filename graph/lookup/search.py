"""Searches people by name, address or profile."""

from dataclasses import dataclass
from time import monotonic

from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.index import Lookups
from graph.lookup.profiles import read_profiles
from graph.lookup.resolve import find_by_name, ids_of_exact_match, pad_duration, people_of_rows
from graph.names.keys import clean_text
from graph.ties.evidence import Tie, label_only_pairs, read_evidence, read_ties
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """A search result. `tie` is the tie of the person to the viewer, None for a stranger."""

    person: Person
    last: int | None
    tie: Tie | None


async def search_people(
    graph: Graph, viewer: Viewer, text: str, limit: int, *, after: str | None = None
) -> list[PersonMatch]:
    """Return the people that a search finds: the best match first, then the latest contact with the viewer.

    With `after`, the id of a person, returns those who come after that person. Empty if the search does not find the
    person. The time is padded to a multiple of TICK.
    """
    began = monotonic()
    found = await _people(Lookups(graph, viewer), text, limit, after)
    await pad_duration(began)
    return found


async def _people(lookups: Lookups, text: str, limit: int, after: str | None) -> list[PersonMatch]:
    graph, viewer = lookups.graph, lookups.viewer
    asked = clean_text(text)
    if exact := await ids_of_exact_match(lookups, asked):
        return [await _known(graph, viewer, exact[0])] if after is None else []
    humans = people_of_rows(await find_by_name(lookups, asked))
    if after is not None:
        humans = humans[next((place for place, human in enumerate(humans, 1) if human.id == after), len(humans)) :]
    humans = humans[:limit]
    everybody = await read_profiles(graph, viewer, [human.id for human in humans])
    me = viewer.person_id or ""
    hidden = await label_only_pairs(graph, viewer, [(row["id"], me) for human in humans for row in human.rows])
    return [PersonMatch(everybody[human.id], human.last, human.tie({one for one, _ in hidden})) for human in humans]


async def _known(graph: Graph, viewer: Viewer, id: str) -> PersonMatch:
    person = (await read_profiles(graph, viewer, [id]))[id]
    if viewer.person_id is None:
        return PersonMatch(person, None, None)
    pair = (id, viewer.person_id)
    seen = await read_evidence(graph, viewer, [pair])
    days = [one.last_day for one in seen.values() if one.last_day is not None]
    tie = (await read_ties(graph, viewer, [pair], barred=True)).get(pair)
    return PersonMatch(person, max(days, default=None), tie)
