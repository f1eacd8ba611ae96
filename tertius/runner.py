"""Runs a command: opens the network, shows progress on stderr, ends with an exit code."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from graph.database.gc_tuning import collect_seldom
from tertius import settings
from tertius.console import ConsoleProgress
from tertius.session import OpenNetwork, open_network

T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]

FAILED = 1


def run(
    command: Callable[[OpenNetwork, ConsoleProgress], Awaitable[T]], *, name: str | None = None, create: bool = False
) -> T:
    """Run a command in the network of this name, or the one in the settings; `create` creates a missing one."""
    collect_seldom()

    async def run_in_network() -> T:
        with ConsoleProgress(sys.stderr) as progress:
            async with open_network(settings.read(), progress=progress, name=name, create=create) as network:
                return await command(network, progress)

    return asyncio.run(run_in_network())


def end(code: int) -> None:
    """Exit with this code unless it is 0."""
    if code:
        raise typer.Exit(code)
