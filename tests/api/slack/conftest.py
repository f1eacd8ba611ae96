"""The sample network with a connected workspace, in which Ana is found by her confirmed address."""

from collections.abc import AsyncIterator

import httpx
import neo4j
import pytest_asyncio

from graph.networks.registry import find_or_create_network
from graph.slack.workspaces import connect_workspace
from tests.api.conftest import TODAY, Counting, served
from tests.api.slack.stand_in import TEAM, USER, StandIn, profile, stand_in

ADDRESS = "ana@example.com"


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[StandIn]:
    """A stand-in that knows Ana."""
    async with stand_in() as running:
        running.users[USER] = profile(ADDRESS)
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def connected(sample: Counting, driver: neo4j.AsyncDriver) -> Counting:
    """The sample network with a connected workspace."""
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    await driver.execute_query(
        "MATCH (m:Member {network: $network, id: $member}) SET m.confirmed_keys = [$key]",
        network=network,
        member=member,
        key=f"email:{ADDRESS}",
    )
    await connect_workspace(sample, network, member, team=TEAM, name="Acme")
    return sample


@pytest_asyncio.fixture(loop_scope="session")
async def service(connected: Counting, slack: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service with the Slack app."""
    async with served(connected, slack=slack.config()) as client:
        yield client
