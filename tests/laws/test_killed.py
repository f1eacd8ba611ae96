"""A load whose process is killed for good, at moments nobody chose: nothing is lost, nothing is half there."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import neo4j
import psutil
import pytest

from graph.database.client import Graph
from tertius.localdb import lifecycle
from tests.databases import local_settings
from tests.graph.worlds import whole

pytestmark = [pytest.mark.fuzz, pytest.mark.database, pytest.mark.slow]

ME = "ana@home.example"
POINTS = 20 if "TERTIUS_TEST_EXAMPLES" in os.environ else 2


def mailbox(path: Path, people: int, letters: int) -> Path:
    """An mbox in which so many people each exchange so many letters with the owner, a friend in copy."""
    with path.open("wb") as out:
        for number in range(people * letters):
            other = f"person{number % people}@firm{number % 7}.example"
            sender, to = (ME, other) if number % 2 else (other, ME)
            letter = EmailMessage()
            letter["From"], letter["To"], letter["Cc"] = sender, to, f"person{(number * 7 + 1) % people}@far.example"
            letter["Date"] = (
                f"{1 + number % 28:02} {['Jan', 'Mar', 'Jun'][number % 3]} 2026 10:{number % 60:02}:00 +0000"
            )
            letter["Message-ID"] = f"<{number}@home.example>"
            letter.set_content("not kept")
            out.write(b"From x@y Thu Jan  1 00:00:00 2026\n" + letter.as_bytes() + b"\n")
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


async def test_a_load_killed_with_minus_9_leaves_all_or_nothing(
    driver: neo4j.AsyncDriver, graph: Graph, commands: dict[str, str], tmp_path: Path
) -> None:
    export = mailbox(tmp_path / "all.mbox", people=300, letters=12)

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
    began = time.monotonic()
    await tertius("whole", *load)
    lasted = time.monotonic() - began
    expected = await whole(driver, "whole")

    for share in (0.5, 0.7, 0.9):
        await tertius("killed", *load, killed_after=lasted * share)
        await tertius("killed", "source", "list")
        found = await whole(driver, "killed")
        assert found["ties"] in ([], expected["ties"])
        assert bool(found["evidence"]) == bool(found["ties"])

    await tertius("killed", *load)
    assert await whole(driver, "killed") == expected


async def test_a_database_killed_in_mid_load_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """Two moments in `make test`, twenty in `make fuzz`."""
    export = mailbox(tmp_path / "all.mbox", people=200, letters=6)
    settings = local_settings(tmp_path / "home")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")}

    async def tertius(network: str, *words: str) -> asyncio.subprocess.Process:
        program = [sys.executable, "-c", "from tertius.cli.app import main; main()", *words]
        env = {**environment, "TERTIUS_HOME": str(settings.home), "TERTIUS_NETWORK": network}
        return await asyncio.create_subprocess_exec(*program, env=env, stdout=DEVNULL, stderr=DEVNULL)

    async def found(network: str) -> dict[str, Any]:
        address = lifecycle.ensure_running(settings)
        auth = (address.user, address.password.get_secret_value())
        async with neo4j.AsyncGraphDatabase.driver(address.uri, auth=auth) as driver:
            return await whole(driver, network)

    load = ("load", str(export), "--as", ME)
    try:
        lifecycle.ensure_running(settings)
        began = time.monotonic()
        assert await (await tertius("whole", *load)).wait() == 0
        lasted = time.monotonic() - began
        expected = await found("whole")

        for point in range(1, POINTS + 1):
            loading = await tertius("killed", *load)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(loading.wait()), lasted * (0.4 + 0.6 * point / (POINTS + 1)))
            server = lifecycle.status(settings).pid
            assert server
            psutil.Process(server).kill()
            await loading.wait()
            assert await (await tertius("killed", "source", "list")).wait() == 0
            left = await found("killed")
            assert left["ties"] in ([], expected["ties"])
            assert bool(left["evidence"]) == bool(left["ties"])

        assert await (await tertius("killed", *load)).wait() == 0
        assert await found("killed") == expected
    finally:
        lifecycle.stop(settings)
