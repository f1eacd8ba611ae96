"""The query `invitationReview`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.pagination import After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.person import Person
from graph.insights.review import invitations
from graph.insights.review.invitations import MAX_MUTUAL_CONTACTS, InvitationAdvice, InvitationRule
from operations.insights.invitations import review_invitations
from presentation.dates import to_date
from presentation.insights.invitations import invitation_sentence, question_to_ask
from presentation.sentences import strength_label
from sources.tables.target_list import MAX_TARGET_LENGTH, list_of_targets

strawberry.enum(
    InvitationAdvice,
    description="What to do about an invitation. ACCEPT, ASK_FIRST and LEAVE are about invitations of others, WAIT and "
    "WITHDRAW about those that the viewer sent. NOTHING_TO_DO: the viewer is connected to the person already.",
)
strawberry.enum(
    InvitationRule,
    description="A rule about an invitation. SENT_LONG_AGO, SENT_RECENTLY: when the viewer sent it. EARLIER_CONTACT: "
    "contact besides the invitation. MUTUAL_CONTACTS: people who know both. COMPANY_IN_COMMON: the same current "
    "employer. TAGGED: a tag of the viewer. NOTE: a personal note. COLLECTOR: signs of an account that collects "
    "connections. NOTHING_IN_COMMON: none of these. SEVERAL_PEOPLE, UNKNOWN_NAME: no single person has the name. "
    "ALREADY_CONNECTED: a source lists the person.",
)


@strawberry.type(description="A rule that applies to an invitation.")
class InvitationReason:
    rule: InvitationRule = strawberry.field(description="The rule.")
    sentence: str = strawberry.field(description="The evidence in a sentence.")


@strawberry.type(description="A person who knows the viewer and the invited person.")
class MutualContact:
    person: Person = strawberry.field(description="The person.")
    strength: float | None = strawberry.field(
        description="The strength of the person's tie to the viewer, 0 to 1. Null if the viewer may see its label only."
    )
    strength_label: StrengthLabel = strawberry.field(description="The label of the strength.")


@strawberry.type(description="An open invitation, or a name that the viewer gave, with advice.")
class InvitationReview:
    name: str = strawberry.field(description="The name of the person, as the viewer gave it or a source has it.")
    person: Person | None = strawberry.field(description="The person. Null if no single person has the name.")
    is_sent: bool = strawberry.field(description="Whether the viewer sent the invitation.")
    invited_on: date | None = strawberry.field(description="The date of the invitation. Null for a name.")
    has_note: bool = strawberry.field(description="Whether the invitation had a personal note. It is not stored.")
    advice: InvitationAdvice = strawberry.field(description="What to do.")
    reasons: list[InvitationReason] = strawberry.field(description="The rules that apply, the most important first.")
    mutual_contacts: list[MutualContact] = strawberry.field(
        description=f"People who know both, the strongest tie to the viewer first, {MAX_MUTUAL_CONTACTS} at most."
    )
    question: str | None = strawberry.field(description="What to write before accepting. Null unless ASK_FIRST.")

    @classmethod
    def from_review(cls, review: invitations.InvitationReview) -> Self:
        invitation = review.invitation
        return cls(
            name=invitation.name,
            person=None if invitation.person is None else Person.from_person(invitation.person),
            is_sent=invitation.is_sent,
            invited_on=to_date(invitation.day),
            has_note=invitation.has_note,
            advice=review.advice,
            reasons=[
                InvitationReason(rule=reason.rule, sentence=invitation_sentence(reason)) for reason in review.reasons
            ],
            mutual_contacts=[
                MutualContact(
                    person=Person.from_person(one.person),
                    strength=None if one.label_only else one.strength,
                    strength_label=StrengthLabel(strength_label(one.strength)),
                )
                for one in invitation.mutual_contacts
            ],
            question=question_to_ask(review),
        )


@strawberry.type
class InvitationsQuery:
    @query(
        description="Review the open invitations of the viewer's own sources, or people who want to connect, with "
        "advice and reasons. Nothing is sent.",
        cost=150,
    )
    async def invitation_review(
        self,
        info: Info,
        first: First,
        after: After = None,
        names: Annotated[
            list[str] | None,
            strawberry.argument(
                description=f"Up to {MAX_ITEMS} names, addresses or profiles to review instead. The audit log "
                "records them."
            ),
        ] = None,
        tag: TagFilter = None,
    ) -> Connection[InvitationReview]:
        if names is not None and not 1 <= len(names) <= MAX_ITEMS:
            raise InvalidArgument(f"`names` has 1 to {MAX_ITEMS} entries.")
        if any(len(name) > MAX_TARGET_LENGTH for name in names or ()):
            raise InvalidArgument(f"Each of `names` has at most {MAX_TARGET_LENGTH} characters.")
        listed = None if names is None else list_of_targets(names)
        rows = list(enumerate(await review_invitations(info.context.session, listed, tag=tag)))
        return Connection.from_all_rows(
            page(first, after), rows, _row_id, lambda row: InvitationReview.from_review(row[1])
        )


def _row_id(row: tuple[int, invitations.InvitationReview]) -> str:
    number, invitation = row[0], row[1].invitation
    return f"{invitation.person.id if invitation.person else number} {invitation.is_sent}"
