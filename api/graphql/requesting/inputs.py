"""Inputs and payloads of the mutations of introduction requests."""

import strawberry

from api.graphql.mutation_input import MutationInput
from api.graphql.requesting.types import IntroductionRequest
from api.graphql.types.person import PersonRef
from api.request_limits import MAX_INTRODUCERS
from graph.requests.requests import MAX_TEXT_LENGTH
from graph.requests.states import Outcome
from graph.requests.transitions import MAX_REDIRECT_LENGTH
from operations.requests.acting import Response, TargetResponse

strawberry.enum(
    Response,
    name="IntroductionRequestResponse",
    description="The answer of an introducer. ACCEPT: they ask the target. ALLOW_MENTION: the asker may write to the "
    "target and mention their name. REDIRECT: somebody else is closer to the target. DECLINE: not now, or no. "
    "DOES_NOT_KNOW: declines, and states for both parties that the introducer is out of touch with the person whom "
    "they would contact.",
)
strawberry.enum(
    TargetResponse,
    description="ASKED: the target was asked. AGREED: the target wants to be introduced. DECLINED: they do not.",
)


@strawberry.input(description="The facts from which the texts of a request are drafted.")
class CreateIntroductionRequestInput(MutationInput):
    target: PersonRef = strawberry.field(description="The person to whom the viewer wants to be introduced.")
    introducer: PersonRef | None = strawberry.field(
        default=None,
        description="The first introducer of a route to the target, as `introductions` returns it with TEAM. Null: the "
        "colleague on the best route whose name is withheld, and whom the viewer has not asked for the target.",
    )
    purpose: str = strawberry.field(
        description="Why the viewer wants to meet the target, in one or two sentences. The target may read it."
    )
    about_asker: str = strawberry.field(
        default="", description="Who the viewer is, in a sentence. The target may read it."
    )
    benefit_for_target: str = strawberry.field(
        default="", description="What the target gains, in a sentence. The target may read it."
    )
    max_introducers: int = strawberry.field(
        default=2, description=f"The maximum number of introducers on the route, 1 to {MAX_INTRODUCERS}."
    )


@strawberry.input(description="A request of the viewer that was declined, redirected or expired.")
class CreateNextIntroductionRequestInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of the earlier request.")


@strawberry.input(description=f"New texts of a draft, each at most {MAX_TEXT_LENGTH:,} characters.")
class UpdateIntroductionRequestInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a draft of the viewer.")
    reason_for_introducer: str | None = strawberry.field(default=None, description="The text. Null keeps it.")
    benefit_for_target: str | None = strawberry.field(default=None, description="The text. Null keeps it.")
    forwardable_note: str | None = strawberry.field(default=None, description="The text. Null keeps it.")


@strawberry.input(description="The draft to send.")
class SendIntroductionRequestInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a draft of the viewer.")


@strawberry.input(description="The request to withdraw.")
class WithdrawIntroductionRequestInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request of the viewer.")


@strawberry.input(description="An introducer's answer.")
class RespondToIntroductionRequestInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request to the viewer.")
    response: Response = strawberry.field(description="The answer.")
    redirected_to: str | None = strawberry.field(
        default=None,
        description="The name of the person who is closer to the target, with REDIRECT only. It has "
        f"{MAX_REDIRECT_LENGTH} characters at most. No request to this person is created.",
    )


@strawberry.input(description="What the target was asked or answered.")
class RecordTargetResponseInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request of which the viewer is a party.")
    response: TargetResponse = strawberry.field(description="What happened.")


@strawberry.input(description="The request whose introduction was made.")
class RecordIntroductionInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request of which the viewer is a party.")


@strawberry.input(description="What became of the introduction.")
class RecordIntroductionOutcomeInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request of the viewer.")
    outcome: Outcome = strawberry.field(description="The outcome. It replaces one that was recorded before.")


@strawberry.input(description="The request for which to thank.")
class ThankIntroducerInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request of the viewer.")


@strawberry.type(description="The result of a change of an introduction request.")
class IntroductionRequestPayload:
    request: IntroductionRequest | None = strawberry.field(
        description="The request. Null if the viewer is no party of a request with this id."
    )
