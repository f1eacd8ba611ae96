"""Derives who knows whom (odds.md §3) as of the network's one day, for the people touched."""

from collections.abc import Iterable, Iterator

import cypher
from graph.batches import batches, side_by_side
from graph.network import PRIVATE, Say, Source, State, silent
from graph.odds import Model
from graph.session import Graph
from graph.viewer import EVERYBODY

RATES = cypher.load("tie_rates")
PAIRS = cypher.load("tie_pairs")
DERIVE = cypher.load("tie_derive")

PEOPLE = 500
PAIRS_AT_ONCE = 2_000


async def derive(graph: Graph, state: State, model: Model, people: Iterable[str], say: Say = silent) -> None:
    """Make the rates of these people, and every tie from or to them, anew."""
    everyone = set(people)
    touched = sorted(everyone)
    shared = state.shared()
    numbers = model.numbers()

    async def rate(batch: list[str]) -> None:
        await graph.run(
            RATES,
            network=state.network,
            people=batch,
            sources=[source.id for source in shared],
            seen=_seen(shared),
            owners=_owners(state, shared),
            as_of=state.as_of,
            model=numbers,
        )

    await side_by_side(map(rate, batches(touched, PEOPLE)))
    for audience, sources, among in _views(state):
        members = [state.members[source.member] for source in sources]
        done = 0
        for batch in batches(touched, PEOPLE):
            (found,) = await graph.run(
                PAIRS,
                network=state.network,
                people=batch,
                sources=[source.id for source in among],
                audience=audience,
            )
            for pairs in batches(_once(found["people"], everyone), PAIRS_AT_ONCE):
                await graph.run(
                    DERIVE,
                    network=state.network,
                    audience=audience,
                    everybody=EVERYBODY,
                    pairs=pairs,
                    sources=[source.id for source in sources],
                    seen=_seen(sources),
                    owners=[person for person in members if person],
                    as_of=state.as_of,
                    model=numbers,
                )
                done += len(pairs)
                say("ties", done, 0)


def _views(state: State) -> Iterator[tuple[str, list[Source], list[Source]]]:
    """(audience, the sources it may draw on, those whose pairs can differ from the audience before)."""
    shared = [s for s in state.sources if s.counts and s.sharing != PRIVATE]
    yield EVERYBODY, shared, shared
    for member in sorted(state.members):
        private = [s for s in state.sources if s.counts and s.sharing == PRIVATE and s.member == member]
        yield member, shared + private, private


def _seen(sources: Iterable[Source]) -> dict[str, int]:
    return {s.id: s.seen_until for s in sources if s.seen_until is not None}


def _owners(state: State, sources: Iterable[Source]) -> dict[str, str]:
    return {s.id: person for s in sources if (person := state.members[s.member])}


def _once(found: list[tuple[str, list[str]]], touched: set[str]) -> Iterator[tuple[str, str]]:
    """Each pair once: with its smaller id first met, or where only this end was touched."""
    for person, others in found:
        for other in others:
            if other not in touched or person < other:
                yield person, other
