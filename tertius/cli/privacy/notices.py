"""`tertius notices`: who has still to be told that they are known here, and that they were."""

from datetime import date
from typing import Annotated

import typer

from graph.days import day_of
from graph.lookup.identities import identities
from graph.privacy import notices as due
from presentation.dates import today
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli.person_argument import meant
from tertius.console import ConsoleProgress
from tertius.runner import Json, run
from tertius.session import OpenNetwork

NOBODY = "Nobody in your view has still to be told that they are known here."


def notices(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many people at most.")] = 50,
    *,
    mark: Annotated[str | None, typer.Option(metavar="N[-M]", help="They were told: number N, or N to M.")] = None,
    told: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When, else today.")] = None,
    undone: Annotated[str | None, typer.Option("--undo", metavar="WHO", help="They were not told after all.")] = None,
    as_json: Json = False,
) -> None:
    """Who has still to be told that they are known here, and by when: the most urgent first."""
    numbers, day = _numbers(mark), _day(told)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        place = (network.graph, network.state, network.viewer)
        if numbers:
            found = await due.list_due_notices(*place, numbers[-1])
            if len(found) < numbers[-1]:
                raise typer.BadParameter(f"There is nobody of number {numbers[-1]}: `tertius notices` shows whom.")
            await due.set_notified(*place, [found[number - 1].person.id for number in numbers], on=day)
        if undone is not None:
            await due.set_notified(*place, [await meant(network, undone)], on=None)
        await _listed(network, await due.list_due_notices(*place, limit), as_json=as_json)

    run(do)


async def _listed(network: OpenNetwork, found: list[due.Notice], *, as_json: bool) -> None:
    known_by = await identities(network.graph, network.viewer, [one.person.id for one in found])
    texts = {id: [one.text for one in theirs] for id, theirs in known_by.items()}
    if as_json:
        told = [
            {"since": one.since.isoformat(), "by": one.due_on.isoformat(), "identities": texts[one.person.id]}
            | {"person": {"id": one.person.id, "name": one.person.name}}
            for one in found
        ]
        console.echo_json(told)
        return
    for number, one in enumerate(found, 1):
        late = ", which is over" if one.due_on < today() else ""
        since, by = format_day(day_of(one.since)), format_day(day_of(one.due_on))
        console.echo(
            f"{number}. By {by}{late}: {name_with_job(one.person)}: {', '.join(texts[one.person.id])}; since {since}"
        )
    hint = "`tertius notices --mark N` when they were told; docs/privacy.md has what to write."
    console.echo(hint if found else NOBODY)


def _numbers(text: str | None) -> list[int]:
    """The numbers from N to M."""
    if text is None:
        return []
    first, _, last = text.partition("-")
    try:
        found = list(range(int(first), int(last or first) + 1))
    except ValueError:
        found = []
    if not found or found[0] < 1:
        raise typer.BadParameter("--mark is a number of the list, or two with a hyphen between: 3, or 1-20")
    return found


def _day(text: str | None) -> date:
    try:
        day = today() if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("--on is a date as 2026-11-22") from None
    if day > today():
        raise typer.BadParameter("--on is a day that has come")
    return day
