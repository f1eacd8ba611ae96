"""Addresses that receive the events of introduction requests, which owners and admins manage."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.node import Node, find_by_id
from graph.networks.permissions import Operation
from graph.requests import webhooks
from presentation.dates import to_datetime


@strawberry.type(description="An address that receives the events of introduction requests.")
class Webhook(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the webhook.")
    url: str = strawberry.field(description="The address.")
    created_at: datetime = strawberry.field(description="When it was created.")
    delivered_at: datetime | None = strawberry.field(
        description="When it last accepted an event. Null if it accepted none yet."
    )
    failed_at: datetime | None = strawberry.field(
        description="When it last did not accept an event. Null if there was none, or it accepted one since."
    )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The webhooks of the network, the first created first."""
        return [
            cls(
                id=strawberry.ID(each.id),
                url=each.url,
                created_at=to_datetime(each.created_at),
                delivered_at=to_datetime(each.delivered_at),
                failed_at=to_datetime(each.failed_at),
            )
            for each in await webhooks.list_webhooks(info.context.graph, info.context.viewer.network)
        ]


@strawberry.input(description="The webhook to create.")
class CreateWebhookInput(MutationInput):
    url: str = strawberry.field(description="The address. It begins with `https://` and contains no user name.")


@strawberry.input(description="The webhook to delete.")
class DeleteWebhookInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of a webhook of the network.")


@strawberry.type(description="A webhook.")
class CreateWebhookPayload:
    webhook: Webhook = strawberry.field(description="The webhook.")
    signing_secret: str = strawberry.field(
        description="The secret with which its requests are signed. Repeating the mutation returns it again."
    )


@strawberry.type(description="The result of the deletion of a webhook.")
class DeleteWebhookPayload:
    deleted_webhook_id: strawberry.ID | None = strawberry.field(
        description="The id of the deleted webhook. Null if the network has no webhook with this id."
    )


@strawberry.type
class WebhooksQuery:
    @query(
        description="List the webhooks of the network, the first created first.",
        permission=Operation.MANAGE_MEMBERS,
        cost=5,
    )
    async def webhooks(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Webhook]:
        return Connection[Webhook].from_list(page(first, after), await Webhook.list_all(info))


@strawberry.type
class WebhooksMutation:
    @mutation(
        description="Send the events of introduction requests to an address: the id and the state of a request, and "
        "nothing about people. A private address gets no events, unless the operator allows it.",
        permission=Operation.MANAGE_MEMBERS,
        cost=20,
    )
    async def create_webhook(self, info: Info, input: CreateWebhookInput) -> CreateWebhookPayload:
        context, network = info.context, info.context.viewer.network
        if context.webhooks is None:
            raise InvalidArgument("This service sends no webhooks: its operator has not set a key for them.")
        id = await webhooks.create_webhook(context.graph, network, input.url)
        created = await find_by_id(Webhook.list_all(info), id)
        if created is None:
            raise InvalidArgument("The webhook was deleted meanwhile.")
        return CreateWebhookPayload(webhook=created, signing_secret=context.webhooks.secret_of(network, id))

    @mutation(
        description="Stop sending events to an address. An unknown id has no effect.",
        permission=Operation.MANAGE_MEMBERS,
        cost=20,
    )
    async def delete_webhook(self, info: Info, input: DeleteWebhookInput) -> DeleteWebhookPayload:
        deleted = await webhooks.delete_webhook(info.context.graph, info.context.viewer.network, input.id)
        return DeleteWebhookPayload(deleted_webhook_id=input.id if deleted else None)
