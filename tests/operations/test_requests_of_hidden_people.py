"""Introduction requests about people who object, or whose erasure is requested."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.days import day_of
from graph.privacy.erasure_requests import withdraw_erasure_request
from graph.privacy.objection import record_objection
from graph.privacy.subject_requests import request_erasure_of_address
from operations.requests.reading import find_request, list_requests
from tests.graph.worlds import TODAY
from tests.operations.requests_team import BEN, DAN, JANE, create_request_team, draft_request, sent_request, session_of


@pytest.fixture
async def team(driver: neo4j.AsyncDriver, graph: Graph) -> Graph:
    await create_request_team(driver, graph)
    return graph


@pytest.mark.parametrize("who", [JANE, DAN])
async def test_an_objection_deletes_requests_that_lead_through_or_to_the_person(
    driver: neo4j.AsyncDriver, team: Graph, who: str
) -> None:
    await draft_request(team, DAN)
    kept = await sent_request(team, BEN, key="other") if who == DAN else None

    await record_objection(team, (await session_of(team, "ana")).state.network, f"email:{who}", today=day_of(TODAY))

    rows, _, _ = await driver.execute_query("MATCH (r:IntroductionRequest) RETURN r.id AS id")
    assert [row["id"] for row in rows] == ([kept] if kept else [])


async def test_nobody_sees_a_request_about_a_person_whose_erasure_is_requested(team: Graph) -> None:
    id = await sent_request(team)
    network = (await session_of(team, "ana")).state.network

    await request_erasure_of_address(team, network, f"email:{JANE}", proved_at=1_000, days=7)

    for member in ("ana", "ben"):
        session = await session_of(team, member)
        assert (await list_requests(session), await find_request(session, id)) == ([], None)
    await withdraw_erasure_request(team, network, f"email:{JANE}")
    assert await find_request(await session_of(team, "ben"), id)
