"""Nurture suggestions and contact plans as sentences, JSON and CSV."""

from collections.abc import Iterable, Iterator

from graph.answers import Person
from graph.insights.contact_plans import ContactPlan
from graph.insights.nurture import NurtureSuggestion, NurtureWeek
from graph.insights.nurture_candidates import NurtureReason
from graph.insights.rules import insight_rules
from graph.viewer import Viewer
from presentation.answer_json import Data, day_text, label, person_data
from presentation.csv_cells import csv_lines
from presentation.sentences import evidence_text, format_count, format_day, last_contact, name_with_job, strength_label

NURTURE_COLUMNS = (
    "person",
    "title",
    "company",
    "other_person",
    "reason",
    "message",
    "strength",
    "after_contact",
    "last_contact",
    "evidence",
    "note",
)
"""Columns of the suggestions as CSV."""


def nurture_message(suggestion: NurtureSuggestion, week: int) -> str:
    """Say why the person is suggested in the week that starts on this day: the sentence of the rule."""
    candidate = suggestion.candidate
    return insight_rules()[candidate.reason].explain(
        name=suggestion.person.name,
        week=format_day(week),
        other=suggestion.other.name if suggestion.other else "",
        day="" if candidate.day is None else format_day(candidate.day),
        count=_count_text(suggestion),
        subject=candidate.subject,
        before=candidate.before,
        label="" if candidate.strength is None else strength_label(candidate.strength),
        change="ends" if candidate.strength_later is None else f"becomes {strength_label(candidate.strength_later)}",
    )


def _count_text(suggestion: NurtureSuggestion) -> str:
    count = suggestion.candidate.count
    if count is None:
        return ""
    if suggestion.candidate.reason is NurtureReason.WORK_ANNIVERSARY:
        return format_count(count, "year")
    return f"{count:,}"


def nurture_effect(suggestion: Data) -> str:
    """Say how one exchange would change the tie of today: `fair now, strong after one exchange`."""
    now, after = suggestion["strengthLabel"], suggestion["strengthLabelAfterContact"]
    return f"{now.lower() if now else 'no tie'} now, {after.lower()} after one exchange"


def nurture_evidence(suggestion: NurtureSuggestion, viewer: Viewer) -> str:
    """Describe the evidence between the person and the viewer."""
    return evidence_text(suggestion.tie, viewer.as_of, viewer.person_id or "")


def nurture_data(week: NurtureWeek, viewer: Viewer) -> list[Data]:
    """The suggestions, as the query `nurtureSuggestions` returns its nodes."""
    return [
        {
            "__typename": "NurtureSuggestion",
            "id": each.id,
            "weekStartsOn": day_text(week.starts_on),
            "reason": each.candidate.reason.name,
            "message": nurture_message(each, week.starts_on),
            "person": person_data(each.person),
            "otherPerson": person_data(each.other) if each.other else None,
            "evidence": nurture_evidence(each, viewer),
            "lastContact": day_text(last_contact(each.tie)),
            "strength": each.tie.strength if each.has_tie else None,
            "strengthLabel": label(each.tie.strength) if each.has_tie else None,
            "strengthAfterContact": each.strength_after_contact,
            "strengthLabelAfterContact": label(each.strength_after_contact),
            "note": each.plan.note,
        }
        for each in week.suggestions
    ]


def nurture_lines(suggestions: Iterable[Data]) -> Iterator[str]:
    """Yield suggestions, as `nurture_data` returns them, as lines of CSV; the first has the names of the columns."""
    yield from csv_lines([NURTURE_COLUMNS])
    yield from csv_lines(
        (
            each["person"]["name"],
            each["person"]["title"],
            each["person"]["company"],
            each["otherPerson"] and each["otherPerson"]["name"],
            each["reason"].lower(),
            each["message"],
            None if each["strength"] is None else f"{each['strength']:.3f}",
            f"{each['strengthAfterContact']:.3f}",
            each["lastContact"],
            each["evidence"],
            each["note"],
        )
        for each in suggestions
    )


def contact_plan_data(plans: Iterable[ContactPlan]) -> list[Data]:
    """Contact plans, as the query `contactPlans` returns its nodes."""
    return [
        {
            "__typename": "ContactPlan",
            "id": plan.id,
            "person": plan.person and person_data(plan.person),
            "otherPerson": plan.other and person_data(plan.other),
            "isAboutTwo": plan.is_about_two,
            "everyDays": plan.content.every_days,
            "note": plan.content.note,
            "snoozedUntil": day_text(plan.content.snoozed_until),
            "doneOn": day_text(plan.content.done_on),
            "neverSince": day_text(plan.content.never_on),
        }
        for plan in plans
    ]


def contact_plan_text(plan: ContactPlan) -> str:
    """Describe a contact plan in a line."""
    content = plan.content
    people = [name_with_job(one) if one else "a person whom no source names" for one in _people(plan)]
    clauses = [
        content.every_days and f"every {format_count(content.every_days, 'day')}",
        content.never_on is not None and "never suggested",
        content.snoozed_until is not None and f"no suggestion before {format_day(content.snoozed_until)}",
        content.done_on is not None and f"last done on {format_day(content.done_on)}",
        content.note,
    ]
    return f"{' and '.join(people)}: {'; '.join(clause for clause in clauses if clause) or 'no rhythm, note or answer'}"


def _people(plan: ContactPlan) -> list[Person | None]:
    return [plan.person, plan.other] if plan.is_about_two else [plan.person]
