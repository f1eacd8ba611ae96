"""The model's numbers, what an ask is, and that Cypher derives what the model says, from the letters themselves."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import permutations

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.ingest.daily_evidence import DailyEvidence, find_asks
from graph.records import Interaction
from graph.strength.model import model
from tests.graph.worlds import bring, own, wrote

ME = "ana@home.example"
EVERYBODY = (ME, "ben@acme.example", "cleo@far.example", "dan@far.example")
ON = 20_000


def test_the_measured_numbers() -> None:
    """docs/strength.md: the prior, and one message of today."""
    assert model().strength(0.0, got=0.0, answered=0.0) == pytest.approx(0.3158, abs=1e-4)
    assert model().contact_sum([(ON, 1.0)], on=ON) == pytest.approx(1.1)
    assert model().contact_sum([(ON - 30, 1.0)], on=ON) == pytest.approx(0.5 + 0.1 * 2 ** (-30 / 365))


def test_an_ask_is_the_first_message_in_24_hours() -> None:
    """asked at 23:00, again at 01:00 (no new ask) and at 23:30 of that day's next (a new one), answered once."""
    asker, asked = DailyEvidence(), DailyEvidence()
    for day, hour in ((1, 23), (2, 1), (3, 23)):
        asker.on(day).add(1.0, hour * 3600, is_ask=True)
    asked.on(3).add(1.0, 12 * 3600, is_ask=True)

    assert find_asks(asker, asked, within=14) == {"asks": [1, 3], "answered": [3, 18]}


letters = st.lists(
    st.builds(
        lambda by, to, ago: wrote(by, *sorted(to - {by}), ago=ago, id=f"{by}{sorted(to)}{ago}"),
        st.sampled_from(EVERYBODY),
        st.frozensets(st.sampled_from(EVERYBODY), min_size=2, max_size=3),
        st.integers(0, 1500),
    ),
    min_size=6,
    max_size=50,
    unique_by=lambda letter: letter.id,
)


@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mails=letters)
async def test_ties_are_what_the_model_makes_of_the_letters(
    driver: neo4j.AsyncDriver, graph: Graph, mails: list[Interaction]
) -> None:
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await bring(graph, [own(ME, "Ana"), *mails])

    rows, _, _ = await driver.execute_query(
        "MATCH (i:Identity)-[:OF]->(b)-[k:KNOWS]->(a)<-[:OF]-(j:Identity) "
        "RETURN i.key, j.key, k.strength, k.mutual_strength"
    )
    found = {(row[0].removeprefix("email:"), row[1].removeprefix("email:")): (row[2], row[3]) for row in rows}
    expected = _ties(mails)
    assert found.keys() == expected.keys()
    for pair, (acts, reach) in expected.items():
        assert found[pair] == pytest.approx((acts, reach), abs=1e-9)


def _ties(mails: list[Interaction]) -> dict[tuple[str, str], tuple[float, float]]:
    """Every tie by the words of docs/strength.md, from the letters and their times alone."""
    sent: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for letter in mails:
        for to in letter.to:
            sent[letter.by.handles[0].text, to.handles[0].text].append(letter.at)
    on = max(letter.at for letter in mails).date()
    ties: dict[tuple[str, str], tuple[float, float]] = {}
    acts = {
        (by, towards): model().strength(
            model().contact_sum([(at.toordinal(), 1.0) for at in sent[by, towards]], on=on.toordinal()),
            **_rate(by, sent, on.toordinal()),
        )
        for by, towards in permutations(EVERYBODY, 2)
    }
    for by, towards in permutations(EVERYBODY, 2):
        here, back = sent[by, towards], sent[towards, by]
        last = max((at.date() for at in (*here, *back)), default=None)
        approach = towards == ME and not back
        warm = last is not None and (on - last).days <= model().cold_after
        if here and warm and not approach and acts[by, towards] >= model().least_strength:
            ties[by, towards] = (acts[by, towards], acts[by, towards] * acts[towards, by])
    return ties


def _rate(asked: str, sent: dict[tuple[str, str], list[datetime]], on: int) -> dict[str, float]:
    got, answered = [], []
    for asker in EVERYBODY:
        if asker == asked or ME not in (asker, asked):
            continue
        for at in sorted(set(sent[asker, asked])):
            if any(at - timedelta(days=1) < earlier < at for earlier in sent[asker, asked]):
                continue
            answers = [b for b in sent[asked, asker] if at < b <= at + timedelta(days=14)]
            counts = min(answers).toordinal() if answers else at.toordinal() + 14
            if counts <= on:
                got.append(at.toordinal())
                answered += [at.toordinal()] if answers else []
    return {"got": model().faded(got, on=on), "answered": model().faded(answered, on=on)}
