"""`tertius bypass`: through whom no route is to lead."""

from typing import Annotated

import typer

from api.days import today
from api.words import on
from graph.errors import UnclearSharing
from graph.sharing.exclusions import not_routes, pass_over, undo
from tertius import terminal
from tertius.home import Home
from tertius.meant import meant
from tertius.run import run
from tertius.terminal import Watch


def bypass(
    who: Annotated[str | None, typer.Argument(help="Somebody, or “me”, for everybody; else shows whom.")] = None,
    *,
    everybody: Annotated[bool, typer.Option("--everybody", help="For all members, as owners and admins may.")] = False,
    undone: Annotated[int | None, typer.Option("--undo", help="Let routes lead through number N again.")] = None,
) -> None:
    """Let no route lead through somebody; they can be asked for all the same."""

    async def do(home: Home, _: Watch) -> None:
        place = (home.graph, home.state, home.viewer)
        if undone is not None:
            there = await not_routes(*place)
            if not 0 < undone <= len(there):
                raise UnclearSharing(f"You bypass nobody of number {undone}: `tertius bypass` shows whom you do.")
            await undo(*place, there[undone - 1].id)
        elif who is not None:
            await pass_over(*place, await meant(home, who), today=today(), everybody=everybody)
        there = await not_routes(*place)
        for number, one in enumerate(there, 1):
            terminal.line(f"{number}. {one.says}{', for everybody' if one.everybody else ''}, since {on(one.day)}")
        if not there:
            terminal.line("You bypass nobody.")

    run(do)
