"""Two changes of a request at the same time."""

import asyncio
from typing import Any

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import IntroductionRequestConflict
from graph.networks.sources import IntroducerVisibility
from graph.requests import transitions
from graph.requests.requests import read_request
from graph.requests.states import RequestStatus
from graph.sharing.introducer_visibility import set_introducer_visibility
from operations.requests.acting import Response, respond_to_request, send_request
from operations.requests.drafting import create_request
from operations.requests.reading import find_request, list_requests
from tests.graph.worlds import TODAY
from tests.operations.requests_team import FACTS, JANE, create_request_team, draft_request, sent_request, session_of


@pytest.mark.parametrize("is_hidden", [False, True])
async def test_a_decline_that_loses_to_an_acceptance_says_so(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch, *, is_hidden: bool
) -> None:
    await create_request_team(driver, graph)
    if is_hidden:
        state = (await session_of(graph, "ana")).state
        await set_introducer_visibility(graph, state, "ana", IntroducerVisibility.AFTER_CONSENT)
        ana = await session_of(graph, "ana")
        id = (await create_request(ana, JANE, None, FACTS, key="k")).id
        assert await send_request(ana, id)
    else:
        id = await sent_request(graph)
    ben = await session_of(graph, "ben")

    async def read_and_be_overtaken(*arguments: Any) -> Any:
        """Read the request, and let the acceptance happen before the caller goes on."""
        stored_request = await read_request(*arguments)
        monkeypatch.setattr(transitions, "read_request", read_request)
        await respond_to_request(ben, id, Response.ACCEPT, today=TODAY)
        return stored_request

    monkeypatch.setattr(transitions, "read_request", read_and_be_overtaken)
    with pytest.raises(IntroductionRequestConflict, match="changed meanwhile: it is accepted"):
        await respond_to_request(ben, id, Response.DECLINE, today=TODAY)

    request = await find_request(ben, id)
    assert request
    assert request.status is RequestStatus.ACCEPTED


async def test_a_request_that_is_withdrawn_while_it_is_being_sent_is_not_sent(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await create_request_team(driver, graph)
    id = (await draft_request(graph)).id
    withdrawing = "MATCH (r:IntroductionRequest) SET r.locked_at = timestamp(), r.status = 'withdrawn'"
    blocked = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS count"
    async with driver.session() as session, await session.begin_transaction() as transaction:
        await (await transaction.run(withdrawing)).consume()
        sending = asyncio.create_task(send_request(await session_of(graph, "ana"), id))
        while not (await driver.execute_query(blocked)).records[0]["count"]:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.05)
        await transaction.commit()

    with pytest.raises(IntroductionRequestConflict, match="withdrawn"):
        await sending

    assert await list_requests(await session_of(graph, "ben")) == []
