"""Queries and mutations of introduction requests."""

from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.requesting.inputs import (
    CreateIntroductionRequestInput,
    CreateNextIntroductionRequestInput,
    IntroductionRequestPayload,
    RecordIntroductionInput,
    RecordIntroductionOutcomeInput,
    RecordTargetResponseInput,
    RespondToIntroductionRequestInput,
    SendIntroductionRequestInput,
    ThankIntroducerInput,
    UpdateIntroductionRequestInput,
    WithdrawIntroductionRequestInput,
)
from api.graphql.requesting.types import IntroductionRequest
from api.request_limits import MAX_INTRODUCERS
from graph.networks.permissions import Operation
from graph.requests import requests
from graph.requests.states import RequestRole, RequestStatus
from operations.requests import acting, drafting, reading
from presentation.dates import today
from presentation.request_texts import RequestFacts


@strawberry.type
class RequestsQuery:
    @query(description="List the introduction requests of which the viewer is a party, the newest first.", cost=10)
    async def introduction_requests(
        self,
        info: Info,
        role: Annotated[
            RequestRole | None, strawberry.argument(description="Only requests in which the viewer has this role.")
        ] = None,
        status: Annotated[RequestStatus | None, strawberry.argument(description="Only requests in this state.")] = None,
        first: First = MAX_PAGE,
        after: After = None,
    ) -> Connection[IntroductionRequest]:
        stored_requests = await reading.list_requests(info.context.session, role=role, status=status)
        return Connection[IntroductionRequest].from_list(
            page(first, after), [IntroductionRequest.from_request(each) for each in stored_requests]
        )

    @query(
        description="Get an introduction request. Null if the viewer is no party of a request with this id.", cost=10
    )
    async def introduction_request(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The id of the request.")]
    ) -> IntroductionRequest | None:
        request = await reading.find_request(info.context.session, id)
        return None if request is None else IntroductionRequest.from_request(request)


@strawberry.type
class RequestsMutation:
    @mutation(
        description="Draft a request for the best route to the target that begins with this introducer, or with a "
        "colleague whose name is withheld. Nothing is sent. Without such a route the request is refused.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=100,
    )
    async def create_introduction_request(
        self, info: Info, input: CreateIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        if not 1 <= input.max_introducers <= MAX_INTRODUCERS:
            raise InvalidArgument(f"`maxIntroducers` is 1 to {MAX_INTRODUCERS}.")
        created = await drafting.create_request(
            info.context.session,
            input.target.reference(),
            None if input.introducer is None else input.introducer.reference(),
            RequestFacts(input.purpose, input.about_asker, input.benefit_for_target),
            max_introducers=input.max_introducers,
            key=input.idempotency_key,
        )
        return _payload(created)

    @mutation(
        description="Draft a request along `nextRoute` of an earlier one, with its benefit and note. Nothing is sent.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=100,
    )
    async def create_next_introduction_request(
        self, info: Info, input: CreateNextIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await drafting.create_next_request(info.context.session, input.id, key=key))

    @mutation(
        description="Replace texts of a draft. A request that was sent cannot be changed.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def update_introduction_request(
        self, info: Info, input: UpdateIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        return _payload(
            await drafting.edit_request(
                info.context.session,
                input.id,
                reason=input.reason_for_introducer,
                benefit=input.benefit_for_target,
                note=input.forwardable_note,
            )
        )

    @mutation(
        description="Send a draft to its introducer. An introducer who is a member sees it in Tertius. To another, the "
        "viewer sends `nextMessage`.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def send_introduction_request(
        self, info: Info, input: SendIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.send_request(info.context.session, input.id, key=key))

    @mutation(
        description="Withdraw a request, or discard a draft. The introducer of a sent request is informed.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def withdraw_introduction_request(
        self, info: Info, input: WithdrawIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.withdraw_request(info.context.session, input.id, key=key))

    @mutation(
        description="Answer a request to the viewer. The asker records the answer of an introducer who is no member. "
        "An asker who does not see the introducer does not see a decline either: the request expires.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def respond_to_introduction_request(
        self, info: Info, input: RespondToIntroductionRequestInput
    ) -> IntroductionRequestPayload:
        return _payload(
            await acting.respond_to_request(
                info.context.session,
                input.id,
                input.response,
                redirected_to=input.redirected_to,
                today=today(),
                key=input.idempotency_key,
            )
        )

    @mutation(
        description="Record that the target was asked, agreed or declined. Either party can record it.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def record_target_response(self, info: Info, input: RecordTargetResponseInput) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.record_target_response(info.context.session, input.id, input.response, key=key))

    @mutation(
        description="Record that the introducer introduced the asker and the target. Either party can record it.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def record_introduction(self, info: Info, input: RecordIntroductionInput) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.record_introduction(info.context.session, input.id, key=key))

    @mutation(
        description="Record or correct what became of the viewer's introduction. The introducer is informed.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def record_introduction_outcome(
        self, info: Info, input: RecordIntroductionOutcomeInput
    ) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.record_outcome(info.context.session, input.id, input.outcome, key=key))

    @mutation(
        description="Thank the introducer, after an introduction, a permission to mention their name, or a refusal of "
        "the target. The introducer is informed. A repetition changes nothing.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def thank_introducer(self, info: Info, input: ThankIntroducerInput) -> IntroductionRequestPayload:
        key = input.idempotency_key
        return _payload(await acting.thank_introducer(info.context.session, input.id, key=key))


def _payload(request: requests.IntroductionRequest | None) -> IntroductionRequestPayload:
    return IntroductionRequestPayload(request=None if request is None else IntroductionRequest.from_request(request))
