"""The database that the tests may empty: deliberately not the one that the settings name."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tertius.localdb import lifecycle
from tertius.settings import Http, Imap, Limits, Memory, Metrics, Neo4j, Oidc, Settings, Traces

IMAGE = "neo4j:2026-community"  # docker-compose.yml's


def at_home_in(folder: Path) -> Settings:
    """Settings of a local database in this folder, whatever the environment says. Only what is
    downloaded is shared with the user."""
    return Settings(
        home=folder,
        neo4j=Neo4j(),
        memory=Memory(),
        http=Http(),
        limits=Limits(),
        imap=Imap(),
        oidc=Oidc(),
        metrics=Metrics(),
        traces=Traces(),
        network="home",
    )


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """Address, user and password of a Neo4j that the suite may empty.

    The one that TERTIUS_TEST_NEO4J_URI names (with TERTIUS_TEST_NEO4J_USER and
    TERTIUS_TEST_NEO4J_PASSWORD), else one started for this run: in a container where a Docker
    engine answers, a local one elsewhere.
    """
    if uri := os.environ.get("TERTIUS_TEST_NEO4J_URI"):
        user = os.environ.get("TERTIUS_TEST_NEO4J_USER", "neo4j")
        yield uri, user, os.environ.get("TERTIUS_TEST_NEO4J_PASSWORD", "neo4j")
        return
    if engine_answers():
        from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415 half a second, seldom needed

        with Neo4jContainer(IMAGE) as container:
            yield container.get_connection_url(), container.username, container.password
        return
    settings = at_home_in(tmp_path_factory.mktemp("neo4j"))
    address = lifecycle.ensure_running(settings)
    yield address.uri, address.user, address.password.get_secret_value()
    lifecycle.stop(settings)


def engine_answers() -> bool:
    """Whether there is a Docker engine that this user may use."""
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=60).returncode == 0


def end_all_beneath(folder: Path) -> None:
    """End the servers of a run that was cut off, told by their home (.ci/run)."""
    for process in psutil.process_iter():
        try:
            if any(argument.startswith(f"--home-dir={folder}/") for argument in process.cmdline()):
                process.terminate()
                process.wait(60)
        except psutil.Error:
            continue


if __name__ == "__main__":
    end_all_beneath(Path(sys.argv[1]))
