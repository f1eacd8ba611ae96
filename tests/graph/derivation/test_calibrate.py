"""Tests of fitting the strength model to the history of one network."""

from itertools import count
from math import log
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.calibrate import calibrate_network, collect_asks, use_fit
from graph.derivation.refresh import recover_if_interrupted, refresh_network
from graph.ingest.remove import remove_source
from graph.networks.state import read_state
from graph.records import WORKSPACE, Interaction, Part, Record
from graph.strength.intercept_fit import MIN_REQUESTS, Figures, Fit
from graph.strength.model import model
from tests.graph.ties.test_past import interaction_examples, load_everything, stored_ties
from tests.graph.worlds import TODAY, home, load_export, network_contents, own, talk, wrote
from tests.laws.test_load import Killed, KilledGraph, release_leases

ME = "ana@home.example"
FRIENDS = tuple(f"friend{number}@far.example" for number in range(10))
ANY_FIGURES = Figures(0.6, 0.2, 0.1, 0.7)
REQUESTS = """
MATCH (u:Person {network: $network})<-[:OF]-(:Identity)-[e:INTERACTED]->(:Identity)-[:OF]->(v:Person)
UNWIND range(0, size(e.asks) - 1) AS k
RETURN DISTINCT u.id AS by, v.id AS towards, e.asks[k] AS day, e.answered[k] AS answered
"""


def fit_with_shift(shift: float) -> Fit:
    return Fit(shift, day_of(TODAY), model().version, 300, ANY_FIGURES, ANY_FIGURES)


def mailbox(*, answered: int = 30) -> list[Record]:
    """Thirty requests to each friend, three days apart. Friends answer the first `answered` of them a day later."""
    messages: list[Record] = [own(ME, "Ana")]
    for friend in FRIENDS:
        for turn in range(30):
            ago = 110 - 3 * turn
            messages.append(wrote(ME, friend, ago=ago))
            messages += [wrote(friend, ME, ago=ago - 1)] if turn < answered else []
    return messages


async def calibrate(graph: Graph, name: str = "home") -> Any:
    network, _ = await home(graph, name)
    return await calibrate_network(graph, network, today=TODAY)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seen=st.lists(interaction_examples, min_size=20, max_size=60, unique_by=lambda interaction: interaction.id),
    everybody=st.booleans(),
)
async def test_each_request_has_the_probability_predicted_the_day_before(
    driver: neo4j.AsyncDriver, graph: Graph, seen: list[Interaction], everybody: bool
) -> None:
    """A workspace counts all requests, a mailbox only its owner's. Requests that may still be answered do not count."""
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    await load_export(graph, [*([Part(WORKSPACE)] if everybody else []), own(ME, "Ana"), *seen])
    network, past, _ = await load_everything(driver, graph)
    state = await read_state(graph, network)
    until, me = state.sources[0].coverage_until or 0, state.sources[0].member
    rows, _, _ = await driver.execute_query(REQUESTS, network=network)

    expected = [
        (
            row["day"],
            past.response_probability(row["towards"], row["by"], on=row["day"] - 1),
            row["answered"] <= row["day"] + 14,
        )
        for row in rows
        if row["day"] + 14 <= until and (everybody or state.people_by_member[me] in (row["by"], row["towards"]))
    ]
    asks = await collect_asks(graph, state)

    actual = sorted(zip(asks.days, asks.logits, map(bool, asks.answered), strict=True))
    expected = sorted((day, log(probability / (1 - probability)), answered) for day, probability, answered in expected)
    assert [(day, answered) for day, _, answered in actual] == [(day, answered) for day, _, answered in expected]
    assert [logit for _, logit, _ in actual] == pytest.approx([logit for _, logit, _ in expected], abs=1e-9)


async def test_a_fit_changes_all_ties_and_removing_it_restores_them(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox())
    before = await network_contents(driver)
    calibration = await calibrate(graph)
    network, past, _ = await load_everything(driver, graph)

    assert calibration.trial.helps
    assert calibration.changed
    assert calibration.fit == (await read_state(graph, network)).fit
    assert calibration.fit.shift > 0.1
    derived = await stored_ties(driver, network, unroutable=False)
    assert derived
    for pair, tie in derived.items():
        expected = past.tie(*pair, on=day_of(TODAY))
        assert expected is not None
        assert (tie.strength, tie.mutual_strength) == pytest.approx(
            (expected.strength, expected.mutual_strength), abs=1e-9
        )

    after = await network_contents(driver)
    assert after["ties"] != before["ties"]
    assert not (await calibrate(graph)).changed
    await refresh_network(graph, network, as_of=TODAY)
    assert await network_contents(driver) == after

    await use_fit(graph, network, None)
    assert await network_contents(driver) == before


async def test_a_dry_run_writes_nothing(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox())
    before = await network_contents(driver)
    network, _ = await home(graph)

    assert (await calibrate_network(graph, network, today=TODAY, dry_run=True)).changed
    assert await network_contents(driver) == before
    assert (await read_state(graph, network)).fit is None


async def test_a_fit_that_no_longer_helps_is_removed(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(answered=20))
    before = await network_contents(driver)
    assert not (await calibrate(graph)).changed
    network, _ = await home(graph)
    await use_fit(graph, network, fit_with_shift(0.5))

    calibration = await calibrate(graph)

    assert not calibration.trial.helps
    assert calibration.changed
    assert calibration.fit is None
    assert await network_contents(driver) == before


async def test_too_few_requests_change_nothing(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, [own(ME, "Ana"), *talk(ME, FRIENDS[0], times=30)])
    network, _ = await home(graph)
    await use_fit(graph, network, fit_with_shift(0.5))
    calibration = await calibrate(graph)

    assert 0 < calibration.asks < MIN_REQUESTS
    assert (calibration.trial, calibration.changed, calibration.fit) == (None, False, fit_with_shift(0.5))


async def test_a_load_uses_the_fit_and_removing_a_source_deletes_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    first, second = [own(ME, "Ana"), *talk(ME, FRIENDS[0])], [*talk(ME, FRIENDS[1])]
    await load_export(graph, first, name="once")
    for name in ("once", "again"):
        if name == "again":
            await load_export(graph, [*first, *second], name=name)
        network, member = await home(graph, name)
        await use_fit(graph, network, fit_with_shift(0.5))
        if name == "once":
            await load_export(graph, second, name=name)

    assert await network_contents(driver, "once") == await network_contents(driver, "again")
    await load_export(graph, [*talk(ME, FRIENDS[2])], kind="chat", name="again")
    await remove_source(graph, network, member, "chat")
    assert (await read_state(graph, network)).fit is None


async def test_a_fit_for_another_model_version_is_ignored(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, [own(ME, "Ana")])
    network, _ = await home(graph)
    await use_fit(graph, network, fit_with_shift(0.5))
    assert (await read_state(graph, network)).model.intercept == model().intercept - 0.5

    await driver.execute_query("MATCH (n:Network {id: $id}) SET n.fit_version = 'earlier'", id=network)

    assert (await read_state(graph, network)).model == model()


async def test_a_killed_calibration_is_completed_or_rolled_back(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await load_export(graph, mailbox(), name="never")
    await load_export(graph, mailbox(), name="done")
    await calibrate(graph, "done")
    without, with_it = await network_contents(driver, "never"), await network_contents(driver, "done")
    outcomes = set()

    for after in count(3):
        network, _ = await home(graph, "never")
        await use_fit(graph, network, None)
        try:
            await calibrate_network(KilledGraph(driver, after), network, today=TODAY)
            break
        except Killed:
            await release_leases(driver)
        await recover_if_interrupted(graph, network)
        contents = await network_contents(driver, "never")
        assert contents in (without, with_it)
        outcomes.add(contents == with_it)
    assert outcomes == {True, False}
    assert await network_contents(driver, "never") == with_it
