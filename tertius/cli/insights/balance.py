"""`tertius insights balance`: what you and others did for each other."""

from pathlib import Path

from operations.insights.reciprocity import list_reciprocity
from presentation.insights.reciprocity import (
    favours_text,
    reciprocity_data,
    reciprocity_lines,
)
from presentation.sentences import name_with_job
from tertius import console
from tertius.cli.tables import table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today

_HEADINGS = ("Person", "They did for you", "You did for them", "Drawn lately")


def print_balance(limit: int, out: Path | None, *, as_json: bool) -> None:
    """Print the first entries of the balance, or write all of them to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await advance_to_today(network, progress=progress)
        rows = await list_reciprocity(network.session)
        if out is not None:
            console.write_output(out, "".join(reciprocity_lines(rows)))
        if as_json:
            console.echo_json(reciprocity_data(rows[:limit]))
        elif out is None:
            cells = [
                (
                    name_with_job(each.person) if each.person else each.name,
                    favours_text(each.received),
                    favours_text(each.given),
                    f"{each.recently_drawn:+,}",
                )
                for each in rows[:limit]
            ]
            console.echo(table(_HEADINGS, cells) if cells else "Your sources show nothing that you did for each other.")

    run(do)
