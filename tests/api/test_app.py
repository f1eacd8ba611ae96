"""Tests of the service around the schema: authentication, errors, health checks and metrics."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import neo4j
import pytest
from graphql import get_introspection_query

from cypher import Query, load
from graph.database.client import Graph, open_service_graph
from graph.networks.load_jobs import LoadJobStatus, create_load_job, list_load_jobs, update_load_job
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer as as_viewer
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from tests.api.conftest import SIGNED, TODAY, TOKEN, Counting, served

VIEWER = {"query": "{ viewer { asOf } }"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer another"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer"}],
    ids=["none", "another", "not a bearer's", "empty"],
)
async def test_without_a_members_token_there_is_no_answer(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await client.post("/graphql", json=VIEWER, headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    (error,) = response.json()["errors"]
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]


async def test_only_the_hash_of_a_token_is_stored(sample: Counting, driver: neo4j.AsyncDriver) -> None:
    rows, _, _ = await driver.execute_query(
        "MATCH (n) WHERE any(k IN keys(n) WHERE n[k] = $token) RETURN n", token=TOKEN
    )

    assert rows == []


async def test_a_token_gives_access_to_its_network_only(client: httpx.AsyncClient, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "another", today=TODAY)
    await grant_token(sample, network, member, "the-token-of-another")
    search = """{
      people(search: "Jane Okonkwo", first: 1) { edges { node { id } } }
      company(name: "Halden Robotics") { currentContacts { company } }
      sources { nodes { id } } statements { nodes { statedOn } }
    }"""
    person = "query($id: ID!) { person(ref: {id: $id}) { __typename } }"

    seen: dict[str, tuple[Any, str]] = {}
    id = ""
    for token in (TOKEN, "the-token-of-another"):
        headers = {"Authorization": f"Bearer {token}"}
        data = (await client.post("/graphql", json={"query": search}, headers=headers)).json()["data"]
        id = id or data["people"]["edges"][0]["node"]["id"]
        response = await client.post("/graphql", json={"query": person, "variables": {"id": id}}, headers=headers)
        seen[token] = (data, response.json()["data"]["person"]["__typename"])

    assert seen[TOKEN][1] == "Person"
    assert seen["the-token-of-another"] == (
        {
            "people": {"edges": []},
            "company": {"currentContacts": []},
            "sources": {"nodes": []},
            "statements": {"nodes": []},
        },
        "UnknownTarget",
    )


async def test_a_member_has_as_many_tokens_as_machines(client: httpx.AsyncClient, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "two machines", today=TODAY)
    for token in ("first", "second", "first"):
        await grant_token(sample, network, member, token)

    statuses = [
        (await client.post("/graphql", json=VIEWER, headers={"Authorization": f"Bearer {token}"})).status_code
        for token in ("first", "second", "third")
    ]

    assert statuses == [200, 200, 401]


class Broken(Graph):
    """A graph that fails as nobody foresaw, with something private in the message."""

    fails = ("lookup/find_by_name",)

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.name in self.fails:
            raise ZeroDivisionError("jane@example.com")
        return await super().run(query, **params)


async def test_internal_errors_are_masked_and_logged_with_the_request_id(
    sample: Counting, driver: neo4j.AsyncDriver, caplog: pytest.LogCaptureFixture
) -> None:
    async with served(Broken(driver)) as client:
        question = {"query": '{ people(search: "jane", first: 1) { edges { cursor } } }'}
        response = await client.post("/graphql", json=question, headers=SIGNED)

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert error["extensions"]["requestId"] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "jane@" not in response.text + caplog.text


async def test_a_fault_outside_of_a_query_is_reported_and_masked_too(
    sample: Counting, driver: neo4j.AsyncDriver, caplog: pytest.LogCaptureFixture
) -> None:
    graph = Broken(driver)
    graph.fails = ("networks/read_state",)

    async with served(graph) as client:
        response = await client.post("/graphql", json=VIEWER, headers=SIGNED)

    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL_SERVER_ERROR")
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert error["extensions"]["requestId"] in caplog.text
    assert "jane@" not in response.text + caplog.text


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"",
        b"{}",
        b"[]",
        b"3",
        b'"\xff"',
        b"[" * 90_000,
        b'{"query": 3}',
        b'{"query": "{viewer{asOf}}", "variables": 3}',
        b'{"query": "{viewer{asOf}}", "operationName": 3}',
        b'{"query": "{viewer{asOf}}", "extensions": 3}',
        b'{"query": ""}',
    ],
)
async def test_an_invalid_request_has_the_form_of_all_errors(client: httpx.AsyncClient, content: bytes) -> None:
    response = await client.post("/graphql", content=content, headers={**SIGNED, "Content-Type": "application/json"})

    assert response.status_code == 400
    for error in response.json()["errors"]:
        assert error["extensions"] == {"code": "BAD_USER_INPUT", "requestId": response.headers["x-request-id"]}


async def test_an_unknown_path_and_method_have_the_form_of_all_errors(
    client: httpx.AsyncClient,
) -> None:
    nothing, another = await client.get("/nothing"), await client.delete("/graphql")

    assert (nothing.status_code, nothing.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
    assert (another.status_code, another.json()["errors"][0]["extensions"]["code"]) == (405, "BAD_USER_INPUT")
    assert another.headers["allow"]


async def test_introspection_is_allowed_only_by_setting(client: httpx.AsyncClient, sample: Counting) -> None:
    question = {"query": get_introspection_query()}

    assert (await client.post("/graphql", json=question, headers=SIGNED)).json().get("data") is None
    assert (await client.get("/graphql", headers={"Accept": "text/html"})).status_code == 405
    async with served(sample, explore=True) as open_client:
        response = await open_client.post("/graphql", json=question, headers=SIGNED)
        assert response.json()["data"]["__schema"]["queryType"]["name"] == "Query"
        assert "graphiql" in (await open_client.get("/graphql", headers={"Accept": "text/html"})).text.casefold()


ALMOST = {
    "field": "{ viewr { asOf } }",
    "field without its own": "{ viewer }",
    "argument": '{ people(serch: "a", first: 1) { edges { cursor } } }',
    "type": "{ viewer { person { ... on Persn { id } } } }",
    "input field": '{ person(ref: {emal: "a"}) { __typename } }',
    "enum value": """mutation {
      withdrawStatement(input: {fromPersonId: "a", toPersonId: "b", kind: MEET}) { withdrawnStatements { kind } } }""",
    "variable's type": "query($a: PersonRf!) { person(ref: $a) { __typename } }",
    "variable's enum value": """mutation($kind: StatementKind!) {
      withdrawStatement(input: {fromPersonId: "a", toPersonId: "b", kind: $kind}) { withdrawnStatements { kind } } }""",
    "variable's input field": "query($ref: PersonRef!) { person(ref: $ref) { __typename } }",
    "directive": "{ viewer @skp(if: true) { asOf } }",
}


@pytest.mark.parametrize("document", ALMOST.values(), ids=ALMOST.keys())
async def test_errors_do_not_suggest_fields_of_the_schema(client: httpx.AsyncClient, document: str) -> None:
    question = {"query": document, "variables": {"kind": "MEET", "ref": {"emal": "a"}}}

    response = await client.post("/graphql", json=question, headers=SIGNED)

    assert response.json()["errors"]
    assert "Did you mean" not in response.text


class Cable:
    """What lies between the service and Neo4j: it can be cut, and falls silent for good behind `last_words`."""

    def __init__(self, uri: str) -> None:
        self._to = urlsplit(uri)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.last_words: bytes | None = None
        self.silent = False

    async def plug(self) -> None:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._open |= {writer, back}
        await asyncio.gather(self._pour(reader, back), self._pour(there, writer))

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                self.silent |= self.last_words is not None and self.last_words in data
                if not self.silent:
                    writer.write(data)
        except ConnectionError:
            pass
        writer.close()
        self._open.discard(writer)


Cabled = tuple[Cable, httpx.AsyncClient]


@asynccontextmanager
async def cabled(place: tuple[str, str, str], *, plugged: bool = True, **of_the_service: Any) -> AsyncIterator[Cabled]:
    uri, user, password = place
    cable = Cable(uri)
    await cable.plug()
    if not plugged:
        await cable.cut()
    at = f"bolt://127.0.0.1:{cable.port}"
    async with open_service_graph(at, user, password) as graph, served(graph, **of_the_service) as client:
        yield cable, client
    await cable.cut()


async def test_health_reports_a_lost_database_and_its_return(sample: Counting, migrated: tuple[str, str, str]) -> None:
    async with cabled(migrated) as (cable, client):
        assert (await client.post("/graphql", json=VIEWER, headers=SIGNED)).status_code == 200
        assert (await client.get("/readyz")).status_code == 200

        await cable.cut()
        away = await client.post("/graphql", json=VIEWER, headers=SIGNED)
        assert (away.status_code, away.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/healthz")).status_code == 200

        await cable.plug()
        assert (await client.post("/graphql", json=VIEWER, headers=SIGNED)).status_code == 200


async def test_a_database_that_stops_responding_ends_the_wait(migrated: tuple[str, str, str]) -> None:
    async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(-1)
        writer.close()

    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with open_service_graph(f"bolt://127.0.0.1:{port}", "neo4j", "neo4j") as graph, served(graph) as client:
        assert (await client.post("/graphql", json=VIEWER, headers=SIGNED)).status_code == 503
    server.close()


SEARCH = {"query": '{ people(search: "jane", first: 1) { edges { cursor } } }'}


@pytest.mark.parametrize("name", ["networks/read_state", "lookup/find_by_name"])
async def test_a_database_that_stops_responding_during_a_request_ends_the_request(
    sample: Counting, migrated: tuple[str, str, str], name: str
) -> None:
    async with cabled(migrated) as (cable, client):
        cable.last_words = load(name).text.splitlines()[0].encode()

        response = await client.post("/graphql", json=SEARCH, headers=SIGNED)

        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (
            503,
            "SERVICE_UNAVAILABLE",
        )
        cable.last_words, cable.silent = None, False
        assert (await client.post("/graphql", json=SEARCH, headers=SIGNED)).status_code == 200


async def test_a_service_that_starts_before_the_database_works_when_it_is_available(
    sample: Counting, migrated: tuple[str, str, str], tmp_path: Path
) -> None:
    network, member = await find_or_create_network(sample, "early", today=TODAY)
    await grant_token(sample, network, member, "early")
    viewer = as_viewer(await read_state(sample, network), member)
    job = await create_load_job(sample, viewer, name="notes.txt", owner_address=None)
    await update_load_job(sample, network, job.id, LoadJobStatus.WAITING)

    async with cabled(migrated, plugged=False, uploads=tmp_path, networks=[network]) as (cable, client):
        headers = {"Authorization": "Bearer early"}
        assert (await client.post("/graphql", json=VIEWER, headers=headers)).status_code == 503
        await cable.plug()
        while (await list_load_jobs(sample, viewer, id=job.id))[0].status is LoadJobStatus.WAITING:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
        assert (await client.post("/graphql", json=VIEWER, headers=headers)).status_code == 200
