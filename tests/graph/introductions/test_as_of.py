"""An answer as of an earlier day is that of a network whose day was moved there, and nothing is written for it."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any

import neo4j
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.answers import Answer, Reason, Refusal
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.refresh import refresh_network
from graph.ingest.load import load_records
from graph.introductions.answer import introductions
from graph.introductions.as_of import why_not_as_of
from graph.lookup.resolve import Exactly
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Connection, Interaction, Job, Part, Record
from graph.strength.statement_kinds import CHANNEL_OF_KIND, SET_ASIDE_KINDS
from tests.graph.ties.test_past import statement
from tests.graph.worlds import NOON, TODAY, bring, by_mail, home, own, talk, whole

ME, DAN = "ana@home.example", "dan@far.example"
OTHERS = ("ben@home.example", "cleo@far.example", DAN, "eva@near.example", "fay@acme.example")
COLLEAGUE = "zoe"
JOIN = "MATCH (n:Network {id: $id}) CREATE (n)-[:HAS]->(:Member {network: n.id, id: $member, role: 'member'})"

acts = st.builds(
    lambda ends, channel, ago: Interaction(
        by_mail(ends[0]), (by_mail(ends[1]),), NOON - timedelta(days=ago), channel, f"{ends}{channel}{ago}"
    ),
    st.permutations((ME, *OTHERS)).map(lambda people: people[:2]),
    st.sampled_from([Channel.MAIL, Channel.MAIL, Channel.MAIL, Channel.CALL, Channel.REACTION]),
    st.integers(0, 1500),
)
said = st.builds(
    statement,
    st.permutations((ME, *OTHERS)).map(lambda people: people[:2]),
    st.sampled_from([*CHANNEL_OF_KIND, *SET_ASIDE_KINDS]),
    st.integers(0, 900),
    st.sampled_from([30, 364, 1096]),
)


def lists(whom: list[str], ago: int) -> list[Record]:
    """A list of connections, made on one day; all of them work at one company."""
    jobs = [Job(by_mail(who), "Acme", "Engineer", None, None, "connections") for who in OTHERS[1:4]]
    on = TODAY - timedelta(days=ago)
    return [Part("connections"), *(Connection(by_mail(who), on, "connections") for who in whom), *jobs]


def plain(answer: Answer) -> Any:
    """An answer to compare: odds are equal to 1e-9."""
    told = json.dumps({"is": type(answer).__name__, **asdict(answer)})
    return json.loads(told, parse_float=lambda odds: round(float(odds), 9))


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seen=st.lists(acts, min_size=8, max_size=40, unique_by=lambda act: act.id),
    kept=st.lists(acts, max_size=12, unique_by=lambda act: act.id),
    stated=st.lists(said, max_size=4),
    listed=st.lists(st.sampled_from(OTHERS), max_size=3, unique=True),
    ago=st.integers(0, 900),
    listed_ago=st.integers(0, 900),
)
async def test_an_earlier_answer_is_that_of_a_network_on_that_day(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    seen: list[Record],
    kept: list[Record],
    stated: list[list[Record]],
    listed: list[str],
    ago: int,
    listed_ago: int,
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    network, member = await home(graph)
    await driver.execute_query(JOIN, id=network, member=COLLEAGUE)
    load_one = partial(load_records, graph, network, kind="mailbox", today=TODAY)
    await load_one(COLLEAGUE, records=[own(DAN, "Dan"), *kept], stated_owner=DAN)
    await load_one(member, records=[own(ME, "Ana"), *seen], stated_owner=ME, sharing_level=SharingLevel.EVIDENCE)
    await bring(graph, [own(ME, "Ana"), *lists(listed, listed_ago)], kind="linkedin")
    await bring(graph, chain.from_iterable(stated), kind="statements")
    now, before = await read_state(graph, network), await whole(driver)
    on = day_of(TODAY) - ago
    asked = [(member, target) for target in OTHERS]
    asked += [(COLLEAGUE, target) for target in OTHERS[:2] if now.people_by_member[COLLEAGUE]]
    told = [
        plain(await introductions(graph, build_viewer(now, who).as_of_day(on), Exactly(target), state_for_past=now))
        for who, target in asked
    ]
    assert await whole(driver) == before

    moved = await refresh_network(graph, network, as_of=date_of(on))
    assert told == [
        plain(await introductions(graph, build_viewer(moved, who), Exactly(target))) for who, target in asked
    ]


async def test_before_anything_was_seen_that_is_the_answer(graph: Graph) -> None:
    await bring(graph, [own(ME, "Ana"), *talk(ME, OTHERS[1]), *talk(OTHERS[1], DAN, copy=ME)])
    await bring(graph, [own(ME, "Ana"), *lists([DAN], ago=9)], kind="linkedin")
    network, member = await home(graph)
    now = await read_state(graph, network)

    found = await introductions(
        graph, build_viewer(now, member).as_of_day(day_of(date(2020, 1, 1))), Exactly(DAN), state_for_past=now
    )

    assert isinstance(found, Refusal)
    assert (found.reason, found.nearest_miss, found.possible_connectors) == (Reason.NONE_SEEN, None, ())


def test_what_is_still_to_come_is_not_answered() -> None:
    assert why_not_as_of(TODAY, today=TODAY) is None
    assert "in the future" in (why_not_as_of(TODAY + timedelta(days=1), today=TODAY) or "")
    assert "2 introducers" in (why_not_as_of(TODAY, today=TODAY, max_introducers=3) or "")
