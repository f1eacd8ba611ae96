"""`tertius fading`: ties that will become weak or end without new contact."""

from collections.abc import Sequence

from graph.insights.fading import FadingTie, list_fading_ties
from presentation.answer_json import fading_tie_data
from presentation.sentences import (
    format_day,
    last_contact,
    name_with_job,
)
from tertius import console
from tertius.cli.tables import TerminalOrPlain, strength_cell, table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def fading(within: int, *, as_json: bool) -> None:
    """Print the ties that weaken within so many days, the first to weaken first."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await advance_to_today(network, progress=progress)
        found = await list_fading_ties(network.graph, network.state, network.viewer, within=within)
        if as_json:
            console.echo_json([fading_tie_data(one, network.viewer) for one in found])
            return
        if found:
            console.echo(_fading_table(found))
        else:
            console.echo(f"No tie to you weakens within {within} days.")
        console.echo(f"As of {format_day(network.viewer.as_of)}.")

    run(do)


def _fading_table(fading: Sequence[FadingTie]) -> TerminalOrPlain:
    rows = []
    for one in fading:
        last = last_contact(one.tie)
        rows.append(
            (
                name_with_job(one.tie.from_person),
                strength_cell(one.tie.strength),
                "none" if last is None else format_day(last),
                f"{'ends' if one.ends else 'weak'} {format_day(one.weakens_on)}",
                strength_cell(one.strength_after_contact),
            )
        )
    headings = ("Person", "Now", "Last contact", "Without contact", "With contact")
    return table(headings, rows, unbroken=headings[1:])
