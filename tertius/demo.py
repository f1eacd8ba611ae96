"""The sample network, shown: docs/sample.md says who is who in it."""

import os
import shutil
import sys

from api.days import today
from api.loading import bring
from api.reports import brought
from tertius import terminal
from tertius.ask import ask
from tertius.home import Home
from tertius.sample import EXPORTS, MEMBER
from tertius.terminal import Watch

QUESTIONS = ("Jane Okonkwo", "Helena Brandt", "Ulrike Neumann")
"""An answer, a refusal, and a refusal with a lead."""


async def shown(home: Home, watch: Watch) -> None:
    """Load the sample, which the second time changes nothing, and ask of it."""
    terminal.line("Loading what one invented person, Ana Ferreira, would export: a LinkedIn archive and a mailbox.")
    result = await bring(
        home.graph,
        home.network,
        home.member,
        [EXPORTS],
        today=today(),
        said=MEMBER,
        say=watch.say,
        waits=watch.waits,
    )
    terminal.lines(brought(result))
    for question in QUESTIONS:
        terminal.line("")
        terminal.line(f"$ tertius who “{question}”")
        await ask(await home.again(), question, limit=2)
    terminal.line("")
    command = _command()
    terminal.line(f"Go on with `TERTIUS_NETWORK=demo {command} who 'Grace Mwangi'` (docs/sample.md has more to ask),")
    terminal.line(f"or load your own: `{command} load PATH`. The database keeps running; `{command} down` stops it.")


def _command() -> str:
    """The command as this shell finds it: by name, or where make has put it."""
    return "tertius" if shutil.which("tertius") else os.path.relpath(sys.argv[0])
