"""The use case "whom should I contact this week?", and what the member answers to it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum

from graph.days import day_at, day_of
from graph.errors import InvalidContactPlan
from graph.insights.contact_plans import (
    MAX_SNOOZE_DAYS,
    ContactPlan,
    PlanContent,
    change_contact_plan,
    list_contact_plans,
)
from graph.insights.measures.goal_progress import GoalProgress
from graph.insights.nurture import NurtureWeek, list_nurture_suggestions
from graph.insights.nurture_candidates import IntroducerRecord
from graph.insights.tags import find_tag
from graph.lookup.resolve import PersonReference
from graph.requests.requests import IntroductionRequest, read_requests
from graph.requests.states import RequestAction, RequestRole, RequestStatus
from operations.insights.goals import assess_goal
from operations.questions.ties import resolve_ends
from operations.session import Session

_OPEN = {
    RequestStatus.DRAFT,
    RequestStatus.SENT,
    RequestStatus.ACCEPTED,
    RequestStatus.MENTION_ONLY,
    RequestStatus.TARGET_ASKED,
    RequestStatus.TARGET_AGREED,
}


class NurtureResponse(StrEnum):
    """A member's answer to a suggestion."""

    DONE = "done"
    SNOOZE = "snooze"
    NEVER = "never"


async def suggest_contacts(session: Session, *, tag: str | None = None) -> NurtureWeek:
    """The suggestions of this week for the viewer, with `tag` of people with a tag of this name. Raises InvalidTag."""
    among = None if tag is None else (await find_tag(session.graph, session.viewer, tag)).people
    requests = await read_requests(session.graph, session.viewer)
    records = _with_goal(_records(requests, session.state.people_by_member), await assess_goal(session))
    return await list_nurture_suggestions(
        session.graph, session.state, session.viewer, records=records.values(), among=among
    )


async def respond_to_suggestion(
    session: Session,
    response: NurtureResponse,
    person: PersonReference,
    other: PersonReference | None = None,
    *,
    until: date | None = None,
) -> ContactPlan:
    """Store the viewer's answer to a suggestion about a person, or about introducing two. Returns the plan.

    `until` is the first day on which the suggestion may return, with SNOOZE only. Raises InvalidContactPlan.
    """
    today = session.viewer.as_of
    if (until is None) is (response is NurtureResponse.SNOOZE):
        raise InvalidContactPlan("SNOOZE needs the day on which the suggestion may return; other answers have no day.")
    last = None if until is None else day_of(until)
    if last is not None and not today < last <= today + MAX_SNOOZE_DAYS:
        raise InvalidContactPlan(f"A snooze ends 1 to {MAX_SNOOZE_DAYS:,} days after today.")
    changes: dict[NurtureResponse, dict[str, int | str | None]] = {
        NurtureResponse.DONE: {"done_on": today},
        NurtureResponse.SNOOZE: {"snoozed_on": today, "snoozed_until": last},
        NurtureResponse.NEVER: {"never_on": today},
    }
    return await _change(session, [person, *([other] if other else [])], **changes[response])


async def set_contact_plan(
    session: Session, person: PersonReference, *, every_days: int | None = None, note: str | None = None
) -> ContactPlan:
    """Set the rhythm or the note of the viewer's plan for a person; None keeps it, 0 and an empty text remove it.

    Raises InvalidContactPlan.
    """
    changes: dict[str, int | str | None] = {}
    if every_days is not None:
        changes["every_days"] = every_days or None
    if note is not None:
        changes["note"] = note
    return await _change(session, [person], **changes)


async def restore_contact_plan(
    session: Session, person: PersonReference, other: PersonReference | None, content: PlanContent
) -> ContactPlan:
    """Store what the viewer's plan for a person, or for introducing two, said before. Raises InvalidContactPlan."""
    today = session.viewer.as_of
    if any(day is not None and day > today for day in (content.done_on, content.never_on)):
        raise InvalidContactPlan("The day of an answer is not in the future.")
    if content.snoozed_until is not None and content.snoozed_until > today + MAX_SNOOZE_DAYS:
        raise InvalidContactPlan(f"A snooze ends 1 to {MAX_SNOOZE_DAYS:,} days after today.")
    return await _change(session, [person, *([other] if other else [])], **asdict(content))


async def _change(session: Session, references: list[PersonReference], **changes: int | str | None) -> ContactPlan:
    ends = await resolve_ends(session, *references)
    if not isinstance(ends, list):
        raise InvalidContactPlan(
            "A reference names no single person in your sources. Use an address, a profile URL or an id."
        )
    id = await change_contact_plan(session.graph, session.viewer, tuple(ends), **changes)
    return next(plan for plan in await list_contact_plans(session.graph, session.viewer) if plan.id == id)


def _with_goal(records: Mapping[str, IntroducerRecord], goal: GoalProgress | None) -> dict[str, IntroducerRecord]:
    """Add for each introducer the targets of the viewer's goal to which the best routes begin with them."""
    with_goal = {**records}
    for target in () if goal is None else goal.targets:
        for introducer in target.introducers:
            id = introducer.person.id
            record = with_goal.get(id, IntroducerRecord(id))
            with_goal[id] = replace(record, goal_targets=(*record.goal_targets, (target.name, introducer.people)))
    return with_goal


def _records(requests: Sequence[IntroductionRequest], people: Mapping[str, str | None]) -> dict[str, IntroducerRecord]:
    """Return what each introducer of the viewer's requests did, and whether the viewer returned it, by their id."""
    records: dict[str, IntroducerRecord] = {}
    returned = {people.get(request.asker_id) for request in requests if request.role is RequestRole.INTRODUCER}
    for request in requests:
        if request.role is RequestRole.INTRODUCER or request.is_introducer_hidden:
            continue
        id, name = request.introducer.id, request.target.name
        record = records.get(id, IntroducerRecord(id, is_returned=id in returned))
        made = [each.at for each in request.transitions if each.action is RequestAction.RECORD_INTRODUCTION]
        introductions = tuple((name, day_at(at), request.is_thanked) for at in made[:1])
        records[id] = replace(
            record,
            introductions=record.introductions + introductions,
            needed_for=(*record.needed_for, (name, 1)) if request.status in _OPEN else record.needed_for,
        )
    return records
