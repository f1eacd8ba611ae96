"""Search"""

from dataclasses import dataclass
from time import monotonic

from graph.answers import Person
from graph.database.client import Graph
from graph.lookup.index import Look
from graph.lookup.profiles import read_profiles as named
from graph.lookup.resolve import _exact, _humans, _named, pad_to_tick
from graph.names.keys import clean_text
from graph.ties.evidence import Tie, label_only_pairs, read_evidence, read_ties
from graph.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody a search found. `tie` is how well they know the viewer, None where they do not."""

    person: Person
    last: int | None
    tie: Tie | None


async def search_people(
    graph: Graph, viewer: Viewer, text: str, limit: int, *, after: str | None = None
) -> list[Listed]:
    """Return whom a search finds, the best match first, then whom the viewer was last in touch with.

    With `after`, an id, those who come after that one: nobody where the search does not find it. Told after a whole
    number of TICKs.
    """
    began = monotonic()
    found = await _people(Look(graph, viewer), text, limit, after)
    await pad_to_tick(began)
    return found


async def _people(look: Look, text: str, limit: int, after: str | None) -> list[Listed]:
    graph, viewer = look.graph, look.viewer
    asked = clean_text(text)
    if exact := await _exact(look, asked):
        return [await _known(graph, viewer, exact[0])] if after is None else []
    humans = _humans(await _named(look, asked))
    if after is not None:
        humans = humans[next((place for place, human in enumerate(humans, 1) if human.id == after), len(humans)) :]
    humans = humans[:limit]
    everybody = await named(graph, viewer, [human.id for human in humans])
    me = viewer.person_id or ""
    hidden = await label_only_pairs(graph, viewer, [(row["id"], me) for human in humans for row in human.rows])
    return [Listed(everybody[human.id], human.last, human.tie({one for one, _ in hidden})) for human in humans]


async def _known(graph: Graph, viewer: Viewer, id: str) -> Listed:
    person = (await named(graph, viewer, [id]))[id]
    if viewer.person_id is None:
        return Listed(person, None, None)
    pair = (id, viewer.person_id)
    seen = await read_evidence(graph, viewer, [pair])
    days = [one.last_day for one in seen.values() if one.last_day is not None]
    tie = (await read_ties(graph, viewer, [pair], barred=True)).get(pair)
    return Listed(person, max(days, default=None), tie)
