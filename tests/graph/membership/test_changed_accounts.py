"""A sign-in at a provider while the account of the member is changed."""

import asyncio

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import InvalidInvitation
from graph.membership.sign_in import ProviderAccount, expect_sign_in, sign_in
from tests.graph.worlds import home

ADDRESS, LATER = "ana@home.example", "ana@elsewhere.example"
ACCOUNT = ProviderAccount(issuer="https://provider.example", subject="17", name="Ana", email=ADDRESS)


@pytest.mark.parametrize("is_bound", [True, False])
async def test_an_account_that_is_changed_during_its_sign_in_is_refused(
    driver: neo4j.AsyncDriver, graph: Graph, *, is_bound: bool
) -> None:
    network, ana = await home(graph)
    assert await expect_sign_in(graph, network, ana, ana, ADDRESS)
    if is_bound:
        assert await sign_in(graph, ACCOUNT)

    async with driver.session() as session, await session.begin_transaction() as transaction:
        # as expect_sign_in, which holds the lock of the member while the sign-in waits for it
        changed = await transaction.run(
            "MATCH (m:Member {network: $network, id: $id}) SET m.sign_in_key = $key REMOVE m.issuer, m.subject",
            network=network,
            id=ana,
            key=f"email:{LATER}",
        )
        await changed.consume()
        signing_in = asyncio.create_task(sign_in(graph, ACCOUNT))
        await asyncio.wait([signing_in], timeout=1)
        await transaction.commit()

    with pytest.raises(InvalidInvitation):
        await signing_in
    with pytest.raises(InvalidInvitation):
        await sign_in(graph, ACCOUNT)
