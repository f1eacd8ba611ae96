"""A list of targets gives each target of the sample network the reason and the suggestion of the single answer."""

from random import Random

import neo4j
import pytest

from graph.answers import Reason, Refusal
from graph.introductions.target_answer import TargetOutcome
from graph.introductions.target_list import answer_target_list
from graph.lookup.resolve import ExactReference, PersonReference
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.ask import ask
from operations.session import Session
from presentation.sentences import refusal_message
from presentation.target_list_csv import answer_message
from tests.api.conftest import TODAY, Counting

DRAWN = 40


@pytest.mark.parametrize(("min_score", "reasons"), [(0.05, {Reason.ONE_SIDED}), (0.9, {Reason.SCORES_TOO_LOW})])
async def test_a_refusal_is_the_same_in_a_list_and_alone(
    sample: Counting, driver: neo4j.AsyncDriver, min_score: float, reasons: set[Reason]
) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    session = Session(sample, state, build_viewer(state, member), min_route_score=min_score)
    records, _, _ = await driver.execute_query(
        "MATCH (p:Person {network: $network}) RETURN p.id AS id ORDER BY id", network=network
    )
    drawn = (ExactReference(row["id"]) for row in Random(1).sample(records, DRAWN))
    asked: list[PersonReference] = ["Jane Okonkwo", "Grace Mwangi", "Helena Brandt", "Ulrike Neumann", *drawn]

    rows = await answer_target_list(sample, session.viewer, asked, min_score=min_score)

    refused = [(one, row) for one, row in zip(asked, rows, strict=True) if row.standing is TargetOutcome.REFUSED]
    for one, row in refused:
        alone = (await ask(session, one)).answer
        assert isinstance(alone, Refusal)
        assert row.refusal is not None
        assert (row.refusal.reason, row.refusal.suggestion) == (alone.reason, alone.suggestion)
        assert answer_message(row) == refusal_message(alone)
    assert reasons <= {row.refusal.reason for _, row in refused if row.refusal}
