"""How long an answer is waited for."""

import asyncio
import time

import neo4j
import pytest

from cypher import Query
from graph.database import client as session
from graph.database.client import Graph, LivenessProbe
from graph.errors import QueryTimeout

SLOW = Query("slow", "UNWIND range(1, $n) AS i RETURN sum(sqrt(i)) AS sum", False, frozenset({"n"}), ("sum",))
FOR_EVER = 10**13


async def test_a_read_that_takes_longer_than_it_may_is_ended_on_both_sides(driver: neo4j.AsyncDriver) -> None:
    with pytest.raises(QueryTimeout):
        await Graph(driver, read_timeout=0.1).run(SLOW, n=FOR_EVER)

    while await under_way(driver):  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.1)


async def test_the_server_may_be_the_first_to_say_so(driver: neo4j.AsyncDriver) -> None:
    class Shorter(neo4j.Query):
        def __init__(self, text: str, **_: object) -> None:
            super().__init__(text, timeout=0.01)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neo4j, "Query", Shorter)
        with pytest.raises(QueryTimeout):
            await Graph(driver).run(SLOW, n=FOR_EVER)


async def test_a_database_that_thinks_is_waited_for(driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "PROBE_AFTER_SECONDS", 0.001)

    (row,) = await Graph(driver, read_timeout=60, probe=LivenessProbe(driver)).run(SLOW, n=1_000_000)

    assert row["sum"] > 0


async def test_a_process_too_busy_to_listen_does_not_take_the_database_for_gone(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PROBE_AFTER_SECONDS", 0.001)
    monkeypatch.setattr(session, "PROBE_TIMEOUT_SECONDS", 0.01)

    async def toil() -> None:
        while True:
            time.sleep(0.02)  # noqa: ASYNC251 - what a load does to all others
            await asyncio.sleep(0)

    toiling = asyncio.create_task(toil())
    (row,) = await Graph(driver, read_timeout=60, probe=LivenessProbe(driver)).run(SLOW, n=1_000_000)
    toiling.cancel()

    assert row["sum"] > 0


async def under_way(driver: neo4j.AsyncDriver) -> list[neo4j.Record]:
    found = await driver.execute_query(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH $slow RETURN 1", slow="UNWIND range(1, $n)"
    )
    return found.records
