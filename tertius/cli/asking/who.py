"""`tertius who`: the routes to a target, or why there is none."""

import typer

from presentation.dates import today
from tertius.cli.asking.answer_output import Printed, show_answer
from tertius.remote.client import connect_to
from tertius.remote.questions import Question, ask_introductions
from tertius.remote.servers import Server, selected_server
from tertius.runner import end


def _ask_server(server: Server, question: Question, *, as_json: bool) -> Printed:
    with connect_to(server) as client:
        answer, colleagues, frame = ask_introductions(client, question, as_json=as_json)
    return Printed(
        answer,
        colleagues,
        frame,
        is_past=question.as_of is not None,
        refresh_hint="The server updates its network daily.",
    )


def who(question: Question, *, details: bool, as_json: bool, copies: bool) -> None:
    """Answer, print, and exit with the code of the answer."""
    _check_date(question)
    if server := selected_server():
        printed = _ask_server(server, question, as_json=as_json)
    else:
        # it imports the driver of Neo4j and much more, which takes longer than the answer of a server
        from tertius.cli.asking.who_here import ask_here  # noqa: PLC0415

        printed = ask_here(question)
    end(show_answer(printed, details=details, as_json=as_json, copies=copies))


def _check_date(question: Question) -> None:
    """Raise BadParameter if there is no answer as of the date of the question."""
    if question.as_of is None:
        return
    from graph.introductions.as_of import why_not_as_of  # noqa: PLC0415 - it imports as much as above

    why = why_not_as_of(question.as_of, today=today(), max_introducers=question.max_introducers, team=question.team)
    if why:
        raise typer.BadParameter(why)
