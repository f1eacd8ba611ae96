"""Team routes over HTTP: the page's own question, to be named and to name, and through whom not to lead."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from tests.api.conftest import served
from tests.api.test_docs_page import PAGE
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import own, talk
from tests.prepared_stores import created_once

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
SET = "mutation { setIntroducerVisibility(input: {introducerVisibility: %s}) { network { introducerVisibility } } }"
JANE, DAN = "jane@halden.example", "dan@near.example"
(OF_THE_PAGE,) = re.findall(
    r"```graphql\n(\{ introductions\(to: \{email[^`]*?colleagues.*?)```", PAGE.read_text("utf-8"), re.DOTALL
)


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[httpx.AsyncClient]:
    await wipe(driver)
    await create_team(driver)
    async with served(Graph(driver)) as client:
        yield client


@created_once
async def create_team(driver: neo4j.AsyncDriver) -> None:
    """Ana, the owner, Ben, who shares words, and Cleo, numbers; their names are their tokens."""
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben", "cleo")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE, times=12)], SharingLevel.STRENGTH)
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, DAN)], SharingLevel.EVIDENCE)
    for member in ("ana", "ben", "cleo"):
        await grant_token(graph, network, member, member)


async def ask(client: httpx.AsyncClient, member: str, document: str) -> dict[str, Any]:
    signed = {"Authorization": f"Bearer {member}"}
    answer = await client.post("/graphql", json={"query": document}, headers=signed)
    body: dict[str, Any] = answer.json()
    return body if "errors" in body else dict(body["data"])


async def test_a_colleague_is_asked_agrees_and_is_named(team: httpx.AsyncClient) -> None:
    assert await ask(team, "ana", SET % "AFTER_CONSENT") == {
        "setIntroducerVisibility": {"network": {"introducerVisibility": "AFTER_CONSENT"}}
    }
    before = await ask(team, "ana", OF_THE_PAGE)
    assert before["introductions"] == {"withheldStrengthLabel": "STRONG", "routes": []}
    assert before["colleagues"] == {"withheldStrengthLabel": "STRONG", "ties": []}
    ends = f'from: {{email: "{BEN}"}}, to: {{email: "{JANE}"}}'
    tie = f"{{ tie({ends}) {{ ... on Tie {{ knows strengthLabel history {{ explanation }} }} }} }}"
    assert (await ask(team, "ana", tie))["tie"]["knows"] is False
    assert "BEN" not in json.dumps(before).upper()

    fields = "id status isIntroducerHidden introducer { name } askerName askerId"

    async def change(member: str, mutation: str, values: str) -> Any:
        return (
            await ask(team, member, f"mutation {{ {mutation}(input: {{{values}}}) {{ request {{ {fields} }} }} }}")
        )[mutation]["request"]

    draft = await change(
        "ana", "createIntroductionRequest", f'target: {{email: "{JANE}"}}, purpose: "I want to learn."'
    )
    assert (draft["introducer"], draft["isIntroducerHidden"]) == ({"name": "a colleague"}, True)
    id = f'id: "{draft["id"]}"'
    await change("ana", "sendIntroductionRequest", id)
    await ask(team, "ana", 'mutation { renameViewer(input: {name: "Cleo"}) { member { name } } }')
    accept = f"{id}, response: ACCEPT"
    assert await change("cleo", "respondToIntroductionRequest", accept) is None
    received = await change("ben", "respondToIntroductionRequest", accept)
    assert (received["askerName"], received["askerId"]) == ("Cleo", "ana")  # members choose their names
    requests = (await ask(team, "ana", f"{{ introductionRequests {{ nodes {{ {fields} }} }} }}"))[
        "introductionRequests"
    ]
    (listed,) = requests["nodes"]
    assert (listed["status"], listed["introducer"]["name"], listed["isIntroducerHidden"]) == ("ACCEPTED", "Ben", False)

    after = await ask(team, "ana", OF_THE_PAGE)
    (route,) = after["introductions"]["routes"]
    assert route["introducers"] == [{"name": "Ben"}]
    assert route["colleagueTie"] == {"knows": False, "evidence": "no evidence"}
    assert route["summary"] == "Ben: colleague. Ben to Jane: strong; Jane to Ben: strong."
    assert after["introductions"]["withheldStrengthLabel"] is None
    assert [one["fromPerson"]["name"] for one in after["colleagues"]["ties"]] == ["Ben"]
    assert (await ask(team, "ana", tie))["tie"]["knows"] is True
    await change("ben", "respondToIntroductionRequest", f"{id}, response: DECLINE")
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))


async def test_not_through_me_and_not_through_others(team: httpx.AsyncClient) -> None:
    assert (await ask(team, "ana", OF_THE_PAGE))["introductions"]["routes"]

    exclude = "mutation { excludeIntroducer(input: {}) { excludedIntroducer { id name isNetworkWide } } }"
    mine = (await ask(team, "ben", exclude))["excludeIntroducer"]["excludedIntroducer"]
    assert (mine["name"], mine["isNetworkWide"]) == ("Ben", True)
    assert await ask(team, "ana", "{ excludedIntroducers { nodes { id } } }") == {"excludedIntroducers": {"nodes": []}}
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))
    include = f'mutation {{ unexcludeIntroducer(input: {{id: "{mine["id"]}"}}) {{ removedExclusionId personId }} }}'
    assert await ask(team, "ana", include) == {"unexcludeIntroducer": {"removedExclusionId": None, "personId": None}}
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))
    removed = (await ask(team, "ben", include))["unexcludeIntroducer"]
    assert removed["removedExclusionId"] == mine["id"]
    again = f'mutation {{ excludeIntroducer(input: {{person: {{id: "{removed["personId"]}"}}}}) {{ __typename }} }}'
    assert await ask(team, "ben", again)
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))
    assert await ask(team, "ben", include)
    assert "Ben" in json.dumps(await ask(team, "ana", OF_THE_PAGE))

    of_dan = f"""mutation {{ excludeIntroducer(input: {{person: {{email: "{DAN}"}}, isNetworkWide: true}}) {{
      excludedIntroducer {{ id isNetworkWide }} }} }}"""
    assert (await ask(team, "cleo", of_dan))["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    exclusion = (await ask(team, "ana", of_dan))["excludeIntroducer"]["excludedIntroducer"]
    assert exclusion["isNetworkWide"] is True


@pytest.mark.parametrize("member", ["ben", "cleo"])
async def test_only_an_owner_says_when_colleagues_are_named(team: httpx.AsyncClient, member: str) -> None:
    assert (await ask(team, member, SET % "IMMEDIATE"))["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_earlier_days_start_at_oneself(team: httpx.AsyncClient) -> None:
    asked = await ask(
        team, "ana", f'{{ introductions(to: {{email: "{JANE}"}}, start: TEAM, asOf: "2026-11-01") {{ __typename }} }}'
    )
    assert asked["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
