"""Tests that a running service advances the day of its networks while it answers queries."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from cypher import Query
from graph.answers import Refusal
from graph.database.client import Graph, open_service_graph
from graph.days import date_of
from graph.derivation.refresh import refresh_network
from graph.ingest.remove import remove_source
from graph.introductions.answer import introductions
from graph.networks import lease as networks
from graph.networks.lease import write_lease
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.records import Record
from operations.daily_upkeep import daily_upkeep
from tests.api.conftest import SIGNED, TOKEN, served
from tests.api.test_app import Cable
from tests.graph.worlds import TODAY, home, load_export, own, owner_viewer, talk

POLL_SECONDS = 0.05
TOMORROW = TODAY + timedelta(days=1)
QUESTION = """{
  viewer { asOf isUpToDate }
  introductions(to: {email: "jane@far.example"}) { ... on Introductions { routes { introducers { name } } } }
}"""


class Clock:
    """A clock that a test sets, and that counts how often it was read."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.reads = 0

    def __call__(self) -> date:
        self.reads += 1
        return self.day

    async def wait_for_reads(self, times: int = 2) -> None:
        """Wait until one round of the upkeep is complete, and another has begun."""
        before = self.reads
        await wait_until(lambda: self.reads >= before + times)


async def wait_until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(POLL_SECONDS)


@pytest_asyncio.fixture(loop_scope="session")
async def network(graph: Graph) -> str:
    """Ben knows Ana, and Jane answers Ben."""
    network, member = await home(graph)
    messages: list[Record] = [own("ana@home.example", "Ana Silva")]
    messages += talk("ben@near.example", "ana@home.example")
    messages += talk("jane@far.example", "ben@near.example", copy="ana@home.example")
    await load_export(graph, messages)
    await grant_token(graph, network, member, TOKEN)
    return network


async def day(graph: Graph, network: str) -> date:
    return date_of((await read_state(graph, network)).as_of)


async def wait_for_tomorrow(graph: Graph, network: str) -> None:
    """Wait until the network is at the next day."""
    while await day(graph, network) != TOMORROW:  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(POLL_SECONDS)


async def query(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = (await client.post("/graphql", json={"query": QUESTION}, headers=SIGNED)).json()
    assert "errors" not in answer
    data: dict[str, Any] = answer["data"]
    return data


async def test_queries_are_answered_while_the_day_advances(graph: Graph, network: str) -> None:
    clock = Clock(TODAY)
    async with served(graph, networks=[network], today=clock, poll_seconds=POLL_SECONDS) as client:
        await clock.wait_for_reads()
        days = {(await query(client))["viewer"]["asOf"]}
        clock.day = TOMORROW
        while True:
            data = await query(client)
            assert data["introductions"]["routes"][0]["introducers"] == [{"name": "Ben"}]
            days.add(data["viewer"]["asOf"])
            if data["viewer"] == {"asOf": TOMORROW.isoformat(), "isUpToDate": True}:
                break

    assert days == {TODAY.isoformat(), TOMORROW.isoformat()}


async def test_new_networks_are_kept_current(graph: Graph, network: str) -> None:
    clock = Clock(TOMORROW)

    async with daily_upkeep(graph, None, clock, poll_seconds=POLL_SECONDS):
        await clock.wait_for_reads()
        later, _ = await home(graph, "later")
        for _ in range(3):
            await clock.wait_for_reads()

    assert [await day(graph, one) for one in (network, later)] == [TOMORROW, TOMORROW]


async def test_a_day_chosen_by_the_user_is_kept(graph: Graph, network: str) -> None:
    chosen = TODAY - timedelta(days=40)
    await refresh_network(graph, network, as_of=chosen, is_pinned=True)
    clock = Clock(TOMORROW)

    async with daily_upkeep(graph, [network], clock, poll_seconds=POLL_SECONDS):
        await clock.wait_for_reads()

    assert await day(graph, network) == chosen


async def test_the_upkeep_of_a_busy_network_is_retried(
    graph: Graph, network: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "WAIT_SECONDS", 0.0)
    clock = Clock(TODAY)

    async with daily_upkeep(graph, [network], clock, poll_seconds=POLL_SECONDS):
        async with write_lease(graph, network):
            clock.day = TOMORROW
            await clock.wait_for_reads()
            assert await day(graph, network) == TODAY
        await wait_for_tomorrow(graph, network)


async def test_the_upkeep_is_retried_after_a_database_failure(
    graph: Graph, network: str, migrated: tuple[str, str, str]
) -> None:
    uri, user, password = migrated
    cable, clock = Cable(uri), Clock(TOMORROW)
    await cable.plug()
    await cable.cut()
    async with (
        open_service_graph(f"bolt://127.0.0.1:{cable.port}", user, password) as away,
        daily_upkeep(away, [network], clock, poll_seconds=POLL_SECONDS),
    ):
        await clock.wait_for_reads()
        await cable.plug()
        await wait_for_tomorrow(graph, network)
    await cable.cut()


async def test_the_next_service_completes_interrupted_work(graph: Graph, network: str) -> None:
    ending = asyncio.Event()

    class Ended(Graph):
        """A graph that fails while ties are derived."""

        async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
            if query.name == "ties/read_evidence_to_derive":
                ending.set()
                await asyncio.sleep(3600)
            return await super().run(query, **params)

    async with daily_upkeep(Ended(graph._driver), [network], Clock(TOMORROW), poll_seconds=POLL_SECONDS):
        await ending.wait()
    assert (await read_state(graph, network)).needs_recovery

    clock = Clock(TOMORROW)
    async with daily_upkeep(graph, [network], clock, poll_seconds=POLL_SECONDS):
        await clock.wait_for_reads()

    assert not (await read_state(graph, network)).needs_recovery


async def test_a_tie_deleted_during_a_search_removes_its_routes(graph: Graph, network: str) -> None:
    asking: list[str] = []
    viewer = await owner_viewer(graph)

    class Emptied(Graph):
        """A graph whose evidence is removed right after a route was found."""

        async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
            if query.name == "ties/read_ties" and "introductions/find_routes_one_introducer" in asking:
                await remove_source(graph, network, viewer.member, "mailbox ana@home.example")
            asking.append(query.name)
            return await super().run(query, **params)

    answer = await introductions(Emptied(graph._driver), viewer, "jane@far.example")

    assert isinstance(answer, Refusal)
