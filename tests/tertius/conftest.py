"""The command on the sample network, and what `tertius up` finds, for every file here."""

import os
from pathlib import Path

import pytest

from tests.tertius.test_cli import here

__all__ = ["here"]


@pytest.fixture
def environment(migrated: tuple[str, str, str], tmp_path: Path) -> dict[str, str]:
    """What a command finds that serves the network `served` of the tests' database on a port of its own."""
    uri, user, password = migrated
    return os.environ | {
        "TERTIUS_NEO4J__URI": uri,
        "TERTIUS_NEO4J__USER": user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_HTTP__PORT": "0",
        "TERTIUS_NETWORK": "served",
        "TERTIUS_HOME": str(tmp_path / "home"),
    }
