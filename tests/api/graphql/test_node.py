"""The query `node`: every object with an id, and nothing that the viewer may not see."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import neo4j
import pytest
import pytest_asyncio

from graph.database.client import Graph
from graph.networks.permissions import Scope
from graph.networks.sources import SharingLevel
from graph.networks.tokens import grant_token
from tests.api.conftest import Counting, served
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import own, talk
from tests.prepared_stores import created_once

ANA, BEN, CLEO, DAN = "ana@home.example", "ben@home.example", "cleo@far.example", "dan@near.example"
NODE = "query($id: ID!) { node(id: $id) { __typename id } }"
OBJECTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "Source": ("{ sources { nodes { id } } }", lambda data: data["sources"]["nodes"][0]["id"]),
    "Member": ("{ members { nodes { id } } }", lambda data: data["members"]["nodes"][0]["id"]),
    "Invitation": (
        "mutation { createInvitation(input: {}) { invitation { id } } }",
        lambda data: data["createInvitation"]["invitation"]["id"],
    ),
    "Token": ("{ tokens { nodes { id } } }", lambda data: data["tokens"]["nodes"][0]["id"]),
    "LoadJob": (
        'mutation { createLoadJob(input: {fileName: "a.zip"}) { job { id } } }',
        lambda data: data["createLoadJob"]["job"]["id"],
    ),
    "HiddenContact": (
        'mutation { hideContact(input: {contact: {name: "Eve"}}) { hiddenContact { id } } }',
        lambda data: data["hideContact"]["hiddenContact"]["id"],
    ),
    "ExcludedIntroducer": (
        f'mutation {{ excludeIntroducer(input: {{person: {{email: "{DAN}"}}}}) {{ excludedIntroducer {{ id }} }} }}',
        lambda data: data["excludeIntroducer"]["excludedIntroducer"]["id"],
    ),
    "ContactPlan": (
        f'mutation {{ setContactPlan(input: {{person: {{email: "{DAN}"}}, note: "Tea"}}) {{ contactPlan {{ id }} }} }}',
        lambda data: data["setContactPlan"]["contactPlan"]["id"],
    ),
    "Tag": (
        f'mutation {{ tagPeople(input: {{tag: "tea", people: [{{email: "{DAN}"}}]}}) {{ tag {{ id }} }} }}',
        lambda data: data["tagPeople"]["tag"]["id"],
    ),
}
PERSON = '{ person(ref: {email: "%s"}) { ... on Person { id } } }'
LIST_AUDIT = "{ auditEntries(first: 50) { nodes { action people { name } } } }"


@pytest_asyncio.fixture(loop_scope="session")
async def graph(driver: neo4j.AsyncDriver) -> Counting:
    await wipe(driver)
    await create_team(driver)
    return Counting(driver)


@created_once
async def create_team(driver: neo4j.AsyncDriver) -> None:
    """Ana, the owner, and Ben. Ana knows Dan; Ben's source, which names Cleo, is private."""
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, DAN)], SharingLevel.STRENGTH)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, CLEO)])
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    await grant_token(graph, network, "ana", "reader", scopes=[Scope.READ])


@pytest_asyncio.fixture(loop_scope="session")
async def client(graph: Counting) -> AsyncIterator[httpx.AsyncClient]:
    async with served(graph) as client:
        yield client


async def ask(client: httpx.AsyncClient, token: str, query: str, **variables: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    response = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    assert "errors" not in response.json(), response.text
    return response.json()["data"]


async def test_an_object_is_found_by_the_id_that_its_list_shows(client: httpx.AsyncClient) -> None:
    for kind, (document, decode_cursor) in OBJECTS.items():
        id = decode_cursor(await ask(client, "ana", document))

        assert await ask(client, "ana", NODE, id=id) == {"node": {"__typename": kind, "id": id}}
        if kind not in ("Member", "Source"):
            assert await ask(client, "ben", NODE, id=id) == {"node": None}, kind
        if kind in ("Invitation", "Token"):
            assert await ask(client, "reader", NODE, id=id) == {"node": None}, kind


async def test_a_statement_and_a_decision_are_found_by_their_authors(client: httpx.AsyncClient) -> None:
    me, dan = [(await ask(client, "ana", PERSON % address))["person"].get("id") for address in (ANA, DAN)]
    me = me or (await ask(client, "ana", "{ viewer { person { id } } }"))["viewer"]["person"]["id"]
    ids = {
        "Statement": (
            await ask(
                client,
                "ana",
                "mutation($a: ID!, $b: ID!) { createStatement(input: {fromPersonId: $a, toPersonId: $b, kind: MET}) "
                "{ statement { id } } }",
                a=dan,
                b=me,
            )
        )["createStatement"]["statement"]["id"],
        "IdentityDecision": (
            await ask(
                client,
                "ana",
                "mutation($a: ID!, $b: ID!) { markPeopleDistinct(input: {firstPersonId: $a, secondPersonId: $b}) "
                "{ decision { id } } }",
                a=dan,
                b=me,
            )
        )["markPeopleDistinct"]["decision"]["id"],
    }

    for kind, id in ids.items():
        assert await ask(client, "ana", NODE, id=id) == {"node": {"__typename": kind, "id": id}}
    assert await ask(client, "ben", NODE, id=ids["Statement"]) == {"node": None}
    listed = (await ask(client, "ana", "{ statements { nodes { id } } }"))["statements"]["nodes"]
    assert listed == [{"id": ids["Statement"]}]


async def test_a_person_who_is_hidden_is_as_one_who_does_not_exist(client: httpx.AsyncClient, graph: Counting) -> None:
    cleo = (await ask(client, "ben", PERSON % CLEO))["person"]["id"]
    assert await ask(client, "ben", NODE, id=cleo) == {"node": {"__typename": "Person", "id": cleo}}

    queries = []
    for id in (cleo, "0" * 24, f"mailbox {BEN}"):
        graph.asked.clear()
        assert await ask(client, "ana", NODE, id=id) == {"node": None}
        queries.append(sorted(graph.asked))

    assert queries[0] == queries[1] == queries[2]


async def test_a_person_who_is_returned_is_in_the_audit_log(client: httpx.AsyncClient) -> None:
    dan = (await ask(client, "ana", '{ people(search: "dan", first: 1) { nodes { id } } }'))["people"]["nodes"][0]

    await ask(client, "ana", NODE, id="0" * 24)
    await ask(client, "ana", NODE, **dan)

    entries = (await ask(client, "ana", LIST_AUDIT))["auditEntries"]["nodes"]
    assert [entry["action"] for entry in entries if entry["action"] != "AUDIT"] == ["PERSON"]


@pytest.mark.parametrize("id", ["", "x" * 10_000, "a\u0000b", "*", "name:ana/ana"])
async def test_any_text_is_answered(client: httpx.AsyncClient, id: str) -> None:
    assert await ask(client, "ana", NODE, id=id) == {"node": None}
