"""`tertius insights goal`: shows, sets and removes what your network is for."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from graph.insights.measures.goals import Goal, GoalPurpose, GoalStage, set_goal
from graph.insights.tags import find_tag
from operations.insights.goals import assess_goal
from presentation.answer_json import Data
from presentation.insights.goals import goal_progress_data
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.cli.tables import facts
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.insights import ask_goal, set_goal_on_server
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today


def show_goal(chosen: Goal | None, *, is_removed: bool, tag: str | None, as_json: bool) -> None:
    """Store a goal if one is given, or remove it, and print the goal beside what is measured.

    With `tag` only people with a tag of this name are counted. An unknown tag is refused before anything changes.
    """
    is_changed = chosen is not None or is_removed

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data | None:
        network = await advance_to_today(network, progress=progress)
        if is_changed:
            if tag is not None:
                await find_tag(network.graph, network.viewer, tag)
            await set_goal(network.graph, network.viewer, chosen)
        measured = await assess_goal(network.session, tag=tag)
        return None if measured is None else goal_progress_data(measured)

    def ask(client: ServerClient) -> Data | None:
        if is_changed:
            if tag is not None:
                ask_goal(client, tag)
            set_goal_on_server(client, chosen)
        return ask_goal(client, tag)

    measured = run_or_ask(do, ask)
    if as_json:
        console.echo_json(measured)
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


def _lines(progress: Data) -> Iterator[RenderableType]:
    purpose, stage = (progress["goal"][name].lower().replace("_", " ") for name in ("purpose", "stage"))
    yield Text(f"Your goal: {purpose} ({stage})", "bold")
    yield progress["message"]
    for target in progress["targets"]:
        yield ""
        yield Text(f"{target['kind'].capitalize()} {target['name']}", "bold")
        yield target["message"]
        if target["introducers"]:
            yield facts(_introducer_rows(target))
    yield ""
    yield progress["adviceMessage"]


def _introducer_rows(target: Data) -> Iterator[tuple[str, str]]:
    for one in target["introducers"]:
        people = "1 person" if one["peopleCount"] == 1 else f"{one['peopleCount']:,} people"
        expected = one["expectedIntroductions"]
        expectation = "" if expected is None else f", {expected:.2g} introductions to expect"
        yield f"Ask {name_and_job(one['person'])}", f"{people}{expectation}"
