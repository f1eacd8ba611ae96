"""`tertius insights goal`: shows, sets and removes what your network is for."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from graph.insights.measures.goal_progress import GoalProgress, GoalTargetProgress
from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from operations.insights.goals import assess_goal
from presentation.insights.goals import advice_message, goal_progress_data, progress_message, target_message
from presentation.sentences import name_with_job
from tertius import console
from tertius.cli.tables import facts
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def show_goal(chosen: Goal | None, *, is_removed: bool, as_json: bool) -> None:
    """Store a goal if one is given, or remove it, and print the goal beside what is measured."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> GoalProgress | None:
        network = await advance_to_today(network, progress=progress)
        if chosen is not None or is_removed:
            await set_goal(network.graph, network.viewer, chosen)
        return await assess_goal(network.session)

    measured = run(do)
    if as_json:
        console.echo_json(None if measured is None else goal_progress_data(measured))
    elif measured is None:
        console.echo("You have no goal. `tertius insights goal job-search --stage mid-career` sets one.")
    else:
        console.echo_lines(_lines(measured))


def parse_goal(
    purpose: str, stage: str, companies: list[str] | None, roles: list[str] | None, fields: list[str] | None
) -> Goal:
    """Return the goal that the options name."""
    return Goal(
        GoalPurpose(purpose.replace("-", "_")),
        GoalStage(stage.replace("-", "_")),
        tuple(companies or ()),
        tuple(roles or ()),
        tuple(fields or ()),
    )


def _lines(progress: GoalProgress) -> Iterator[RenderableType]:
    goal = progress.goal
    purpose, stage = (text.value.replace("_", " ") for text in (goal.purpose, goal.stage))
    yield Text(f"Your goal: {purpose} ({stage})", "bold")
    yield progress_message(progress)
    for target in progress.targets:
        yield ""
        yield Text(f"{target.kind.value.capitalize()} {target.name}", "bold")
        yield target_message(target)
        if target.introducers:
            yield facts(_introducer_rows(target))
    yield ""
    yield advice_message(progress)


def _introducer_rows(target: GoalTargetProgress) -> Iterator[tuple[str, str]]:
    for one in target.introducers:
        people = "1 person" if one.people == 1 else f"{one.people:,} people"
        expected = "" if one.expected is None else f", {one.expected:.2g} introductions to expect"
        yield f"Ask {name_with_job(one.person)}", f"{people}{expected}"
