"""Ties are said to turn on the day on which, were nothing to happen, they turn."""

from datetime import timedelta
from typing import Any

import neo4j
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.fading import fading
from graph.introductions import WEAK
from graph.load import refresh
from graph.network import date_of, day_of, viewer
from graph.records import Dated, Record
from graph.session import Graph
from tests.graph.test_past import ties
from tests.graph.worlds import TODAY, bring, home, own, wrote

ME = "ana@home.example"
OTHERS = [f"{name}@{name}.example" for name in ("ben", "cleo", "dan", "eva", "fay")]
LATER = 95
"""Days for which nothing happens, though the mailbox saw them."""
WITHIN = 90

letters = st.builds(
    lambda who, mine, ago: wrote(ME, who, ago=ago) if mine else wrote(who, ME, ago=ago),
    st.sampled_from(OTHERS),
    st.booleans(),
    st.integers(LATER + 1, LATER + 120) | st.integers(LATER + 1, LATER + 1200),
)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seen=st.lists(letters, min_size=10, max_size=40, unique_by=lambda one: one.id))
async def test_a_tie_turns_on_the_day_foretold(driver: neo4j.AsyncDriver, graph: Graph, seen: list[Any]) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    late: list[Record] = [Dated(TODAY), wrote("gus@gus.example", ME, ago=1)]
    await bring(graph, [own(ME, "Ana"), *seen, *late])
    network, member = await home(graph)
    today = day_of(TODAY) - LATER
    then = await refresh(graph, network, as_of=date_of(today), held=True)
    me = viewer(then, member).person_id
    now = {by: tie.acts for (by, towards), tie in (await ties(driver, network, barred=False)).items() if towards == me}
    found = {one.tie.by.id: one for one in await fading(graph, then, viewer(then, member), within=WITHIN)}

    for day in sorted({today + WITHIN, *(one.on for one in found.values()), *(one.on - 1 for one in found.values())}):
        await refresh(graph, network, as_of=date_of(day), held=True)
        derived = await ties(driver, network, barred=False)
        for by, acts in now.items():
            tie = derived.get((by, me or ""))
            turned = tie is None or tie.acts < WEAK <= acts
            if by not in found:
                assert not turned or day < today + WITHIN
            elif day in (found[by].on - 1, found[by].on):
                assert turned is (day == found[by].on)
                assert day < found[by].on or found[by].cold is (tie is None)


async def test_what_came_later_does_not_keep_a_tie(graph: Graph) -> None:
    ben, cleo = OTHERS[:2]
    letters = [letter for who in (ben, cleo) for letter in (wrote(ME, who, ago=102), wrote(who, ME, ago=101))]
    await bring(graph, [own(ME, "Ana"), *letters, wrote(ben, ME, ago=80)])
    network, member = await home(graph)
    then = await refresh(graph, network, as_of=TODAY - timedelta(days=100), held=True)

    found = await fading(graph, then, viewer(then, member), within=WITHIN)

    assert [one.tie.by.name for one in found] == ["Ben", "Cleo"]
    assert len({one.on for one in found}) == 1
    assert all(one.after > one.tie.odds >= WEAK and not one.cold for one in found)
