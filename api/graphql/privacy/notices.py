"""Notices that people are known to the network (Art. 14 GDPR): those due, and those given."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import After, Connection, First, page
from api.graphql.request.list_bounds import MAX_NOTIFIED_PEOPLE
from api.graphql.types.person import Person
from graph.networks.permissions import Operation
from graph.privacy import notices
from presentation.dates import today


@strawberry.type(description="A person who must be notified that the network knows them.")
class NoticeDue:
    person: Person = strawberry.field(description="The person.")
    known_since: date = strawberry.field(
        description="The date on which a visible source that names the person was first loaded."
    )
    due_by: date = strawberry.field(
        description="One month after `knownSince`. The notice is due earlier, with your first message, if you write to "
        "the person before."
    )

    @classmethod
    def from_notice(cls, notice: notices.Notice) -> Self:
        return cls(person=Person.from_person(notice.person), known_since=notice.since, due_by=notice.due_on)


@strawberry.input(description="The people who were notified.")
class MarkPeopleNotifiedInput(MutationInput):
    person_ids: list[strawberry.ID] = strawberry.field(description=f"The ids of up to {MAX_NOTIFIED_PEOPLE:,} people.")
    notified_on: date | None = strawberry.field(
        default=None, description="The date of the notice. The default is today."
    )


@strawberry.input(description="The people who were not notified.")
class UnmarkPeopleNotifiedInput(MutationInput):
    person_ids: list[strawberry.ID] = strawberry.field(description=f"The ids of up to {MAX_NOTIFIED_PEOPLE:,} people.")


@strawberry.type(description="The result of a change of notices.")
class PeopleNotifiedPayload:
    people: list[Person] = strawberry.field(description="The people whose notice changed.")


@strawberry.type
class NoticesQuery:
    @query(
        description="List the people who must be notified, the most urgent first. Owners and admins see all of their "
        "view, other members those in their own sources. Empty in a network of one that shares nothing.",
        permission=Operation.CONTRIBUTE,
        cost=50,
    )
    async def notices_due(self, info: Info, first: First, after: After = None) -> Connection[NoticeDue]:
        context, requested = info.context, page(first, after)
        rows = await notices.list_due_notices(
            context.graph, context.state, context.viewer, requested.limit, after=requested.start
        )
        return Connection[NoticeDue].from_rows(requested, rows, lambda notice: notice.id, NoticeDue.from_notice)


@strawberry.type
class NoticesMutation:
    @mutation(
        description="Record that people were notified. People outside the viewer's list are skipped. A later date "
        "replaces an earlier one.",
        permission=Operation.CONTRIBUTE,
        cost=50,
    )
    async def mark_people_notified(self, info: Info, input: MarkPeopleNotifiedInput) -> PeopleNotifiedPayload:
        day = input.notified_on or today()
        if day > today():
            raise InvalidArgument("`notifiedOn` is today or an earlier date.")
        return await _mark(info, input.person_ids, day)

    @mutation(
        description="Remove the viewer's record that people were notified.", permission=Operation.CONTRIBUTE, cost=50
    )
    async def unmark_people_notified(self, info: Info, input: UnmarkPeopleNotifiedInput) -> PeopleNotifiedPayload:
        return await _mark(info, input.person_ids, None)


async def _mark(info: Info, people: list[strawberry.ID], on: date | None) -> PeopleNotifiedPayload:
    if len(people) > MAX_NOTIFIED_PEOPLE:
        raise InvalidArgument(f"`personIds` has {MAX_NOTIFIED_PEOPLE:,} ids at most.")
    context = info.context
    rows = await notices.set_notified(context.graph, context.state, context.viewer, list(map(str, people)), on=on)
    return PeopleNotifiedPayload(people=[Person.from_person(each) for each in rows])
