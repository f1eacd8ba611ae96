"""`tertius privacy notices`, `mark-notified` and `unmark-notified`."""

from datetime import date

import typer

from graph.answers import Person
from graph.days import day_of
from graph.lookup.identities import list_identities
from graph.privacy.notices import Notice, list_due_notices, set_notified
from presentation.answer_json import person_data
from presentation.dates import today
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_notices(limit: int, *, as_json: bool) -> None:
    """Print the people whom the viewer must notify, the most urgent first."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        notices = await list_due_notices(network.graph, network.state, network.viewer, limit)
        if as_json:
            console.echo_json([_notice_data(notice) for notice in notices])
            return
        ids = [notice.person.id for notice in notices]
        known_by = await list_identities(network.graph, network.viewer, ids)
        for number, notice in enumerate(notices, 1):
            texts = ", ".join(identity.text for identity in known_by[notice.person.id])
            console.echo(f"{number}. {_line(notice, texts)}")
        console.echo(
            "After you notified them, run `tertius privacy mark-notified N`. docs/privacy.md has a template."
            if notices
            else "There is nobody in your view to notify."
        )

    run(do)


def mark_notified(numbers: str, *, notified_on: date | None, as_json: bool) -> None:
    """Record that the people with these numbers were notified."""
    first, last = _parse_range(numbers)
    if notified_on is not None and notified_on > today():
        raise typer.BadParameter("The date is in the future.", param_hint="--on")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        notices = await list_due_notices(network.graph, network.state, network.viewer, last)
        if len(notices) < last:
            raise typer.BadParameter(f"There is no notice number {last}. `tertius privacy notices` lists them.")
        ids = [notice.person.id for notice in notices[first - 1 :]]
        people = await set_notified(network.graph, network.state, network.viewer, ids, on=notified_on or today())
        _print_changed(people, "notified", as_json=as_json)

    run(do)


def unmark_notified(person: str, *, as_json: bool) -> None:
    """Delete the record that a person was notified."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        id = await resolve_person(network, person)
        people = await set_notified(network.graph, network.state, network.viewer, [id], on=None)
        _print_changed(people, "not notified", as_json=as_json)

    run(do)


def _parse_range(text: str) -> tuple[int, int]:
    """The first and the last number of N or N-M."""
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first)):
        raise typer.BadParameter("Give a number of the list, or a range like 1-20.", param_hint="N[-M]")
    return int(first), int(last or first)


def _print_changed(people: list[Person], state: str, *, as_json: bool) -> None:
    if as_json:
        console.echo_json({"__typename": "PeopleNotifiedPayload", "people": [person_data(each) for each in people]})
    else:
        console.echo_lines(f"{name_with_job(person)}: {state}." for person in people)


def _line(notice: Notice, identities: str) -> str:
    overdue = " (overdue)" if notice.due_on < today() else ""
    due, since = format_day(day_of(notice.due_on)), format_day(day_of(notice.since))
    return f"By {due}{overdue}: {name_with_job(notice.person)}: {identities}; known since {since}"


def _notice_data(notice: Notice) -> dict[str, object]:
    return {
        "__typename": "NoticeDue",
        "person": person_data(notice.person),
        "knownSince": notice.since.isoformat(),
        "dueBy": notice.due_on.isoformat(),
    }
