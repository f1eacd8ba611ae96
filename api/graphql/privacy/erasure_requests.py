"""Requests for erasure that wait, and the decisions of owners on them."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.identity import Identity
from graph.names.keys import clean_text
from graph.networks.permissions import Operation
from graph.privacy import erasure_requests as requests
from graph.privacy.erasure_requests import MAX_REASON_LENGTH, ErasureRequestStatus
from presentation.dates import to_datetime

strawberry.enum(
    ErasureRequestStatus,
    description="The state of a request for erasure. PENDING: the data is deleted at `finalAt`. DISPUTED: an owner "
    "disputed the request, and it waits for a decision. CONFIRMED: the data is being deleted. DISMISSED: an owner "
    "refused the request, and answers contain the person again.",
)


@strawberry.type(
    description="A request of a person who is not a member to erase their address. No answer contains the address "
    "while the request is pending or disputed. What is erased is shown as far as the viewer may see it."
)
class ErasureRequest:
    id: strawberry.ID = strawberry.field(description="The opaque id of the request.")
    status: ErasureRequestStatus = strawberry.field(description="The state of the request.")
    identity: Identity | None = strawberry.field(
        description="The address that was proved and is erased. Null if no visible source names it."
    )
    names: list[str] = strawberry.field(
        description=f"The names that visible sources give to the address, {MAX_ITEMS} at most."
    )
    sources: list[str] = strawberry.field(
        description=f"The titles of the visible sources that name the address, {MAX_ITEMS} at most."
    )
    claiming_sources: list[str] = strawberry.field(
        description="The titles of those of the `sources` that name the address as their owner's, without a proof, "
        f"{MAX_ITEMS} at most. An address that is confirmed for a member is not erased."
    )
    linked_identities: list[Identity] = strawberry.field(
        description="The identities that rows of visible sources state beside the address, each with these sources as "
        f"its `reason`, {MAX_ITEMS} at most. The person did not prove them, and they are not erased."
    )
    fact_count: int = strawberry.field(
        description="The number of names and list entries that are erased from sources whose evidence is visible."
    )
    contact_day_count: int = strawberry.field(
        description="The number of days of contact that are erased from sources whose evidence is visible."
    )
    proved_at: datetime = strawberry.field(
        description="The time at which the person proved the address, with a link that was sent to it."
    )
    requested_at: datetime = strawberry.field(description="The time of the request.")
    final_at: datetime | None = strawberry.field(
        description="The time at which the data is deleted. Null unless the request is pending."
    )
    answer_by: datetime = strawberry.field(
        description="The time by which the controller must have answered the person: a month after the request."
    )
    reason: str | None = strawberry.field(
        description="The reason that an owner gave. The person sees it at /about-me. Null without one."
    )
    decided_at: datetime | None = strawberry.field(description="The time of the latest decision. Null without one.")
    decided_by: str | None = strawberry.field(
        description="The name of the owner at the time of the latest decision. Null without one."
    )

    @classmethod
    def from_preview(cls, preview: requests.ErasureRequestPreview) -> Self:
        request = preview.request
        proved_at, requested_at = to_datetime(request.proved_at), to_datetime(request.requested_at)
        assert proved_at is not None
        assert requested_at is not None
        return cls(
            id=strawberry.ID(request.id),
            status=request.status,
            identity=Identity.from_identity(preview.identity) if preview.identity else None,
            names=bounded(preview.names),
            sources=bounded(preview.sources),
            claiming_sources=bounded(preview.claiming_sources),
            linked_identities=[Identity.from_identity(identity) for identity in bounded(preview.linked)],
            fact_count=preview.fact_count,
            contact_day_count=preview.contact_day_count,
            proved_at=proved_at,
            requested_at=requested_at,
            final_at=to_datetime(request.final_at),
            answer_by=request.answer_by,
            reason=request.reason,
            decided_at=to_datetime(request.decided_at),
            decided_by=request.decided_by_name,
        )


@strawberry.input(description="The request for erasure to dispute.")
class DisputeErasureInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="An id from `erasureRequests`.")
    reason: str = strawberry.field(
        description=f"The reason, {MAX_REASON_LENGTH} characters at most. The person sees it at /about-me."
    )


@strawberry.input(description="The request for erasure to complete now.")
class ConfirmErasureInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="An id from `erasureRequests`.")


@strawberry.input(description="The disputed request for erasure to refuse.")
class DismissErasureInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="An id from `erasureRequests`.")
    reason: str = strawberry.field(
        description=f"The reason, {MAX_REASON_LENGTH} characters at most. The person sees it at /about-me."
    )


@strawberry.type(description="The result of a decision on a request for erasure.")
class ErasureRequestPayload:
    erasure_request: ErasureRequest | None = strawberry.field(
        description="The request. Null if there is no request with this id, or its state allows no such decision."
    )


@strawberry.type(description="The result of a confirmed erasure.")
class ConfirmErasurePayload:
    erased_request_id: strawberry.ID | None = strawberry.field(
        description="The id of the request, which is deleted with the data. Null if no open request has this id."
    )


@strawberry.type
class ErasureRequestsQuery:
    @query(
        description="List the requests for erasure of people who are not members, the oldest first.",
        permission=Operation.MANAGE_OWNERS,
        cost=5,
    )
    async def erasure_requests(self, info: Info, first: First, after: After = None) -> Connection[ErasureRequest]:
        context, requested = info.context, page(first, after)
        rows = await requests.list_erasure_requests(
            context.graph, context.state, context.viewer, requested.limit, after=requested.start
        )
        return Connection[ErasureRequest].from_rows(
            requested, rows, lambda row: row.request.cursor, ErasureRequest.from_preview
        )


@strawberry.type
class ErasureRequestsMutation:
    @mutation(
        description="Dispute a pending request for erasure. Nothing is deleted and the person stays hidden, until an "
        "owner confirms or dismisses the request.",
        permission=Operation.MANAGE_OWNERS,
        cost=20,
    )
    async def dispute_erasure(self, info: Info, input: DisputeErasureInput) -> ErasureRequestPayload:
        return await _decide(info, str(input.id), ErasureRequestStatus.DISPUTED, input.reason)

    @mutation(
        description="Dismiss a disputed request for erasure. Answers contain the person again, as far as they did not "
        "object.",
        permission=Operation.MANAGE_OWNERS,
        cost=20,
    )
    async def dismiss_erasure(self, info: Info, input: DismissErasureInput) -> ErasureRequestPayload:
        return await _decide(info, str(input.id), ErasureRequestStatus.DISMISSED, input.reason)

    @mutation(
        description="Complete a pending or disputed request for erasure now. It cannot be undone.",
        permission=Operation.MANAGE_OWNERS,
        cost=100,
    )
    async def confirm_erasure(self, info: Info, input: ConfirmErasureInput) -> ConfirmErasurePayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        confirmed = await requests.decide_erasure_request(graph, viewer, str(input.id), ErasureRequestStatus.CONFIRMED)
        return ConfirmErasurePayload(erased_request_id=input.id if confirmed else None)


async def _decide(info: Info, id: str, status: ErasureRequestStatus, text: str) -> ErasureRequestPayload:
    reason = clean_text(text)
    if not 1 <= len(reason) <= MAX_REASON_LENGTH:
        raise InvalidArgument(f"`reason` has 1 to {MAX_REASON_LENGTH} characters.")
    graph, context = info.context.graph.with_timeout(None), info.context
    if not await requests.decide_erasure_request(graph, context.viewer, id, status, reason=reason):
        return ErasureRequestPayload(erasure_request=None)
    previews = await requests.list_erasure_requests(graph, context.state, context.viewer, 1, id=id)
    return ErasureRequestPayload(erasure_request=ErasureRequest.from_preview(previews[0]) if previews else None)
