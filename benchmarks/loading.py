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


def letters(people: int, *, seed: int = 1) -> Iterator[Record]:
    """Six messages with each person, three in each direction, one with another person in copy: three pairs a person."""
    dice = random.Random(seed)
    all_people = [
        PersonMention((Handle(HandleKind.EMAIL, f"p{n}@firm{n % 997}.example"),), f"{word(dice, 2)} {word(dice, 3)}")
        for n in range(people)
    ]
    yield Owner(OWNER)
    for number, person in enumerate(all_people):
        for turn in range(3):
            days = [timedelta(days=dice.randrange(900)) for _ in range(2)]
            yield Interaction(OWNER, (person,), NEWEST - days[0], Channel.MAIL, f"{number}.{turn}")
            copied = (dice.choice(all_people),) if turn == 0 else ()
            yield Interaction(person, (OWNER, *copied), NEWEST - days[1], Channel.MAIL, f"{number}.{turn}.back")


def word(dice: random.Random, syllables: int) -> str:
    """An invented name, one of 6,400 with two syllables, so that dozens of people share a name."""
    return "".join(dice.choice(_CONSONANTS) + dice.choice("aeiou") for _ in range(syllables)).title()


class Watched(Graph):
    """Records when a load is published, which is when derivation starts."""

    counts_from = 0.0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run a query as Graph does."""
        rows = await super().run(query, **params)
        if query.name == "ingest/publish_load":
            self.counts_from = time.perf_counter()
        return rows


async def loading(graph: Watched, age: str, *, people: int, network: str) -> AsyncIterator[Figure]:
    """Load, load again, move the day and remove, on a server of this `age`."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    records = list(letters(people))
    pairs = 3 * people

    async def bring() -> float:
        began = time.perf_counter()
        await load_records(graph, home, member, kind="mailbox", records=records, today=TODAY)
        return began

    began = await bring()
    ended = time.perf_counter()
    yield _rate(f"loading into an empty network of {age}, without deriving", pairs, graph.counts_from - began)
    yield _rate(f"loading into an empty network of {age}, with deriving", pairs, ended - began)
    began = await bring()
    yield _rate(f"loading again, unchanged, {age}", pairs, time.perf_counter() - began)
    began = time.perf_counter()
    await refresh_network(graph, home, as_of=TODAY - timedelta(days=1))
    yield _rate(f"moving the day, deriving everything, {age}", pairs, time.perf_counter() - began)
    began = time.perf_counter()
    await remove_source(graph, home, member, "mailbox")
    yield _rate(f"removing, {age}", pairs, time.perf_counter() - began)


def _rate(what: str, pairs: int, seconds: float) -> Figure:
    return Figure(what, "evidence pairs/s", {"rate": pairs / seconds, "pairs": pairs, "seconds": seconds})
