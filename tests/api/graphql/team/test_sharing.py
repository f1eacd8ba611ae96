"""Tests of sharing over HTTP, with its preview and confirmation, and of hiding."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from graph.database.client import Graph
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from tests.api.conftest import served
from tests.api.test_docs_page import PAGE
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import home, own, talk
from tests.prepared_stores import created_once

ANA, BEN, CLEO, DAN = "ana@home.example", "ben@home.example", "cleo@far.example", "dan@gmail.com"
(OF_THE_PAGE,) = re.findall(r"```graphql\n(mutation \{ shareSource.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[httpx.AsyncClient]:
    await wipe(driver)
    await create_team(driver)
    async with served(Graph(driver)) as client:
        yield client


@created_once
async def create_team(driver: neo4j.AsyncDriver) -> None:
    """Ana and Ben, whose tokens are their names."""
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN, times=8, ago=1)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA, ago=1), *talk(BEN, CLEO, ago=4), *talk(BEN, DAN)])
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)


async def ask(client: httpx.AsyncClient, member: str, document: str) -> dict[str, Any]:
    signed = {"Authorization": f"Bearer {member}"}
    answer: dict[str, Any] = (await client.post("/graphql", json={"query": document}, headers=signed)).json()
    return answer


async def of_ben(driver: neo4j.AsyncDriver) -> str:
    graph = Graph(driver)
    network, _ = await home(graph)
    return next(s.id for s in (await read_state(graph, network)).sources if s.member == "ben")


async def test_sharing_is_previewed_and_then_confirmed(driver: neo4j.AsyncDriver, team: httpx.AsyncClient) -> None:
    question = OF_THE_PAGE.replace("ID", await of_ben(driver))
    known = f'{{ introductions(to: {{email: "{CLEO}"}}) {{ __typename }} }}'
    previewed = {
        "previousSharingLevel": "PRIVATE",
        "sharingLevel": "STRENGTH",
        "includesOthers": False,
        "newlyReachableCount": 1,
        "personalMailCount": 1,
        "hiddenCount": 0,
    }

    preview = previewed | {"isApplied": False, "source": {"sharingLevel": "PRIVATE"}}
    assert (await ask(team, "ben", question))["data"]["shareSource"] == preview
    assert (await ask(team, "ana", known))["data"]["introductions"]["__typename"] == "UnknownTarget"
    sure = question.replace("STRENGTH", "STRENGTH, isConfirmed: true")
    assert (await ask(team, "ben", sure))["data"]["shareSource"] == previewed | {
        "isApplied": True,
        "source": {"sharingLevel": "STRENGTH"},
    }
    assert (await ask(team, "ana", known))["data"]["introductions"]["__typename"] == "Introductions"

    listed = await ask(
        team, "ben", 'mutation { hideContact(input: {contact: {name: "Cleo"}}) { hiddenContact { id name } } }'
    )
    mark = listed["data"]["hideContact"]["hiddenContact"]
    assert mark["name"] == "Cleo"
    assert (await ask(team, "ana", known))["data"]["introductions"]["__typename"] == "UnknownTarget"
    assert (await ask(team, "ana", "{ hiddenContacts { nodes { id } } }"))["data"]["hiddenContacts"] == {"nodes": []}
    unhide = "mutation { unhideContact(input: {id: ID}) { unhiddenContactId personId name company } }"
    taken = await ask(team, "ben", unhide.replace("ID", json.dumps(mark["id"])))
    again = {"unhiddenContactId": mark["id"], "personId": None, "name": "Cleo", "company": None}
    assert taken["data"]["unhideContact"] == again
    assert (await ask(team, "ana", known))["data"]["introductions"]["__typename"] == "Introductions"


async def test_a_source_of_another_member_has_the_answer_of_an_unknown_source(
    driver: neo4j.AsyncDriver, team: httpx.AsyncClient
) -> None:
    answers = set()
    for id in (await of_ben(driver), "0" * 24, f"mailbox {BEN}"):
        (error,) = (await ask(team, "ana", OF_THE_PAGE.replace("ID", id)))["errors"]
        error["extensions"].pop("requestId")
        answers.add(json.dumps(error))

    assert len(answers) == 1
    assert "BAD_USER_INPUT" in answers.pop()


async def test_a_source_names_its_owner(team: httpx.AsyncClient, driver: neo4j.AsyncDriver) -> None:
    await driver.execute_query("MATCH (m:Member {id: 'ben'}) SET m.name = 'Benedict'")
    sources = "{ sources { nodes { id account ownerName isOwn } } }"
    (bens,) = (await ask(team, "ben", sources))["data"]["sources"]["nodes"]
    share = f'mutation {{ shareSource(input: {{sourceId: "{bens["id"]}", sharingLevel: EVIDENCE, isConfirmed: true}})'
    shared = await ask(team, "ben", f"{share} {{ source {{ ownerName isOwn }} }} }}")

    seen = (await ask(team, "ana", sources))["data"]["sources"]["nodes"]

    assert shared["data"]["shareSource"]["source"] == {"ownerName": "Benedict", "isOwn": True}
    assert [(one["account"], one["ownerName"], one["isOwn"]) for one in seen] == [
        (ANA, "the first owner", True),
        (BEN, "Benedict", False),
    ]
