"""`tertius admin refresh`."""

from datetime import date

from graph.derivation.refresh import refresh_network
from graph.privacy.retention import delete_expired_evidence
from presentation.answer_json import day_text
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def refresh_ties(as_of: date | None, *, as_json: bool) -> None:
    """Derive every tie for a day, and delete evidence past its retention."""
    day = as_of or today()

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        is_pinned = day != today()
        state = await refresh_network(network.graph, network.id, as_of=day, is_pinned=is_pinned, progress=progress)
        await delete_expired_evidence(network.graph, network.id, today=today(), progress=progress)
        if as_json:
            console.echo_json({"asOf": day_text(state.as_of)})
        else:
            console.echo(f"Every tie is as of {format_day(state.as_of)}.")

    run(do)
