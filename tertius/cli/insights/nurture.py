"""`tertius insights nurture` and the contact plans: whom to contact, and what you answered."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.days import date_of
from graph.insights.contact_plans import ContactPlan, delete_contact_plan, list_contact_plans
from graph.insights.nurture import NurtureWeek
from graph.viewer import Viewer
from operations.insights.nurture import NurtureResponse, respond_to_suggestion, set_contact_plan, suggest_contacts
from presentation.insights.nurture import (
    contact_plan_data,
    contact_plan_text,
    nurture_data,
    nurture_effect,
    nurture_evidence,
    nurture_lines,
    nurture_message,
)
from presentation.sentences import format_day, name_with_job
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork, advance_to_today


def print_suggestions(out: Path | None, *, as_json: bool) -> None:
    """Print the suggestions of this week, or write them to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        network = await advance_to_today(network, progress=progress)
        week = await suggest_contacts(network.session)
        if out is not None:
            console.write_output(out, "".join(nurture_lines(week, network.viewer)))
        if as_json:
            console.echo_json(nurture_data(week, network.viewer))
        elif out is None:
            console.echo_lines(_week_lines(week, network.viewer))

    run(do)


def _week_lines(week: NurtureWeek, viewer: Viewer) -> Iterator[RenderableType]:
    yield Text(f"Week of {format_day(week.starts_on)}", "bold")
    for number, each in enumerate(week.suggestions, 1):
        others = f" and {name_with_job(each.other)}" if each.other else ""
        yield f"{number}. {name_with_job(each.person)}{others}"
        yield f"   {nurture_message(each, week.starts_on)}"
        yield f"   Evidence: {nurture_evidence(each, viewer)}. Tie: {nurture_effect(each)}."
        if each.plan.note:
            yield f"   Your note: {each.plan.note}"
    if not week.suggestions:
        yield "There is nobody to suggest."


def respond(response: str, who: str, other: str | None, *, until: date | int | None, as_json: bool) -> None:
    """Store an answer to a suggestion and print the plan. `until` is a date or a number of days."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        day = date_of(network.viewer.as_of) + timedelta(days=until) if isinstance(until, int) else until
        plan = await respond_to_suggestion(network.session, NurtureResponse(response), who, other, until=day)
        _print([plan], as_json=as_json)

    run(do)


def keep_in_touch(who: str, *, every_days: int | None, note: str | None, as_json: bool) -> None:
    """Set the rhythm and the note of a plan and print it."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        _print([await set_contact_plan(network.session, who, every_days=every_days, note=note)], as_json=as_json)

    run(do)


def print_plans(*, as_json: bool) -> None:
    """Print all plans."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        _print(await list_contact_plans(network.graph, network.viewer), as_json=as_json, numbered=True)

    run(do)


def delete_plan(number: int, *, as_json: bool) -> None:
    """Delete the plan with this number and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        plans = await list_contact_plans(network.graph, network.viewer)
        plan = choose(plans, number, "contact plan", "tertius insights contact-plans")
        await delete_contact_plan(network.graph, network.viewer, plan.id)
        _print(await list_contact_plans(network.graph, network.viewer), as_json=as_json, numbered=True)

    run(do)


def _print(plans: list[ContactPlan], *, as_json: bool, numbered: bool = False) -> None:
    if as_json:
        console.echo_json(contact_plan_data(plans))
        return
    for number, plan in enumerate(plans, 1):
        console.echo(f"{number}. {contact_plan_text(plan)}" if numbered else contact_plan_text(plan))
    if not plans:
        console.echo("You have no contact plan.")
