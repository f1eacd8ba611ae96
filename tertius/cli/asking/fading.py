"""`tertius fading`: ties that will become weak or end without new contact."""

from collections.abc import Sequence

from graph.insights.fading import list_fading_ties
from graph.insights.tags import find_tag
from presentation.answer_json import Data, day_text, fading_tie_data
from tertius import console
from tertius.answer_reading.answers import label_text, name_and_job
from tertius.cli.rendering import format_date
from tertius.cli.tables import TerminalOrPlain, label_cell, table
from tertius.console import ConsoleProgress
from tertius.remote.client import connect_to
from tertius.remote.questions import MAX_FADING, ask_fading
from tertius.remote.servers import selected_server
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def fading(within: int, *, tag: str | None, as_json: bool) -> None:
    """Print the ties that weaken within so many days, the first to weaken first."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[list[Data], str | None]:
        network = await advance_to_today(network, progress=progress)
        among = None if tag is None else (await find_tag(network.graph, network.viewer, tag)).people
        ties = await list_fading_ties(network.graph, network.state, network.viewer, within=within, among=among)
        return [fading_tie_data(one, network.viewer) for one in ties], day_text(network.viewer.as_of)

    if server := selected_server():
        with connect_to(server) as client:
            ties, as_of = ask_fading(client, within, tag=tag, as_json=as_json)
        if len(ties) == MAX_FADING:
            console.echo(f"The server lists {MAX_FADING} ties at most.", err=True)
    else:
        ties, as_of = run(do)
    if as_json:
        console.echo_json(ties)
        return
    console.echo(_fading_table(ties) if ties else f"No tie to you weakens within {within} days.")
    console.echo(f"As of {format_date(as_of)}.")


def _fading_table(fading: Sequence[Data]) -> TerminalOrPlain:
    rows = [
        (
            name_and_job(one["step"]["fromPerson"]),
            label_cell(label_text(one["step"]["strengthLabel"])),
            format_date(one["lastContact"]),
            f"{'ends' if one['outcome'] == 'COLD' else 'weak'} {format_date(one['weakensOn'])}",
            label_cell(label_text(one["strengthLabelAfterContact"])),
        )
        for one in fading
    ]
    headings = ("Person", "Now", "Last contact", "Without contact", "With contact")
    return table(headings, rows, unbroken=headings[1:])
