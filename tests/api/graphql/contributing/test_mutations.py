"""What changes things: an export announced, uploaded and loaded; sources taken away; statements made and taken back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from graph.database.client import Graph
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from tertius.sample import EXPORTS, MEMBER
from tests.api.conftest import SIGNED, TODAY, TOKEN, served
from tests.conftest import wipe

JOB = "id status uploadPath report error"


@pytest_asyncio.fixture(loop_scope="session")
async def client(driver: neo4j.AsyncDriver, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    await wipe(driver)
    graph = Graph(driver)
    network, member = await find_or_create_network(graph, "home", today=TODAY)
    await grant_token(graph, network, member, TOKEN)
    async with served(graph, uploads=tmp_path) as http_client:
        yield http_client


async def ask(client: httpx.AsyncClient, document: str, **variables: Any) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": document, "variables": variables}, headers=SIGNED)
    body: dict[str, Any] = answer.json()
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


def content(path: Path) -> bytes:
    return path.read_bytes()


async def load(
    client: httpx.AsyncClient, path: Path, owner: str | None = None, kind: str | None = None
) -> dict[str, Any]:
    document = f"""mutation($name: String!, $owner: String, $kind: ListKind) {{
      createLoadJob(input: {{fileName: $name, ownerEmail: $owner, listKind: $kind}}) {{ job {{ {JOB} }} }} }}"""
    job = (await ask(client, document, name=path.name, owner=owner, kind=kind))["createLoadJob"]["job"]
    for _ in range(2):  # an upload that comes twice is loaded once
        taken = await client.put(job["uploadPath"], content=content(path), headers=SIGNED)
        assert taken.status_code == 202
    while True:
        load_job = (await ask(client, f"query($id: ID!) {{ loadJob(id: $id) {{ {JOB} }} }}", id=job["id"]))["loadJob"]
        if load_job["status"] in ("DONE", "FAILED"):
            done: dict[str, Any] = load_job
            return done
        await asyncio.sleep(0.1)


async def test_exports_are_loaded_and_introductions_answered_over_http(client: httpx.AsyncClient) -> None:
    for export in sorted(EXPORTS.iterdir()):
        job = await load(client, export, MEMBER)
        assert (job["status"], job["error"]) == ("DONE", None)

    answer = await ask(
        client,
        """
        { introductions(to: {name: {name: "Jane Okonkwo"}}) {
            ... on Introductions { routes { introducers { name } } } } }
        """,
    )
    assert answer["introductions"]["routes"][0]["introducers"][0]["name"] == "Noor Haddad"

    sources = (await ask(client, "{ sources { nodes { id kind } } }"))["sources"]["nodes"]
    take = "mutation($id: ID!) { removeSource(input: {id: $id}) { removedSourceId } }"
    mailbox = next(source["id"] for source in sources if source["kind"] == "MAILBOX")
    assert (await ask(client, take, id=mailbox))["removeSource"] == {"removedSourceId": mailbox}
    assert (await ask(client, take, id=mailbox))["removeSource"] == {"removedSourceId": None}
    assert len((await ask(client, "{ sources { nodes { id } } }"))["sources"]["nodes"]) == 1


async def test_a_statement_is_made_repeated_and_taken_back(client: httpx.AsyncClient) -> None:
    await load(client, next(EXPORTS.glob("*.zip")), MEMBER)
    people = {}
    for name in ("Victor Lang", "Jane Okonkwo"):
        answer = await ask(
            client, "query($s: String!) { people(search: $s, first: 1) { edges { node { id } } } }", s=name
        )
        people[name] = answer["people"]["edges"][0]["node"]["id"]
    of = {"by": people["Victor Lang"], "towards": people["Jane Okonkwo"]}
    say = """mutation($by: ID!, $towards: ID!, $on: Date, $until: Date) {
        createStatement(input: {
          fromPersonId: $by, toPersonId: $towards, kind: KNOWS_WELL, statedOn: $on, validUntil: $until
        }) {
          statement { kind statedOn validUntil fromPerson { name } } } }"""
    back = """mutation($by: ID!, $towards: ID!) {
        withdrawStatement(input: {fromPersonId: $by, toPersonId: $towards, kind: KNOWS_WELL}) {
          withdrawnStatements { kind } } }"""

    stated = {
        "kind": "KNOWS_WELL",
        "statedOn": "2026-11-03",
        "validUntil": "2027-11-02",
        "fromPerson": {"name": "Victor Lang"},
    }
    for _ in range(2):
        assert (await ask(client, say, **of, on="2026-11-03"))["createStatement"]["statement"] == stated
    until = {"validUntil": "2026-12-31"}
    assert (await ask(client, say, **of, on="2026-11-03", until="2026-12-31"))["createStatement"]["statement"] == (
        stated | until
    )
    for withdrawn in ([{"kind": "KNOWS_WELL"}], []):
        assert (await ask(client, back, **of))["withdrawStatement"]["withdrawnStatements"] == withdrawn


async def test_a_tie_that_is_not_used_in_routes_is_marked(client: httpx.AsyncClient) -> None:
    for export in sorted(EXPORTS.iterdir()):
        await load(client, export, MEMBER)
    tie = """query($to: PersonRef!) { tie(from: $to) {
        ... on Tie { knows strengthLabel evidence outbound { isStated statements { kind statedOn } }
        fromPerson { id } toPerson { id } } } }"""
    noor = {"name": {"name": "Noor Haddad"}}
    before = (await ask(client, tie, to=noor))["tie"]
    of = {"by": before["toPerson"]["id"], "towards": before["fromPerson"]["id"]}

    say = (
        "mutation($by: ID!, $towards: ID!) { "
        'createStatement(input: {fromPersonId: $by, toPersonId: $towards, kind: %s, statedOn: "2026-11-03"})'
        " { statement { validUntil } } }"
    )
    assert (await ask(client, say % "DO_NOT_ROUTE", **of))["createStatement"] == {"statement": {"validUntil": None}}
    answer = (await ask(client, tie, to=noor))["tie"]

    assert (answer["knows"], answer["strengthLabel"]) == (True, before["strengthLabel"])
    assert answer["outbound"] == {
        "isStated": False,
        "statements": [{"kind": "DO_NOT_ROUTE", "statedOn": "2026-11-03"}],
    }
    assert answer["evidence"].endswith(
        "; you stated on 3 Nov 2026 that no route may use the tie between you and Noor Haddad"
    )
    asked = "query($to: PersonRef!) { introductions(to: $to) { __typename ... on Refusal { reason message } } }"
    assert (await ask(client, asked, to=noor))["introductions"]["__typename"] != "AlreadyKnown"


async def test_an_upload_says_whom_a_list_of_people_contains(client: httpx.AsyncClient, tmp_path: Path) -> None:
    path = tmp_path / "friends.csv"
    path.write_text("Name,Email\nBen Okoro,ben@acme.example\n", "utf-8")

    unknown = await load(client, path, MEMBER)
    known = await load(client, path, MEMBER, "CONNECTIONS")

    listed = ["1 listed connections" in str(job["report"]) for job in (unknown, known)]
    assert listed == [False, True]


async def test_an_upload_without_a_job_is_refused(client: httpx.AsyncClient) -> None:
    refused = await client.put("/uploads/none", content=b"x", headers=SIGNED)

    assert refused.status_code == 404
    assert refused.headers["x-request-id"] == refused.json()["errors"][0]["extensions"]["requestId"]
    assert (await client.put("/uploads/none", content=b"x")).status_code == 401


INVALID_NAMES = (
    "",
    ".",
    "..",
    " ",
    "a/b.csv",
    "../../evil.csv",
    "a\\b.csv",
    "a\x00b.csv",
    "\n.csv",
    "x" * 300,
    "é" * 150,
)
UNUSUAL_NAMES = ("con.csv", "-rf.csv", ".htaccess", "$(id).csv", "~", "\U0001f600.csv", "é" * 90 + ".csv")


async def test_an_upload_of_any_name_is_received_or_refused(client: httpx.AsyncClient) -> None:
    create = "mutation($name: String!) { createLoadJob(input: {fileName: $name}) { job { id uploadPath } } }"
    for name in INVALID_NAMES:
        body = {"query": create, "variables": {"name": name}}
        (error,) = (await client.post("/graphql", json=body, headers=SIGNED)).json()["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT", name
    for name in UNUSUAL_NAMES:
        job = (await ask(client, create, name=name))["createLoadJob"]["job"]
        assert (await client.put(job["uploadPath"], content=b"x", headers=SIGNED)).status_code == 202, name


async def test_columns_that_fit_no_table_are_refused(client: httpx.AsyncClient) -> None:
    create = "mutation($columns: [ColumnInput!]) {"
    create += ' createLoadJob(input: {fileName: "a.csv", columns: $columns}) { job { id } } }'
    for columns in (
        [{"field": "name", "column": "Who"}, {"field": "shoe_size", "column": "Shoes"}],
        [{"field": "name", "column": " "}],
        [{"field": "name", "column": "x" * 201}],
    ):
        body = {"query": create, "variables": {"columns": columns}}
        (error,) = (await client.post("/graphql", json=body, headers=SIGNED)).json()["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT", columns


async def test_a_job_with_an_invalid_name_from_an_earlier_version_is_refused(
    client: httpx.AsyncClient, driver: neo4j.AsyncDriver
) -> None:
    job = (await ask(client, 'mutation { createLoadJob(input: {fileName: "a"}) { job { id uploadPath } } }'))[
        "createLoadJob"
    ]["job"]
    await driver.execute_query("MATCH (j {id: $id}) SET j.name = '..'", id=job["id"])

    assert (await client.put(job["uploadPath"], content=b"x", headers=SIGNED)).status_code == 400
