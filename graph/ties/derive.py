"""Derives KNOWS (docs/strength.md) as of the network's day, for the people whose evidence changed."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import Any

import cypher
from graph.database.batching import batches, run_two_at_a_time
from graph.database.client import Graph
from graph.networks.sources import STATEMENTS, Source
from graph.networks.state import NetworkState
from graph.progress import SILENT, Progress
from graph.records import WORKSPACE
from graph.ties.loaded_evidence import LoadedEvidence
from graph.ties.pair_ties import (
    AnswerRate,
    Audience,
    PairSetAside,
    PeopleByEvidence,
    PersonEvidence,
    TieChanges,
    answer_rate,
    find_changes,
    group_by_evidence,
    group_ties,
)
from graph.ties.reachability import StatedIdentities, read_unreachable_identities
from graph.viewer import NETWORK_AUDIENCE, unroutable_audience

LIST_PAIRS_SET_ASIDE = cypher.load("ties/list_out_of_touch_and_unroutable_people")
LIST_PAIRS_TO_DERIVE = cypher.load("ties/list_pairs_to_derive")
_COUNT_EVIDENCE = cypher.load("ties/count_evidence")
_READ_ASKS = cypher.load("ties/read_asks")
_READ_EVIDENCE = cypher.load("ties/read_evidence_to_derive")
_WRITE_RATES = cypher.load("ties/write_answer_rates")
_WRITE_TIES = cypher.load("ties/write_ties")
_DELETE_TIES = cypher.load("ties/delete_ties")

_PEOPLE_PER_QUERY = 500
_RATES_PER_QUERY = 5_000
_EVIDENCE_PER_QUERY = 20_000
"""The evidence of these people is in memory at once. That of a hub with more is read by pairs."""
_PAIRS_PER_QUERY = 2_000
_TIES_PER_QUERY = 4_000

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


async def derive_ties(
    graph: Graph,
    state: NetworkState,
    people: Iterable[str],
    progress: Progress = SILENT,
    *,
    is_everybody: bool = False,
    loaded: LoadedEvidence | None = None,
) -> None:
    """Recompute the answer rates of these people, and every tie from or to them, with the network's model.

    `is_everybody` says that these are all people of the network. Then each pair is read once. `loaded` is all evidence
    of the network if it is in memory; then no tie is stored yet, and no evidence is read.
    """
    touched = set(people)
    groups = PeopleByEvidence([*batches(sorted(touched), _PEOPLE_PER_QUERY)], [])
    if loaded is None:
        groups = await _group_by_evidence(graph, state, sorted(touched))
    rates = await _derive_rates(graph, state, groups, loaded)
    asides = await _asides(graph, state)
    anybodys = dict.fromkeys((pair for pairs in asides.values() for pair in pairs), BARRED)
    asides_by_person = _by_person(anybodys)
    complete = [source.id for source in state.stored_sources if source.is_complete]
    stated = await read_unreachable_identities(graph, state.network, complete)
    for view in _views(state, asides, anybodys):
        derivation = _Derivation(graph, state, view, asides_by_person, touched, groups, rates, is_everybody, loaded)
        await derivation.run(stated, progress)


async def _group_by_evidence(graph: Graph, state: NetworkState, people: Sequence[str]) -> PeopleByEvidence:
    counts: list[tuple[str, int]] = []
    for batch in batches(people, _RATES_PER_QUERY):
        (row,) = await graph.run(_COUNT_EVIDENCE, network=state.network, people=batch)
        counts += row["people"]
    return group_by_evidence(counts, most_people=_PEOPLE_PER_QUERY, most_evidence=_EVIDENCE_PER_QUERY)


async def _derive_rates(
    graph: Graph, state: NetworkState, groups: PeopleByEvidence, loaded: LoadedEvidence | None
) -> dict[str, AnswerRate]:
    shared = state.sources_for_rates()
    sources, coverage, whose = [source.id for source in shared], seen(shared), owners(state, shared)
    rates: dict[str, AnswerRate] = {}

    async def read(batch: list[str]) -> None:
        if loaded is None:
            (row,) = await graph.run(_READ_ASKS, network=state.network, people=batch, sources=sources, owners=whose)
            asks = [(person["id"], person["asks"]) for person in row["people"]]
        else:
            asks = loaded.asks(batch, whose) if shared else []
        rates.update(await asyncio.to_thread(_rates, asks, coverage, state))

    async def write(batch: list[str]) -> None:
        rows = [[person, *rates.setdefault(person, (0.0, 0.0))] for person in batch]
        await graph.run(_WRITE_RATES, network=state.network, rows=rows)

    people_by_query = [*groups.batches, *([hub] for hub in groups.hubs)]
    await run_two_at_a_time(map(read, people_by_query))
    await run_two_at_a_time(map(write, batches(chain.from_iterable(people_by_query), _RATES_PER_QUERY)))
    return rates


def _rates(
    asks_by_person: Iterable[tuple[str, list[list[Any]]]], coverage: Mapping[str, int], state: NetworkState
) -> dict[str, AnswerRate]:
    return {person: answer_rate(asks, coverage, state.model, as_of=state.as_of) for person, asks in asks_by_person}


async def _asides(graph: Graph, state: NetworkState) -> dict[str, dict[tuple[str, str], PairSetAside]]:
    """Return the pairs that each member has set aside, as of the network's day."""
    authors = {s.id: s.member for s in state.sources if s.is_complete and s.kind == STATEMENTS}
    asides: dict[str, dict[tuple[str, str], PairSetAside]] = {}
    if authors:
        rows = await graph.run(
            LIST_PAIRS_SET_ASIDE,
            network=state.network,
            sources=list(authors),
            as_of=state.as_of,
            parting=state.model.parting,
            barring=state.model.barring,
        )
        for row in rows:
            asides.setdefault(authors[row["source"]], {})[row["by"], row["towards"]] = (
                row["out_of_touch_since"],
                row["unroutable"] or None,
            )
    return asides


@dataclass(frozen=True, slots=True)
class _Derivation:
    """Derives the ties of one audience from and to the people who are `touched`.

    `asides` are all pairs that are set aside, by person.
    """

    graph: Graph
    state: NetworkState
    view: _View
    asides: Mapping[str, list[str]]
    touched: AbstractSet[str]
    groups: PeopleByEvidence
    rates: Mapping[str, AnswerRate]
    is_everybody: bool
    loaded: LoadedEvidence | None

    async def run(self, stated: StatedIdentities, progress: Progress) -> None:
        """Read, compare and write in batches. While one batch is written, the next one is read."""
        audience = self._audience(stated)
        # MERGE locks both people of a tie, so that two batches would wait for each other
        writing = asyncio.Lock()
        done = 0

        async def derive(batch: list[str], pairs: Mapping[str, list[str]] | None = None) -> None:
            nonlocal done
            evidence = await self._read(batch, audience, pairs)
            changes, count = await asyncio.to_thread(find_changes, evidence, self.rates, audience)
            async with writing:
                await self._write(changes)
            done += count
            progress.report("ties", done)

        async def derive_by_pairs(batch: list[str]) -> None:
            for listed in batches(await self._list_pairs(batch, audience), _PAIRS_PER_QUERY):
                pairs = _by_person(listed)
                await derive(list(pairs), pairs)

        if self.loaded is not None:  # evidence in memory is not copied
            await run_two_at_a_time(map(derive, batches(sorted(self.touched), 10 * _PEOPLE_PER_QUERY)))
        elif self.view.among:
            hubs = ([hub] for hub in self.groups.hubs)
            await run_two_at_a_time(chain(map(derive, self.groups.batches), map(derive_by_pairs, hubs)))
        else:  # only pairs with old ties, which are few unless their source was private before
            await run_two_at_a_time(map(derive_by_pairs, batches(sorted(self.touched), 10 * _PEOPLE_PER_QUERY)))

    def _audience(self, stated: StatedIdentities) -> Audience:
        view, state = self.view, self.state
        is_network = view.audience == NETWORK_AUDIENCE
        members = [state.people_by_member[source.member] for source in view.sources]
        return Audience(
            audience=view.audience,
            aside_audience=unroutable_audience(view.audience),
            all_audience=None if is_network else NETWORK_AUDIENCE,
            others_audience=None if is_network else unroutable_audience(NETWORK_AUDIENCE),
            seen=seen(view.sources),
            owners={person for person in members if person},
            unreachable=set(stated.unreachable_people({source.id for source in view.sources}, on=state.as_of)),
            as_of=state.as_of,
            model=state.model,
            asides=view.asides,
        )

    async def _list_pairs(self, people: list[str], audience: Audience) -> list[tuple[str, str]]:
        """List the pairs of these people to derive, without those that are listed for their other person."""
        (row,) = await self.graph.run(
            LIST_PAIRS_TO_DERIVE,
            network=self.state.network,
            people=people,
            sources=[source.id for source in self.view.among],
            audiences=[audience.audience, audience.aside_audience],
            asides=self._asides_of(people),
        )
        pairs = ((person, other) for person, others in row["people"] for other in others)
        return [(person, other) for person, other in pairs if other not in self.touched or person < other]

    async def _read(
        self, people: list[str], audience: Audience, pairs: Mapping[str, list[str]] | None
    ) -> list[PersonEvidence]:
        """Read the evidence of these pairs, or of all pairs of these people."""
        if self.loaded is not None:
            return self.loaded.evidence(people) if self.view.among else []
        (row,) = await self.graph.run(
            _READ_EVIDENCE,
            network=self.state.network,
            people=people,
            every_person=self.is_everybody,
            among=[source.id for source in self.view.among] if pairs is None else [],
            among_audiences=[audience.audience, audience.aside_audience] if pairs is None else [],
            sources=[source.id for source in self.view.sources],
            audiences=audience.audiences,
            pairs=self._asides_of(people) if pairs is None else pairs,
        )
        evidence = [PersonEvidence(*person) for person in row["people"]]
        return evidence if self.is_everybody else [self._without_repeated_pairs(person) for person in evidence]

    def _asides_of(self, people: list[str]) -> dict[str, list[str]]:
        return {person: self.asides[person] for person in people if person in self.asides}

    def _without_repeated_pairs(self, person: PersonEvidence) -> PersonEvidence:
        """Leave out the pairs that are read from their other person too."""
        pairs = [pair for pair in person.pairs if pair[0] not in self.touched or person.id < pair[0]]
        return person._replace(pairs=pairs)

    async def _write(self, changes: TieChanges) -> None:
        for deleted in batches(changes.deleted, _TIES_PER_QUERY):
            await self.graph.run(_DELETE_TIES, network=self.state.network, ties=[list(tie) for tie in deleted])
        for rows in group_ties(changes.written, _TIES_PER_QUERY):
            await self.graph.run(_WRITE_TIES, network=self.state.network, rows=rows)


def _by_person(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    by_person: dict[str, list[str]] = {}
    for person, other in pairs:
        by_person.setdefault(person, []).append(other)
    return by_person


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
