"""Ties are said to turn on the day on which, were nothing to happen, they turn."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import neo4j
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.refresh import refresh_network
from graph.insights.fading import find_weakening, list_fading_ties
from graph.networks.permissions import Role
from graph.networks.sources import SharingLevel, Source
from graph.networks.state import NetworkState, build_viewer
from graph.records import LatestDate, Record
from graph.strength.model import WEAK, model
from graph.ties.past import Past
from tests.graph.ties.test_past import stored_ties
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
    late: list[Record] = [LatestDate(TODAY), wrote("gus@gus.example", ME, ago=1)]
    await bring(graph, [own(ME, "Ana"), *seen, *late])
    network, member = await home(graph)
    today = day_of(TODAY) - LATER
    then = await refresh_network(graph, network, as_of=date_of(today), is_pinned=True)
    me = build_viewer(then, member).person_id
    now = {
        by: tie.strength
        for (by, towards), tie in (await stored_ties(driver, network, barred=False)).items()
        if towards == me
    }
    found = {
        one.tie.from_person.id: one
        for one in await list_fading_ties(graph, then, build_viewer(then, member), within=WITHIN)
    }

    for day in sorted(
        {today + WITHIN, *(one.weakens_on for one in found.values()), *(one.weakens_on - 1 for one in found.values())}
    ):
        await refresh_network(graph, network, as_of=date_of(day), is_pinned=True)
        derived = await stored_ties(driver, network, barred=False)
        for by, acts in now.items():
            tie = derived.get((by, me or ""))
            turned = tie is None or tie.strength < WEAK <= acts
            if by not in found:
                assert not turned or day < today + WITHIN
            elif day in (found[by].weakens_on - 1, found[by].weakens_on):
                assert turned is (day == found[by].weakens_on)
                assert day < found[by].weakens_on or found[by].ends is (tie is None)


async def test_what_came_later_does_not_keep_a_tie(graph: Graph) -> None:
    ben, cleo = OTHERS[:2]
    letters = [letter for who in (ben, cleo) for letter in (wrote(ME, who, ago=102), wrote(who, ME, ago=101))]
    await bring(graph, [own(ME, "Ana"), *letters, wrote(ben, ME, ago=80)])
    network, member = await home(graph)
    then = await refresh_network(graph, network, as_of=TODAY - timedelta(days=100), is_pinned=True)

    found = await list_fading_ties(graph, then, build_viewer(then, member), within=WITHIN)

    assert [one.tie.from_person.name for one in found] == ["Ben", "Cleo"]
    assert len({one.weakens_on for one in found}) == 1
    assert all(one.strength_after_contact > one.tie.strength >= WEAK and not one.ends for one in found)


DAY, WEIGHTS = day_of(TODAY), model().weights
UNTIL = {"mine": DAY, "ours": DAY - 40}
SOURCES = tuple(
    Source(
        id,
        "mailbox",
        "",
        SharingLevel.EVIDENCE if id == "ours" else SharingLevel.PRIVATE,
        "ready",
        "me",
        until,
        None,
        None,
        {},
    )
    for id, until in [*UNTIL.items(), ("says", None)]
)
THERE = NetworkState("n", 0, DAY, False, False, None, False, {"me": "a"}, {"me": Role.OWNER}, (), {}, SOURCES, 0)
ago = st.integers(0, 60) | st.integers(0, 1200) | st.integers(1000, 1096)
source = st.sampled_from(["mine", "ours"])
written = st.builds(
    lambda out, source, ago, weight: ["i", "j", out, source, "mail", [UNTIL[source] - ago], [weight], None],
    st.booleans(),
    source,
    ago,
    st.sampled_from([0.2, 1.0, 3.0]),
)
stated = st.builds(
    lambda out, channel, ago, lasts: ["i", "j", out, "says", channel, [DAY - ago], [WEIGHTS[channel]], [DAY + lasts]],
    st.booleans(),
    st.sampled_from([*model().stating, *model().parting]),
    ago,
    st.integers(-5, 100),
)
asked = st.builds(
    lambda by, source, ago, after: [
        *(by, "j", source, "mail"),
        [UNTIL[source] - ago],
        [UNTIL[source] - ago + (after if after <= ago else model().answer_within + 1)],
    ],
    st.sampled_from(["a", "c", "d"]),
    source,
    ago,
    st.sampled_from([0, 3, 14, 15, 15, 15]),
)


@settings(max_examples=200, deadline=None)
@given(
    edges=st.lists(written, min_size=1, max_size=12),
    said=st.lists(stated, max_size=2),
    asks=st.lists(asked, max_size=25),
)
def test_the_day_is_the_one_that_looking_at_each_would_find(edges: list[Any], said: list[Any], asks: list[Any]) -> None:
    row = {"p": "a", "q": "b", "people": True, "colleagues": False, "edges": [*edges, *said]}
    found = Past(THERE, "me", [row], [{"id": "b", "asks": asks}])
    now = found.tie("b", "a", on=DAY)
    then = [found.tie("b", "a", on=DAY + idle, idle=idle) for idle in range(WITHIN + 1)]
    weak = WEAK if now and now.strength >= WEAK else 0.0
    turns = (
        (now.strength, DAY + idle, not tie) for idle, tie in enumerate(then) if now and (not tie or tie.strength < weak)
    )

    assert find_weakening(found, ("b", "a"), DAY, WITHIN) == next(turns, None)
    for since, idle in combinations(range(1, WITHIN + 1, 11), 2):
        least = found.lower_bound("b", "a", on=DAY + idle, idle=idle, since=since)
        assert not now or least is None or all(tie and tie.strength >= least for tie in then[since : idle + 1])
