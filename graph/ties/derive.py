"""Derives KNOWS (docs/strength.md) as of the network's day, for the people whose evidence changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import cypher
from graph.database.batching import batches, run_two_at_a_time
from graph.database.client import Graph
from graph.networks.sources import STATEMENTS, Source
from graph.networks.state import NetworkState
from graph.progress import SILENT, Progress
from graph.records import WORKSPACE
from graph.ties.reachability import StatedIdentities, read_unreachable_identities
from graph.viewer import NETWORK_AUDIENCE, unroutable_audience

DERIVE_ANSWER_RATES = cypher.load("ties/derive_answer_rates")
LIST_PAIRS_TO_DERIVE = cypher.load("ties/list_pairs_to_derive")
DERIVE_TIES = cypher.load("ties/derive_ties")
LIST_PAIRS_SET_ASIDE = cypher.load("ties/list_out_of_touch_and_unroutable_people")

PEOPLE_PER_QUERY = 500
PAIRS_AT_ONCE = 2_000


PairSetAside = tuple[int | None, bool | None]
"""Of a pair that a member set aside: the day up to which no evidence counts, and whether no route may use the tie."""
PairsSetAside = Mapping[tuple[str, str], PairSetAside]
BARRED: PairSetAside = (None, True)


@dataclass(frozen=True, slots=True)
class _View:
    """The sources of one audience. `among` are those whose pairs can differ from the audience before.

    `asides` are the pairs that are set aside for it.
    """

    audience: str
    sources: list[Source]
    among: list[Source]
    asides: PairsSetAside


async def derive_ties(graph: Graph, state: NetworkState, people: Iterable[str], progress: Progress = SILENT) -> None:
    """Recompute the answer rates of these people, and every tie from or to them, with the network's model."""
    touched = set(people)
    shared = state.sources_for_rates()

    async def rate(batch: list[str]) -> None:
        await graph.run(
            DERIVE_ANSWER_RATES,
            network=state.network,
            people=batch,
            sources=[source.id for source in shared],
            seen=seen(shared),
            owners=owners(state, shared),
            as_of=state.as_of,
            model=state.model.numbers(),
        )

    await run_two_at_a_time(map(rate, batches(sorted(touched), PEOPLE_PER_QUERY)))
    asides = await _asides(graph, state)
    anybodys = dict.fromkeys((pair for said in asides.values() for pair in said), BARRED)
    complete = [source.id for source in state.stored_sources if source.is_complete]
    stated = await read_unreachable_identities(graph, state.network, complete)
    for view in _views(state, asides, anybodys):
        await _derive(graph, state, view, list(anybodys), touched, stated, progress)


async def _asides(graph: Graph, state: NetworkState) -> dict[str, dict[tuple[str, str], PairSetAside]]:
    """Return the pairs that each member has set aside, as of the network's day."""
    said = {s.id: s.member for s in state.sources if s.is_complete and s.kind == STATEMENTS}
    found: dict[str, dict[tuple[str, str], PairSetAside]] = {}
    if said:
        rows = await graph.run(
            LIST_PAIRS_SET_ASIDE,
            network=state.network,
            sources=list(said),
            as_of=state.as_of,
            parting=state.model.parting,
            barring=state.model.barring,
        )
        for row in rows:
            found.setdefault(said[row["source"]], {})[row["by"], row["towards"]] = (
                row["out_of_touch_since"],
                row["unroutable"] or None,
            )
    return found


async def _derive(
    graph: Graph,
    state: NetworkState,
    view: _View,
    asides: list[tuple[str, str]],
    touched: set[str],
    stated: StatedIdentities,
    progress: Progress,
) -> None:
    shared = view.audience == NETWORK_AUDIENCE
    members = [state.people_by_member[source.member] for source in view.sources]
    question = {
        "network": state.network,
        "audience": view.audience,
        "aside": unroutable_audience(view.audience),
        "all": None if shared else NETWORK_AUDIENCE,
        "others": None if shared else unroutable_audience(NETWORK_AUDIENCE),
        "sources": [source.id for source in view.sources],
        "seen": seen(view.sources),
        "owners": [person for person in members if person],
        "unreachable": stated.unreachable_people({source.id for source in view.sources}, on=state.as_of),
        "as_of": state.as_of,
        "model": state.model.numbers(),
    }
    among = [source.id for source in view.among]
    at_once = PEOPLE_PER_QUERY if among else 10 * PEOPLE_PER_QUERY  # without sources the query finds old ties only
    done = 0
    for batch in batches(sorted(touched), at_once):
        (found,) = await graph.run(
            LIST_PAIRS_TO_DERIVE,
            network=state.network,
            people=batch,
            sources=among,
            audiences=[view.audience, unroutable_audience(view.audience)],
            asides=[list(pair) for pair in asides],
        )
        for pairs in batches(_once(found["people"], touched), PAIRS_AT_ONCE):
            rows = [[*pair, *view.asides.get(pair, ())] for pair in pairs]
            await graph.run(DERIVE_TIES, pairs=rows, **question)
            done += len(pairs)
            progress.report("ties", done)


def _views(state: NetworkState, asides: Mapping[str, PairsSetAside], anybodys: PairsSetAside) -> Iterator[_View]:
    halves = [s for s in state.stored_sources if s.is_complete]
    shared = [s for s in halves if s.is_shared]
    yield _View(NETWORK_AUDIENCE, shared, shared, anybodys)
    for member in sorted(state.people_by_member):
        private = [s for s in halves if not s.is_shared and s.member == member]
        yield _View(member, shared + private, private, asides.get(member, {}))


def seen(sources: Iterable[Source]) -> dict[str, int]:
    """Return the coverage of each source that has one."""
    return {s.id: s.coverage_until for s in sources if s.coverage_until is not None}


def owners(state: NetworkState, sources: Iterable[Source]) -> dict[str, str]:
    """Return the owner of each source that shows one side only; the source of a workspace shows all sides."""
    return {s.id: person for s in sources if WORKSPACE not in s.parts and (person := state.people_by_member[s.member])}


def _once(found: list[tuple[str, list[str]]], touched: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair once."""
    for person, others in found:
        for other in others:
            if other not in touched or person < other:
                yield person, other
