"""A database that stops answering: requests end with one sentence, nothing stored is lost, and the service recovers."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.test_app import Cable
from tests.tertius.service.test_operation import MAIL, MESSAGES, up

pytestmark = pytest.mark.slow
RENAME = """mutation($key: ID!) {
  renameViewer(input: {name: "Ana", idempotencyKey: $key}) { member { name } } }"""
LOAD = """mutation($key: ID, $who: String!) {
  createLoadJob(input: {fileName: "a.mbox", ownerEmail: $who, idempotencyKey: $key}) { job { id uploadPath } } }"""
STATUS = "query($id: ID!) { loadJob(id: $id) { status } }"
PEOPLE = '{ people(search: "zenobia", first: 9) { nodes { name } } }'


class Client:
    """Sends requests as the member of the service."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def ask(self, query: str, **variables: Any) -> httpx.Response:
        return await self.client.post("/graphql", json={"query": query, "variables": variables})

    async def ask_until_answered(self, query: str, **variables: Any) -> dict[str, Any]:
        """Send a request again until the database answers, as clients do after 503."""
        while True:
            answer = await self.ask(query, **variables)
            errors = answer.json().get("errors", ())
            if not any(error["extensions"]["code"] == "SERVICE_UNAVAILABLE" for error in errors):
                return dict(answer.json()["data"])

    async def load(self, key: str) -> str:
        """Upload an export, and return the final status of its load."""
        created = (await self.ask_until_answered(LOAD, key=key, who=MAIL))["createLoadJob"]["job"]
        while (await self.client.put(created["uploadPath"], content=MESSAGES.encode())).status_code == 503:
            pass
        while (status := (await self.ask_until_answered(STATUS, id=created["id"]))["loadJob"]["status"]) not in (
            "DONE",
            "FAILED",
        ):
            pass
        return str(status)


async def test_a_stalled_database_loses_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    cable = Cable(environment["TERTIUS_NEO4J__URI"])
    await cable.plug()
    environment |= {"TERTIUS_NEO4J__URI": f"bolt://127.0.0.1:{cable.port}"}
    with up(environment, tmp_path) as service:
        await asyncio.to_thread(service.wait_until_ready)
        headers = {"Authorization": f"Bearer {service.token}"}
        async with httpx.AsyncClient(
            base_url=service.address, headers=headers, timeout=120, trust_env=False
        ) as connection:
            client = Client(connection)
            assert await client.load("one") == "DONE"
            people = await client.ask_until_answered(PEOPLE)

            cable.silent = True
            answers = await asyncio.gather(client.ask(PEOPLE), client.ask(RENAME, key="two"), client.ask(PEOPLE))
            alive, ready = await connection.get("/healthz"), await connection.get("/readyz")

            await cable.cut()
            cable.silent = False
            await cable.plug()
            renamed = [await client.ask_until_answered(RENAME, key="two") for _ in range(2)]
            members = await client.ask_until_answered("{ members { nodes { name } } }")
            assert await client.load("three") == "DONE"
            assert await client.ask_until_answered(PEOPLE) == people
        output = await asyncio.to_thread(service.end)
    await cable.cut()

    for answer in (*answers, ready):
        (error,) = answer.json()["errors"]
        assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE", answer.text
        assert error["message"].count(".") <= 2
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert renamed[0] == renamed[1] == {"renameViewer": {"member": {"name": "Ana"}}}
    assert members == {"members": {"nodes": [{"name": "Ana"}]}}
    assert "Traceback" not in output
    assert all(json.loads(line) for line in service.errors.read_text("utf-8").splitlines())
