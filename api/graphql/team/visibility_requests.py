"""Whether colleagues are named as introducers, and the requests for their consent."""

from datetime import date
from typing import Self

import strawberry

from api.context import Info
from api.graphql.audit import record_in_audit_log
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.team.members import Network
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.person import Person, PersonRef
from api.request_limits import MAX_INTRODUCERS
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.members import read_network_settings
from graph.networks.permissions import Operation
from graph.networks.sources import IntroducerVisibility
from graph.privacy.audit_log import AuditAction
from graph.sharing import visibility_requests
from presentation.dates import to_date, today


@strawberry.type(description="A member's request that the viewer be named as introducer to a target.")
class IntroducerVisibilityRequest(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the request.")
    asker_name: str = strawberry.field(description="The name of the member who asks.")
    asker_id: strawberry.ID = strawberry.field(
        description="The id of the member who asks, as in `members`. Members choose their names, and two can be equal."
    )
    target: Person = strawberry.field(description="The person whom the member wants to reach.")
    requested_on: date = strawberry.field(description="The date of the request.")
    is_approved: bool | None = strawberry.field(
        description="Whether the viewer approved the request. Null until the viewer answers."
    )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The requests to the viewer, the newest first."""
        return [
            cls(
                id=strawberry.ID(each.id),
                asker_name=each.asker_name,
                asker_id=strawberry.ID(each.asker_id),
                target=Person.from_person(each.target),
                requested_on=to_date(each.day),
                is_approved=each.consented,
            )
            for each in await visibility_requests.list_visibility_requests(info.context.graph, info.context.viewer)
        ]


@strawberry.input(description="The target of a route through a colleague who is not named.")
class RequestIntroducerVisibilityInput(MutationInput):
    target: PersonRef = strawberry.field(description="The target.")
    max_introducers: int = strawberry.field(
        default=2, description=f"The maximum number of introducers on the route, 1 to {MAX_INTRODUCERS}."
    )


@strawberry.input(description="The request to approve.")
class ApproveIntroducerVisibilityInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request to the viewer.")


@strawberry.input(description="The request to decline.")
class DeclineIntroducerVisibilityInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a request to the viewer.")


@strawberry.input(description="The network's setting.")
class SetIntroducerVisibilityInput(MutationInput):
    introducer_visibility: IntroducerVisibility = strawberry.field(description="When colleagues are named.")


@strawberry.type(description="The result of a request for visibility.")
class RequestIntroducerVisibilityPayload:
    target: Person | None = strawberry.field(
        description="The target for whom a colleague was asked. Null if no route leads through a colleague who is not "
        "named."
    )


@strawberry.type(description="The result of an answer to a request for visibility.")
class AnswerIntroducerVisibilityPayload:
    request: IntroducerVisibilityRequest | None = strawberry.field(
        description="The request. Null if the viewer received no request with this id."
    )


@strawberry.type(description="The result of a change of the network's setting.")
class SetIntroducerVisibilityPayload:
    network: Network = strawberry.field(description="The network.")


@strawberry.type
class VisibilityRequestsQuery:
    @query(
        description="List the requests that the viewer be named as introducer, the newest first.",
        cost=10,
    )
    async def introducer_visibility_requests(
        self, info: Info, first: First = MAX_PAGE, after: After = None
    ) -> Connection[IntroducerVisibilityRequest]:
        requests = await IntroducerVisibilityRequest.list_all(info)
        return Connection[IntroducerVisibilityRequest].from_list(page(first, after), requests)


@strawberry.type
class VisibilityRequestsMutation:
    @mutation(
        description="Ask each unnamed colleague on the best withheld route to the target for consent to be named.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=50,
    )
    async def request_introducer_visibility(
        self, info: Info, input: RequestIntroducerVisibilityInput
    ) -> RequestIntroducerVisibilityPayload:
        context = info.context
        if not 1 <= input.max_introducers <= MAX_INTRODUCERS:
            raise InvalidArgument(f"`maxIntroducers` is 1 to {MAX_INTRODUCERS}.")
        resolved = await resolve_reference(context.graph, context.viewer, input.target.reference())
        if not isinstance(resolved, ResolvedTarget):
            raise InvalidArgument("This reference names no single person. Use an address, a profile URL or an id.")
        await record_in_audit_log(info, AuditAction.INTRODUCTIONS, resolved.person.id)
        requested = await visibility_requests.request_visibility(
            context.graph,
            context.state,
            context.viewer,
            resolved,
            today=today(),
            max_introducers=input.max_introducers,
        )
        return RequestIntroducerVisibilityPayload(target=Person.from_person(resolved.person) if requested else None)

    @mutation(
        description="Agree to be named as introducer. An id of no request to the viewer has no effect.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def approve_introducer_visibility(
        self, info: Info, input: ApproveIntroducerVisibilityInput
    ) -> AnswerIntroducerVisibilityPayload:
        return await _answer(info, input.id, consented=True)

    @mutation(
        description="Decline to be named as introducer, also after an approval. The asker is not informed.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def decline_introducer_visibility(
        self, info: Info, input: DeclineIntroducerVisibilityInput
    ) -> AnswerIntroducerVisibilityPayload:
        return await _answer(info, input.id, consented=False)

    @mutation(
        description="Set when colleagues are named as introducers in the network.",
        permission=Operation.MANAGE_OWNERS,
        cost=20,
    )
    async def set_introducer_visibility(
        self, info: Info, input: SetIntroducerVisibilityInput
    ) -> SetIntroducerVisibilityPayload:
        context, visibility = info.context, input.introducer_visibility
        member = context.viewer.member
        await visibility_requests.set_introducer_visibility(context.graph, context.state, member, visibility)
        settings = await read_network_settings(context.graph, context.viewer.network)
        return SetIntroducerVisibilityPayload(network=Network.from_settings(settings, visibility))


async def _answer(info: Info, id: str, *, consented: bool) -> AnswerIntroducerVisibilityPayload:
    await visibility_requests.answer_visibility_request(
        info.context.graph, info.context.viewer, id, consented=consented
    )
    return AnswerIntroducerVisibilityPayload(request=await find_by_id(IntroducerVisibilityRequest.list_all(info), id))
