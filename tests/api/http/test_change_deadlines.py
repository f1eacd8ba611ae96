"""POST /join and the pages of /about-me have the time limit of a mutation, and leave nothing that stays half."""

import asyncio
from dataclasses import replace
from typing import Any, Self

import httpx
import neo4j
import pytest

from api.self_service.routes import Sender, _form_token
from cypher import Query
from graph.database.client import Graph
from graph.derivation.refresh import recover_if_interrupted
from graph.membership.invitations import create_invitation
from graph.networks.lease import write_lease
from graph.networks.permissions import Role
from graph.networks.state import read_state
from graph.privacy.proof_links import create_proof_link
from operations.mailer import Mailer, MailServer, Tls
from tests.api.conftest import LIMITS, served
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import network_contents, own, talk

SHORT = replace(LIMITS, mutation_seconds=1.0)
ANA, BEN, EVE = "ana@home.example", "ben@home.example", "eve@wide.example"


LEASES = "networks/acquire_lease", "networks/renew_lease", "networks/release_lease"


class Stalling(Graph):
    """A graph whose writes take longer than any limit from some time on, here or after an invitation was redeemed."""

    is_stalled = False

    def with_timeout(self, seconds: float | None) -> Self:
        return self

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if self.is_stalled and query.writes and query.name not in (*LEASES, "networks/record_token_use"):
            await asyncio.sleep(60)
        rows = await super().run(query, **params)
        self.is_stalled |= query.name == "membership/redeem_invitation"
        return rows


async def create_team(driver: neo4j.AsyncDriver, graph: Graph) -> tuple[str, str]:
    """The network of Ana and an invitation for Ben, whom she knows."""
    await wipe(driver)
    network = await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, EVE)])
    invitation, _ = await create_invitation(graph, network, "ana", role=Role.MEMBER, email=BEN)
    return network, invitation


async def join(client: httpx.AsyncClient, invitation: str) -> httpx.Response:
    return await client.post("/join", json={"name": "Ben"}, headers={"Authorization": f"Bearer {invitation}"})


async def test_a_member_who_waits_for_another_write_does_not_join_and_can_try_again(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network, invitation = await create_team(driver, graph)
    async with served(graph, limits=SHORT) as client, write_lease(graph, network):
        stopped = await join(client, invitation)
    async with served(graph) as client:
        joined = await join(client, invitation)

    assert (stopped.status_code, stopped.json()["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")
    assert joined.status_code == 201


async def test_a_member_whose_invitation_was_redeemed_in_time_gets_the_token(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network, invitation = await create_team(driver, graph)
    async with served(graph) as client:
        assert (await join(client, invitation)).status_code == 201
    expected = await network_contents(driver)

    graph = Stalling(driver)
    network, invitation = await create_team(driver, graph)
    async with served(graph, limits=replace(LIMITS, mutation_seconds=3.0)) as client:
        joined = await join(client, invitation)
        graph.is_stalled = False
        headers = {"Authorization": f"Bearer {joined.json()['token']}"}
        asked = await client.post("/graphql", json={"query": "{ viewer { role } }"}, headers=headers)
    assert (joined.status_code, joined.json()["network"]) == (201, "home")
    assert asked.json()["data"]["viewer"] == {"role": "MEMBER"}
    assert (await read_state(Graph(driver), network)).needs_recovery
    await recover_if_interrupted(Graph(driver), network)
    assert await network_contents(driver) == expected


@pytest.mark.parametrize("path", ["object", "erase", "withdraw"])
async def test_a_page_that_changes_something_has_a_time_limit(driver: neo4j.AsyncDriver, path: str) -> None:
    graph = Stalling(driver)
    await create_team(driver, graph)
    sender = Sender(Mailer(MailServer("127.0.0.1", 9, "a@b.example", Tls.OFF)), "http://tertius")
    async with served(graph, links=sender) as client:
        secret = await create_proof_link(graph, f"email:{EVE}")
        await client.post(f"/about-me/link/{secret}")
        session = client.cookies["tertius_about_me"]
    form = _form_token(session)
    async with served(graph, limits=SHORT, links=sender) as client:
        client.cookies.set("tertius_about_me", session)
        graph.is_stalled = True
        stopped = await client.post(f"/about-me/{path}", data={"form": form})

    assert (stopped.status_code, "took longer than 1 s" in stopped.text) == (503, True)
