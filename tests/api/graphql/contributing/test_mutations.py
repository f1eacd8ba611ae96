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
    async with served(graph, uploads=tmp_path) as found:
        yield found


async def ask(client: httpx.AsyncClient, document: str, **variables: Any) -> dict[str, Any]:
    answer = await client.post("/graphql", json={"query": document, "variables": variables}, headers=SIGNED)
    told: dict[str, Any] = answer.json()
    assert "errors" not in told, told
    found: dict[str, Any] = told["data"]
    return found


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
        found = (await ask(client, f"query($id: ID!) {{ loadJob(id: $id) {{ {JOB} }} }}", id=job["id"]))["loadJob"]
        if found["status"] in ("DONE", "FAILED"):
            done: dict[str, Any] = found
            return done
        await asyncio.sleep(0.1)


async def test_exports_go_in_and_introductions_come_out_over_http(client: httpx.AsyncClient) -> None:
    for export in sorted(EXPORTS.iterdir()):
        job = await load(client, export, MEMBER)
        assert (job["status"], job["error"]) == ("DONE", None)

    found = await ask(
        client,
        """
        { introductions(to: {name: {name: "Jane Okonkwo"}}) {
            ... on Introductions { routes { introducers { name } } } } }
        """,
    )
    assert found["introductions"]["routes"][0]["introducers"][0]["name"] == "Noor Haddad"

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
        found = await ask(
            client, "query($s: String!) { people(search: $s, first: 1) { edges { node { id } } } }", s=name
        )
        people[name] = found["people"]["edges"][0]["node"]["id"]
    of = {"by": people["Victor Lang"], "towards": people["Jane Okonkwo"]}
    say = """mutation($by: ID!, $towards: ID!, $on: Date, $until: Date) {
        createStatement(input: {
          fromPersonId: $by, toPersonId: $towards, kind: KNOWS_WELL, statedOn: $on, validUntil: $until
        }) {
          statement { kind statedOn validUntil fromPerson { name } } } }"""
    back = """mutation($by: ID!, $towards: ID!) {
        withdrawStatement(input: {fromPersonId: $by, toPersonId: $towards, kind: KNOWS_WELL}) {
          withdrawnStatements { kind } } }"""

    said = {
        "kind": "KNOWS_WELL",
        "statedOn": "2026-11-03",
        "validUntil": "2027-11-02",
        "fromPerson": {"name": "Victor Lang"},
    }
    for _ in range(2):
        assert (await ask(client, say, **of, on="2026-11-03"))["createStatement"]["statement"] == said
    until = {"validUntil": "2026-12-31"}
    assert (await ask(client, say, **of, on="2026-11-03", until="2026-12-31"))["createStatement"]["statement"] == (
        said | until
    )
    for withdrawn in ([{"kind": "KNOWS_WELL"}], []):
        assert (await ask(client, back, **of))["withdrawStatement"]["withdrawnStatements"] == withdrawn


async def test_a_tie_that_is_no_route_is_told_as_such(client: httpx.AsyncClient) -> None:
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
    found = (await ask(client, tie, to=noor))["tie"]

    assert (found["knows"], found["strengthLabel"]) == (True, before["strengthLabel"])
    assert found["outbound"] == {
        "isStated": False,
        "statements": [{"kind": "DO_NOT_ROUTE", "statedOn": "2026-11-03"}],
    }
    assert found["evidence"].endswith(
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


async def test_an_upload_nobody_announced_is_not_taken(client: httpx.AsyncClient) -> None:
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
