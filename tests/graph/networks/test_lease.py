"""Tests of the write lease of a network."""

import asyncio
import socket
import sys
from typing import Any

import neo4j
import pytest

from cypher import load
from graph.database.client import Graph
from graph.derivation.refresh import set_day
from graph.errors import NetworkBusy, QueryTimeout
from graph.networks import lease
from graph.networks.lease import write_lease
from graph.networks.state import read_state
from tests.graph.worlds import home, network_contents

RATES = load("ties/write_answer_rates")
BLOCKED = """
SHOW TRANSACTIONS YIELD parameters, status
WHERE parameters.network = $network AND status STARTS WITH 'Blocked'
"""
"""The transactions on a network that wait for another one."""


async def test_the_lease_waits_for_the_last_transaction_of_a_killed_command(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, _ = await home(graph)
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await killed.wait()
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network})
        SET n.lease_holder = $holder, n.lease_expires_at = timestamp() + 60000
        CREATE (:Written {network: $network})
        """,
        network=network,
        holder=f"{socket.gethostname()}:{killed.pid}:once",
    )

    async def last_write_is_visible() -> bool:
        async with write_lease(graph, network):
            rows, _, _ = await driver.execute_query("MATCH (w:Written {network: $n}) RETURN w.last AS last", n=network)
            return bool(rows[0]["last"])

    async with driver.session() as session, await session.begin_transaction() as other:
        await other.run("MATCH (w:Written) SET w.first = true")
        last = asyncio.create_task(
            driver.execute_query("MATCH (w:Written {network: $network}) SET w.last = true", network=network)
        )
        while not (await driver.execute_query(BLOCKED, network=network)).records:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)
        next_command = asyncio.create_task(last_write_is_visible())
        assert not (await asyncio.wait({next_command}, timeout=0.5))[0]
        await other.commit()

    await last
    assert await next_command


async def test_the_lease_waits_for_a_write_that_has_checked_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """A process may be suspended between the two queries of a write, also on another machine."""
    network, _ = await home(graph)
    checked, may_write = asyncio.Event(), asyncio.Event()

    class Suspended(neo4j.AsyncManagedTransaction):
        async def run(self, query: str, parameters: dict[str, Any]) -> neo4j.AsyncResult:  # type: ignore[override]
            if query == load("derivation/set_day").text:
                checked.set()
                await may_write.wait()
            return await super().run(query, parameters)

    async def suspended_command() -> None:
        async with write_lease(graph, network):
            await set_day(graph, network, 1)

    async def next_command() -> int:
        await driver.execute_query("MATCH (n:Network) SET n.lease_holder = 'other:1:1', n.lease_expires_at = 0")
        async with write_lease(graph, network):
            return (await read_state(graph, network)).as_of

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("neo4j._async.work.session.AsyncManagedTransaction", Suspended)
        first = asyncio.create_task(suspended_command())
        await checked.wait()
    second = asyncio.create_task(next_command())
    assert not (await asyncio.wait({second}, timeout=0.5))[0]
    may_write.set()
    await asyncio.wait({first})
    assert await second == 1


async def test_a_command_that_is_cancelled_while_it_waits_for_a_transaction_releases_the_lease(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, _ = await home(graph)

    async def holder() -> Any:
        result = await driver.execute_query("MATCH (n:Network) RETURN n.lease_holder")
        return result.records[0].value()

    async def command() -> None:
        async with write_lease(graph, network):
            pass

    async with driver.session() as session, await session.begin_transaction() as last:
        await last.run("CREATE (:Written {network: $network})", network=network)
        await driver.execute_query("MATCH (n:Network) SET n.lease_holder = 'other:1:1', n.lease_expires_at = 0")
        waiting = asyncio.create_task(command())
        while await holder() == "other:1:1":  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait({waiting})

    assert waiting.cancelled()
    assert await holder() is None


@pytest.mark.parametrize("holder", ["other:1:1", None], ids=["in use", "released again"])
async def test_a_command_ends_when_another_one_has_taken_its_lease(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch, holder: str | None
) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 2.0)
    network, _ = await home(graph)

    async def suspended_command() -> None:
        async with write_lease(graph, network):
            await driver.execute_query("MATCH (n:Network) SET n.lease_holder = $holder", holder=holder)
            await asyncio.Event().wait()

    with pytest.raises(NetworkBusy):
        await suspended_command()

    holders = await driver.execute_query("MATCH (n:Network) RETURN n.lease_holder")
    assert holders.records[0].values() == [holder]


@pytest.mark.parametrize("holder", ["other:1:1", None], ids=["in use", "released again"])
async def test_a_resumed_command_writes_nothing_before_its_first_renewal(
    driver: neo4j.AsyncDriver, graph: Graph, holder: str | None
) -> None:
    network, _ = await home(graph)
    before = await network_contents(driver)

    async def resumed_command() -> None:
        async with write_lease(graph, network):
            await driver.execute_query("MATCH (n:Network) SET n.lease_holder = $holder", holder=holder)
            await asyncio.gather(set_day(graph, network, 1), graph.run(RATES, network=network, rows=[]))

    with pytest.raises(NetworkBusy):
        await resumed_command()

    await driver.execute_query("MATCH (n:Network) REMOVE n.lease_holder, n.lease_expires_at, n.locked_at")
    assert await network_contents(driver) == before


async def test_a_command_with_the_lease_reads_its_own_writes_without_a_time_limit(graph: Graph) -> None:
    network, _ = await home(graph)
    limited = graph.with_timeout(0.0)

    async with write_lease(graph, network):
        await set_day(limited, network, 1)
        assert (await read_state(limited, network)).as_of == 1

    with pytest.raises(QueryTimeout):
        await read_state(limited, network)
