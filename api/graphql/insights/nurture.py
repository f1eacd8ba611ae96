"""Nurture suggestions, and the contact plans that members keep about people."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.node import Node
from api.graphql.types.person import Person, PersonRef
from graph.days import day_of
from graph.insights import contact_plans, nurture
from graph.insights.contact_plans import MAX_EVERY_DAYS, MAX_NOTE_LENGTH, MAX_SNOOZE_DAYS
from graph.insights.nurture_candidates import NurtureReason
from graph.networks.permissions import Operation
from graph.viewer import Viewer
from operations.insights.nurture import (
    NurtureResponse,
    respond_to_suggestion,
    restore_contact_plan,
    set_contact_plan,
    suggest_contacts,
)
from presentation.dates import to_date
from presentation.insights.nurture import nurture_evidence, nurture_message
from presentation.sentences import last_contact, strength_label

strawberry.enum(
    NurtureReason,
    description="Why a person is suggested. UNANSWERED_QUESTION: they asked and nothing went back. "
    "UNTHANKED_INTRODUCER: they introduced the viewer, who recorded no thanks. WEAKENING_TIE: the tie loses its label "
    "within 90 days. OVERDUE_CONTACT: the last contact is longer ago than the rhythm of the plan. NEW_JOB: a later "
    "load shows another job. NEEDED_INTRODUCER: routes of open requests begin with them. GOAL_INTRODUCER: the best "
    "routes to people of the viewer's goal begin with them. ONE_SIDED_INTRODUCER: they "
    "introduced the viewer, and no source shows what the viewer did for them. WORK_ANNIVERSARY: their current job "
    "began, or a load first showed it, on a date of this week in an earlier year. MUTUAL_INTRODUCTION: two people who "
    "know the viewer and not each "
    "other.",
)
strawberry.enum(
    NurtureResponse,
    description="The viewer's answer to a suggestion. DONE: no suggestion for 30 days, or for the rhythm of the plan. "
    "SNOOZE: none before a day. NEVER: none again.",
)


@strawberry.type(description="A person to contact this week, or two people to introduce to each other.")
class NurtureSuggestion:
    id: strawberry.ID = strawberry.field(description="The opaque id of the suggestion within its week.")
    week_starts_on: date = strawberry.field(description="The Monday up to which the evidence counts.")
    reason: NurtureReason = strawberry.field(description="Why the person is suggested.")
    message: str = strawberry.field(description="The reason in a sentence.")
    person: Person = strawberry.field(description="The person to contact.")
    other_person: Person | None = strawberry.field(
        description="The person to introduce them to. Null unless MUTUAL_INTRODUCTION."
    )
    evidence: str = strawberry.field(description="The evidence between the person and the viewer in a sentence.")
    last_contact: date | None = strawberry.field(description="The date of the last interaction. Null if there is none.")
    strength: float | None = strawberry.field(
        description="The probability that the person responds to the viewer today, 0 to 1. Null without a tie."
    )
    strength_label: StrengthLabel | None = strawberry.field(description="The strength as a label. Null without a tie.")
    strength_after_contact: float = strawberry.field(description="The strength after one exchange today, 0 to 1.")
    strength_label_after_contact: StrengthLabel = strawberry.field(
        description="The strength after one exchange, as a label."
    )
    note: str | None = strawberry.field(description="The note of the viewer's plan. Null without one.")

    @classmethod
    def from_suggestion(cls, suggestion: nurture.NurtureSuggestion, starts_on: int, viewer: Viewer) -> Self:
        tie, after = suggestion.tie, suggestion.strength_after_contact
        return cls(
            id=strawberry.ID(suggestion.id),
            week_starts_on=to_date(starts_on),
            reason=suggestion.candidate.reason,
            message=nurture_message(suggestion, starts_on),
            person=Person.from_person(suggestion.person),
            other_person=Person.from_person(suggestion.other) if suggestion.other else None,
            evidence=nurture_evidence(suggestion, viewer),
            last_contact=to_date(last_contact(tie)),
            strength=tie.strength if suggestion.has_tie else None,
            strength_label=StrengthLabel(strength_label(tie.strength)) if suggestion.has_tie else None,
            strength_after_contact=after,
            strength_label_after_contact=StrengthLabel(strength_label(after)),
            note=suggestion.plan.note,
        )


@strawberry.type(description="How the viewer keeps in touch with a person. Only the viewer sees it.")
class ContactPlan(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the plan, accepted by `deleteContactPlan`.")
    person: Person | None = strawberry.field(description="The person. Null if no loaded source contains them now.")
    other_person: Person | None = strawberry.field(
        description="The second person, if the plan is the answer to a suggestion to introduce two people."
    )
    is_about_two: bool = strawberry.field(
        description="Whether the plan is about introducing two people, also if `otherPerson` is null."
    )
    every_days: int | None = strawberry.field(
        description="The rhythm: the maximum number of days between contacts. Null without one."
    )
    note: str | None = strawberry.field(description="The viewer's note. Null without one.")
    snoozed_until: date | None = strawberry.field(description="The first date of new suggestions. Null if not snoozed.")
    done_on: date | None = strawberry.field(description="The date of the last DONE. Null if there is none.")
    never_since: date | None = strawberry.field(description="The date of the answer NEVER. Null without one.")

    @classmethod
    def from_plan(cls, plan: contact_plans.ContactPlan) -> Self:
        content = plan.content
        return cls(
            id=strawberry.ID(plan.id),
            person=Person.from_person(plan.person) if plan.person else None,
            other_person=Person.from_person(plan.other) if plan.other else None,
            is_about_two=plan.is_about_two,
            every_days=content.every_days,
            note=content.note,
            snoozed_until=to_date(content.snoozed_until),
            done_on=to_date(content.done_on),
            never_since=to_date(content.never_on),
        )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The viewer's plans, by name."""
        plans = await contact_plans.list_contact_plans(info.context.graph, info.context.viewer)
        return [cls.from_plan(plan) for plan in plans]


@strawberry.input(description="The answer to a suggestion.")
class RespondToNurtureSuggestionInput(MutationInput):
    person: PersonRef = strawberry.field(description="The person of the suggestion.")
    other_person: PersonRef | None = strawberry.field(
        default=None, description="The second person of a MUTUAL_INTRODUCTION."
    )
    response: NurtureResponse = strawberry.field(description="The answer.")
    until: date | None = strawberry.field(
        default=None,
        description="The first date on which the suggestion may return, with SNOOZE only: 1 to "
        f"{MAX_SNOOZE_DAYS:,} days ahead.",
    )


@strawberry.input(description="What to change in the plan for a person.")
class SetContactPlanInput(MutationInput):
    person: PersonRef = strawberry.field(description="The person.")
    every_days: int | None = strawberry.field(
        default=None, description=f"The rhythm in days, 1 to {MAX_EVERY_DAYS:,}. 0 removes it; null keeps it."
    )
    note: str | None = strawberry.field(
        default=None,
        description=f"A note that only the viewer sees, at most {MAX_NOTE_LENGTH:,} characters. An empty text removes "
        "it; null keeps it.",
    )


@strawberry.input(description="What a plan says. Null means that it does not say it.")
class RestoreContactPlanInput(MutationInput):
    person: PersonRef = strawberry.field(description="The person.")
    other_person: PersonRef | None = strawberry.field(
        default=None, description="The second person, if the plan is about introducing two."
    )
    every_days: int | None = strawberry.field(default=None, description=f"The rhythm in days, 1 to {MAX_EVERY_DAYS:,}.")
    note: str | None = strawberry.field(default=None, description=f"The note, at most {MAX_NOTE_LENGTH:,} characters.")
    snoozed_until: date | None = strawberry.field(default=None, description="The first date of new suggestions.")
    done_on: date | None = strawberry.field(default=None, description="The date of the last DONE.")
    never_since: date | None = strawberry.field(default=None, description="The date of the answer NEVER.")


@strawberry.input(description="The plan to delete.")
class DeleteContactPlanInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a plan of the viewer.")


@strawberry.type(description="The result of a change of a contact plan.")
class ContactPlanPayload:
    contact_plan: ContactPlan = strawberry.field(description="The plan after the change.")


@strawberry.type(description="The result of the deletion of a contact plan.")
class DeleteContactPlanPayload:
    deleted_contact_plan_id: strawberry.ID | None = strawberry.field(
        description="The id of the plan. Null if the viewer has no plan with this id."
    )


@strawberry.type
class NurtureQuery:
    @query(
        description="List whom the viewer should contact this week, 5 people at most, each with the reason. The list "
        "is the same on all days of a week, except that suggestions disappear that the viewer acted on.",
        cost=100,
    )
    async def nurture_suggestions(
        self,
        info: Info,
        first: First = 5,
        after: After = None,
        tag: TagFilter = None,
    ) -> Connection[NurtureSuggestion]:
        requested, viewer = page(first, after), info.context.viewer
        week = await suggest_contacts(info.context.session, tag=tag)
        return Connection[NurtureSuggestion].from_all_rows(
            requested,
            week.suggestions,
            lambda each: each.id,
            lambda each: NurtureSuggestion.from_suggestion(each, week.starts_on, viewer),
        )

    @query(description="List the viewer's contact plans, by name. Only the viewer sees them.", cost=10)
    async def contact_plans(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[ContactPlan]:
        return Connection[ContactPlan].from_list(page(first, after), await ContactPlan.list_all(info))


@strawberry.type
class NurtureMutation:
    @mutation(
        description="Answer a suggestion: done, suggest again later, or never again.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def respond_to_nurture_suggestion(
        self, info: Info, input: RespondToNurtureSuggestionInput
    ) -> ContactPlanPayload:
        plan = await respond_to_suggestion(
            info.context.session,
            input.response,
            input.person.reference(),
            input.other_person.reference() if input.other_person else None,
            until=input.until,
        )
        return ContactPlanPayload(contact_plan=ContactPlan.from_plan(plan))

    @mutation(
        description="Set how often the viewer plans to be in contact with a person, and a note that only they see.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def set_contact_plan(self, info: Info, input: SetContactPlanInput) -> ContactPlanPayload:
        plan = await set_contact_plan(
            info.context.session, input.person.reference(), every_days=input.every_days, note=input.note
        )
        return ContactPlanPayload(contact_plan=ContactPlan.from_plan(plan))

    @mutation(
        description="Store all that a contact plan said before, which undoes a change or a deletion.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def restore_contact_plan(self, info: Info, input: RestoreContactPlanInput) -> ContactPlanPayload:
        until, done_on, never_since = (
            None if day is None else day_of(day) for day in (input.snoozed_until, input.done_on, input.never_since)
        )
        content = contact_plans.PlanContent(
            every_days=input.every_days,
            note=input.note,
            snoozed_on=None if until is None else info.context.viewer.as_of,
            snoozed_until=until,
            done_on=done_on,
            never_on=never_since,
        )
        other = input.other_person.reference() if input.other_person else None
        plan = await restore_contact_plan(info.context.session, input.person.reference(), other, content)
        return ContactPlanPayload(contact_plan=ContactPlan.from_plan(plan))

    @mutation(
        description="Delete a contact plan with its rhythm, note and answers. An unknown id has no effect.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=10,
    )
    async def delete_contact_plan(self, info: Info, input: DeleteContactPlanInput) -> DeleteContactPlanPayload:
        graph, viewer = info.context.graph, info.context.viewer
        deleted = await contact_plans.delete_contact_plan(graph, viewer, str(input.id))
        return DeleteContactPlanPayload(deleted_contact_plan_id=input.id if deleted else None)
