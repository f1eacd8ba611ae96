"""Serve."""

from typing import Annotated

from tertius import console, settings
from tertius.cli.options import Serve
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.runner import console_progress, run
from tertius.service.serve import service
from tertius.session import OpenNetwork


def up(*, serving: Annotated[bool, Serve] = True) -> None:
    """Start the database, if it is down, and serve the API until Ctrl-C ends it."""
    found = settings.read_settings()

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        count = len(network.state.listed_sources(network.member))
        console.echo(f"The database is up. The network holds {count} source{'' if count == 1 else 's'}.")

    with service(found, found.network, enabled=serving, wait_for_database=True):
        run(do, create=True)
        status = lifecycle.status(found)
        if status.address is not None:
            console.echo(f"Neo4j: {status.address.uri}." + (" `tertius down` stops it." if status.local else ""))


def down() -> None:
    """Stop the local database; what is in it stays."""
    with console_progress() as progress:
        stopped = lifecycle.stop(settings.read_settings(), progress)
    console.echo("The database is stopped." if stopped else "No local database is running.")
