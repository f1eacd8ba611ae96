"""Refresh."""

from typing import Annotated

import typer

from graph.derivation.refresh import refresh_network as move_day
from graph.privacy.retention import delete_expired_evidence
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli.options import _date
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def refresh(
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day to speak of, as 2026-11-22; else today.")
    ] = None,
) -> None:
    """Bring every tie to today, or to another day."""
    day = _date(as_of)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        held = day != today()
        moved = await move_day(network.graph, network.id, as_of=day, is_pinned=held, progress=progress)
        await delete_expired_evidence(network.graph, network.id, today=today(), progress=progress)
        console.echo(f"Every tie is as of {format_day(moved.as_of)}.")

    run(do)
