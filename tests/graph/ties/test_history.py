"""Tests of the history of a tie: its months, what would raise its level, and when it fades."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.networks.state import read_state
from graph.records import Record
from graph.strength.model import label_index
from graph.ties.history import TieEvent, history, months
from graph.ties.past import Past, read_past
from tests.graph.worlds import TODAY, home, load_export, own, talk, wrote

ME, BEN = "ana@home.example", "ben@acme.example"
ON = day_of(TODAY)


async def load_past(driver: neo4j.AsyncDriver, graph: Graph, *records: Record) -> tuple[Past, str, str]:
    """Load records of Ben and me, and return our past with our ids."""
    await load_export(graph, [own(ME, "Ana"), *records])
    network, member = await home(graph)
    rows, _, _ = await driver.execute_query("MATCH (p:Person)<-[:OF]-(i) RETURN i.key AS key, p.id AS id")
    ids = {row["key"]: row["id"] for row in rows}
    ben, me = ids[f"email:{BEN}"], ids[f"email:{ME}"]
    return await read_past(graph, await read_state(graph, network), member, [(ben, me)]), ben, me


async def test_the_months_of_a_tie_contain_all_its_evidence(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    loaded_past, ben, me = await load_past(driver, graph, *talk(BEN, ME, ago=3), *talk(BEN, ME, times=2, ago=60))

    tie_months = months(loaded_past, ben, me, on=ON, count=4)

    assert [date_of(month.day).isoformat() for month in tie_months] == [
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
        "2026-11-22",
    ]
    assert [month.outbound.counts.get("mail", 0) for month in tie_months] == [0, 2, 0, 5]
    assert [month.inbound.counts.get("mail", 0) for month in tie_months] == [0, 2, 0, 5]
    assert [month.strength for month in tie_months] == [
        loaded_past.tie_strength(ben, me, on=month.day) for month in tie_months
    ]
    assert tie_months[0].strength is None


async def test_a_tie_fades_on_the_first_day_with_a_weaker_level(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    loaded_past, ben, me = await load_past(driver, graph, *talk(BEN, ME))

    tie_history = history(loaded_past, ben, me, on=ON)

    assert tie_history.turn is not None
    idle = tie_history.turn.day - ON
    before = loaded_past.tie_strength(ben, me, on=ON + idle - 1, idle=idle - 1)
    assert label_index(before) == label_index(tie_history.strength) > label_index(tie_history.turn.strength)


@pytest.mark.parametrize(
    ("seen", "event", "times"),
    [
        ([wrote(BEN, ME, ago=200), wrote(ME, BEN, ago=199)], TieEvent.MESSAGE, 1),
        ([wrote(BEN, ME, ago=0), wrote(ME, BEN, ago=1)], TieEvent.MESSAGE, 1),
        ([wrote(ME, BEN, ago=400), *(wrote(BEN, ME, ago=ago) for ago in (0, 1, 2))], TieEvent.MESSAGE, 5),
        ([wrote(BEN, ME, ago=5), *(wrote(ME, BEN, ago=20 + 2 * n) for n in range(9))], TieEvent.ANSWER, 1),
        ([wrote(BEN, ME, ago=ago) for ago in (5, 6, 7)], TieEvent.REPLY, 1),
    ],
    ids=["old contact", "single contact", "strong tie", "seldom answers", "unanswered contact"],
)
async def test_the_first_change_is_the_smallest_that_raises_the_level(
    driver: neo4j.AsyncDriver, graph: Graph, seen: list[Record], event: TieEvent, times: int
) -> None:
    loaded_past, ben, me = await load_past(driver, graph, *seen)

    tie_history = history(loaded_past, ben, me, on=ON)

    first = tie_history.changes[0]
    assert (first.event, first.times) == (event, times)
    assert label_index(first.strength) > label_index(tie_history.strength)
    assert {change.event for change in tie_history.changes} >= {TieEvent.MESSAGE, TieEvent.ANSWER, TieEvent.STATEMENT}


async def test_requests_are_counted_once_answered_or_expired(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    requests = [wrote(ME, BEN, ago=ago) for ago in (1, 20, 40, 500)]
    loaded_past, ben, _ = await load_past(driver, graph, wrote(BEN, ME, ago=39), wrote(BEN, ME, ago=0.5), *requests)

    assert loaded_past.count_requests(ben, on=ON, days=365)[:2] == (3, 2)
    assert loaded_past.count_requests(ben, on=ON - 30, days=365)[:2] == (1, 1)


async def test_an_unknown_person_has_an_empty_history(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    loaded_past, ben, _ = await load_past(driver, graph, wrote(BEN, ME))

    tie_history = history(loaded_past, ben, "nobody", on=ON)

    assert (tie_history.strength, tie_history.outbound.counts, tie_history.turn) == (None, {}, None)
    assert {change.strength for change in tie_history.changes} == {None}
