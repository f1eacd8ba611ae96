"""The sample network, shown: docs/sample.md says who is who in it."""

import os
import shutil
import sys
from typing import Annotated

import typer

from operations.load_exports import load_paths
from operations.load_report import report_lines
from presentation.dates import today
from tertius import console, settings
from tertius.cli.asking.who import ask
from tertius.cli.operating import demo_team
from tertius.cli.options import Serve
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.sample import EXPORTS, MEMBER
from tertius.service.serve import service
from tertius.session import OpenNetwork


def demo(
    *,
    team: Annotated[bool, typer.Option("--team", help="Another one: of three colleagues, who ask the same.")] = False,
    serving: Annotated[bool, Serve] = True,
) -> None:
    """Load the sample network, invented from end to end, show an answer, a refusal and a lead, and serve it."""
    name, show_it = ("demo_team", demo_team.shown) if team else ("demo", shown)
    with service(settings.read_settings(), name, enabled=serving):
        run(show_it, name=name, create=True)


QUESTIONS = ("Jane Okonkwo", "Helena Brandt", "Ulrike Neumann")
"""An answer, a refusal, and a refusal with a lead."""


async def shown(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the sample, which the second time changes nothing, and ask of it."""
    console.echo("Loading what one invented person, Ana Ferreira, would export: a LinkedIn archive and a mailbox.")
    result = await load_paths(
        network.graph,
        network.id,
        network.member,
        [EXPORTS],
        today=today(),
        owner=MEMBER,
        progress=progress,
    )
    console.echo_lines(report_lines(result))
    for question in QUESTIONS:
        console.echo("")
        console.echo(f"$ tertius who “{question}”")
        await ask(await network.reload(), question, limit=2)
    console.echo("")
    command = _command()
    console.echo(f"Go on with `TERTIUS_NETWORK=demo {command} who 'Grace Mwangi'` (docs/sample.md has more to ask),")
    console.echo(f"or load your own: `{command} load PATH`. The database keeps running; `{command} down` stops it.")


def _command() -> str:
    """The command as this shell finds it: by name, or where make has put it."""
    return "tertius" if shutil.which("tertius") else os.path.relpath(sys.argv[0])
