"""`tertius who`: the routes to a target, or why there is none."""

from datetime import date

import typer

from graph.answers import AlreadyKnown, AmbiguousTarget, Answer, Introductions, Refusal
from graph.days import day_of
from graph.introductions.as_of import why_not_as_of
from graph.introductions.colleagues import Colleagues, find_colleagues_who_know
from graph.lookup.resolve import ResolvedTarget
from operations.ask import ask
from presentation import sentences
from presentation.answer_json import answer_data, step_data
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.cli import rendering
from tertius.cli.exit_codes import AMBIGUOUS, REFUSED, ROUTES, UNKNOWN
from tertius.clipboard import copy_to_clipboard
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork, advance_to_today


async def print_answer(
    network: OpenNetwork,
    target: str,
    *,
    team: bool = False,
    limit: int = 5,
    max_introducers: int = 2,
    as_of: date | None = None,
    details: bool = False,
    as_json: bool = False,
    copies: bool = False,
) -> int:
    """Print the answer to a question and return the exit code.

    With `team`, list colleagues who know the target. With `copies`, copy the message for the first route.
    """
    reply = await ask(
        network.session,
        target,
        team=team,
        limit=limit,
        max_introducers=max_introducers,
        as_of=as_of,
    )
    answer, viewer, sources = reply.answer, reply.viewer, reply.sources
    known = Colleagues()
    if team and isinstance(answer, Introductions | AlreadyKnown | Refusal):
        known = await find_colleagues_who_know(
            network.graph, viewer, ResolvedTarget(answer.target, answer.possible_duplicates)
        )
    if as_json:
        data = answer_data(answer, viewer, sources)
        if team:
            data["colleagues"] = [step_data(step, viewer) for step in known.steps]
        console.echo_json(data)
    else:
        console.echo_lines(rendering.render_answer(answer, viewer=viewer, sources=sources, details=details))
        console.echo_lines(rendering.render_colleagues(known.steps, viewer, details=details))
        if network.state.fit:
            console.echo(sentences.fit_note(network.state.fit))
        if network.state.needs_recovery:
            console.echo("The network is being updated. Ask again in a minute.")
        elif not as_of and viewer.as_of < day_of(today()):
            day = format_day(viewer.as_of)
            console.echo(f"This answer is as of {day}. `tertius admin refresh` updates the network to today.")
    if copies:
        console.echo(_copy_message(answer), err=True)
    return _exit_code(answer)


def _copy_message(answer: Answer) -> str:
    """Copy the message for the first route, and return a sentence about it."""
    routes = answer.routes if isinstance(answer, Introductions | AlreadyKnown) else ()
    if not routes:
        return "There is no route, so there is no message to copy."
    clipboard = copy_to_clipboard(sentences.message_to_forward(routes[0]))
    if clipboard is None:
        return "There is no clipboard on this machine. Copy the message from the answer."
    return f"The message to {routes[0].people[0].name} is in {clipboard}."


def _exit_code(answer: Answer) -> int:
    match answer:
        case Introductions() | AlreadyKnown():
            return ROUTES
        case Refusal():
            return REFUSED
        case AmbiguousTarget():
            return AMBIGUOUS
    return UNKNOWN


def who(
    target: str,
    *,
    limit: int,
    max_introducers: int,
    as_of: date | None,
    team: bool,
    details: bool,
    as_json: bool,
    copies: bool,
) -> None:
    """Answer, print, and exit with the code of the answer."""
    if as_of and (why := why_not_as_of(as_of, today=today(), max_introducers=max_introducers, team=team)):
        raise typer.BadParameter(why)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        network = network if as_of else await advance_to_today(network, progress=progress)
        return await print_answer(
            network,
            target,
            team=team,
            limit=limit,
            max_introducers=max_introducers,
            as_of=as_of,
            details=details,
            as_json=as_json,
            copies=copies,
        )

    end(run(do))
