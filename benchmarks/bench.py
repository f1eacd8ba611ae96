"""What the stages of the benchmarks share: the database, and networks that are generated once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import neo4j

from benchmarks.exports import GENERATED_EXPORTS
from benchmarks.http import contacts_of_contacts
from benchmarks.loading import TODAY, TimedGraph
from benchmarks.refusals import load_listed
from benchmarks.ties import Drawn, draw
from graph.ingest.load import load_records
from graph.networks.registry import find_or_create_network


@dataclass(frozen=True, slots=True)
class Size:
    """The sizes of the networks, and the number of repetitions of each measurement."""

    people: int
    ties_each: int
    searches: int
    past_answers: int
    """As-of answers for each kind of asker."""
    patterns: int
    """Variable-length patterns with three introducers; four times as many with fewer."""
    pattern_seconds: float
    compared: int
    """Searches whose result in memory is compared with that in Neo4j."""
    compared_people: int
    """People of the network of the stage `equality`, which compares ten times as many searches."""
    loaded: int
    listed: int
    correspondents: int
    company_searches: int
    messages: int
    rows: int
    """Rows of each export but the mailbox."""
    body: int
    friends: int
    requests: int
    """Requests over HTTP by several clients; a quarter of it for one client."""
    commands: int
    """Commands of Slack, and calls of MCP."""
    timings: int
    """Requests of each kind whose times are compared."""
    targets: int
    interactions: int
    reports: int
    """Repetitions of each report about a network."""
    scale: tuple[int, ...]
    kinds: tuple[str, ...] = tuple(GENERATED_EXPORTS)


FULL = Size(
    people=50_000,
    ties_each=48,
    searches=300,
    past_answers=200,
    patterns=3,
    pattern_seconds=10.0,
    compared=1_000,
    compared_people=100_000,
    loaded=20_000,
    listed=30_000,
    correspondents=100_000,
    company_searches=30,
    messages=100_000,
    rows=30_000,
    body=10_000,
    friends=1_000,
    requests=2_000,
    commands=200,
    timings=300,
    targets=5_000,
    interactions=300_000,
    reports=3,
    scale=(12_500, 50_000, 200_000, 800_000),
)
SMALL = Size(
    people=2_100,
    ties_each=3,
    searches=5,
    past_answers=5,
    patterns=1,
    pattern_seconds=1.0,
    compared=50,
    compared_people=100,
    loaded=100,
    listed=90,
    correspondents=90,
    company_searches=1,
    messages=200,
    rows=200,
    body=2_000,
    friends=10,
    requests=8,
    commands=8,
    timings=8,
    targets=30,
    interactions=300,
    reports=1,
    scale=(50,),
    kinds=("mailbox", "linkedin"),
)


class Bench:
    """The database of the current stage, and the networks that were generated so far."""

    def __init__(self, size: Size, folder: Path, *, server: int | None = None) -> None:
        """`server` is the process id of Neo4j, None if it runs elsewhere."""
        self.size, self.folder, self.server = size, folder, server
        self.run = f"{datetime.now(UTC):%H%M%S}"
        self.return_1 = 1.0
        self._networks: set[str] = set()
        self._drawn: Drawn | None = None

    def connect(self, driver: neo4j.AsyncDriver, address: tuple[str, str, str]) -> None:
        """Use this database."""
        self.driver, self.address, self.graph = driver, address, TimedGraph(driver)

    async def contacts(self) -> str:
        """The network of contacts of contacts."""
        name = f"contacts_{self.run}"
        if name not in self._networks:
            home, member = await find_or_create_network(self.graph, name, today=TODAY)
            await load_records(
                self.graph,
                home,
                member,
                kind="mailbox",
                records=contacts_of_contacts(self.size.friends),
                today=TODAY,
                stated_owner="ana@home.example",
            )
            self._networks.add(name)
        return name

    async def listed(self) -> str:
        """The network of a member with very many connections and correspondents."""
        name = f"listed_{self.run}"
        if name not in self._networks:
            size = self.size
            await load_listed(
                self.graph, name, listed=size.listed, correspondents=size.correspondents, there=size.listed // 3
            )
            self._networks.add(name)
        return name

    async def drawn(self) -> Drawn:
        """The network with skewed degrees."""
        if self._drawn is None:
            name = f"drawn_{self.run}"
            if name in self._networks:
                raise RuntimeError("The network was not generated, and a second attempt would take as long.")
            self._networks.add(name)
            self._drawn = await draw(self.driver, name, self.size.people, self.size.ties_each)
        return self._drawn
