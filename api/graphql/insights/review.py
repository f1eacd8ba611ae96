"""Queries and mutations about connections to archive: `pruneSuggestions`, `archivedPeople`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.node import Node
from api.graphql.types.person import Person
from graph.insights.review import archived_connections, prune
from graph.insights.review.archived_connections import MAX_ARCHIVED_AT_ONCE
from graph.insights.review.prune import PruneRule
from graph.networks.permissions import Operation
from operations.insights import review
from presentation.dates import to_date, today
from presentation.insights.review import prune_sentence, review_message
from presentation.sentences import strength_label

strawberry.enum(
    PruneRule,
    description="A rule that suggests to archive a connection. MARKED_UNKNOWN: the viewer stated to be out of touch. "
    "FAKE_ACCOUNT: several signs of a fake account. UNREACHABLE: mail was returned, or an account was closed. "
    "BULK_SENDER: many messages that the viewer never answered. ACCEPTED_IN_BURST: connected with many others on one "
    "day, and silent since. NEVER_CONTACTED: no contact since connecting. COLD_FOR_YEARS: no contact for three years. "
    "SILENT_COMPANY: works where the viewer is in contact with nobody, and silent for two years.",
)


@strawberry.type(description="A rule that applies to a connection.")
class PruneReason:
    rule: PruneRule = strawberry.field(description="The rule.")
    sentence: str = strawberry.field(description="The evidence in a sentence.")
    signs: list[str] = strawberry.field(description="The signs of a fake account. Empty for other rules.")


@strawberry.type(description="A connection that the viewer could archive.")
class PruneSuggestion:
    person: Person = strawberry.field(description="The person.")
    reasons: list[PruneReason] = strawberry.field(description="The rules that apply, the most important first.")
    listed_on: date | None = strawberry.field(
        description="The date since which the person is a connection. Null if no source states it."
    )
    last_contact: date | None = strawberry.field(description="The date of the last contact. Null if there is none.")
    outbound_count: int = strawberry.field(description="The number of the viewer's interactions towards the person.")
    inbound_count: int = strawberry.field(description="The number of the person's interactions towards the viewer.")
    strength_label: StrengthLabel | None = strawberry.field(
        description="The strength of the person's tie to the viewer. Null without a tie."
    )

    @classmethod
    def from_suggestion(cls, suggestion: prune.PruneSuggestion) -> Self:
        listed = suggestion.listed
        return cls(
            person=Person.from_person(listed.person),
            reasons=[
                PruneReason(rule=reason.rule, sentence=prune_sentence(reason), signs=list(reason.signs))
                for reason in suggestion.reasons
            ],
            listed_on=to_date(listed.listed_on),
            last_contact=to_date(listed.last_contact),
            outbound_count=listed.outwards.count,
            inbound_count=listed.inwards.count,
            strength_label=None if listed.strength is None else StrengthLabel(strength_label(listed.strength)),
        )


@strawberry.type(description="A person whom the viewer archived. They are in no other answer until restored.")
class ArchivedPerson(Node):
    person: Person | None = strawberry.field(
        description="The person. Null while no source in the viewer's view names them."
    )
    archived_on: date = strawberry.field(description="The date of archiving.")
    rule: PruneRule | None = strawberry.field(description="The rule that suggested it. Null if none did.")
    last_contact: date | None = strawberry.field(description="The date of the last contact. Null if there is none.")
    has_come_back: bool = strawberry.field(description="Whether there was contact after the date of archiving.")
    is_review_due: bool = strawberry.field(description="Whether the viewer archived the person a year ago or more.")
    message: str | None = strawberry.field(description="Why to decide again, in a sentence. Null without a reason.")

    @classmethod
    async def list_all(cls, info: Info, *, tag: str | None = None) -> list[Self]:
        """The people whom the viewer archived, those who have come back first, with `tag` those with a tag."""
        archived = await review.review_archived_people(info.context.session, tag=tag)
        return [cls.from_archived(each) for each in archived]

    @classmethod
    def from_archived(cls, one: archived_connections.ArchivedPerson) -> Self:
        return cls(
            id=strawberry.ID(one.archived.id),
            person=None if one.person is None else Person.from_person(one.person),
            archived_on=to_date(one.archived.day),
            rule=None if one.archived.rule is None else PruneRule(one.archived.rule),
            last_contact=to_date(one.listed.last_contact if one.listed else None),
            has_come_back=one.has_come_back,
            is_review_due=one.is_due,
            message=review_message(one),
        )


@strawberry.input(description="The people to archive.")
class ArchivePeopleInput(MutationInput):
    person_ids: list[strawberry.ID] = strawberry.field(description=f"The ids of up to {MAX_ARCHIVED_AT_ONCE:,} people.")
    rule: PruneRule | None = strawberry.field(
        default=None, description="The rule that suggested it, which the review shows."
    )


@strawberry.input(description="The archived connections to restore.")
class RestorePeopleInput(MutationInput):
    ids: list[strawberry.ID] = strawberry.field(
        description=f"The ids of up to {MAX_ARCHIVED_AT_ONCE:,} archived connections."
    )


@strawberry.type(description="The result of archiving.")
class ArchivePeoplePayload:
    archived_person_ids: list[strawberry.ID] = strawberry.field(description="The people who are archived now.")
    restorable_ids: list[strawberry.ID] = strawberry.field(
        description="The ids of the new archived connections, with which `restorePeople` undoes this."
    )
    in_use_person_ids: list[strawberry.ID] = strawberry.field(
        description="The people who are not archived, because they are on the route of an open introduction "
        "request of the viewer."
    )
    unknown_person_ids: list[strawberry.ID] = strawberry.field(
        description="The ids that identify no person in the viewer's view, and the id of the viewer."
    )


@strawberry.type(description="The result of restoring.")
class RestorePeoplePayload:
    restored_count: int = strawberry.field(description="The number of archived connections that were restored.")


@strawberry.type
class ReviewQuery:
    @query(
        description="List connections that the viewer could archive, each with the rules that apply. Members of the "
        "network, people on the route of an open introduction request, people of the viewer's goal and the introducers "
        "to these are not listed.",
        cost=100,
    )
    async def prune_suggestions(
        self,
        info: Info,
        first: First,
        after: After = None,
        rule: Annotated[
            PruneRule | None, strawberry.argument(description="Only connections to which this rule applies.")
        ] = None,
        tag: TagFilter = None,
    ) -> Connection[PruneSuggestion]:
        rows = await review.list_prune_suggestions(info.context.session, rule, tag=tag)
        return Connection.from_all_rows(
            page(first, after), rows, lambda row: row.listed.person.id, PruneSuggestion.from_suggestion
        )

    @query(
        description="List the people whom the viewer archived: those with contact since first, then those whose yearly "
        "review is due.",
        cost=100,
    )
    async def archived_people(
        self,
        info: Info,
        first: First = MAX_PAGE,
        after: After = None,
        tag: TagFilter = None,
    ) -> Connection[ArchivedPerson]:
        return Connection[ArchivedPerson].from_list(page(first, after), await ArchivedPerson.list_all(info, tag=tag))


@strawberry.type
class ReviewMutation:
    @mutation(
        description="Archive connections: they are in none of the viewer's answers until restored. Nothing is deleted, "
        "and nothing changes for other members.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def archive_people(self, info: Info, input: ArchivePeopleInput) -> ArchivePeoplePayload:
        _check_length("personIds", input.person_ids, MAX_ARCHIVED_AT_ONCE)
        ids = [str(id) for id in input.person_ids]
        outcome = await review.archive_people(info.context.session, ids, today=today(), rule=input.rule)
        return ArchivePeoplePayload(
            archived_person_ids=[strawberry.ID(id) for id in outcome.archived],
            restorable_ids=[strawberry.ID(id) for id in outcome.ids],
            in_use_person_ids=[strawberry.ID(id) for id in outcome.in_use],
            unknown_person_ids=[strawberry.ID(id) for id in outcome.not_in_view],
        )

    @mutation(
        description="Restore archived connections: they are in all answers again, as before.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def restore_people(self, info: Info, input: RestorePeopleInput) -> RestorePeoplePayload:
        _check_length("ids", input.ids, MAX_ARCHIVED_AT_ONCE)
        count = await review.restore_people(info.context.session, [str(id) for id in input.ids])
        return RestorePeoplePayload(restored_count=count)


def _check_length(name: str, ids: list[strawberry.ID], most: int) -> None:
    if not 1 <= len(ids) <= most:
        raise InvalidArgument(f"`{name}` has 1 to {most:,} entries.")
