"""A network brought in as a user would bring it, through sources and graph.load, and read back from Neo4j."""

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
from graph.ingest.load import load
from graph.ingest.report import Loaded
from graph.names.keys import identity_key
from graph.networks.registry import opened
from graph.networks.state import state
from graph.people.build import stored_digests
from graph.records import WORKSPACE, Handle, Interaction, Part, Record
from graph.ties.derive import PAIRS
from graph.ties.past import ASKS, BETWEEN, DatedTie, Past
from sources.errors import SourceError

SUFFIX = ".csv.gz"
NOBODY = "nobody@evaluation.example"
"""Whose export it is: somebody who took part in nothing. All asks count, since a workspace shows everybody's side."""

Pair = tuple[str, str]


class NotRead(SourceError):
    """The house reads no such file as interactions."""


@dataclass(slots=True)
class Days:
    """What one did towards another, by day, ascending."""

    days: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def until(self, on: int) -> Iterator[tuple[int, float]]:
        """The days up to this one, each with its weight."""
        there = bisect_right(self.days, on)
        return zip(self.days[:there], self.weights[:there], strict=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask as the pair stores it: `answered` is a day that lies beyond the model's `answer_within` if never."""

    by: str
    of: str
    day: int
    answered: int


@dataclass(frozen=True, slots=True)
class Message:
    """Who wrote to whom, by person; what no relationship keeps."""

    at: datetime
    by: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """All evidence of one network as Neo4j holds it, by the numbers that people have in the file."""

    name: str
    past: Past
    person: Mapping[str, str]
    """Each number's person, by whom `past` has them; new in every run."""
    did: Mapping[Pair, Days]
    asked: Sequence[Asked]
    messages: Sequence[Message]
    last: int
    """The newest day."""
    left_out: Mapping[str, int]
    """What was read and not counted, by reason."""

    def between(self, by: str, towards: str, on: int) -> list[tuple[int, float]]:
        """What the one did towards the other up to a day."""
        found = self.did.get((by, towards))
        return list(found.until(on)) if found else []

    def odds(self, by: str, towards: str, on: int) -> float:
        """What the product says; the two must have been in touch at some time."""
        return self.past.odds(self.person[by], self.person[towards], on=on)

    def tie(self, by: str, towards: str, on: int) -> DatedTie | None:
        """How the one knew the other by the product's rule, None for strangers."""
        if (by, towards) not in self.did and (towards, by) not in self.did:
            return None
        return self.past.tie(self.person[by], self.person[towards], on=on)

    def told(self) -> dict[str, Any]:
        """What was loaded, for the table of networks."""
        return {
            "people": len(self.person),
            "messages": len(self.messages),
            "asks": len(self.asked),
            "skipped": dict(self.left_out),
        }


def there(data: Path) -> list[str]:
    """The files in the data's folder, without their endings."""
    return sorted(path.name.removesuffix(SUFFIX) for path in data.glob(f"*{SUFFIX}"))


async def brought(graph: Graph, data: Path, name: str, folder: Path) -> Network:
    """Load one file of the data's folder into a network of its own. Raises NotRead where no source takes it."""
    records = list(_records(_unpacked(data, name, folder)))
    today = datetime.now(UTC).date()
    network, member = await opened(graph, f"evaluation {name}", today=today)
    told = await load(
        graph,
        network,
        member,
        kind="interactions",
        records=chain([Part(WORKSPACE)], records),
        today=today,
        said=NOBODY,
    )
    return await _stored(graph, network, member, name, told, records)


def _unpacked(data: Path, name: str, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    with gzip.open(data / f"{name}{SUFFIX}") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return path


def _records(path: Path) -> Iterable[Record]:
    finds = sources.find_exports([path])
    if [export.kind for export in finds.exports] != ["interactions"]:
        raise NotRead(f"{path.name}: no source reads it as interactions; they need columns for from, to and a time.")
    return sources.read_export(finds.exports[0])


async def _stored(
    graph: Graph, network: str, member: str, name: str, told: Loaded, records: Iterable[Record]
) -> Network:
    now = await state(graph, network)
    seen = [source.id for source in now.in_view(member)]
    people = sorted(await stored_digests(graph, network))
    pairs: set[Pair] = set()
    asks: list[dict[str, Any]] = []
    for batch in batches(people, 500):
        (paired,) = await graph.run(PAIRS, network=network, people=batch, sources=seen, audiences=[], asides=[])
        pairs |= {(min(one, other), max(one, other)) for one, others in paired["people"] for other in others}
        asks += await graph.run(ASKS, network=network, people=batch, sources=seen, owners={})
    between: list[dict[str, Any]] = []
    for some in batches(sorted(pairs), 2_000):
        between += await graph.run(BETWEEN, network=network, pairs=[list(pair) for pair in some], sources=seen)
    number = _numbers(between)
    return Network(
        name=name,
        past=Past(now, member, between, asks),
        person={called: person for person, called in number.items()},
        did=_did(between, number),
        asked=_asked(asks, number),
        messages=list(_messages(records, {*number.values()})),
        last=max(source.seen_until or 0 for source in now.sources),
        left_out={reason: count for (_, reason), count in told.gathered.left_out.items()}
        | ({"unreadable": told.gathered.bad_count} if told.gathered.bad_count else {}),
    )


def _numbers(between: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Each person's number. Raises where two identities became one: then nothing here would be what it says."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in between:
        for i, j, *_ in row["edges"]:
            found[row["p"]].add(i)
            found[row["q"]].add(j)
    if any(len(identities) > 1 for identities in found.values()):
        raise RuntimeError("Two of this network's people were taken for one.")
    return {person: _named(identity) for person, (identity,) in found.items()}


def _named(identity: str) -> str:
    return identity.rpartition("/")[2]


def _did(between: Iterable[Mapping[str, Any]], number: Mapping[str, str]) -> dict[Pair, Days]:
    found: dict[Pair, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in between:
        ends = number[row["p"]], number[row["q"]]
        for _, _, out, _, _, days, weights, _ in row["edges"]:
            pair = ends if out else ends[::-1]
            for day, weight in zip(days, weights, strict=True):
                found[pair][day] += weight
    return {pair: Days(sorted(days), [days[day] for day in sorted(days)]) for pair, days in sorted(found.items())}


def _asked(asks: Iterable[Mapping[str, Any]], number: Mapping[str, str]) -> list[Asked]:
    found = [
        Asked(_named(by), number[row["id"]], day, answer)
        for row in asks
        for by, _, _, _, days, answers in row["asks"]
        for day, answer in zip(days, answers, strict=True)
    ]
    return sorted(found, key=lambda ask: (ask.day, ask.by, ask.of))


def _messages(records: Iterable[Record], there: Container[str]) -> Iterator[Message]:
    for record in records:
        if isinstance(record, Interaction):
            by, *to = (_number(who.handles[0]) for who in (record.by, *record.to))
            if by in there and (known := tuple(number for number in to if number in there)):
                yield Message(record.at, by, known)


def _number(handle: Handle) -> str:
    return (identity_key(handle) or "").partition(":")[2]
