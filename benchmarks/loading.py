"""Measures loading into an empty network, repeating the load, moving the day, and removing the source."""

import random
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.figures import Figure
from cypher import Query
from graph.database.client import Graph
from graph.derivation.refresh import refresh_network
from graph.ingest.load import load_records
from graph.ingest.remove import remove_source
from graph.networks.registry import find_or_create_network
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record

TODAY = date(2026, 11, 22)
NEWEST = datetime(2026, 11, 1, 10, tzinfo=UTC)
_CONSONANTS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z")
OWNER = PersonMention((Handle(HandleKind.EMAIL, "ana@home.example"),), "Ana Ferreira")


def messages(people: int, *, seed: int = 1) -> Iterator[Record]:
    """Six messages with each person, three in each direction, one with another person in copy: three pairs a person."""
    rng = random.Random(seed)
    all_people = [
        PersonMention((Handle(HandleKind.EMAIL, f"p{n}@firm{n % 997}.example"),), f"{word(rng, 2)} {word(rng, 3)}")
        for n in range(people)
    ]
    yield Owner(OWNER)
    for number, person in enumerate(all_people):
        for turn in range(3):
            days = [timedelta(days=rng.randrange(900)) for _ in range(2)]
            yield Interaction(OWNER, (person,), NEWEST - days[0], Channel.MAIL, f"{number}.{turn}")
            copied = (rng.choice(all_people),) if turn == 0 else ()
            yield Interaction(person, (OWNER, *copied), NEWEST - days[1], Channel.MAIL, f"{number}.{turn}.back")


def word(rng: random.Random, syllables: int) -> str:
    """An invented name, one of 6,400 with two syllables, so that dozens of people share a name."""
    return "".join(rng.choice(_CONSONANTS) + rng.choice("aeiou") for _ in range(syllables)).title()


class TimedGraph(Graph):
    """Records when a load is published, which is when derivation starts."""

    published_at = 0.0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run a query as Graph does."""
        rows = await super().run(query, **params)
        if query.name == "ingest/publish_load":
            self.published_at = time.perf_counter()
        return rows


async def loading(graph: TimedGraph, age: str, *, people: int, network: str) -> AsyncIterator[Figure]:
    """Load, load again, move the day and remove, on a server of this `age`."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    records = list(messages(people))
    pairs = 3 * people

    async def load() -> float:
        start = time.perf_counter()
        await load_records(graph, home, member, kind="mailbox", records=records, today=TODAY)
        return start

    start = await load()
    end = time.perf_counter()
    yield _rate(f"loading into an empty network of {age}, without deriving", pairs, graph.published_at - start)
    yield _rate(f"loading into an empty network of {age}, with deriving", pairs, end - start)
    start = await load()
    yield _rate(f"loading again, unchanged, {age}", pairs, time.perf_counter() - start)
    start = time.perf_counter()
    await refresh_network(graph, home, as_of=TODAY - timedelta(days=1))
    yield _rate(f"moving the day, deriving everything, {age}", pairs, time.perf_counter() - start)
    start = time.perf_counter()
    await remove_source(graph, home, member, "mailbox")
    yield _rate(f"removing, {age}", pairs, time.perf_counter() - start)


def _rate(what: str, pairs: int, seconds: float) -> Figure:
    return Figure(what, "evidence pairs/s", {"rate": pairs / seconds, "pairs": pairs, "seconds": seconds})
