"""`tertius who`: the routes to a target, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

import typer

from graph.answers import AlreadyKnown, Introductions, Refusal
from graph.days import day_of
from graph.introductions.as_of import why_not_as_of
from graph.introductions.colleagues import find_colleagues_who_know
from graph.lookup.resolve import ResolvedTarget
from operations.ask import ask
from presentation import sentences
from presentation.answer_json import Data, answer_data, source_data, step_data, viewer_data
from presentation.dates import today
from tertius import console
from tertius.answer_reading.answers import AnswerFrame, day_number
from tertius.cli import rendering
from tertius.cli.exit_codes import AMBIGUOUS, REFUSED, ROUTES, UNKNOWN
from tertius.clipboard import copy_to_clipboard
from tertius.console import ConsoleProgress
from tertius.remote.client import connect_to
from tertius.remote.questions import Question, ask_introductions
from tertius.remote.servers import Server, selected_server
from tertius.runner import end, run
from tertius.session import OpenNetwork, advance_to_today

_EXIT_CODES = {"Introductions": ROUTES, "AlreadyKnown": ROUTES, "Refusal": REFUSED, "AmbiguousTarget": AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Printed:
    """An answer as `--json` prints it, the ties of colleagues to the target with `--team`, and what stands around."""

    answer: Data
    colleagues: Sequence[Data] | None
    frame: AnswerFrame
    is_past: bool
    """Whether the answer is as of a date that the user named."""
    refresh_hint: str
    """How an answer as of an earlier day is brought to today."""


async def print_answer(network: OpenNetwork, target: str, *, team: bool = False, limit: int = 5) -> None:
    """Answer a question from the local database and print the answer."""
    _show(await _ask_here(network, Question(target, limit=limit, team=team)))


async def _ask_here(network: OpenNetwork, question: Question) -> Printed:
    reply = await ask(
        network.session,
        question.target,
        team=question.team,
        limit=question.limit,
        max_introducers=question.max_introducers,
        as_of=question.as_of,
        through_tag=question.through_tag,
    )
    answer, viewer = reply.answer, reply.viewer
    colleagues = None
    if question.team:
        colleagues = []
        if isinstance(answer, Introductions | AlreadyKnown | Refusal):
            resolved = ResolvedTarget(answer.target, answer.possible_duplicates)
            known = await find_colleagues_who_know(network.graph, viewer, resolved)
            colleagues = [step_data(step, viewer) for step in known.steps]
    return Printed(
        answer_data(answer, viewer, reply.sources),
        colleagues,
        AnswerFrame(
            viewer_data(network.state, viewer), [source_data(each, viewer) for each in reply.sources], viewer.as_of
        ),
        is_past=question.as_of is not None,
        refresh_hint="`tertius admin refresh` updates the network to today.",
    )


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


def _show(printed: Printed, *, details: bool = False, as_json: bool = False, copies: bool = False) -> int:
    """Print an answer and return the exit code. With `copies`, copy the message for the first route."""
    answer, frame = printed.answer, printed.frame
    if as_json:
        console.echo_json(answer if printed.colleagues is None else answer | {"colleagues": printed.colleagues})
    else:
        console.echo_lines(rendering.render_answer(answer, frame, details=details))
        console.echo_lines(rendering.render_colleagues(printed.colleagues or (), frame, details=details))
        if (calibrated := day_number(frame.viewer["calibratedOn"])) is not None:
            console.echo(sentences.calibration_note(calibrated))
        if not frame.viewer["isUpToDate"]:
            console.echo("The network is being updated. Ask again in a minute.")
        elif not printed.is_past and frame.as_of < day_of(today()):
            console.echo(f"This answer is as of {sentences.format_day(frame.as_of)}. {printed.refresh_hint}")
    if copies:
        console.echo(_copy_message(answer), err=True)
    return _EXIT_CODES.get(answer["__typename"], UNKNOWN)


def _copy_message(answer: Data) -> str:
    """Copy the message for the first route, and return a sentence about it."""
    routes = answer.get("routes")
    if not routes:
        return "There is no route, so there is no message to copy."
    clipboard = copy_to_clipboard(routes[0]["messageToForward"])
    if clipboard is None:
        return "There is no clipboard on this machine. Copy the message from the answer."
    return f"The message to {routes[0]['firstIntroducer']['name']} is in {clipboard}."


def who(question: Question, *, details: bool, as_json: bool, copies: bool) -> None:
    """Answer, print, and exit with the code of the answer."""
    as_of = question.as_of
    if as_of and (
        why := why_not_as_of(as_of, today=today(), max_introducers=question.max_introducers, team=question.team)
    ):
        raise typer.BadParameter(why)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Printed:
        return await _ask_here(network if as_of else await advance_to_today(network, progress=progress), question)

    server = selected_server()
    printed = _ask_server(server, question, as_json=as_json) if server else run(do)
    end(_show(printed, details=details, as_json=as_json, copies=copies))
