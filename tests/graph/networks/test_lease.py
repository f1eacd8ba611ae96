"""Tests of the write lease of a network."""

import asyncio
import socket
import sys

import neo4j
import pytest

from cypher import load
from graph.database.client import Graph
from graph.errors import NetworkBusy
from graph.networks import lease
from graph.networks.lease import write_lease
from tests.graph.worlds import home

RUNNING = load("networks/has_running_transactions")


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
        while not (await graph.run(RUNNING, network=network, longer_than_ms=10))[0]["is_running"]:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)
        next_command = asyncio.create_task(last_write_is_visible())
        assert not (await asyncio.wait({next_command}, timeout=0.5))[0]
        await other.commit()

    await last
    assert await next_command


@pytest.mark.parametrize("holder", ["other:1:1", None], ids=["in use", "released again"])
async def test_a_command_ends_when_another_one_has_taken_its_lease(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch, holder: str | None
) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 0.2)
    network, _ = await home(graph)

    async def suspended_command() -> None:
        async with write_lease(graph, network):
            await driver.execute_query("MATCH (n:Network) SET n.lease_holder = $holder", holder=holder)
            await asyncio.Event().wait()

    with pytest.raises(NetworkBusy):
        await suspended_command()

    holders = await driver.execute_query("MATCH (n:Network) RETURN n.lease_holder")
    assert holders.records[0].values() == [holder]
