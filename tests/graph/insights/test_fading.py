"""Tests that a fading tie weakens on the predicted day if there is no new contact."""

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
from tests.graph.worlds import TODAY, home, load_export, own, wrote

ME = "ana@home.example"
OTHERS = [f"{name}@{name}.example" for name in ("ben", "cleo", "dan", "eva", "fay")]
LATER = 95
"""Days without messages that the mailbox covers."""
WITHIN = 90

message_examples = st.builds(
    lambda address, is_outbound, ago: wrote(ME, address, ago=ago) if is_outbound else wrote(address, ME, ago=ago),
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
@given(seen=st.lists(message_examples, min_size=10, max_size=40, unique_by=lambda message: message.id))
async def test_a_tie_weakens_on_the_predicted_day(driver: neo4j.AsyncDriver, graph: Graph, seen: list[Any]) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    later_records: list[Record] = [LatestDate(TODAY), wrote("gus@gus.example", ME, ago=1)]
    await load_export(graph, [own(ME, "Ana"), *seen, *later_records])
    network, member = await home(graph)
    today = day_of(TODAY) - LATER
    state = await refresh_network(graph, network, as_of=date_of(today), is_pinned=True)
    me = build_viewer(state, member).person_id
    strengths = {
        by: tie.strength
        for (by, towards), tie in (await stored_ties(driver, network, unroutable=False)).items()
        if towards == me
    }
    fading = {
        tie_ahead.tie.from_person.id: tie_ahead
        for tie_ahead in await list_fading_ties(graph, state, build_viewer(state, member), within=WITHIN)
    }

    for day in sorted(
        {
            today + WITHIN,
            *(tie_ahead.weakens_on for tie_ahead in fading.values()),
            *(tie_ahead.weakens_on - 1 for tie_ahead in fading.values()),
        }
    ):
        await refresh_network(graph, network, as_of=date_of(day), is_pinned=True)
        derived = await stored_ties(driver, network, unroutable=False)
        for by, strength in strengths.items():
            tie = derived.get((by, me or ""))
            has_weakened = tie is None or tie.strength < WEAK <= strength
            if by not in fading:
                assert not has_weakened or day < today + WITHIN
            elif day in (fading[by].weakens_on - 1, fading[by].weakens_on):
                assert has_weakened is (day == fading[by].weakens_on)
                assert day < fading[by].weakens_on or fading[by].ends is (tie is None)


async def test_messages_after_the_network_day_do_not_strengthen_a_tie(graph: Graph) -> None:
    ben, cleo = OTHERS[:2]
    messages = [
        message for address in (ben, cleo) for message in (wrote(ME, address, ago=102), wrote(address, ME, ago=101))
    ]
    await load_export(graph, [own(ME, "Ana"), *messages, wrote(ben, ME, ago=80)])
    network, member = await home(graph)
    state = await refresh_network(graph, network, as_of=TODAY - timedelta(days=100), is_pinned=True)

    fading = await list_fading_ties(graph, state, build_viewer(state, member), within=WITHIN)

    assert [tie.tie.from_person.name for tie in fading] == ["Ben", "Cleo"]
    assert len({tie.weakens_on for tie in fading}) == 1
    assert all(tie.strength_after_contact > tie.tie.strength >= WEAK and not tie.ends for tie in fading)


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
STATE = NetworkState("n", 0, DAY, False, False, None, False, {"me": "a"}, {"me": Role.OWNER}, (), {}, SOURCES, 0)
ago = st.integers(0, 60) | st.integers(0, 1200) | st.integers(1000, 1096)
source = st.sampled_from(["mine", "ours"])
evidence_rows = st.builds(
    lambda out, source, ago, weight: ["i", "j", out, source, "mail", [UNTIL[source] - ago], [weight], None],
    st.booleans(),
    source,
    ago,
    st.sampled_from([0.2, 1.0, 3.0]),
)
statement_rows = st.builds(
    lambda out, channel, ago, lasts: ["i", "j", out, "says", channel, [DAY - ago], [WEIGHTS[channel]], [DAY + lasts]],
    st.booleans(),
    st.sampled_from([*model().stating, *model().parting]),
    ago,
    st.integers(-5, 100),
)
request_rows = st.builds(
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
    edges=st.lists(evidence_rows, min_size=1, max_size=12),
    statements=st.lists(statement_rows, max_size=2),
    asks=st.lists(request_rows, max_size=25),
)
def test_the_predicted_day_equals_a_search_day_by_day(edges: list[Any], statements: list[Any], asks: list[Any]) -> None:
    row = {"p": "a", "q": "b", "people": True, "colleagues": False, "edges": [*edges, *statements]}
    past = Past(STATE, "me", [row], [{"id": "b", "asks": asks}])
    now = past.tie("b", "a", on=DAY)
    ties_by_day = [past.tie("b", "a", on=DAY + idle, idle=idle) for idle in range(WITHIN + 1)]
    weak = WEAK if now and now.strength >= WEAK else 0.0
    changes = (
        (now.strength, DAY + idle, not tie)
        for idle, tie in enumerate(ties_by_day)
        if now and not now.is_asleep and (not tie or tie.strength < weak)
    )

    assert find_weakening(past, ("b", "a"), DAY, WITHIN) == next(changes, None)
    for since, idle in combinations(range(1, WITHIN + 1, 11), 2):
        least = past.lower_bound("b", "a", on=DAY + idle, idle=idle, since=since)
        assert not now or least is None or all(tie and tie.strength >= least for tie in ties_by_day[since : idle + 1])
