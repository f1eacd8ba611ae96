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
from tests.graph.teams import brings, joined
from tests.graph.worlds import own, talk

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
JANE, DAN = "jane@halden.example", "dan@near.example"
(OF_THE_PAGE,) = re.findall(
    r"```graphql\n(\{ introductions\(to: \{email[^`]*?colleagues.*?)```", PAGE.read_text("utf-8"), re.DOTALL
)


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> AsyncIterator[httpx.AsyncClient]:
    """Ana, the owner, Ben, who shares words, and Cleo, numbers; their names are their tokens."""
    await wipe(driver)
    graph = Graph(driver)
    network = await joined(driver, graph, "ben", "cleo")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)])
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE, times=12)], SharingLevel.STRENGTH)
    await brings(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, DAN)], SharingLevel.EVIDENCE)
    for member in ("ana", "ben", "cleo"):
        await grant_token(graph, network, member, member)
    async with served(graph) as client:
        yield client


async def ask(client: httpx.AsyncClient, member: str, document: str) -> dict[str, Any]:
    signed = {"Authorization": f"Bearer {member}"}
    answer = await client.post("/graphql", json={"query": document}, headers=signed)
    found: dict[str, Any] = answer.json()
    return found.get("data") or found


async def test_a_colleague_is_asked_agrees_and_is_named(team: httpx.AsyncClient) -> None:
    assert await ask(team, "ana", "mutation { setReveal(when: ON_AGREEMENT) }") == {"setReveal": "ON_AGREEMENT"}
    before = await ask(team, "ana", OF_THE_PAGE)
    assert before["introductions"] == {"throughTeam": "STRONG", "routes": []}
    assert before["colleagues"] == {"withheld": "STRONG", "ties": []}
    ends = f'from: {{email: "{BEN}"}}, to: {{email: "{JANE}"}}'
    tie = f"{{ tie({ends}) {{ ... on Tie {{ knows word history {{ why }} }} }} }}"
    assert (await ask(team, "ana", tie))["tie"]["knows"] is False
    assert "BEN" not in json.dumps(before).upper()

    assert await ask(team, "ana", f'mutation {{ askToReveal(to: {{email: "{JANE}"}}) }}') == {"askToReveal": True}
    (waiting,) = (await ask(team, "ben", "{ reveals { id agreed target { name } } }"))["reveals"]
    assert (waiting["agreed"], waiting["target"]["name"]) == (None, "Jane")
    agree = f'mutation {{ agreeToReveal(id: "{waiting["id"]}") {{ agreed }} }}'
    for member in ("ana", "cleo"):
        assert await ask(team, member, agree) == {"agreeToReveal": []}
    await ask(team, "ben", agree)

    after = await ask(team, "ana", OF_THE_PAGE)
    (route,) = after["introductions"]["routes"]
    assert route["introducers"] == [{"name": "Ben"}]
    assert route["colleague"] == {"knows": False, "evidence": "nothing seen"}
    assert route["steps"] == "Ben: colleague. Ben to Jane: strong."
    assert after["introductions"]["throughTeam"] is None
    assert [one["by"]["name"] for one in after["colleagues"]["ties"]] == ["Ben"]
    assert (await ask(team, "ana", tie))["tie"]["knows"] is True
    await ask(team, "ben", f'mutation {{ declineToReveal(id: "{waiting["id"]}") {{ agreed }} }}')
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))


async def test_not_through_me_and_not_through_others(team: httpx.AsyncClient) -> None:
    assert (await ask(team, "ana", OF_THE_PAGE))["introductions"]["routes"]

    (mine,) = (await ask(team, "ben", "mutation { notARoute { id says everybody } }"))["notARoute"]
    assert (mine["says"], mine["everybody"]) == ("Ben", True)
    assert await ask(team, "ana", "{ notRoutes { id } }") == {"notRoutes": []}
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))
    assert await ask(team, "ana", f'mutation {{ undoNotARoute(id: "{mine["id"]}") {{ id }} }}') == {"undoNotARoute": []}
    assert "Ben" not in json.dumps(await ask(team, "ana", OF_THE_PAGE))
    assert await ask(team, "ben", f'mutation {{ undoNotARoute(id: "{mine["id"]}") {{ id }} }}') == {"undoNotARoute": []}
    assert "Ben" in json.dumps(await ask(team, "ana", OF_THE_PAGE))

    of_dan = f'mutation {{ notARoute(ref: {{email: "{DAN}"}}, everybody: true) {{ id everybody }} }}'
    assert (await ask(team, "cleo", of_dan))["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    (said,) = (await ask(team, "ana", of_dan))["notARoute"]
    assert said["everybody"] is True


@pytest.mark.parametrize("member", ["ben", "cleo"])
async def test_only_an_owner_says_when_colleagues_are_named(team: httpx.AsyncClient, member: str) -> None:
    assert (await ask(team, member, "mutation { setReveal(when: AT_ONCE) }"))["errors"][0]["extensions"][
        "code"
    ] == "FORBIDDEN"


async def test_earlier_days_start_at_oneself(team: httpx.AsyncClient) -> None:
    asked = await ask(
        team, "ana", f'{{ introductions(to: {{email: "{JANE}"}}, start: TEAM, asOf: "2026-11-01") {{ __typename }} }}'
    )
    assert asked["errors"][0]["extensions"]["code"] == "UNFIT_ARGUMENT"
