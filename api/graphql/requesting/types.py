"""Introduction requests as their parties see them."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.types.introductions import Route
from api.graphql.types.node import Node
from api.graphql.types.person import Person
from graph.requests import requests
from graph.requests.states import Outcome, RequestAction, RequestRole, RequestStatus
from operations.requests.drafting import find_next_route
from operations.requests.reading import list_requests, message_to_send
from presentation.dates import to_datetime
from presentation.request_json import MAX_TRANSITIONS
from presentation.request_sentences import suggestion_sentence

strawberry.enum(
    RequestStatus,
    name="IntroductionRequestStatus",
    description="The state of an introduction request. DRAFT: only its asker sees it. SENT: the introducer has not "
    "answered. ACCEPTED: the introducer makes the introduction if the target agrees. MENTION_ONLY: the asker writes to "
    "the target and may mention the introducer. REDIRECTED: the introducer named somebody who is closer. DECLINED: the "
    "introducer declined. TARGET_ASKED, TARGET_AGREED, TARGET_DECLINED: what the target was asked and answered. "
    "INTRODUCED: the introducer introduced the two. CLOSED: the outcome is recorded. WITHDRAWN: by the asker. EXPIRED: "
    "nothing happened in time.",
)
strawberry.enum(
    RequestAction,
    name="IntroductionRequestAction",
    description="What is done with a request. THANK does not change its state. EXPIRE happens by itself.",
)
strawberry.enum(
    RequestRole, name="IntroductionRequestRole", description="The role of a member in an introduction request."
)
strawberry.enum(
    Outcome,
    name="IntroductionOutcome",
    description="What became of an introduction. ANSWERED: the target responded. NO_ANSWER: they did not.",
)


@strawberry.type(description="A change of the state of an introduction request.")
class RequestTransition:
    action: RequestAction = strawberry.field(description="What was done.")
    status: RequestStatus = strawberry.field(description="The state after it.")
    role: RequestRole | None = strawberry.field(description="Who did it. Null if it happened by itself.")
    occurred_at: datetime = strawberry.field(description="When it was done.")


@strawberry.type(description="A message that the viewer sends from a mail program of their own.")
class MailDraft:
    recipient_address: str | None = strawberry.field(
        description="The address of the recipient. Null if no source in view has one."
    )
    subject: str = strawberry.field(description="The subject.")
    text: str = strawberry.field(description="The text.")
    mailto_url: str = strawberry.field(description="The message as a `mailto:` URL.")
    eml: str = strawberry.field(description="The message as an `.eml` file, which mail programs open as a draft.")


@strawberry.type(description="What contact with the target after an introduction suggests as its outcome.")
class SuggestedOutcome:
    outcome: Outcome = strawberry.field(
        description="MET for a meeting or a call, ANSWERED for a message of the target."
    )
    evidence: str = strawberry.field(description="What the viewer's sources show, in a sentence.")


@strawberry.type(
    description="A request of a member, the asker, to be introduced to a target. Only the asker sees it, and the "
    "introducer if they are a member and the request was sent."
)
class IntroductionRequest(Node):
    role: RequestRole = strawberry.field(description="The role of the viewer.")
    status: RequestStatus = strawberry.field(description="The state of the request.")
    asker_name: str = strawberry.field(description="The name of the member who asks.")
    asker_id: strawberry.ID = strawberry.field(description="The id of the member who asks, as in `members`.")
    introducer: Person = strawberry.field(description="The person who is asked.")
    is_introducer_member: bool = strawberry.field(
        description="Whether the introducer is a member, who answers in Tertius. Otherwise the asker writes to "
        "them and records the answer."
    )
    is_introducer_hidden: bool = strawberry.field(
        description="Whether the asker does not see who the introducer is. `introducer` is then a placeholder for the "
        "asker, and a decline looks like an expiry. It ends when the introducer accepts or allows a mention."
    )
    contact: Person = strawberry.field(
        description="The person whom the introducer would contact: the target, or the next introducer of the route. "
        "For the asker the target while the introducer is hidden."
    )
    target: Person = strawberry.field(description="The person to whom the asker wants to be introduced.")
    reason_for_introducer: str = strawberry.field(
        description="Why this introducer is asked. Only the introducer reads it, besides the asker."
    )
    benefit_for_target: str = strawberry.field(
        description="What the target gains. Empty if the asker wrote nothing about it."
    )
    forwardable_note: str = strawberry.field(description="The note to forward: the only text that the target reads.")
    outcome: Outcome | None = strawberry.field(description="What became of the introduction. Null until recorded.")
    redirected_to: str | None = strawberry.field(
        description="Whom the introducer named as closer to the target. Null unless the state is REDIRECTED."
    )
    created_at: datetime = strawberry.field(description="When the draft was created.")
    updated_at: datetime = strawberry.field(description="When the request last changed.")
    expires_at: datetime | None = strawberry.field(
        description="When the request expires if nothing happens. Null if the state does not expire."
    )
    available_actions: list[RequestAction] = strawberry.field(description="What the viewer can do now.")
    transitions: list[RequestTransition] = strawberry.field(
        description=f"The changes of state, the newest {MAX_TRANSITIONS} at most, oldest first."
    )
    stored: strawberry.Private[requests.IntroductionRequest]

    @strawberry.field(
        description="The message that the viewer sends next from a mail program of their own. Tertius does not send "
        "it. Null if the other party must act."
    )
    async def next_message(self, info: Info) -> MailDraft | None:
        message = await message_to_send(info.context.session, self.stored)
        if message is None:
            return None
        return MailDraft(
            recipient_address=message.to or None,
            subject=message.subject,
            text=message.text,
            mailto_url=message.mailto,
            eml=message.eml,
        )

    @query(
        description="What contact with the target from the day after the introduction suggests as outcome. The asker "
        "confirms it with `recordIntroductionOutcome`. Null for the introducer, if nothing suggests one, and once an "
        "outcome is recorded.",
        cost=5,
    )
    async def suggested_outcome(self, info: Info) -> SuggestedOutcome | None:
        suggestion = await info.context.suggested_outcomes.get(self.stored)
        if suggestion is None:
            return None
        return SuggestedOutcome(outcome=suggestion.outcome, evidence=suggestion_sentence(suggestion, self.stored))

    @query(
        description="The route to offer after a request of the viewer's was declined, redirected or expired. It shares "
        "no introducer with the viewer's requests for the target. Null in other states, or if there is none.",
        cost=50,
    )
    async def next_route(self, info: Info) -> Route | None:
        route = await find_next_route(info.context.session, self.stored)
        return None if route is None else Route.from_route(route, info.context.viewer)

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The requests of which the viewer is a party, newest first."""
        return [cls.from_request(each) for each in await list_requests(info.context.session)]

    @classmethod
    def from_request(cls, request: requests.IntroductionRequest) -> Self:
        return cls(
            id=strawberry.ID(request.id),
            role=request.role,
            status=request.status,
            asker_name=request.asker_name,
            asker_id=strawberry.ID(request.asker_id),
            introducer=Person.from_person(request.introducer),
            is_introducer_member=request.is_introducer_member,
            is_introducer_hidden=request.is_introducer_hidden,
            contact=Person.from_person(request.contact),
            target=Person.from_person(request.target),
            reason_for_introducer=request.texts.reason,
            benefit_for_target=request.texts.benefit,
            forwardable_note=request.texts.note,
            outcome=request.outcome,
            redirected_to=request.redirected_to,
            created_at=to_datetime(request.created_at),
            updated_at=to_datetime(request.changed_at),
            expires_at=to_datetime(request.expires_at) if request.expires_at is not None else None,
            available_actions=list(request.available_actions),
            transitions=[
                RequestTransition(
                    action=each.action, status=each.status, role=each.role, occurred_at=to_datetime(each.at)
                )
                for each in request.transitions[-MAX_TRANSITIONS:]
            ],
            stored=request,
        )
