"""Tests of the model's numbers, of what counts as a request, and of the ties that are derived from messages."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import permutations

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.derivation.refresh import refresh_network
from graph.ingest.daily_evidence import DailyEvidence, find_asks
from graph.networks.state import read_state
from graph.records import Interaction
from graph.strength.model import model
from graph.ties import derive
from graph.ties.pair_ties import group_by_evidence
from tests.graph.worlds import TODAY, home, load_export, own, wrote

ME = "ana@home.example"
TIES = """
MATCH (i:Identity)-[:OF]->(b)-[k:KNOWS]->(a)<-[:OF]-(j:Identity)
RETURN i.key, j.key, k.strength, k.mutual_strength, properties(k), b.got, b.answered ORDER BY i.key, j.key
"""
EVERYBODY = (ME, "ben@acme.example", "cleo@far.example", "dan@far.example")
ON = 20_000


def test_the_model_gives_the_documented_numbers() -> None:
    """The prior and the value of one message, as docs/strength.md states them."""
    assert model().strength(0.0, got=0.0, answered=0.0) == pytest.approx(0.3158, abs=1e-4)
    assert model().contact_sum([(ON, 1.0)], on=ON) == pytest.approx(1.1)
    assert model().contact_sum([(ON - 30, 1.0)], on=ON) == pytest.approx(0.5 + 0.1 * 2 ** (-30 / 365))


def test_the_first_message_in_24_hours_is_a_request() -> None:
    """Messages on days 1 and 3 are requests, the one at 01:00 on day 2 is not. Only the first request is answered."""
    asker, asked = DailyEvidence(), DailyEvidence()
    for day, hour in ((1, 23), (2, 1), (3, 23)):
        asker.on(day).add(1.0, hour * 3600, is_ask=True)
    asked.on(3).add(1.0, 12 * 3600, is_ask=True)

    assert find_asks(asker, asked, within=14) == {"asks": [1, 3], "answered": [3, 18]}


def test_people_are_read_together_up_to_a_number_of_people_and_of_evidence_and_hubs_apart() -> None:
    counts = [("a", 3), ("b", 3), ("hub", 7), ("c", 1), ("d", 0), ("e", 0), ("f", 6)]

    groups = group_by_evidence(counts, most_people=3, most_evidence=6)

    assert groups.batches == [["a", "b"], ["c", "d", "e"], ["f"]]
    assert groups.hubs == ["hub"]


message_lists = st.lists(
    st.builds(
        lambda by, to, ago: wrote(by, *sorted(to - {by}), ago=ago, id=f"{by}{sorted(to)}{ago}"),
        st.sampled_from(EVERYBODY),
        st.frozensets(st.sampled_from(EVERYBODY), min_size=2, max_size=3),
        st.integers(0, 1500),
    ),
    min_size=6,
    max_size=50,
    unique_by=lambda message: message.id,
)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(messages=message_lists)
async def test_derived_ties_equal_the_model_applied_to_the_messages(
    driver: neo4j.AsyncDriver, graph: Graph, messages: list[Interaction]
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await load_export(graph, [own(ME, "Ana"), *messages])

    rows = (await driver.execute_query(TIES)).records
    derived = {(row[0].removeprefix("email:"), row[1].removeprefix("email:")): (row[2], row[3]) for row in rows}
    expected = _expected_ties(messages)
    assert derived.keys() == expected.keys()
    for pair, (strength, mutual_strength) in expected.items():
        assert derived[pair] == pytest.approx((strength, mutual_strength), abs=1e-12)
    await _assert_stored_evidence_gives_the_same_ties(driver, graph, rows)


async def _assert_stored_evidence_gives_the_same_ties(
    driver: neo4j.AsyncDriver, graph: Graph, rows: list[neo4j.Record]
) -> None:
    """The first load derives ties from its evidence in memory. A later derivation reads that evidence."""
    network, _ = await home(graph)
    before = (await read_state(graph, network)).ties_id
    await refresh_network(graph, network, as_of=TODAY)
    assert (await read_state(graph, network)).ties_id == before, "a derivation without changes writes no tie"

    await driver.execute_query("MATCH ()-[k:KNOWS]->() DELETE k WITH count(*) AS _ MATCH (p:Person) SET p.got = null")
    await refresh_network(graph, network, as_of=TODAY)
    assert (await driver.execute_query(TIES)).records == rows

    await driver.execute_query("MATCH ()-[k:KNOWS]->() DELETE k")
    with pytest.MonkeyPatch.context() as patch:  # everybody is a hub, whose evidence is read in several parts
        patch.setattr(derive, "_EVIDENCE_PER_QUERY", 1)
        patch.setattr(derive, "_PAIRS_PER_QUERY", 2)
        await refresh_network(graph, network, as_of=TODAY)
    assert (await driver.execute_query(TIES)).records == rows


def _expected_ties(messages: list[Interaction]) -> dict[tuple[str, str], tuple[float, float]]:
    """Every tie as docs/strength.md defines it, computed from the messages and their times only."""
    sent: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for message in messages:
        for to in message.to:
            sent[message.by.handles[0].text, to.handles[0].text].append(message.at)
    on = max(message.at for message in messages).date()
    ties: dict[tuple[str, str], tuple[float, float]] = {}
    strengths = {
        (by, towards): model().strength(
            model().contact_sum([(at.toordinal(), 1.0) for at in sent[by, towards]], on=on.toordinal()),
            **_answer_rate(by, sent, on.toordinal()),
        )
        for by, towards in permutations(EVERYBODY, 2)
    }
    for by, towards in permutations(EVERYBODY, 2):
        sent_to, received = sent[by, towards], sent[towards, by]
        last = max((at.date() for at in (*sent_to, *received)), default=None)
        is_unanswered = towards == ME and not received
        is_recent = last is not None and (on - last).days <= model().cold_after
        if sent_to and is_recent and not is_unanswered and strengths[by, towards] >= model().least_strength:
            ties[by, towards] = (strengths[by, towards], strengths[by, towards] * strengths[towards, by])
    return ties


def _answer_rate(recipient: str, sent: dict[tuple[str, str], list[datetime]], on: int) -> dict[str, float]:
    requests, answered = [], []
    for asker in EVERYBODY:
        if asker == recipient or ME not in (asker, recipient):
            continue
        for at in sorted(set(sent[asker, recipient])):
            if any(at - timedelta(days=1) < earlier < at for earlier in sent[asker, recipient]):
                continue
            answers = [b for b in sent[recipient, asker] if at < b <= at + timedelta(days=14)]
            counted_on = min(answers).toordinal() if answers else at.toordinal() + 14
            if counted_on <= on:
                requests.append(at.toordinal())
                answered += [at.toordinal()] if answers else []
    return {"got": model().faded(requests, on=on), "answered": model().faded(answered, on=on)}
