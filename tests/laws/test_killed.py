"""Tests that a killed load loses nothing and leaves no partial data."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL
from email.message import EmailMessage
from pathlib import Path

import neo4j
import pytest

from graph.database.client import Graph
from tests.graph.worlds import network_contents

pytestmark = [pytest.mark.fuzz, pytest.mark.database, pytest.mark.slow]

ME = "ana@home.example"
KILLED_AT = (0.5, 0.6, 0.7, 0.8, 0.9) if "TERTIUS_TEST_EXAMPLES" in os.environ else (0.6, 0.9)
"""Shares of the duration of a load after which its process is killed."""


def mailbox(path: Path, people: int, messages: int) -> Path:
    """An mbox in which each person exchanges messages with the owner, with a friend in copy."""
    with path.open("wb") as out:
        for number in range(people * messages):
            other = f"person{number % people}@firm{number % 7}.example"
            sender, to = (ME, other) if number % 2 else (other, ME)
            message = EmailMessage()
            message["From"], message["To"], message["Cc"] = sender, to, f"person{(number * 7 + 1) % people}@far.example"
            message["Date"] = (
                f"{1 + number % 28:02} {['Jan', 'Mar', 'Jun'][number % 3]} 2026 10:{number % 60:02}:00 +0000"
            )
            message["Message-ID"] = f"<{number}@home.example>"
            message.set_content("not kept")
            out.write(b"From x@y Thu Jan  1 00:00:00 2026\n" + message.as_bytes() + b"\n")
    return path


@pytest.fixture
def commands(migrated: tuple[str, str, str], tmp_path: Path) -> dict[str, str]:
    uri, user, password = migrated
    return {
        **os.environ,
        "TERTIUS_NEO4J__URI": uri,
        "TERTIUS_NEO4J__USER": user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_HOME": str(tmp_path / "home"),
    }


async def test_a_load_killed_with_sigkill_is_complete_or_absent(
    driver: neo4j.AsyncDriver, graph: Graph, commands: dict[str, str], tmp_path: Path
) -> None:
    export = mailbox(tmp_path / "all.mbox", people=150, messages=12)

    async def tertius(network: str, *words: str, killed_after: float | None = None) -> None:
        program = [sys.executable, "-c", "from tertius.cli.app import main; main()", *words]
        env = {**commands, "TERTIUS_NETWORK": network}
        process = await asyncio.create_subprocess_exec(*program, env=env, stdout=DEVNULL, stderr=DEVNULL)
        try:
            assert await asyncio.wait_for(process.wait(), killed_after) == 0
        except TimeoutError:
            process.kill()
            await process.wait()

    load = ("load", str(export), "--as", ME)
    started = time.monotonic()
    await tertius("whole", *load)
    duration = time.monotonic() - started
    expected = await network_contents(driver, "whole")

    for share in KILLED_AT:
        await tertius("killed", *load, killed_after=duration * share)
        await tertius("killed", "source", "list")
        contents = await network_contents(driver, "killed")
        assert contents["ties"] in ([], expected["ties"])
        assert bool(contents["evidence"]) == bool(contents["ties"])

    await tertius("killed", *load)
    assert await network_contents(driver, "killed") == expected
