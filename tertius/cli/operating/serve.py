"""`tertius up`: starts the database and serves the API."""

from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.runner import run
from tertius.service.serve import service
from tertius.session import OpenNetwork


def start(*, serving: bool, opens_page: bool, workers: int | None) -> None:
    """Start the database, print the state, and serve the API until Ctrl-C. `workers` replace those of the settings."""
    current = settings.read_settings()
    if workers is not None:
        current = current.model_copy(update={"http": current.http.model_copy(update={"workers": workers})})

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        count = len(network.state.listed_sources(network.member))
        console.echo(f"The database is running. The network has {count} source{'' if count == 1 else 's'}.")

    with service(current, current.network, enabled=serving, wait_for_database=True, opens_page=opens_page):
        run(do, create=True)
        status = lifecycle.status(current)
        if status.address is not None:
            console.echo(f"Neo4j: {status.address.uri}." + (" `tertius down` stops it." if status.local else ""))
