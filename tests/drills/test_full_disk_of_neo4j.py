"""A disk of Neo4j that is full: the service lives and says so, and after a restart of Neo4j nothing stored is lost.

Neo4j closes a database whose transaction log cannot be written, for reads too, until it is restarted.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tertius.localdb import lifecycle, process
from tertius.localdb.process import Paths
from tertius.settings import Settings
from tests.databases import copy_migrated_store, local_settings
from tests.drills.test_full_disk import FEW_BYTES, ended, job, put
from tests.tertius.service.test_operation import MESSAGES, Service, up

pytestmark = [pytest.mark.drill, pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit")]
RENAME = 'mutation { renameViewer(input: {name: "Ana", idempotencyKey: "one"}) { member { name } } }'
PEOPLE = '{ people(search: "zenobia", first: 9) { nodes { name } } }'
MEMBERS = "{ members { nodes { name } } }"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Settings]:
    """A Neo4j of this test."""
    settings = local_settings(tmp_path / "database")
    copy_migrated_store(settings)
    lifecycle.ensure_running(settings)
    yield settings
    lifecycle.stop(settings)


def limit_files(database: Settings, size: int) -> None:
    """Let Neo4j write no file beyond this size, as a full disk would."""
    server = process.find_server(Paths(database.home))
    assert server is not None
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, most))


def send(service: Service, query: str) -> httpx.Response:
    """Send a query once: `Service.post` sends it again after 503."""
    headers = {"Authorization": f"Bearer {service.token}"}
    return httpx.post(f"{service.address}/graphql", json={"query": query}, headers=headers, trust_env=False, timeout=60)


def get(service: Service, path: str) -> httpx.Response:
    return httpx.get(f"{service.address}{path}", trust_env=False, timeout=60)


def test_a_full_disk_of_neo4j_loses_nothing(database: Settings, environment: dict[str, str], tmp_path: Path) -> None:
    address = lifecycle.ensure_running(database)
    names = {"URI": address.uri, "USER": address.user, "PASSWORD": address.password.get_secret_value()}
    environment |= {f"TERTIUS_NEO4J__{name}": value for name, value in names.items()}
    with up(environment, tmp_path) as service:
        service.wait_until_ready()
        first, path = job(service, "first.mbox")
        assert put(service, path, MESSAGES.encode()).status_code == 202
        assert ended(service, first)["status"] == "DONE"
        people, members = service.post(PEOPLE).json(), service.post(MEMBERS).json()

        limit_files(database, FEW_BYTES)
        refused = [send(service, RENAME) for _ in range(3)]
        reads = [send(service, PEOPLE) for _ in range(3)]
        alive, ready = get(service, "/healthz"), get(service, "/readyz")

        lifecycle.stop(database)
        lifecycle.ensure_running(database)  # with space on the disk
        while get(service, "/readyz").status_code != 200:
            pass
        unchanged = service.post(PEOPLE).json(), service.post(MEMBERS).json()
        renamed = service.post(RENAME).json()
        second, path = job(service, "second.mbox")
        assert put(service, path, MESSAGES.encode()).status_code == 202
        assert ended(service, second)["status"] == "DONE"
        output = service.end()

    for answer in (*refused, *reads, ready):
        (error,) = answer.json()["errors"]
        assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE", answer.text
        assert error["message"].count(".") <= 2
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert unchanged == (people, members)
    assert renamed["data"] == {"renameViewer": {"member": {"name": "Ana"}}}
    assert "Traceback" not in output
    assert all(json.loads(line) for line in service.errors.read_text("utf-8").splitlines())
