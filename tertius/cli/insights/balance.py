"""`tertius insights balance`: what you and others did for each other."""

from pathlib import Path

from graph.requests.balance import Favours, Reciprocity
from operations.insights.reciprocity import list_reciprocity
from presentation.answer_json import Data
from presentation.insights.reciprocity import (
    favours_text,
    reciprocity_data,
    reciprocity_lines,
)
from tertius import console
from tertius.answer_reading.answers import name_and_job, read_person
from tertius.cli.tables import table
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today

_HEADINGS = ("Person", "They did for you", "You did for them", "Drawn lately")


def print_balance(limit: int, out: Path | None, *, tag: str | None, as_json: bool) -> None:
    """Print the first entries of the balance, or write all of them to a file. With `tag` only of people with a tag."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        network = await advance_to_today(network, progress=progress)
        return reciprocity_data(await list_reciprocity(network.session, tag=tag))

    def ask(client: ServerClient) -> list[Data]:
        return client.query_pages("reciprocity", "reciprocity", limit=None if out else limit, tag=tag)

    rows = run_or_ask(do, ask)
    if out is not None:
        console.write_output(out, "".join(reciprocity_lines(map(_read_reciprocity, rows))))
    if as_json:
        console.echo_json(rows[:limit])
    elif out is None:
        cells = [
            (
                name_and_job(each["person"]) if each["person"] else each["name"],
                favours_text(_read_favours(each["received"])),
                favours_text(_read_favours(each["given"])),
                f"{each['recentBalance']:+,}",
            )
            for each in rows[:limit]
        ]
        console.echo(table(_HEADINGS, cells) if cells else "Your sources show nothing that you did for each other.")


def _read_reciprocity(data: Data) -> Reciprocity:
    return Reciprocity(
        id=data["id"],
        name=data["name"],
        person=read_person(data["person"]) if data["person"] else None,
        received=_read_favours(data["received"]),
        given=_read_favours(data["given"]),
        recently_received=_read_favours(data["recentlyReceived"]),
        recently_given=_read_favours(data["recentlyGiven"]),
        recent_balance=data["recentBalance"],
    )


def _read_favours(data: Data) -> Favours:
    names = ("answered", "introduced", "recommended", "endorsed", "thanked")
    return Favours(*(data[f"{name}Count"] for name in names))
