"""`tertius say` and `tertius statements …`: reads a statement of two people and a kind, and lists statements."""

from collections.abc import Iterator, Sequence
from datetime import date

import typer

from graph.answers import Person
from graph.lookup.profiles import read_profiles
from graph.statements.tie_statements import Statement, add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from presentation.answer_json import day_text, person_data
from presentation.dates import today
from presentation.sentences import format_day, statement_clause
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.person_argument import resolve_person
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def state_tie(words: Sequence[str], *, stated_on: date | None, until: date | None, as_json: bool) -> None:
    """Add the statement that these words make, and print all statements."""
    first, kind, second = parse_statement(words)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
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
        await _print(network, as_json=as_json)

    run(do)


def withdraw(number: int, *, as_json: bool) -> None:
    """Withdraw the statement with this number, and print the others."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        statements = await list_statements(network.graph, network.viewer)
        statement = choose(statements, number, "statement", "tertius statements list")
        await withdraw_statement(network.graph, network.viewer, statement, progress=progress)
        await _print(network, as_json=as_json)

    run(do)


def print_statements(*, as_json: bool) -> None:
    """Print the viewer's statements."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do)


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


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    viewer = network.viewer
    statements = await list_statements(network.graph, viewer)
    if as_json:
        ids = {id for statement in statements for id, _ in (statement.by, statement.towards)}
        profiles = await read_profiles(network.graph, viewer, ids)
        console.echo_json([_statement_data(statement, viewer, profiles) for statement in statements])
    else:
        console.echo_lines(_lines(statements, me=viewer.person_id, today=viewer.as_of))


def _statement_data(statement: Statement, viewer: Viewer, profiles: dict[str, Person]) -> dict[str, object]:
    return {
        "__typename": "Statement",
        "id": statement.opaque_id(viewer),
        "kind": statement.kind.name,
        "statedOn": day_text(statement.day),
        "validUntil": day_text(statement.until),
        "fromPerson": person_data(profiles[statement.by[0]]),
        "toPerson": person_data(profiles[statement.towards[0]]),
    }


def _lines(statements: Sequence[Statement], *, me: str | None, today: int) -> Iterator[str]:
    for number, statement in enumerate(statements, 1):
        by, towards = ("you" if id == me else name for id, name in (statement.by, statement.towards))
        if statement.until is None:
            validity = "until you withdraw it"
        else:
            validity = f"{'until' if today <= statement.until else 'ended on'} {format_day(statement.until)}"
        clause = statement_clause(statement.kind, by, towards)
        yield f"{number}. {clause} (from {format_day(statement.day)}, {validity})"
    if not statements:
        yield "You have made no statement yet."
