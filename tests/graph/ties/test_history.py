"""What explains a tie: its months, what would lift it, and when it turns."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.networks.state import read_state
from graph.records import Record
from graph.strength.model import level
from graph.ties.history import TieEvent, history, months
from graph.ties.past import Past, past
from tests.graph.worlds import TODAY, bring, home, own, talk, wrote

ME, BEN = "ana@home.example", "ben@acme.example"
ON = day_of(TODAY)


async def between(driver: neo4j.AsyncDriver, graph: Graph, *records: Record) -> tuple[Past, str, str]:
    """What passed between Ben and me, and our ids."""
    await bring(graph, [own(ME, "Ana"), *records])
    network, member = await home(graph)
    rows, _, _ = await driver.execute_query("MATCH (p:Person)<-[:OF]-(i) RETURN i.key AS key, p.id AS id")
    ids = {row["key"]: row["id"] for row in rows}
    ben, me = ids[f"email:{BEN}"], ids[f"email:{ME}"]
    return await past(graph, await read_state(graph, network), member, [(ben, me)]), ben, me


async def test_the_months_of_a_tie_hold_all_that_was_seen_in_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    found, ben, me = await between(driver, graph, *talk(BEN, ME, ago=3), *talk(BEN, ME, times=2, ago=60))

    told = months(found, ben, me, on=ON, count=4)

    assert [date_of(month.day).isoformat() for month in told] == [
        "2026-08-31",
        "2026-09-30",
        "2026-10-31",
        "2026-11-22",
    ]
    assert [month.outbound.counts.get("mail", 0) for month in told] == [0, 2, 0, 5]
    assert [month.inbound.counts.get("mail", 0) for month in told] == [0, 2, 0, 5]
    assert [month.strength for month in told] == [found.tie_strength(ben, me, on=month.day) for month in told]
    assert told[0].strength is None


async def test_a_tie_turns_on_the_first_day_on_which_it_reads_weaker(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    found, ben, me = await between(driver, graph, *talk(BEN, ME))

    told = history(found, ben, me, on=ON)

    assert told.turn is not None
    idle = told.turn.day - ON
    before = found.tie_strength(ben, me, on=ON + idle - 1, idle=idle - 1)
    assert level(before) == level(told.strength) > level(told.turn.strength)


@pytest.mark.parametrize(
    ("seen", "event", "times"),
    [
        ([wrote(BEN, ME, ago=200), wrote(ME, BEN, ago=199)], TieEvent.MESSAGE, 1),
        ([wrote(BEN, ME, ago=0), wrote(ME, BEN, ago=1)], TieEvent.MESSAGE, 1),
        ([wrote(ME, BEN, ago=400), *(wrote(BEN, ME, ago=ago) for ago in (0, 1, 2))], TieEvent.MESSAGE, 5),
        ([wrote(BEN, ME, ago=5), *(wrote(ME, BEN, ago=20 + 2 * n) for n in range(9))], TieEvent.ANSWER, 1),
        ([wrote(BEN, ME, ago=ago) for ago in (5, 6, 7)], TieEvent.REPLY, 1),
    ],
    ids=["long ago", "once", "who is good already", "who seldom answers", "an approach"],
)
async def test_what_helps_most_is_the_least_that_lifts_a_tie(
    driver: neo4j.AsyncDriver, graph: Graph, seen: list[Record], event: TieEvent, times: int
) -> None:
    found, ben, me = await between(driver, graph, *seen)

    told = history(found, ben, me, on=ON)

    first = told.changes[0]
    assert (first.event, first.times) == (event, times)
    assert level(first.strength) > level(told.strength)
    assert {change.event for change in told.changes} >= {TieEvent.MESSAGE, TieEvent.ANSWER, TieEvent.STATEMENT}


async def test_asks_of_the_last_year_are_counted_once_they_are_answered_or_over(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    asked = [wrote(ME, BEN, ago=ago) for ago in (1, 20, 40, 500)]
    found, ben, _ = await between(driver, graph, wrote(BEN, ME, ago=39), wrote(BEN, ME, ago=0.5), *asked)

    assert found.count_requests(ben, on=ON, days=365) == (3, 2)
    assert found.count_requests(ben, on=ON - 30, days=365) == (1, 1)


async def test_of_somebody_who_is_not_there_nothing_was_seen(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    found, ben, _ = await between(driver, graph, wrote(BEN, ME))

    told = history(found, ben, "nobody", on=ON)

    assert (told.strength, told.outbound.counts, told.turn) == (None, {}, None)
    assert {change.strength for change in told.changes} == {None}
