"""Answers the question of `tertius who` from the local database."""

from graph.answers import AlreadyKnown, Introductions, Refusal
from graph.introductions.colleagues import find_colleagues_who_know
from graph.lookup.resolve import ResolvedTarget
from operations.ask import ask
from presentation.answer_json import answer_data, source_data, step_data, viewer_data
from tertius.answer_reading.answers import AnswerFrame
from tertius.cli.asking.answer_output import Printed, show_answer
from tertius.console import ConsoleProgress
from tertius.remote.questions import Question
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def ask_here(question: Question) -> Printed:
    """Answer a question in the network of the settings, which is updated to today first if it is small."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Printed:
        current = network if question.as_of else await advance_to_today(network, progress=progress)
        return await _ask(current, question)

    return run(do)


async def print_answer(network: OpenNetwork, target: str, *, team: bool = False, limit: int = 5) -> None:
    """Answer a question from the local database and print the answer."""
    show_answer(await _ask(network, Question(target, limit=limit, team=team)))


async def _ask(network: OpenNetwork, question: Question) -> Printed:
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
