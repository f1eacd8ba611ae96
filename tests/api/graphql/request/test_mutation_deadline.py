"""A mutation that takes too long is stopped between two transactions, and leaves nothing that stays half."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import neo4j
import pytest

from cypher import Query
from graph.database.client import Graph
from graph.networks.lease import write_lease
from graph.networks.tokens import grant_token
from tests.api.conftest import LIMITS, SIGNED, TOKEN, served
from tests.conftest import wipe
from tests.graph.worlds import by_profile, connections, home, load_export, network_contents, own, talk


class Stalling(Graph):
    """A graph whose write number `stalls_at` begins only after the time limit of the mutation."""

    stalls_at: int | None = None
    writes = 0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.writes and query.name not in ("networks/record_token_use", "networks/acquire_lease"):
            self.writes += 1
            if self.writes == self.stalls_at:
                await asyncio.sleep(60)
        return await super().run(query, **params)


async def create_network(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Ana with a mailbox and a list, and a token."""
    await wipe(driver)
    messages = [own("ana@home.example", "Ana Silva"), *talk("ben@near.example", "ana@home.example")]
    await load_export(graph, [*messages, *talk("jane@far.example", "ben@near.example", copy="ana@home.example")])
    await load_export(graph, connections((by_profile("cleo", "Cleo Far", "cleo@far.example"), "Far")), kind="linkedin")
    network, member = await home(graph)
    await grant_token(graph, network, member, TOKEN)


async def post(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    response = await client.post("/graphql", json={"query": query}, headers=SIGNED)
    answer: dict[str, Any] = response.json()
    return answer


async def mutation_of(client: httpx.AsyncClient, name: str) -> str:
    """The mutation of this name with the ids of the network."""
    if name == "removeSource":
        answer = await post(client, "{ sources(first: 9) { edges { node { id kind } } } }")
        id = next(
            edge["node"]["id"] for edge in answer["data"]["sources"]["edges"] if edge["node"]["kind"] == "LINKEDIN"
        )
        return f'mutation {{ removeSource(input: {{id: "{id}"}}) {{ removedSourceId }} }}'
    fields = " ".join(
        f'{key}: person(ref: {{email: "{email}"}}) {{ ... on Person {{ id }} }}'
        for key, email in (("one", "ben@near.example"), ("two", "jane@far.example"))
    )
    ids = [person["id"] for person in (await post(client, f"{{ {fields} }}"))["data"].values()]
    if name == "mergePeople":
        return f'mutation {{ mergePeople(input: {{personIds: ["{ids[0]}", "{ids[1]}"]}}) {{ decision {{ id }} }} }}'
    people = f'fromPersonId: "{ids[0]}", toPersonId: "{ids[1]}"'
    return f"mutation {{ createStatement(input: {{{people}, kind: MET}}) {{ statement {{ statedOn }} }} }}"


@pytest.mark.parametrize("name", ["removeSource", "mergePeople", "createStatement"])
async def test_a_mutation_that_was_stopped_anywhere_is_completed_when_it_is_sent_again(
    driver: neo4j.AsyncDriver, name: str
) -> None:
    graph = Stalling(driver)
    await create_network(driver, graph)
    async with served(graph) as client:
        mutation = await mutation_of(client, name)
        graph.writes = 0
        assert "errors" not in await post(client, mutation)
    writes, expected = graph.writes, await network_contents(driver)

    for stop in range(1, writes + 1, max(1, writes // 4)):
        graph = Stalling(driver)
        await create_network(driver, graph)
        async with served(graph, limits=replace(LIMITS, mutation_seconds=2.0)) as client:
            graph.writes, graph.stalls_at = 0, stop
            stopped = await post(client, mutation)
        assert stopped["errors"][0]["extensions"]["code"] == "TIMEOUT"

        graph.stalls_at = None
        async with served(graph) as client:
            assert "errors" not in await post(client, mutation)
        assert await network_contents(driver) == expected


async def test_a_mutation_that_waits_for_another_write_changes_nothing(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    await create_network(driver, graph)
    before = await network_contents(driver)
    network, _ = await home(graph)
    async with served(graph, limits=replace(LIMITS, mutation_seconds=1.0)) as client:
        mutation = await mutation_of(client, "mergePeople")
        async with write_lease(graph, network):
            stopped = await post(client, mutation)
            unchanged = await network_contents(driver)

    assert stopped["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert unchanged == before
