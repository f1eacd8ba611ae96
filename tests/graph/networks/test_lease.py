"""Whose turn it is to write in a network."""

import asyncio
import socket
import sys

import neo4j

from cypher import load
from graph.database.client import Graph
from graph.networks.lease import write_lease
from tests.graph.worlds import home

RUNNING = load("networks/has_running_transactions")


async def test_what_a_killed_command_asked_last_is_done_before_the_next_one_has_its_turn(
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

    async def written() -> bool:
        async with write_lease(graph, network):
            rows, _, _ = await driver.execute_query("MATCH (w:Written {network: $n}) RETURN w.last AS last", n=network)
            return bool(rows[0]["last"])

    async with driver.session() as session, await session.begin_transaction() as other:
        await other.run("MATCH (w:Written) SET w.first = true")
        last = asyncio.create_task(
            driver.execute_query("MATCH (w:Written {network: $network}) SET w.last = true", network=network)
        )
        while not (await graph.run(RUNNING, network=network, longer_than_ms=10))[0]["is_running"]:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
        next_one = asyncio.create_task(written())
        assert not (await asyncio.wait({next_one}, timeout=0.5))[0]
        await other.commit()

    await last
    assert await next_one
