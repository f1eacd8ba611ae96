"""What `tertius say` is told, two people and what is so of them in the words one would type; and how it is listed."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from graph.errors import InvalidStatement
from graph.statements.tie_statements import Statement, add_statement, list_statements, withdraw_statement
from graph.strength.statement_kinds import StatementKind
from presentation.dates import today
from presentation.sentences import format_day, statement_clause
from tertius import console
from tertius.cli.options import _date
from tertius.cli.person_argument import meant
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def say_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A knows B; A met B; A is out of touch with B; A is no route to B."),
    ] = None,
    *,
    well: Annotated[bool, typer.Option("--well", help="They know them well.")] = False,
    met: Annotated[bool, typer.Option("--met", help="They met once.")] = False,
    dated: Annotated[str | None, typer.Option("--on", help="When it was so, as 2026-11-22; else today.")] = None,
    until: Annotated[str | None, typer.Option(help="The last day it counts, as 2027-11-22.")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Show what you have said.")] = False,
    withdrawn: Annotated[int | None, typer.Option("--withdraw", help="Take back number N of the list.")] = None,
) -> None:
    """Say who knows whom (`tertius say Ben knows "Jane Doe"`; "me" is you), or what sets a tie aside: it counts for you
    alone.
    """

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        viewer = network.viewer
        if words:
            one, kind, other = read(words)
            await add_statement(
                network.graph,
                viewer,
                by=await meant(network, one),
                towards=await meant(network, other),
                kind=StatementKind.KNOWS_WELL if well else StatementKind.MET if met else kind,
                on=_date(dated),
                until=_date(until) if until else None,
                today=today(),
                progress=progress,
            )
        elif withdrawn is not None:
            said = await list_statements(network.graph, viewer)
            if not 0 < withdrawn <= len(said):
                raise InvalidStatement(f"There is no statement number {withdrawn}: `tertius say --list` shows them.")
            await withdraw_statement(network.graph, viewer, said[withdrawn - 1], progress=progress)
        elif not show_list:
            raise typer.BadParameter(UNREAD, param_hint="WORDS")
        said = await list_statements(network.graph, viewer)
        console.echo_lines(listed(said, me=viewer.person_id, today=viewer.as_of))

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
"""What stands between a name and what is so of them; a surname like any of these begins with a capital."""
UNREAD = "say it as: A knows B, A met B, A is out of touch with B, A is no route to B"


def read(words: Sequence[str]) -> tuple[str, StatementKind, str]:
    """Who, what (a kind of statement) and towards whom. Raises BadParameter where that cannot be told."""
    said = words[0].split() if len(words) == 1 else list(words)
    plain = [word.casefold() for word in said]
    for at in range(1, len(said)):
        for phrase, kind in PHRASES.items():
            end = at + len(phrase.split())
            if plain[at:end] == phrase.split() and said[end:]:
                first, second = said[:at], said[end:]
                while len(first) > 1 and first[-1] in _BEFORE:
                    first.pop()
                if kind == StatementKind.KNOWS and len(second) > 1 and second[-1] == "well":
                    return " ".join(first), StatementKind.KNOWS_WELL, " ".join(second[:-1])
                return " ".join(first), kind, " ".join(second)
    raise typer.BadParameter(UNREAD, param_hint="WORDS")


def listed(said: Sequence[Statement], *, me: str | None, today: int) -> Iterator[str]:
    """The statements, numbered as --withdraw takes them."""
    for number, one in enumerate(said, 1):
        by, towards = ("you" if id == me else name for id, name in (one.by, one.towards))
        if one.until is None:
            ends = "counts until you take it back"
        else:
            ends = f"{'counts until' if today <= one.until else 'ended'} {format_day(one.until)}"
        yield f"{number}. {statement_clause(one.kind, by, towards)} (you said so, {format_day(one.day)}; {ends})"
    if not said:
        yield "You have said nothing yet."
