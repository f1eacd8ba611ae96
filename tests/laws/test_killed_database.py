"""Tests that a killed database loses nothing and leaves no partial data."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL
from contextlib import suppress
from pathlib import Path
from typing import Any

import neo4j
import psutil
import pytest

from tertius.localdb import lifecycle
from tests.databases import copy_migrated_store, local_settings
from tests.graph.worlds import network_contents
from tests.laws.test_killed import ME, mailbox

pytestmark = [pytest.mark.fuzz, pytest.mark.database, pytest.mark.slow]

KILLS = 20 if "TERTIUS_TEST_EXAMPLES" in os.environ else 1


async def test_a_load_survives_a_killed_database(tmp_path: Path) -> None:
    """`make test` kills it once, `make fuzz` twenty times."""
    export = mailbox(tmp_path / "all.mbox", people=100, messages=6)
    settings = local_settings(tmp_path / "home")
    copy_migrated_store(settings)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")}

    async def tertius(network: str, *words: str) -> asyncio.subprocess.Process:
        program = [sys.executable, "-c", "from tertius.cli.app import main; main()", *words]
        env = {**environment, "TERTIUS_HOME": str(settings.home), "TERTIUS_NETWORK": network}
        return await asyncio.create_subprocess_exec(*program, env=env, stdout=DEVNULL, stderr=DEVNULL)

    async def read_contents(network: str) -> dict[str, Any]:
        address = lifecycle.ensure_running(settings)
        auth = (address.user, address.password.get_secret_value())
        async with neo4j.AsyncGraphDatabase.driver(address.uri, auth=auth) as driver:
            return await network_contents(driver, network)

    load = ("load", str(export), "--as", ME)
    try:
        lifecycle.ensure_running(settings)
        started = time.monotonic()
        assert await (await tertius("whole", *load)).wait() == 0
        duration = time.monotonic() - started
        expected = await read_contents("whole")

        for point in range(1, KILLS + 1):
            loading = await tertius("killed", *load)
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(loading.wait()), duration * (0.4 + 0.6 * point / (KILLS + 1)))
            server = lifecycle.status(settings).pid
            assert server
            psutil.Process(server).kill()
            await loading.wait()
            assert await (await tertius("killed", "source", "list")).wait() == 0
            contents = await read_contents("killed")
            assert contents["ties"] in ([], expected["ties"])
            assert bool(contents["evidence"]) == bool(contents["ties"])

        assert await (await tertius("killed", *load)).wait() == 0
        assert await read_contents("killed") == expected
    finally:
        lifecycle.stop(settings)
