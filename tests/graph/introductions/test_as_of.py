"""Tests that an answer for a past day equals the answer of a network moved to that day, and writes nothing."""

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
from graph.lookup.resolve import ExactReference
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Channel, Connection, Interaction, Job, Part, Record
from graph.strength.statement_kinds import CHANNEL_OF_KIND, SET_ASIDE_KINDS
from tests.graph.ties.test_past import statement, unreachable_examples
from tests.graph.worlds import NOON, TODAY, by_mail, home, load_export, network_contents, own, talk

ME, DAN = "ana@home.example", "dan@far.example"
OTHERS = ("ben@home.example", "cleo@far.example", DAN, "eva@near.example", "fay@acme.example")
COLLEAGUE = "zoe"
JOIN = "MATCH (n:Network {id: $id}) CREATE (n)-[:HAS]->(:Member {network: n.id, id: $member, role: 'member'})"

interaction_examples = st.builds(
    lambda ends, channel, ago: Interaction(
        by_mail(ends[0]), (by_mail(ends[1]),), NOON - timedelta(days=ago), channel, f"{ends}{channel}{ago}"
    ),
    st.permutations((ME, *OTHERS)).map(lambda people: people[:2]),
    st.sampled_from([Channel.MAIL, Channel.MAIL, Channel.MAIL, Channel.CALL, Channel.REACTION]),
    st.integers(0, 1500),
)
statement_examples = st.builds(
    statement,
    st.permutations((ME, *OTHERS)).map(lambda people: people[:2]),
    st.sampled_from([*CHANNEL_OF_KIND, *SET_ASIDE_KINDS]),
    st.integers(0, 900),
    st.sampled_from([30, 364, 1096]),
)


def connection_list(addresses: list[str], ago: int) -> list[Record]:
    """A list of connections made on one day, with jobs at one company."""
    jobs = [Job(by_mail(who), "Acme", "Engineer", None, None, "connections") for who in OTHERS[1:4]]
    on = TODAY - timedelta(days=ago)
    return [Part("connections"), *(Connection(by_mail(who), on, "connections") for who in addresses), *jobs]


def comparable(answer: Answer) -> Any:
    """The answer as JSON, with numbers rounded to nine digits."""
    text = json.dumps({"is": type(answer).__name__, **asdict(answer)})
    return json.loads(text, parse_float=lambda number: round(float(number), 9))


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    seen=st.lists(interaction_examples, min_size=8, max_size=40, unique_by=lambda interaction: interaction.id),
    kept=st.lists(interaction_examples, max_size=12, unique_by=lambda interaction: interaction.id),
    stated=st.lists(statement_examples, max_size=4),
    unreachable=st.lists(unreachable_examples, max_size=3),
    listed=st.lists(st.sampled_from(OTHERS), max_size=3, unique=True),
    ago=st.integers(0, 900),
    listed_ago=st.integers(0, 900),
)
async def test_an_answer_for_a_past_day_equals_the_answer_on_that_day(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    seen: list[Record],
    kept: list[Record],
    stated: list[list[Record]],
    unreachable: list[Record],
    listed: list[str],
    ago: int,
    listed_ago: int,
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    network, member = await home(graph)
    await driver.execute_query(JOIN, id=network, member=COLLEAGUE)
    load_one = partial(load_records, graph, network, kind="mailbox", today=TODAY)
    await load_one(COLLEAGUE, records=[own(DAN, "Dan"), *kept], stated_owner=DAN)
    await load_one(
        member, records=[own(ME, "Ana"), *seen, *unreachable], stated_owner=ME, sharing_level=SharingLevel.EVIDENCE
    )
    await load_export(graph, [own(ME, "Ana"), *connection_list(listed, listed_ago)], kind="linkedin")
    await load_export(graph, chain.from_iterable(stated), kind="statements", owner=None)
    state, before = await read_state(graph, network), await network_contents(driver)
    on = day_of(TODAY) - ago
    questions = [(member, target) for target in OTHERS]
    questions += [(COLLEAGUE, target) for target in OTHERS[:2] if state.people_by_member[COLLEAGUE]]
    answers = [
        comparable(
            await introductions(
                graph, build_viewer(state, who).as_of_day(on), ExactReference(target), state_for_past=state
            )
        )
        for who, target in questions
    ]
    assert await network_contents(driver) == before

    moved = await refresh_network(graph, network, as_of=date_of(on))
    assert answers == [
        comparable(await introductions(graph, build_viewer(moved, who), ExactReference(target)))
        for who, target in questions
    ]


async def test_an_answer_before_any_evidence_says_none_was_seen(graph: Graph) -> None:
    await load_export(graph, [own(ME, "Ana"), *talk(ME, OTHERS[1]), *talk(OTHERS[1], DAN, copy=ME)])
    await load_export(graph, [own(ME, "Ana"), *connection_list([DAN], ago=9)], kind="linkedin")
    network, member = await home(graph)
    state = await read_state(graph, network)

    answer = await introductions(
        graph,
        build_viewer(state, member).as_of_day(day_of(date(2020, 1, 1))),
        ExactReference(DAN),
        state_for_past=state,
    )

    assert isinstance(answer, Refusal)
    assert (answer.reason, answer.nearest_miss, answer.possible_connectors) == (Reason.NONE_SEEN, None, ())


def test_a_future_day_and_three_introducers_are_refused() -> None:
    assert why_not_as_of(TODAY, today=TODAY) is None
    assert "in the future" in (why_not_as_of(TODAY + timedelta(days=1), today=TODAY) or "")
    assert "2 introducers" in (why_not_as_of(TODAY, today=TODAY, max_introducers=3) or "")
