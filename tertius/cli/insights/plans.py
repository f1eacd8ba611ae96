"""`tertius insights plan`: whom to ask for each target of a list."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.insights.planning.introduction_plan import MAX_PLANNED_TARGETS, PlanCoverage
from operations.insights.planning import plan_target_list
from presentation.answer_json import Data
from presentation.csv_cells import csv_lines
from presentation.insights.plans import plan_data
from presentation.sentences import format_count
from sources.tables.target_list import read_target_list
from tertius import console
from tertius.answer_reading.answers import name_and_job
from tertius.cli.asking.targets import target_file
from tertius.cli.tables import table
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.insights import ask_plan
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today

_COLUMNS = ("line", "target", "coverage", "introducer", "score", "route", "reason", "message_to_forward")


def plan(file: Path, *, requests_each: int, max_introducers: int, out: Path | None, team: bool, as_json: bool) -> None:
    """Plan the list: print the plan, or write it to a file."""
    targets = read_target_list(target_file(file), max_rows=MAX_PLANNED_TARGETS)
    for note in targets.notes:
        console.echo(note, err=True)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> Data:
        network = await advance_to_today(network, progress=progress)
        planned_list = await plan_target_list(
            network.session,
            targets,
            requests_each=requests_each,
            team=team,
            max_introducers=max_introducers,
            progress=progress,
        )
        return plan_data(planned_list, targets, network.viewer)

    def ask(client: ServerClient) -> Data:
        return ask_plan(client, targets, requests_each=requests_each, team=team, max_introducers=max_introducers)

    planned_list = run_or_ask(do, ask)
    names = [_name(planned, row.cells) for planned, row in zip(planned_list["targets"], targets.rows, strict=True)]
    if out is not None:
        console.write_output(out, "".join(_csv(planned_list, names)))
    if as_json:
        console.echo_json(planned_list)
    elif out is None:
        console.echo_lines(_plan_text(planned_list, names))
    elif str(out) != "-":
        console.echo(f"The plan is in {out}. {_summary(planned_list)}")


def _name(planned: Data, cells: tuple[str, ...]) -> str:
    """The target with their job, or the cells of a row that no single person matches."""
    if planned["target"]:
        return name_and_job(planned["target"])
    return ", ".join(filter(None, cells[:3])) or "empty row"


def _csv(plan: Data, names: Sequence[str]) -> Iterator[str]:
    """Yield the plan as CSV, in the order of the list, behind the byte order mark by which Excel recognises UTF-8."""
    yield "\ufeff"
    yield from csv_lines([_COLUMNS])
    yield from csv_lines(
        [
            each["line"],
            name,
            each["coverage"].lower(),
            each["introducer"] and name_and_job(each["introducer"]),
            None if each["score"] is None else f"{each['score']:.4f}",
            each["summary"],
            each["reason"],
            each["messageToForward"],
        ]
        for each, name in zip(plan["targets"], names, strict=True)
    )


def _plan_text(plan: Data, names: Sequence[str]) -> Iterator[RenderableType]:
    for load in plan["loads"]:
        count, expected = load["requestCount"], load["expectedIntroductions"]
        yield Text(
            f"Ask {name_and_job(load['introducer'])} for {count} {'target' if count == 1 else 'targets'} "
            f"(expect {expected:.1f})",
            "bold",
        )
        routed = [each for each in plan["targets"] if (each["introducer"] or {}).get("id") == load["introducer"]["id"]]
        routed.sort(key=lambda each: (-(each["score"] or 0.0), each["target"]["name"]))
        yield table(("Target", "Score"), [(name_and_job(each["target"]), _score(each)) for each in routed])
        yield ""
    uncovered = [
        (str(each["line"]), name, each["reason"] or "")
        for each, name in zip(plan["targets"], names, strict=True)
        if each["coverage"] != PlanCoverage.ASSIGNED.name
    ]
    if uncovered:
        yield Text(f"Without an introducer ({len(uncovered):,})", "bold")
        yield table(("Line", "Target", "Reason"), uncovered)
        yield ""
    if plan["newTies"]:
        yield Text("New ties that would open most of these targets", "bold")
        yield from (new_tie["message"] for new_tie in plan["newTies"])
        yield ""
    yield _summary(plan)


def _score(planned: Data) -> str:
    score = planned["score"]
    return "" if score is None else f"{score:.2f} ({planned['scoreLabel'].lower()})"


def _summary(plan: Data) -> str:
    assigned = sum(planned["coverage"] == PlanCoverage.ASSIGNED.name for planned in plan["targets"])
    return (
        f"{assigned:,} of {len(plan['targets']):,} rows have an introducer. "
        f"Expect {plan['expectedIntroductions']:.1f} introductions from "
        f"{format_count(len(plan['loads']), 'introducer')}."
    )
