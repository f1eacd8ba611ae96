"""Runs a command: prepares the database, opens the network, shows progress on stderr, ends with an exit code."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from graph.database.gc_tuning import reduce_gc_frequency
from tertius.cli.exit_codes import INTERRUPTED
from tertius.console import ConsoleProgress
from tertius.env_file import ignored_env_file, ignored_message

if TYPE_CHECKING:
    from tertius.remote.client import ServerClient
    from tertius.session import OpenNetwork

_Result = TypeVar("_Result")
_STOPPED = "Interrupted."
_STOPPED_STARTING = (
    "Interrupted while the database was being prepared. The next command continues where this one stopped."
)


def run(
    command: "Callable[[OpenNetwork, ConsoleProgress], Awaitable[_Result]]",
    *,
    name: str | None = None,
    create: bool = False,
    interrupted: str = _STOPPED,
) -> _Result:
    """Run a command in the network of this name, or the one in the settings; `create` creates a missing one.

    `interrupted` is printed after Ctrl-C, and the exit code is then 130.
    """
    # these modules load the driver of Neo4j and more, which takes seconds on a slow machine: not for `--help`, and not
    # for a command that asks a server
    import asyncio  # noqa: PLC0415

    from tertius import settings  # noqa: PLC0415
    from tertius.localdb import lifecycle  # noqa: PLC0415
    from tertius.session import open_network  # noqa: PLC0415

    reduce_gc_frequency()
    current = settings.read_settings()
    if ignored := ignored_env_file(current.env_file):
        _warn_once(ignored)

    async def run_in_network(progress: ConsoleProgress) -> _Result:
        async with open_network(current, address, progress=progress, name=name, create=create) as network:
            return await command(network, progress)

    # not in the event loop: there Ctrl-C would take effect only when the database has started
    with console_progress(interrupted=_STOPPED_STARTING) as progress:
        address = lifecycle.ensure_running(current, progress)
    with console_progress(interrupted=interrupted) as progress:
        return asyncio.run(run_in_network(progress))


def run_or_ask(
    command: "Callable[[OpenNetwork, ConsoleProgress], Awaitable[_Result]]",
    ask: "Callable[[ServerClient], _Result]",
    *,
    create: bool = False,
) -> _Result:
    """Call `ask` with the server that the user selected, or else run the command in the local database."""
    # the client imports httpx, which takes a tenth of a second: not for `--help`
    from tertius.remote.client import connect_to  # noqa: PLC0415
    from tertius.remote.servers import selected_server  # noqa: PLC0415

    server = selected_server()
    if server is None:
        return run(command, create=create)
    with console_progress(), connect_to(server) as client:
        return ask(client)


@cache
def _warn_once(ignored: Path) -> None:
    typer.echo(ignored_message(ignored), err=True)


@contextmanager
def console_progress(*, interrupted: str = _STOPPED) -> Iterator[ConsoleProgress]:
    """Show progress on stderr in the block. After Ctrl-C, print `interrupted` and exit with code 130."""
    try:
        with ConsoleProgress(sys.stderr) as progress:
            yield progress
    except KeyboardInterrupt:
        typer.echo(interrupted, err=True)
        raise typer.Exit(INTERRUPTED) from None


def end(code: int) -> None:
    """Exit with this code unless it is 0."""
    if code:
        raise typer.Exit(code)
