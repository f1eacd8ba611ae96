"""`tertius say` and `tertius statements …`: reads a statement of two people and a kind, and lists statements."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer

from graph.answers import Person
from graph.lookup.profiles import read_profiles
from graph.statements.tie_statements import Statement, add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from presentation.answer_json import Data, day_text, person_data
from presentation.dates import today
from presentation.sentences import format_day, statement_clause
from tertius import console
from tertius.answer_reading.answers import day_number
from tertius.arguments.numbered_list import choose
from tertius.arguments.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.contributions import (
    StatementsFrame,
    create_statement_on_server,
    statements_on_server,
    withdraw_statement_on_server,
)
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def state_tie(words: Sequence[str], *, stated_on: date | None, until: date | None, as_json: bool) -> None:
    """Add the statement that these words make, and print all statements."""
    first, kind, second = parse_statement(words)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> StatementsFrame:
        await add_statement(
            network.graph,
            network.viewer,
            by=await resolve_person(network, first),
            towards=await resolve_person(network, second),
            kind=kind,
            on=stated_on or today(),
            until=until,
            today=today(),
            progress=progress,
        )
        return await _read(network)

    def ask(client: ServerClient) -> StatementsFrame:
        create_statement_on_server(client, first, kind, second, stated_on=stated_on, until=until)
        return statements_on_server(client)

    _print(run_or_ask(do, ask), as_json=as_json)


def withdraw(number: int, *, as_json: bool) -> None:
    """Withdraw the statement with this number, and print the others."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> StatementsFrame:
        statements = await list_statements(network.graph, network.viewer)
        statement = choose(statements, number, "statement", _LIST)
        await withdraw_statement(network.graph, network.viewer, statement, progress=progress)
        return await _read(network)

    def ask(client: ServerClient) -> StatementsFrame:
        statement = choose(statements_on_server(client).statements, number, "statement", _LIST)
        withdraw_statement_on_server(client, statement)
        return statements_on_server(client)

    _print(run_or_ask(do, ask), as_json=as_json)


def print_statements(*, as_json: bool) -> None:
    """Print the viewer's statements."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> StatementsFrame:
        return await _read(network)

    _print(run_or_ask(do, statements_on_server), as_json=as_json)


_LIST = "tertius statements list"
PHRASES = {
    "knows well": StatementKind.KNOWS_WELL,
    "know well": StatementKind.KNOWS_WELL,
    "knows": StatementKind.KNOWS,
    "know": StatementKind.KNOWS,
    "met": StatementKind.MET,
    "out of touch with": StatementKind.OUT_OF_TOUCH,
    "no route to": StatementKind.DO_NOT_ROUTE,
    "no route for": StatementKind.DO_NOT_ROUTE,
}
_BEFORE = {"is", "am", "are", "says", "that", "he", "she", "they"}
"""Words between a name and a phrase. They are in lower case; a surname like one of them is not."""
_USAGE = "Write A knows B, A knows B well, A met B, A is out of touch with B, or A is no route to B."


def parse_statement(words: Sequence[str]) -> tuple[str, StatementKind, str]:
    """The first person, the kind of the statement, and the second person. Raises BadParameter."""
    split = words[0].split() if len(words) == 1 else list(words)
    plain = [word.casefold() for word in split]
    for at in range(1, len(split)):
        for phrase, kind in PHRASES.items():
            end = at + len(phrase.split())
            if plain[at:end] == phrase.split() and split[end:]:
                first, second = split[:at], split[end:]
                while len(first) > 1 and first[-1] in _BEFORE:
                    first.pop()
                if kind == StatementKind.KNOWS and len(second) > 1 and second[-1] == "well":
                    return " ".join(first), StatementKind.KNOWS_WELL, " ".join(second[:-1])
                return " ".join(first), kind, " ".join(second)
    raise typer.BadParameter(_USAGE, param_hint="STATEMENT")


async def _read(network: OpenNetwork) -> StatementsFrame:
    viewer = network.viewer
    statements = await list_statements(network.graph, viewer)
    ids = {id for statement in statements for id, _ in (statement.by, statement.towards)}
    profiles = await read_profiles(network.graph, viewer, ids)
    data = [_statement_data(statement, viewer, profiles) for statement in statements]
    return StatementsFrame(data, viewer.person_id, viewer.as_of)


def _print(frame: StatementsFrame, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(frame.statements)
    else:
        console.echo_lines(_lines(frame))


def _statement_data(statement: Statement, viewer: Viewer, profiles: dict[str, Person]) -> Data:
    return {
        "__typename": "Statement",
        "id": statement.opaque_id(viewer),
        "kind": statement.kind.name,
        "statedOn": day_text(statement.day),
        "validUntil": day_text(statement.until),
        "fromPerson": person_data(profiles[statement.by[0]]),
        "toPerson": person_data(profiles[statement.towards[0]]),
    }


def _lines(frame: StatementsFrame) -> Iterator[str]:
    for number, statement in enumerate(frame.statements, 1):
        by, towards = (
            "you" if person["id"] == frame.viewer_id else person["name"]
            for person in (statement["fromPerson"], statement["toPerson"])
        )
        day, until = day_number(statement["statedOn"]), day_number(statement["validUntil"])
        if until is None:
            validity = "until you withdraw it"
        else:
            validity = f"{'until' if frame.as_of <= until else 'ended on'} {format_day(until)}"
        clause = statement_clause(StatementKind[statement["kind"]], by, towards)
        assert day is not None
        yield f"{number}. {clause} (from {format_day(day)}, {validity})"
    if not frame.statements:
        yield "You have made no statement yet."
