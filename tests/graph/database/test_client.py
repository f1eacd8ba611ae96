"""Tests of query timeouts and the liveness probe."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ClientError

from cypher import Query
from graph.database import client as session
from graph.database.bolt import frequent_batches, reads
from graph.database.bolt.messages import Replies, read_message
from graph.database.bolt.read import Read
from graph.database.bolt.reads import send_reads
from graph.database.client import Graph, LivenessProbe
from graph.errors import QueryTimeout

SLOW = Query("slow", "UNWIND range(1, $n) AS i RETURN sum(sqrt(i)) AS sum", False, frozenset({"n"}), ("sum",))
DIVISION = Query("division", "RETURN 60 / $n AS result", False, frozenset({"n"}), ("result",))
WRITE_SENT_AS_READ = Query("write", "CREATE (n:Unwanted) RETURN 1 AS one", False, frozenset(), ("one",))
LISTED = Query("listed", "UNWIND $ids AS id RETURN id, $n AS n", False, frozenset({"ids", "n"}), ("id", "n"), "ids")
ENDLESS = 10**13
SQRTS = sum(n**0.5 for n in range(1, 5))


async def test_a_query_over_its_timeout_is_cancelled_on_client_and_server(driver: neo4j.AsyncDriver) -> None:
    with pytest.raises(QueryTimeout):
        await Graph(driver, read_timeout=0.1).run(SLOW, n=ENDLESS)

    while await running_queries(driver):  # noqa: ASYNC110 - no event to wait for
        await asyncio.sleep(0.1)


async def test_a_timeout_reported_by_the_server_raises_query_timeout(driver: neo4j.AsyncDriver) -> None:
    class ShorterTimeout(Read):
        def __init__(self, text: str, params: dict[str, Any], *_: object) -> None:
            super().__init__(text, params, 0.01)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "Read", ShorterTimeout)
        with pytest.raises(QueryTimeout):
            await Graph(driver).run(SLOW, n=ENDLESS)


async def test_a_failed_read_does_not_fail_those_of_its_batch(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver).with_batches()

    results = await asyncio.gather(*(graph.run(DIVISION, n=n) for n in (1, 0, 5)), return_exceptions=True)

    assert (results[0], results[2]) == ([{"result": 60}], [{"result": 12}])
    assert isinstance(results[1], ClientError)
    assert await graph.run(DIVISION, n=4) == [{"result": 15}]


async def test_an_unexpected_error_leaves_no_rows_to_the_next_read(
    migrated: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unreadable(Replies):
        def split(self, data: bytes) -> list[tuple[int, Any]]:
            raise MemoryError

    async with session.create_driver(*migrated) as own_driver:
        graph = Graph(own_driver)
        with monkeypatch.context() as patch:
            patch.setattr("graph.database.bolt.reads.Replies", Unreadable)
            with pytest.raises(MemoryError):
                await graph.run(LISTED, ids=list(range(100_000)), n=1)  # more than one packet
        async with asyncio.timeout(30):
            assert await graph.run(DIVISION, n=5) == [{"result": 12}]


async def test_reads_of_a_batch_that_differ_in_their_list_become_one(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []

    async def counted(driver: neo4j.AsyncDriver, database: str | None, reads: Sequence[Read]) -> None:
        sent.extend(read.params for read in reads)
        await send_reads(driver, database, reads)

    monkeypatch.setattr(session, "send_reads", counted)
    graph = Graph(driver).with_batches()

    one, two, other = await asyncio.gather(
        graph.run(LISTED, ids=["a", "b"], n=1),
        graph.run(LISTED, ids=("b", "c"), n=1),
        graph.run(LISTED, ids=["d"], n=2),
    )

    assert sent == [{"ids": ["a", "b", "c"], "n": 1}, {"ids": ["d"], "n": 2}]
    assert one == two == [{"id": id, "n": 1} for id in "abc"]
    assert other == [{"id": "d", "n": 2}]


async def test_reads_of_a_frequent_batch_become_one_query_with_the_same_results(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frequent_batches, "JOINED_AFTER", 1)
    queries: list[str] = []

    def recorded(text: str, params: Mapping[str, Any], transaction: Mapping[str, Any]) -> bytes:
        queries.append(text)
        return read_message(text, params, transaction)

    monkeypatch.setattr(reads, "read_message", recorded)
    graph = Graph(driver).with_batches()

    async def batch(n: int) -> list[Any]:
        runs = (graph.run(LISTED, ids=["b", "a"], n=n), graph.run(DIVISION, n=n), graph.run(LISTED, ids=[], n=-1))
        results = await asyncio.gather(*runs[:: n % 2 or -1], return_exceptions=True)
        await asyncio.gather(*reads.PLANNING)
        return results

    first = await batch(1)
    queries.clear()
    second, third, failed, fifth = [await batch(n) for n in (2, 3, 0, 5)]

    assert first == [[{"id": "b", "n": 1}, {"id": "a", "n": 1}], [{"result": 60}], []]
    assert second == [[], [{"result": 30}], [{"id": "b", "n": 2}, {"id": "a", "n": 2}]]
    assert third == [[{"id": "b", "n": 3}, {"id": "a", "n": 3}], [{"result": 20}], []]
    assert [type(each) for each in failed] == [list, ClientError, list]
    assert fifth[1] == [{"result": 12}]
    # three joined queries, of which the last failed, so that the batch is counted from the beginning, and planned again
    assert len(queries) == 1 + 1 + 1 + 3 + 1
    assert [queries.count(query.text) for query in (LISTED, DIVISION)] == [2, 1]


async def test_a_batch_that_is_never_answered_gives_its_connection_back(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []

    async def never_answered(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("connection")

    monkeypatch.setattr(session, "send_reads", never_answered)
    graph = Graph(driver, read_timeout=0.05).with_batches()
    results = await asyncio.gather(*(graph.run(DIVISION, n=n) for n in (1, 2)), return_exceptions=True)

    assert [type(each) for each in results] == [QueryTimeout, QueryTimeout]
    async with asyncio.timeout(10):
        while not ended:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.01)


async def test_a_plan_that_never_comes_gives_its_connection_back(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = reads._exchange

    async def exchange_or_wait(socket: Any, sent: Sequence[Read], transaction: Mapping[str, Any]) -> str | None:
        if len(sent) == 1:  # the joined query
            await asyncio.Event().wait()
        return await exchange(socket, sent, transaction)

    monkeypatch.setattr(frequent_batches, "JOINED_AFTER", 1)
    monkeypatch.setattr(reads, "_exchange", exchange_or_wait)
    monkeypatch.setattr(reads, "_PLANNING_SECONDS", 0.05)
    graph = Graph(driver).with_batches()

    for _ in range(2):
        assert await asyncio.gather(*(graph.run(SLOW, n=n) for n in (1, 4))) == [[{"sum": 1.0}], [{"sum": SQRTS}]]
        async with asyncio.timeout(10):
            await asyncio.gather(*reads.PLANNING)


async def test_a_slow_query_is_awaited_while_the_database_responds(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PROBE_AFTER_SECONDS", 0.001)
    monkeypatch.setattr(session, "PROBE_TIMEOUT_SECONDS", 60.0)

    (row,) = await Graph(driver, read_timeout=60, probe=LivenessProbe(driver)).run(SLOW, n=1_000_000)

    assert row["sum"] > 0


async def test_a_blocked_event_loop_does_not_count_as_a_dead_database(
    driver: neo4j.AsyncDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PROBE_AFTER_SECONDS", 0.001)
    monkeypatch.setattr(session, "PROBE_TIMEOUT_SECONDS", 0.08)

    async def block_event_loop() -> None:
        while True:
            time.sleep(0.1)  # noqa: ASYNC251 - blocks the event loop as a load does
            await asyncio.sleep(0)

    blocker = asyncio.create_task(block_event_loop())
    (row,) = await Graph(driver, read_timeout=60, probe=LivenessProbe(driver)).run(SLOW, n=1_000_000)
    blocker.cancel()

    assert row["sum"] > 0


async def running_queries(driver: neo4j.AsyncDriver) -> list[neo4j.Record]:
    result = await driver.execute_query(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH $slow RETURN 1", slow="UNWIND range(1, $n)"
    )
    return result.records


@pytest.mark.parametrize(("spreads_reads", "chosen"), [(False, "WRITE"), (True, "READ")])
async def test_reads_go_to_the_leader_or_to_any_member_and_are_sent_as_reads_with_bookmarks(
    migrated: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, *, spreads_reads: bool, chosen: str
) -> None:
    uri, user, password = migrated
    modes: list[str] = []
    async with session.create_driver(
        uri.replace("bolt://", "neo4j://"), user, password, spreads_reads=spreads_reads
    ) as driver:
        pool: Any = driver._pool
        select = pool._select_address

        async def recorded(**options: Any) -> Any:
            modes.append(options["access_mode"])
            return await select(**options)

        monkeypatch.setattr(pool, "_select_address", recorded)
        graph = Graph(driver)
        assert await graph.run(DIVISION, n=4) == [{"result": 15}]
        assert modes == [chosen]
        with pytest.raises(ClientError, match="read access mode"):
            await graph.run(WRITE_SENT_AS_READ)
        bookmarks: Any = driver.execute_query_bookmark_manager
        await bookmarks.update_bookmarks(await bookmarks.get_bookmarks(), {"FB:not a bookmark"})
        with pytest.raises(ClientError) as refused:
            await graph.run(DIVISION, n=4)
    assert refused.value.code == "Neo.ClientError.Transaction.InvalidBookmark"
