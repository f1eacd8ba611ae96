"""`tertius insights plan`: whom to ask for each target of a list."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.insights.planning.introduction_plan import MAX_PLANNED_TARGETS, IntroductionPlan, PlanCoverage
from operations import target_lists
from operations.insights.planning import plan_target_list
from presentation.insights.plans import (
    load_expectation,
    new_tie_sentence,
    plan_data,
    plan_lines,
    plan_reason,
    planned_name,
)
from presentation.sentences import format_count, name_with_job, strength_label
from sources.tables.target_list import TargetList
from tertius import console
from tertius.cli.asking.targets import target_file
from tertius.cli.tables import table
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def plan(file: Path, *, requests_each: int, max_introducers: int, out: Path | None, team: bool, as_json: bool) -> None:
    """Plan the list: print the plan, or write it to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        targets = await target_lists.parse_target_list(target_file(file), max_rows=MAX_PLANNED_TARGETS)
        for note in targets.notes:
            console.echo(note, err=True)
        network = await advance_to_today(network, progress=progress)
        found = await plan_target_list(
            network.session,
            targets,
            requests_each=requests_each,
            team=team,
            max_introducers=max_introducers,
            progress=progress,
        )
        if out is not None:
            console.write_output(out, "".join(plan_lines(found, targets)))
        if as_json:
            console.echo_json(plan_data(found, targets, network.viewer))
        elif out is None:
            console.echo_lines(_plan_text(found, targets))
        elif str(out) != "-":
            console.echo(f"The plan is in {out}. {_summary(found)}")

    run(do)


def _plan_text(plan: IntroductionPlan, targets: TargetList) -> Iterator[RenderableType]:
    for load in plan.loads:
        count = len(load.routes)
        yield Text(
            f"Ask {name_with_job(load.introducer)} for {count} {'target' if count == 1 else 'targets'} "
            f"(expect {load_expectation(load):.1f})",
            "bold",
        )
        yield table(
            ("Target", "Score"),
            [
                (
                    name_with_job(route.people[-1]),
                    "" if route.score is None else f"{route.score:.2f} ({strength_label(route.score)})",
                )
                for route in load.routes
            ],
        )
        yield ""
    uncovered = [
        (str(row.line), planned_name(planned, row.cells), plan_reason(planned))
        for row, planned in zip(targets.rows, plan.targets, strict=True)
        if planned.coverage is not PlanCoverage.ASSIGNED
    ]
    if uncovered:
        yield Text(f"Without an introducer ({len(uncovered):,})", "bold")
        yield table(("Line", "Target", "Reason"), uncovered)
        yield ""
    if plan.new_ties:
        yield Text("New ties that would open most of these targets", "bold")
        yield from (new_tie_sentence(new_tie) for new_tie in plan.new_ties)
        yield ""
    yield _summary(plan)


def _summary(plan: IntroductionPlan) -> str:
    assigned = sum(planned.coverage is PlanCoverage.ASSIGNED for planned in plan.targets)
    return (
        f"{assigned:,} of {len(plan.targets):,} rows have an introducer. "
        f"Expect {plan.expected:.1f} introductions from {format_count(len(plan.loads), 'introducer')}."
    )
