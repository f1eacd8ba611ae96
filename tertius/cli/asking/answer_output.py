"""Prints the answer of `tertius who`, from the local database or from a server."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.days import day_of
from presentation import sentences
from presentation.answer_json import Data
from presentation.dates import today
from tertius import console
from tertius.answer_reading.answers import AnswerFrame, day_number
from tertius.cli import rendering
from tertius.cli.exit_codes import AMBIGUOUS, REFUSED, ROUTES, UNKNOWN
from tertius.clipboard import copy_to_clipboard

_EXIT_CODES = {"Introductions": ROUTES, "AlreadyKnown": ROUTES, "Refusal": REFUSED, "AmbiguousTarget": AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Printed:
    """An answer as `--json` prints it, the ties of colleagues to the target with `--team`, and the context."""

    answer: Data
    colleagues: Sequence[Data] | None
    frame: AnswerFrame
    is_past: bool
    """Whether the answer is as of a date that the user named."""
    refresh_hint: str
    """How an answer as of an earlier day is brought to today."""


def show_answer(printed: Printed, *, details: bool = False, as_json: bool = False, copies: bool = False) -> int:
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
