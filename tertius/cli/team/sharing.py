"""`tertius share`, `conceal` and `unconceal`: what other members may see of yours, asked before it is done."""

from typing import Annotated

import typer

from graph.answers import AmbiguousTarget
from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import Target, find
from graph.networks.sources import SharingLevel
from graph.sharing.hidden_contacts import hide_contact as hide
from graph.sharing.hidden_contacts import list_hidden_contacts
from graph.sharing.hidden_contacts import unhide_contact as show_again
from graph.sharing.share import SharingPreview, preview_sharing, share_source
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import FAILED, end, run
from tertius.session import OpenNetwork


def share(
    source: Annotated[str, typer.Argument(help="One of yours, as `tertius sources` names it.")],
    level: Annotated[str, typer.Argument(help="private, strength (ties in words) or evidence (numbers too).")],
    *,
    others: Annotated[bool, typer.Option("--others", help="With ties between two who are no members.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
) -> None:
    """Share a source with your team, or no longer; says first whom it opens and whom it leaves out."""
    if level not in set(SharingLevel):
        raise typer.BadParameter("private, strength or evidence", param_hint="LEVEL")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        told = await preview_sharing(
            network.graph, network.viewer, source, SharingLevel(level), third_party_ties=others
        )
        if level != SharingLevel.PRIVATE and not yes:
            console.echo_lines(_told(told))
            if not typer.confirm("Share it so?"):
                console.echo("Nothing was changed.")
                return FAILED
        await share_source(
            network.graph, network.viewer, told.source.id, told.level, third_party_ties=others, progress=progress
        )
        console.echo(f"{told.source.title}: {level}.")
        return 0

    end(run(do))


def _told(found: SharingPreview) -> list[str]:
    sees = (
        "what was seen of them, in numbers and days" if found.level == SharingLevel.EVIDENCE else "how strong ties are"
    )
    lines = [
        f"{found.source.title}: your team could then reach {_people(found.newly_reachable)} more, and sees {sees}.",
        (
            f"Left out: {_people(found.personal_domain)} of personal mail domains, "
            f"{_people(found.hidden)} whom you conceal."
        ),
    ]
    if not found.third_party_ties:
        lines.append("Ties between two who are no members stay with you (--others shares them too).")
    return lines


def _people(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def conceal(
    who: Annotated[str | None, typer.Argument(help="Somebody, or a name never to be shared; else shows whom.")] = None,
    *,
    company: Annotated[bool, typer.Option("--company", help="WHO is a company: whoever is or was there.")] = False,
) -> None:
    """Hide somebody or a company from all other members, as far as your own sources go."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        if who is not None and company:
            await hide(network.graph, network.viewer, company=who, today=today(), progress=progress)
        elif who is not None:
            found = await find(network.graph, network.viewer, who)
            if isinstance(found, AmbiguousTarget):
                raise InvalidSharingRequest(f"Several people are called “{who}”: name an address, a profile or an id.")
            meant = {"person": found.person.id} if isinstance(found, Target) else {"name": who}
            await hide(network.graph, network.viewer, **meant, today=today(), progress=progress)
        await _listed(network)

    run(do)


def unconceal(number: Annotated[int, typer.Argument(help="Which of those that `tertius conceal` shows.")]) -> None:
    """Hide somebody no longer."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        found = await list_hidden_contacts(network.graph, network.viewer)
        if not 0 < number <= len(found):
            raise InvalidSharingRequest(f"You conceal nothing of number {number}: `tertius conceal` shows what you do.")
        await show_again(network.graph, network.viewer, found[number - 1].id, progress=progress)
        await _listed(network)

    run(do)


async def _listed(network: OpenNetwork) -> None:
    found = await list_hidden_contacts(network.graph, network.viewer)
    for number, one in enumerate(found, 1):
        console.echo(f"{number}. {one.label}, since {format_day(one.day)}")
    if not found:
        console.echo("You conceal nobody.")
