"""The sample network, shown: docs/sample.md says who is who in it."""

from api.loading import bring
from tertius import show
from tertius.cli import ask, print_line, print_lines
from tertius.home import Home, today
from tertius.sample import EXPORTS, MEMBER

QUESTIONS = ("Jane Okonkwo", "Helena Brandt", "Ulrike Neumann")
"""An answer, a refusal, and a refusal with a lead."""


async def shown(home: Home, watch: show.Watch) -> None:
    """Load the sample, which the second time changes nothing, and ask of it."""
    print_line("Loading what one invented person, Ana Ferreira, would export: a LinkedIn archive and a mailbox.")
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
    print_lines(show.brought(result))
    for question in QUESTIONS:
        print_line("")
        print_line(f"$ tertius who “{question}”")
        await ask(await home.again(), question, limit=2)
    print_line("")
    print_line("Go on with TERTIUS_NETWORK=demo tertius who “Grace Mwangi”, or load your own: tertius load PATH.")
    print_line("The database keeps running: tertius down stops it.")
