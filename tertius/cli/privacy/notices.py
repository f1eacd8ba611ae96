"""`tertius privacy notices`, `mark-notified` and `unmark-notified`."""

from datetime import date

import typer

from graph.days import day_of
from graph.lookup.identities import list_identities
from graph.privacy.notices import Notice, list_due_notices, set_notified
from presentation.answer_json import Data, person_data
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.arguments.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.questions import resolve_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_notices(limit: int, *, as_json: bool) -> None:
    """Print the people whom the viewer must notify, the most urgent first."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> tuple[list[Data], list[str]]:
        notices = await list_due_notices(network.graph, network.state, network.viewer, limit)
        known_by = await list_identities(network.graph, network.viewer, [notice.person.id for notice in notices])
        texts = [", ".join(identity.text for identity in known_by[notice.person.id]) for notice in notices]
        return [_notice_data(notice) for notice in notices], texts

    def ask(client: ServerClient) -> tuple[list[Data], list[str]]:
        notices = client.query_pages("notices_due" if as_json else "notices_due_shown", "noticesDue", limit=limit)
        texts = [", ".join(each["text"] for each in notice["person"].get("identities", ())) for notice in notices]
        return notices, texts

    notices, texts = run_or_ask(do, ask)
    if as_json:
        console.echo_json(notices)
        return
    for number, (notice, identities) in enumerate(zip(notices, texts, strict=True), 1):
        console.echo(f"{number}. {_line(notice, identities)}")
    console.echo(
        "After you notified them, run `tertius privacy mark-notified N`. docs/privacy.md has a template."
        if notices
        else "There is nobody in your view to notify."
    )


def mark_notified(numbers: str, *, notified_on: date | None, as_json: bool) -> None:
    """Record that the people with these numbers were notified."""
    first, last = _parse_range(numbers)
    if notified_on is not None and notified_on > today():
        raise typer.BadParameter("The date is in the future.", param_hint="--on")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        notices = await list_due_notices(network.graph, network.state, network.viewer, last)
        ids = _chosen([notice.person.id for notice in notices], first, last)
        people = await set_notified(network.graph, network.state, network.viewer, ids, on=notified_on or today())
        return [person_data(person) for person in people]

    def ask(client: ServerClient) -> list[Data]:
        notices = client.query_pages("notices_due", "noticesDue", limit=last)
        ids = _chosen([notice["person"]["id"] for notice in notices], first, last)
        fields = {"personIds": ids, "notifiedOn": notified_on and notified_on.isoformat()}
        people: list[Data] = client.query("mark_people_notified", input=fields)["markPeopleNotified"]["people"]
        return people

    _print_changed(run_or_ask(do, ask), "notified", as_json=as_json)


def unmark_notified(person: str, *, as_json: bool) -> None:
    """Delete the record that a person was notified."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        id = await resolve_person(network, person)
        people = await set_notified(network.graph, network.state, network.viewer, [id], on=None)
        return [person_data(each) for each in people]

    def ask(client: ServerClient) -> list[Data]:
        fields = {"personIds": [resolve_on_server(client, person)]}
        people: list[Data] = client.query("unmark_people_notified", input=fields)["unmarkPeopleNotified"]["people"]
        return people

    _print_changed(run_or_ask(do, ask), "not notified", as_json=as_json)


def _chosen(ids: list[str], first: int, last: int) -> list[str]:
    if len(ids) < last:
        raise typer.BadParameter(f"There is no notice number {last}. `tertius privacy notices` lists them.")
    return ids[first - 1 : last]


def _parse_range(text: str) -> tuple[int, int]:
    """The first and the last number of N or N-M."""
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal() and 1 <= int(first) <= int(last or first)):
        raise typer.BadParameter("Give a number of the list, or a range like 1-20.", param_hint="N[-M]")
    return int(first), int(last or first)


def _print_changed(people: list[Data], state: str, *, as_json: bool) -> None:
    if as_json:
        console.echo_json({"__typename": "PeopleNotifiedPayload", "people": people})
    else:
        console.echo_lines(f"{name_and_job(person)}: {state}." for person in people)


def _line(notice: Data, identities: str) -> str:
    due, since = date.fromisoformat(notice["dueBy"]), date.fromisoformat(notice["knownSince"])
    overdue = " (overdue)" if due < today() else ""
    due_text, since_text = format_day(day_of(due)), format_day(day_of(since))
    return f"By {due_text}{overdue}: {name_and_job(notice['person'])}: {identities}; known since {since_text}"


def _notice_data(notice: Notice) -> Data:
    return {
        "__typename": "NoticeDue",
        "person": person_data(notice.person),
        "knownSince": notice.since.isoformat(),
        "dueBy": notice.due_on.isoformat(),
    }
