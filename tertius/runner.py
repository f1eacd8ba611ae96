"""How a command runs: in its house, with progress, to an exit code."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from graph.database.gc_tuning import collect_seldom
from tertius import settings
from tertius.console import ConsoleProgress
from tertius.session import Home, at_home

T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="Print data for programs.")]

FAILED = 1


def run(do: Callable[[Home, ConsoleProgress], Awaitable[T]], *, network: str | None = None, make: bool = False) -> T:
    """Do it in the network of this name (else the settings'), which is made where it is new and `make` says so."""
    collect_seldom()

    async def opened() -> T:
        with ConsoleProgress(sys.stderr) as progress:
            house = at_home(settings.read(), progress=progress, network=network, make=make)
            async with house as home:
                return await do(home, progress)

    return asyncio.run(opened())


def end(code: int) -> None:
    """End with this exit code, where it is not 0."""
    if code:
        raise typer.Exit(code)
