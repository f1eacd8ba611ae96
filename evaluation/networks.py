"""Loads a data set as a user would, through sources and graph/ingest, and reads its evidence back from Neo4j."""

import gzip
import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import sources
from graph.database.batching import batches
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.ingest.report import LoadReport
from graph.names.keys import identity_key
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from graph.people.build import stored_digests
from graph.records import WORKSPACE, Handle, HandleKind, Interaction, Owner, Part, PersonMention, Record
from graph.ties.derive import LIST_PAIRS_TO_DERIVE
from graph.ties.past import ASKS, BETWEEN, DatedTie, Past
from sources.errors import SourceError

SUFFIX = ".csv.gz"
NOBODY = "nobody@evaluation.example"
"""The owner of the export, who has no interactions. All asks count, because a workspace records both directions."""

Pair = tuple[str, str]


class UnreadableDataset(SourceError):
    """No source reads the file as interactions."""


@dataclass(slots=True)
class Days:
    """The interactions of one person towards another, by day, ascending."""

    days: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def until(self, on: int) -> Iterator[tuple[int, float]]:
        """The days up to and including `on`, each with its weight."""
        end = bisect_right(self.days, on)
        return zip(self.days[:end], self.weights[:end], strict=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask as stored on the pair. `answered` is the day of the answer; without one, a day beyond `answer_within`."""

    by: str
    of: str
    day: int
    answered: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message by number of sender and recipients, which no relationship stores."""

    at: datetime
    by: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All evidence of one network as stored in Neo4j, by the numbers that identify people in the file."""

    name: str
    past: Past
    person: Mapping[str, str]
    """The id of each number's person, as used by `past`; new in every run."""
    evidence: Mapping[Pair, Days]
    asked: Sequence[Asked]
    messages: Sequence[Message]
    last: int
    """The newest day."""
    skipped: Mapping[str, int]
    """The number of skipped rows, by reason."""

    def between(self, by: str, towards: str, on: int) -> list[tuple[int, float]]:
        """The interactions of one person towards another up to a day: (day, weight), ascending."""
        days = self.evidence.get((by, towards))
        return list(days.until(on)) if days else []

    def strength(self, by: str, towards: str, on: int) -> float:
        """The strength that Tertius computes. The two must have had contact at some time."""
        return self.past.response_probability(self.person[by], self.person[towards], on=on)

    def tie(self, by: str, towards: str, on: int) -> DatedTie | None:
        """The tie by the rule of evidence; None for strangers."""
        if (by, towards) not in self.evidence and (towards, by) not in self.evidence:
            return None
        return self.past.tie(self.person[by], self.person[towards], on=on)

    def summary(self) -> dict[str, Any]:
        """The counts of the loaded data, for the table of networks."""
        return {
            "people": len(self.person),
            "messages": len(self.messages),
            "asks": len(self.asked),
            "skipped": dict(self.skipped),
        }


def dataset_names(data: Path) -> list[str]:
    """The names of the files in the data folder, without their suffix."""
    return sorted(path.name.removesuffix(SUFFIX) for path in data.glob(f"*{SUFFIX}"))


async def load_dataset(graph: Graph, data: Path, name: str, folder: Path) -> Network:
    """Load one file of the data folder into a separate network.

    Raises UnreadableDataset if no source reads it.
    """
    records = list(_records(_unpacked(data, name, folder)))
    today = datetime.now(UTC).date()
    network, member = await find_or_create_network(graph, f"evaluation {name}", today=today)
    loaded = await load_records(
        graph,
        network,
        member,
        kind="interactions",
        records=chain([Part(WORKSPACE), Owner(PersonMention((Handle(HandleKind.EMAIL, NOBODY),)))], records),
        today=today,
    )
    return await _stored(graph, network, member, name, loaded, records)


def _unpacked(data: Path, name: str, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    with gzip.open(data / f"{name}{SUFFIX}") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def _records(path: Path) -> Iterable[Record]:
    scan = sources.find_exports([path])
    if [export.kind for export in scan.exports] != ["interactions"]:
        raise UnreadableDataset(f"{path.name} is not a file of interactions: it needs columns for from, to and a time.")
    return sources.read_export(scan.exports[0])


async def _stored(
    graph: Graph, network: str, member: str, name: str, loaded: LoadReport, records: Iterable[Record]
) -> Network:
    state = await read_state(graph, network)
    sources_read = [source.id for source in state.visible_sources(member)]
    people = sorted(await stored_digests(graph, network))
    pairs: set[Pair] = set()
    asks: list[dict[str, Any]] = []
    for batch in batches(people, 500):
        (paired,) = await graph.run(
            LIST_PAIRS_TO_DERIVE, network=network, people=batch, sources=sources_read, audiences=[], asides={}
        )
        pairs |= {(min(one, other), max(one, other)) for one, others in paired["people"] for other in others}
        (asked,) = await graph.run(ASKS, network=network, people=batch, sources=sources_read, owners={})
        asks += asked["people"]
    between: list[dict[str, Any]] = []
    for pair_batch in batches(sorted(pairs), 2_000):
        (read,) = await graph.run(
            BETWEEN, network=network, pairs=[list(pair) for pair in pair_batch], sources=sources_read
        )
        between += read["pairs"]
    number = _numbers(between)
    return Network(
        name=name,
        past=Past(state, member, between, asks),
        person={key: person for person, key in number.items()},
        evidence=_evidence(between, number),
        asked=_asked(asks, number),
        messages=list(_messages(records, {*number.values()})),
        last=max(source.coverage_until or 0 for source in state.sources),
        skipped={reason: count for (_, reason), count in loaded.load.skipped.items()}
        | ({"unreadable": loaded.load.bad_row_count} if loaded.load.bad_row_count else {}),
    )


def _numbers(between: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each person's number. Raises RuntimeError if two identities were merged, because the figures would be wrong."""
    identities_of: dict[str, set[str]] = defaultdict(set)
    for row in between:
        for i, j, *_ in row["edges"]:
            identities_of[row["p"]].add(i)
            identities_of[row["q"]].add(j)
    if any(len(identities) > 1 for identities in identities_of.values()):
        raise RuntimeError("Two people of this network were merged into one.")
    return {person: _name_of(identity) for person, (identity,) in identities_of.items()}


def _name_of(identity: str) -> str:
    return identity.rpartition("/")[2]


def _evidence(between: Iterable[Mapping[str, Any]], number: Mapping[str, str]) -> dict[Pair, Days]:
    weights_of: dict[Pair, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in between:
        ends = number[row["p"]], number[row["q"]]
        for _, _, out, _, _, days, weights, _ in row["edges"]:
            pair = ends if out else ends[::-1]
            for day, weight in zip(days, weights, strict=True):
                weights_of[pair][day] += weight
    return {pair: Days(sorted(days), [days[day] for day in sorted(days)]) for pair, days in sorted(weights_of.items())}


def _asked(asks: Iterable[Mapping[str, Any]], number: Mapping[str, str]) -> list[Asked]:
    stored = [
        Asked(_name_of(by), number[row["id"]], day, answer)
        for row in asks
        for by, _, _, _, days, answers in row["asks"]
        for day, answer in zip(days, answers, strict=True)
    ]
    return sorted(stored, key=lambda ask: (ask.day, ask.by, ask.of))


def _messages(records: Iterable[Record], people: Container[str]) -> Iterator[Message]:
    for record in records:
        if isinstance(record, Interaction):
            by, *to = (_number(who.handles[0]) for who in (record.by, *record.to))
            if by in people and (recipients := tuple(number for number in to if number in people)):
                yield Message(record.at, by, recipients)


def _number(handle: Handle) -> str:
    return (identity_key(handle) or "").partition(":")[2]
