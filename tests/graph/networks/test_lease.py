"""Whose turn it is to write in a network."""

import asyncio
import socket
import sys

import neo4j

from cypher import load
from graph.database.client import Graph
from graph.networks.lease import lease
from tests.graph.worlds import home

WORKING = load("networks/count_running_work")


async def test_what_a_killed_command_asked_last_is_done_before_the_next_one_has_its_turn(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, _ = await home(graph)
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await killed.wait()
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network})
        SET n.busy_by = $holder, n.busy_until = timestamp() + 60000
        CREATE (:Written {network: $network})
        """,
        network=network,
        holder=f"{socket.gethostname()}:{killed.pid}:once",
    )

    async def written() -> bool:
        async with lease(graph, network):
            rows, _, _ = await driver.execute_query("MATCH (w:Written {network: $n}) RETURN w.last AS last", n=network)
            return bool(rows[0]["last"])

    async with driver.session() as session, await session.begin_transaction() as other:
        await other.run("MATCH (w:Written) SET w.first = true")
        last = asyncio.create_task(
            driver.execute_query("MATCH (w:Written {network: $network}) SET w.last = true", network=network)
        )
        while not (await graph.run(WORKING, network=network, longer=10))[0]["working"]:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
        next_one = asyncio.create_task(written())
        assert not (await asyncio.wait({next_one}, timeout=0.5))[0]
        await other.commit()

    await last
    assert await next_one
