"""`tertius reveal`: whether colleagues are named on routes at once, and who asks whom to be."""

from enum import StrEnum
from typing import Annotated

import typer

from graph.errors import InvalidSharingRequest
from graph.lookup.resolve import Target, find
from graph.networks.sources import IntroducerVisibility
from graph.privacy.audit_log import AuditAction, record_audit_entry
from graph.sharing import visibility_requests as asked
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

SAYS = {None: "waits for you", True: "you agreed", False: "you declined"}


class When(StrEnum):
    """When colleagues are named, in the words of a command."""

    AT_ONCE = "at-once"
    ON_AGREEMENT = "on-agreement"


_VISIBILITIES = {
    When.AT_ONCE: IntroducerVisibility.IMMEDIATE,
    When.ON_AGREEMENT: IntroducerVisibility.AFTER_CONSENT,
}


def reveal(
    *,
    ask: Annotated[
        str | None, typer.Option(help="To whom you look for a way: asks whom the best one leads through.")
    ] = None,
    agree: Annotated[int | None, typer.Option(help="Be named to whoever asked, number N of the list.")] = None,
    decline: Annotated[int | None, typer.Option(help="Do not; they are not told.")] = None,
    when: Annotated[When | None, typer.Option("--set", help="When colleagues are named in this network.")] = None,
) -> None:
    """Who asks to be told that a route leads through you; asks others, and says yes or no."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if when is not None:
            await asked.set_introducer_visibility(network.graph, network.state, network.member, _VISIBILITIES[when])
            console.echo(f"Colleagues are named {when.value.replace('-', ' ')}.")
        if ask is not None:
            found = await find(network.graph, network.viewer, ask)
            if not isinstance(found, Target):
                raise InvalidSharingRequest(f"“{ask}” is nobody in particular: name an address, a profile or an id.")
            await record_audit_entry(
                network.graph, network.state, network.member, AuditAction.INTRODUCTIONS, [found.person.id]
            )
            there = await asked.request_visibility(network.graph, network.state, network.viewer, found, today=today())
            console.echo("They were asked." if there else "There is no way that is not told.")
        waiting = await asked.list_visibility_requests(network.graph, network.viewer)
        for number, agreed in ((agree, True), (decline, False)):
            if number is not None:
                if not 0 < number <= len(waiting):
                    raise InvalidSharingRequest(f"Nobody asked you by number {number}: `tertius reveal` shows who did.")
                await asked.answer_visibility_request(
                    network.graph, network.viewer, waiting[number - 1].id, consented=agreed
                )
                waiting = await asked.list_visibility_requests(network.graph, network.viewer)
        for place, one in enumerate(waiting, 1):
            console.echo(
                f"{place}. {one.asker} looks for a route to {one.target.name}, {format_day(one.day)}: "
                f"{SAYS[one.consented]}"
            )
        if not waiting:
            console.echo("Nobody asked you.")

    run(do)
