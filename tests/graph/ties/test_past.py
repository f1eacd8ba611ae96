"""Tests that the tie computed for an earlier day equals the one the database derives on that day."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, permutations

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.derivation.refresh import refresh_network
from graph.networks.permissions import Role
from graph.networks.sources import SharingLevel, Source
from graph.networks.state import NetworkState, read_state
from graph.records import Channel, Interaction, Record, StatementRecord, UnreachableHandles, UnreachableReason
from graph.strength.statement_kinds import CHANNEL_OF_KIND, SET_ASIDE_KINDS, StatementKind
from graph.ties.evidence import read_evidence
from graph.ties.past import DatedTie, Past, read_past
from tests.graph.worlds import NOON, TODAY, by_mail, home, load_export, own, owner_viewer, wrote

ME = "ana@home.example"
EVERYBODY = (ME, "ben@acme.example", "cleo@far.example", "dan@far.example")
KNOWN = """
MATCH (i:Identity)-[:OF]->(b:Person {network: $network})-[k:KNOWS]->(a:Person)<-[:OF]-(j:Identity)
WHERE $unroutable OR NOT k.audience ENDS WITH ' unroutable'
RETURN b.id AS by, a.id AS towards, max(k.strength) AS strength, max(k.mutual_strength) AS mutual_strength,
  max(k.last_day) AS last,
  any(mutual IN collect(k.is_mutual) WHERE mutual) AS mutual,
  all(asleep IN collect(coalesce(k.asleep, false)) WHERE asleep) AS asleep,
  any(unreachable IN collect(coalesce(k.unreachable, false)) WHERE unreachable) AS unreachable
"""

interaction_examples = st.builds(
    lambda ends, channel, ago: Interaction(
        by_mail(ends[0]), (by_mail(ends[1]),), NOON - timedelta(days=ago), channel, f"{ends}{channel}{ago}"
    ),
    st.permutations(EVERYBODY).map(lambda people: people[:2]),
    st.sampled_from([Channel.MAIL, Channel.MAIL, Channel.MAIL, Channel.CALL, Channel.REACTION]),
    st.integers(0, 1500),
)


def statement(ends: list[str], kind: StatementKind, ago: int, lasts: int) -> list[Record]:
    """Ana's statement on a pair, as graph.statements stores it. Own ties and disabled ties have both directions."""
    on = TODAY - timedelta(days=ago)
    pairs = [ends, ends[::-1]] if ME in ends or kind in SET_ASIDE_KINDS else [ends]
    until = on + timedelta(days=lasts)
    return [StatementRecord(by_mail(by), by_mail(to), on, until, CHANNEL_OF_KIND[kind]) for by, to in pairs]


statement_pairs = st.builds(
    statement,
    st.permutations(EVERYBODY).map(lambda people: people[:2]),
    st.sampled_from([*CHANNEL_OF_KIND, *SET_ASIDE_KINDS]),
    st.integers(0, 900),
    st.sampled_from([30, 364, 1096]),
)


unreachable_examples = st.builds(
    lambda who, ago, reason: UnreachableHandles(by_mail(who), TODAY - timedelta(days=ago), reason),
    st.sampled_from(EVERYBODY),
    st.integers(0, 900),
    st.sampled_from([*UnreachableReason]),
)


async def stored_ties(driver: neo4j.AsyncDriver, network: str, *, unroutable: bool) -> dict[tuple[str, str], DatedTie]:
    """The stored KNOWS with the maximum over audiences. `unroutable` includes the ties that routes must not use."""
    rows, _, _ = await driver.execute_query(KNOWN, network=network, unroutable=unroutable)
    return {
        (row["by"], row["towards"]): DatedTie(
            row["strength"], row["mutual_strength"], row["last"], row["mutual"], row["asleep"], row["unreachable"]
        )
        for row in rows
    }


async def load_everything(driver: neo4j.AsyncDriver, graph: Graph) -> tuple[str, Past, list[str]]:
    """The network's id, its past for all pairs of people, and their ids."""
    network, member = await home(graph)
    rows, _, _ = await driver.execute_query("MATCH (p:Person {network: $network}) RETURN p.id", network=network)
    people = [row[0] for row in rows]
    loaded_past = await read_past(graph, await read_state(graph, network), member, list(permutations(people, 2)))
    return network, loaded_past, people


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seen=st.lists(interaction_examples, min_size=8, max_size=40, unique_by=lambda interaction: interaction.id),
    stated=st.lists(statement_pairs, max_size=4),
    unreachable=st.lists(unreachable_examples, max_size=3),
    ago=st.lists(st.integers(0, 900), min_size=2, max_size=2),
)
async def test_past_ties_equal_those_derived_on_that_day(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    seen: list[Record],
    stated: list[list[Record]],
    unreachable: list[Record],
    ago: list[int],
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await load_export(graph, [own(ME, "Ana"), *seen, *unreachable])
    await load_export(graph, chain.from_iterable(stated), kind="statements", owner=None)
    network, loaded_past, people = await load_everything(driver, graph)

    for day in (day_of(TODAY) - days for days in ago):
        await refresh_network(graph, network, as_of=date_of(day))
        evidence = await read_evidence(graph, await owner_viewer(graph), list(permutations(people, 2)))
        assert {pair: loaded_past.evidence(*pair, on=day)[0] for pair in evidence} == evidence
        for unroutable in (False, True):
            derived = await stored_ties(driver, network, unroutable=unroutable)
            pairs = permutations(people, 2)
            expected = {pair: tie for pair in pairs if (tie := loaded_past.tie(*pair, on=day, unroutable=unroutable))}

            assert expected.keys() == derived.keys()
            for pair, tie in expected.items():
                assert (tie.strength, tie.mutual_strength) == pytest.approx(
                    (derived[pair].strength, derived[pair].mutual_strength), abs=1e-9
                )
                assert tie == replace(derived[pair], strength=tie.strength, mutual_strength=tie.mutual_strength)
        assert {pair: strength for pair in evidence if (strength := loaded_past.tie_strength(*pair, on=day))} == {
            pair: tie.strength for pair, tie in expected.items()
        }


async def test_days_after_the_coverage_do_not_count_as_silence(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """The mailbox covers the days until 20 Nov. After them, the tie fades only on supposed idle days."""
    await load_export(graph, [own(ME, "Ana"), wrote(EVERYBODY[1], ME, ago=0), wrote(ME, EVERYBODY[1], ago=1)])
    _, loaded_past, people = await load_everything(driver, graph)
    today = day_of(TODAY)
    known_pairs = [pair for pair in permutations(people, 2) if loaded_past.tie(*pair, on=today)]

    assert len(known_pairs) == 2
    for pair in known_pairs:
        chances = [loaded_past.response_probability(*pair, on=today + idle, idle=idle) for idle in (0, 30, 60)]
        assert loaded_past.response_probability(*pair, on=today + 90) == chances[0] > chances[1] > chances[2]


BEN = "ben@acme.example"
NOON_CALL = Interaction(by_mail(ME), (by_mail(BEN),), NOON, Channel.CALL, "sets the coverage to noon")


@pytest.mark.parametrize(
    ("before", "channel", "then"),
    [
        ([wrote(BEN, ME, ago=90)], Channel.MAIL, wrote(BEN, ME)),
        ([wrote(BEN, ME, ago=90), wrote(ME, BEN, ago=3)], Channel.MAIL, wrote(BEN, ME)),
        ([wrote(ME, BEN, ago=9)], Channel.STATEMENT_KNOWS, None),
    ],
    ids=["message", "answer", "statement"],
)
async def test_a_supposed_message_changes_a_tie_like_a_real_one(
    driver: neo4j.AsyncDriver, graph: Graph, before: list[Record], channel: Channel, then: Record | None
) -> None:
    await load_export(graph, [own(ME, "Ana"), NOON_CALL, *before])
    _, loaded_past, people = await load_everything(driver, graph)
    rows, _, _ = await driver.execute_query("MATCH (p:Person)<-[:OF]-({key: $key}) RETURN p.id", key=f"email:{BEN}")
    ben = rows[0][0]
    (me,) = {*people} - {ben}
    today = day_of(TODAY)
    answering = channel is Channel.MAIL and len(before) == 2
    supposed = loaded_past.with_message(ben, me, channel, on=today, answering=answering).tie_strength(ben, me, on=today)

    if then is None:
        await load_export(graph, [StatementRecord(by_mail(BEN), by_mail(ME), TODAY, TODAY, channel)], kind="statements")
    else:
        await load_export(graph, [own(ME, "Ana"), then])
    _, happened, _ = await load_everything(driver, graph)

    assert supposed == pytest.approx(happened.tie_strength(ben, me, on=today), abs=1e-12)
    assert supposed != loaded_past.tie_strength(ben, me, on=today)


def test_another_message_never_lowers_a_tie_with_a_statement() -> None:
    """After OUT_OF_TOUCH, older messages change nothing and newer messages raise the tie."""
    today = day_of(TODAY)
    mailbox = Source("mail", "mailbox", "", SharingLevel.PRIVATE, "ready", "me", today, None, None, {})
    statements = Source("says", "statements", "", SharingLevel.PRIVATE, "ready", "me", None, None, None, {})
    state = NetworkState(
        "n", 0, today, False, False, None, False, {"me": "a"}, {"me": Role.OWNER}, (), {}, (mailbox, statements), 0
    )

    def tie_strength(days: list[int]) -> float:
        edges = [
            ["i", "j", out, "mail", "mail", sorted({*days, 20_100}), [1.0] * len({*days, 20_100}), None]
            for out in (True, False)
        ] + [["i", "j", out, "says", "statement_out_of_touch", [20_500], [0.0], [today + 1]] for out in (True, False)]
        row = {"p": "a", "q": "b", "people": True, "colleagues": False, "edges": edges}
        tie = Past(state, "me", [row], []).tie("b", "a", on=today)
        return tie.strength if tie else 0.0

    assert tie_strength([]) == tie_strength([20_300]) == tie_strength([20_500]) == 0.0
    assert 0.0 < tie_strength([20_501]) < tie_strength([20_501, 20_700]) == tie_strength([20_300, 20_501, 20_700])
