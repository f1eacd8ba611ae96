"""`tertius demo`: loads the sample network (docs/sample.md) and shows answers."""

import os
import shutil
import sys

from operations.load_exports import load_paths
from operations.load_report import report_lines
from presentation.dates import today
from tertius import console, settings
from tertius.cli.asking.who_here import print_answer
from tertius.cli.operating import demo_team
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.sample import EXPORTS, MEMBER
from tertius.service.serve import service
from tertius.session import OpenNetwork

NETWORK = "demo"
"""The name of the network that holds the sample."""


def demo(*, team: bool, serving: bool) -> None:
    """Load a sample network, show answers from it, and serve it."""
    name, show = ("demo_team", demo_team.show_team) if team else (NETWORK, show_sample)
    with service(settings.read_settings(), name, enabled=serving):
        run(show, name=name, create=True)


QUESTIONS = ("Jane Okonkwo", "Helena Brandt", "Ulrike Neumann")
"""Targets with routes, a refusal, and a refusal with a possible connector."""


async def load_sample(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the sample, which changes nothing the second time."""
    console.echo("Loading the exports of an invented person, Ana Ferreira: a LinkedIn archive and a mailbox.")
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


async def show_sample(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the sample, and answer questions about it."""
    await load_sample(network, progress)
    for question in QUESTIONS:
        console.echo("")
        console.echo(f"$ tertius who {question}")
        await print_answer(await network.reload(), question, limit=2)
    console.echo("")
    command = _command()
    console.echo(f"Ask more: `TERTIUS_NETWORK=demo {command} who Grace Mwangi`. docs/sample.md has more questions.")
    console.echo(f"Load your own exports: `{command} load PATH`.")
    console.echo(f"The database keeps running. `{command} down` stops it.")


def _command() -> str:
    """The command as this shell finds it: by name, or by the path where make installed it."""
    return "tertius" if shutil.which("tertius") else os.path.relpath(sys.argv[0])
