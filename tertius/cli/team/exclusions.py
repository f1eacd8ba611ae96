"""`tertius bypass`: through whom no route is to lead."""

from typing import Annotated

import typer

from graph.errors import InvalidSharingRequest
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers, undo_exclusion
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli.person_argument import meant
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def bypass(
    who: Annotated[str | None, typer.Argument(help="Somebody, or “me”, for everybody; else shows whom.")] = None,
    *,
    everybody: Annotated[bool, typer.Option("--everybody", help="For all members, as owners and admins may.")] = False,
    undone: Annotated[int | None, typer.Option("--undo", help="Let routes lead through number N again.")] = None,
) -> None:
    """Let no route lead through somebody; they can be asked for all the same."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        place = (network.graph, network.state, network.viewer)
        if undone is not None:
            there = await list_excluded_introducers(*place)
            if not 0 < undone <= len(there):
                raise InvalidSharingRequest(
                    f"You bypass nobody of number {undone}: `tertius bypass` shows whom you do."
                )
            await undo_exclusion(*place, there[undone - 1].id)
        elif who is not None:
            await exclude_introducer(*place, await meant(network, who), today=today(), for_everybody=everybody)
        there = await list_excluded_introducers(*place)
        for number, one in enumerate(there, 1):
            console.echo(
                f"{number}. {one.label}{', for everybody' if one.for_everybody else ''}, since {format_day(one.day)}"
            )
        if not there:
            console.echo("You bypass nobody.")

    run(do)
