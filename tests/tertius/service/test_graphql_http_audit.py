"""Run the audits of graphql-http (GraphQL over HTTP) against `tertius up`, where Node is installed.

docs/api.md lists the results. tests/api/graphql/test_endpoint.py checks the same in Python.
"""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.tertius.service.test_serve import up

AUDIT = Path(__file__).with_name("audit")
REFUSED_GET_AUDITS = {"5A70", "D6D5", "6A70"}
"""Audits of queries by GET, which the service does not accept."""


@pytest.fixture
def installed() -> None:
    """Install the imports of audit.mjs, as locked in package-lock.json."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("Node is not installed")
    if (AUDIT / "node_modules" / "graphql-http").exists():
        return
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=AUDIT, check=False, capture_output=True)
    if done.returncode != 0:
        pytest.skip("npm cannot fetch graphql-http here")


def test_the_service_passes_the_audits_of_graphql_over_http(environment: dict[str, str], installed: None) -> None:
    with_introspection = environment | {"TERTIUS_HTTP__EXPLORE": "true"}  # two audits read the schema
    with up(with_introspection, ended_by=signal.SIGTERM) as (address, token):
        environment_of_audit = os.environ | {"ADDRESS": address, "TOKEN": token}
        done = subprocess.run(
            ["node", "audit.mjs"], cwd=AUDIT, env=environment_of_audit, check=True, capture_output=True, text=True
        )

    audits = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(audits) == 61
    assert {audit["id"] for audit in audits if audit["status"] != "ok"} == REFUSED_GET_AUDITS
