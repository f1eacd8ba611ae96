"""Derives who knows whom (odds.md §3) as of the network's one day, for the people touched."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cypher
from graph.batches import batches, side_by_side
from graph.network import PRIVATE, Say, Source, State, silent
from graph.records import WORKSPACE
from graph.session import Graph
from graph.viewer import EVERYBODY

RATES = cypher.load("tie_rates")
PAIRS = cypher.load("tie_pairs")
DERIVE = cypher.load("tie_derive")

PEOPLE = 500
PAIRS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class _View:
    """What one audience may draw on. `among` are the sources whose pairs can differ from the audience before."""

    audience: str
    sources: list[Source]
    among: list[Source]


async def derive(graph: Graph, state: State, people: Iterable[str], say: Say = silent) -> None:
    """Make the rates of these people, and every tie from or to them, anew, by the network's own model."""
    touched = set(people)
    shared = state.shared()

    async def rate(batch: list[str]) -> None:
        await graph.run(
            RATES,
            network=state.network,
            people=batch,
            sources=[source.id for source in shared],
            seen=seen(shared),
            owners=owners(state, shared),
            as_of=state.as_of,
            model=state.model.numbers(),
        )

    await side_by_side(map(rate, batches(sorted(touched), PEOPLE)))
    for view in _views(state):
        await _derive(graph, state, view, touched, say)


async def _derive(graph: Graph, state: State, view: _View, touched: set[str], say: Say) -> None:
    members = [state.members[source.member] for source in view.sources]
    question = {
        "network": state.network,
        "audience": view.audience,
        "everybody": EVERYBODY,
        "sources": [source.id for source in view.sources],
        "seen": seen(view.sources),
        "owners": [person for person in members if person],
        "as_of": state.as_of,
        "model": state.model.numbers(),
    }
    among = [source.id for source in view.among]
    at_once = PEOPLE if among else 10 * PEOPLE  # only old ties are looked for
    done = 0
    for batch in batches(sorted(touched), at_once):
        (found,) = await graph.run(PAIRS, network=state.network, people=batch, sources=among, audience=view.audience)
        for pairs in batches(_once(found["people"], touched), PAIRS_AT_ONCE):
            await graph.run(DERIVE, pairs=pairs, **question)
            done += len(pairs)
            say("ties", done, 0)


def _views(state: State) -> Iterator[_View]:
    shared = [s for s in state.sources if s.counts and s.sharing != PRIVATE]
    yield _View(EVERYBODY, shared, shared)
    for member in sorted(state.members):
        private = [s for s in state.sources if s.counts and s.sharing == PRIVATE and s.member == member]
        yield _View(member, shared + private, private)


def seen(sources: Iterable[Source]) -> dict[str, int]:
    """Until when each saw."""
    return {s.id: s.seen_until for s in sources if s.seen_until is not None}


def owners(state: State, sources: Iterable[Source]) -> dict[str, str]:
    """Whose side each source shows; a workspace's shows everybody's."""
    return {s.id: person for s in sources if WORKSPACE not in s.parts and (person := state.members[s.member])}


def _once(found: list[tuple[str, list[str]]], touched: set[str]) -> Iterator[tuple[str, str]]:
    """Each pair once: with its smaller id first met, or where only this end was touched."""
    for person, others in found:
        for other in others:
            if other not in touched or person < other:
                yield person, other
