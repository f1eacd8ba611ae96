"""Measures the command `tertius who` from its start to its answer, which a running service gives."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from keyring.backends import null

from benchmarks.figures import Figure, spread, timed
from benchmarks.http import served, target_address
from tertius.env_file import HOME, PREFIX
from tertius.remote.credentials import Credentials

_UNMEASURED = 3
"""First commands, which may fail: they compile modules, Neo4j plans queries, the service reads its route index."""


async def command_line(
    address: tuple[str, str, str], folder: Path, network: str, *, friends: int, commands: int, return_1: float
) -> AsyncIterator[Figure]:
    """The durations of commands that each ask about a person behind another of the asker's `friends`."""
    home = folder / "user"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with served(address, folder, network) as (url, token):
        Credentials(home, null.Keyring).store(url.removesuffix("/graphql"), network, token.strip())

        async def start(target: str) -> tuple[int | None, str]:
            command = await asyncio.create_subprocess_exec(
                Path(sys.executable).with_name("tertius"),
                "who",
                target,
                env=environment | {HOME: str(home)},
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            output, _ = await command.communicate()
            return command.returncode, output.decode()

        async def who(target: str) -> None:
            code, output = await start(target)
            if code:
                raise RuntimeError(f"tertius who ended with {code}: {output}")

        targets = [target_address(number % friends, 0) for number in range(_UNMEASURED + commands)]
        await timed(start, targets[:_UNMEASURED])
        yield spread("tertius who, server up", await timed(who, targets[_UNMEASURED:]), return_1)
