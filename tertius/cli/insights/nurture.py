"""`tertius insights nurture` and the contact plans: whom to contact, and what you answered."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from graph.days import date_of
from graph.insights.contact_plans import ContactPlan, PlanContent, delete_contact_plan, list_contact_plans
from graph.insights.nurture_candidates import first_day_of_week
from operations.insights.nurture import NurtureResponse, respond_to_suggestion, set_contact_plan, suggest_contacts
from presentation.answer_json import Data
from presentation.insights.nurture import (
    contact_plan_data,
    contact_plan_text,
    nurture_data,
    nurture_effect,
    nurture_lines,
)
from presentation.sentences import format_day
from tertius import console
from tertius.answer_reading.answers import day_number, name_and_job, read_person
from tertius.arguments.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.contributions import viewer_on_server
from tertius.remote.team import CONTACT_PLAN_LIST
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork, advance_to_today


def print_suggestions(out: Path | None, *, tag: str | None, as_json: bool) -> None:
    """Print the suggestions of this week, or write them to a file."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> tuple[list[Data], int]:
        network = await advance_to_today(network, progress=progress)
        week = await suggest_contacts(network.session, tag=tag)
        return nurture_data(week, network.viewer), week.starts_on

    def ask(client: ServerClient) -> tuple[list[Data], int]:
        suggestions = client.query_pages("nurture_suggestions", "nurtureSuggestions", tag=tag)
        return suggestions, first_day_of_week(viewer_on_server(client).as_of)

    suggestions, week = run_or_ask(do, ask)
    if out is not None:
        console.write_output(out, "".join(nurture_lines(suggestions)))
    if as_json:
        console.echo_json(suggestions)
    elif out is None:
        console.echo_lines(_week_lines(suggestions, week))


def _week_lines(suggestions: Sequence[Data], week: int) -> Iterator[RenderableType]:
    yield Text(f"Week of {format_day(week)}", "bold")
    for number, each in enumerate(suggestions, 1):
        others = f" and {name_and_job(each['otherPerson'])}" if each["otherPerson"] else ""
        yield f"{number}. {name_and_job(each['person'])}{others}"
        yield f"   {each['message']}"
        yield f"   Evidence: {each['evidence']}. Tie: {nurture_effect(each)}."
        if each["note"]:
            yield f"   Your note: {each['note']}"
    if not suggestions:
        yield "There is nobody to suggest."


def respond(response: str, who: str, other: str | None, *, until: date | int | None, as_json: bool) -> None:
    """Store an answer to a suggestion and print the plan. `until` is a date or a number of days."""
    chosen = NurtureResponse(response)

    def day_from(as_of: int) -> date | None:
        return date_of(as_of) + timedelta(days=until) if isinstance(until, int) else until

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        network = await advance_to_today(network, progress=progress)
        day = day_from(network.viewer.as_of)
        return contact_plan_data([await respond_to_suggestion(network.session, chosen, who, other, until=day)])

    def ask(client: ServerClient) -> list[Data]:
        day = day_from(viewer_on_server(client).as_of)
        fields = {
            "person": {"text": who},
            "otherPerson": None if other is None else {"text": other},
            "response": chosen.name,
            "until": None if day is None else day.isoformat(),
        }
        return [client.query("respond_to_suggestion", input=fields)["respondToNurtureSuggestion"]["contactPlan"]]

    _print(run_or_ask(do, ask), as_json=as_json)


def keep_in_touch(who: str, *, every_days: int | None, note: str | None, as_json: bool) -> None:
    """Set the rhythm and the note of a plan and print it."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return contact_plan_data([await set_contact_plan(network.session, who, every_days=every_days, note=note)])

    def ask(client: ServerClient) -> list[Data]:
        fields = {"person": {"text": who}, "everyDays": every_days, "note": note}
        return [client.query("set_contact_plan", input=fields)["setContactPlan"]["contactPlan"]]

    _print(run_or_ask(do, ask), as_json=as_json)


def print_plans(*, as_json: bool) -> None:
    """Print all plans."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return contact_plan_data(await list_contact_plans(network.graph, network.viewer))

    _print(run_or_ask(do, CONTACT_PLAN_LIST.read), as_json=as_json, numbered=True)


def delete_plan(number: int, *, as_json: bool) -> None:
    """Delete the plan with this number and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        plans = await list_contact_plans(network.graph, network.viewer)
        plan = choose(plans, number, CONTACT_PLAN_LIST.noun, CONTACT_PLAN_LIST.command)
        await delete_contact_plan(network.graph, network.viewer, plan.id)
        return contact_plan_data(await list_contact_plans(network.graph, network.viewer))

    listed = run_or_ask(do, lambda client: CONTACT_PLAN_LIST.change(client, number, "delete_contact_plan"))
    _print(listed, as_json=as_json, numbered=True)


def _print(plans: Sequence[Data], *, as_json: bool, numbered: bool = False) -> None:
    if as_json:
        console.echo_json(plans)
        return
    for number, plan in enumerate(plans, 1):
        text = contact_plan_text(_read_plan(plan))
        console.echo(f"{number}. {text}" if numbered else text)
    if not plans:
        console.echo("You have no contact plan.")


def _read_plan(data: Data) -> ContactPlan:
    """The plan, without the day on which it was snoozed."""
    person, other = (data[name] and read_person(data[name]) for name in ("person", "otherPerson"))
    content = PlanContent(
        every_days=data["everyDays"],
        note=data["note"],
        snoozed_until=day_number(data["snoozedUntil"]),
        done_on=day_number(data["doneOn"]),
        never_on=day_number(data["neverSince"]),
    )
    return ContactPlan(data["id"], person, other, data["isAboutTwo"], content)
