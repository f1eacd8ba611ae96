"""The inbox of the viewer, and the balance with others."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.requesting.types import IntroductionRequest
from api.graphql.types.node import Node
from graph.networks.permissions import Operation
from graph.requests import notifications
from graph.requests.balance import balances
from graph.requests.digests import has_digest, set_digest
from operations.requests.reading import list_requests
from presentation.dates import to_datetime
from presentation.request_sentences import notification_text


@strawberry.type(description="What another party did with a request of which the viewer is a party, or a reminder.")
class Notification(Node):
    text: str = strawberry.field(description="What happened, in a sentence.")
    occurred_at: datetime = strawberry.field(description="When it happened.")
    is_read: bool = strawberry.field(description="Whether the viewer marked it as read.")
    is_reminder: bool = strawberry.field(description="Whether the viewer must act before the request expires.")
    is_suggestion: bool = strawberry.field(
        description="Whether contact with the target after the introduction suggests an outcome."
    )
    request: IntroductionRequest = strawberry.field(description="The request as it is now.")

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The viewer's notifications, newest first."""
        stored = await notifications.list_notifications(info.context.graph, info.context.viewer)
        return [
            cls(
                id=strawberry.ID(each.id),
                text=notification_text(each),
                occurred_at=to_datetime(each.at),
                is_read=each.is_read,
                is_reminder=each.is_reminder,
                is_suggestion=each.is_suggestion,
                request=IntroductionRequest.from_request(each.request),
            )
            for each in stored
        ]


@strawberry.type(description="Requests between the viewer and another party, which only the viewer sees.")
class RequestBalance:
    name: str = strawberry.field(description="The name of the other party.")
    asked_count: int = strawberry.field(description="The requests that the viewer sent them.")
    introduced_count: int = strawberry.field(description="Those that led to an introduction.")
    closed_count: int = strawberry.field(description="Those whose outcome the viewer recorded for them to see.")
    thanked_count: int = strawberry.field(description="Those for which the viewer thanked them.")
    received_count: int = strawberry.field(description="The requests that they sent the viewer.")
    given_count: int = strawberry.field(description="Those that led to an introduction.")
    closed_for_viewer_count: int = strawberry.field(description="Those whose outcome they recorded.")
    thanked_viewer_count: int = strawberry.field(description="Those for which they thanked the viewer.")


@strawberry.input(description="The notifications to mark as read.")
class MarkNotificationsReadInput(MutationInput):
    id: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the newest notification to mark, with all older ones. Null: all."
    )


@strawberry.input(description="Whether to send a digest.")
class SetEmailDigestInput(MutationInput):
    is_enabled: bool = strawberry.field(description="Whether the viewer receives a digest.")


@strawberry.type(description="The result of a change of the digest.")
class SetEmailDigestPayload:
    is_enabled: bool = strawberry.field(description="Whether the viewer receives a digest.")


@strawberry.type(description="The result of marking notifications as read.")
class MarkNotificationsReadPayload:
    unread_count: int = strawberry.field(description="The number of notifications that are still unread.")


@strawberry.type
class NotificationsQuery:
    @query(description="List the viewer's notifications about introduction requests, the newest first.", cost=10)
    async def notifications(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Notification]:
        return Connection[Notification].from_list(page(first, after), await Notification.list_all(info))

    @query(description="Whether the viewer receives a daily digest of unread notifications by mail.", cost=5)
    async def is_email_digest_enabled(self, info: Info) -> bool:
        return await has_digest(info.context.graph, info.context.viewer)

    @query(description="Count the viewer's unread notifications.", cost=10)
    async def unread_notification_count(self, info: Info) -> int:
        listed = await notifications.list_notifications(info.context.graph, info.context.viewer)
        return sum(not each.is_read for each in listed)

    @query(
        description=f"List requests between the viewer and others, {MAX_ITEMS} at most, the most requests first.",
        cost=10,
    )
    async def request_balances(self, info: Info) -> list[RequestBalance]:
        return [
            RequestBalance(
                name=each.name,
                asked_count=each.asked,
                introduced_count=each.introduced,
                closed_count=each.closed,
                thanked_count=each.thanked,
                received_count=each.received,
                given_count=each.given,
                closed_for_viewer_count=each.closed_for_viewer,
                thanked_viewer_count=each.thanked_viewer,
            )
            for each in bounded(balances(await list_requests(info.context.session)))
        ]


@strawberry.type
class NotificationsMutation:
    @mutation(
        description="Mark the viewer's notifications as read. An id of no notification has no effect.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def mark_notifications_read(
        self, info: Info, input: MarkNotificationsReadInput
    ) -> MarkNotificationsReadPayload:
        graph, viewer = info.context.graph, info.context.viewer
        listed = await notifications.list_notifications(graph, viewer)
        chosen = listed if input.id is None else [each for each in listed if each.id == input.id]
        read_at = await notifications.mark_notifications_read(graph, viewer, chosen)
        return MarkNotificationsReadPayload(unread_count=sum(each.at > read_at for each in listed))

    @mutation(
        description="Set whether the viewer receives a daily digest of unread notifications by mail. It is sent to an "
        "address that was confirmed for the viewer, if the operator configured a mail server.",
        permission=Operation.MANAGE_OWN_DATA,
        cost=20,
    )
    async def set_email_digest(self, info: Info, input: SetEmailDigestInput) -> SetEmailDigestPayload:
        await set_digest(info.context.graph, info.context.viewer, is_enabled=input.is_enabled)
        return SetEmailDigestPayload(is_enabled=input.is_enabled)
