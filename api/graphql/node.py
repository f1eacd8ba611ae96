"""The query `node`: an object by its id.

An id does not say what kind of object it is of. Every lookup that the viewer may make runs for every id, so that an
object that is hidden, that is in another network, or that does not exist has the same cost and the same answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.contributing.duplicates import IdentityDecision
from api.graphql.contributing.statements import Statement
from api.graphql.contributing.uploads import LoadJob
from api.graphql.field import Rules, query
from api.graphql.insights.nurture import ContactPlan
from api.graphql.insights.review import ArchivedPerson
from api.graphql.insights.tags import Tag
from api.graphql.requesting.notifications import Notification
from api.graphql.requesting.types import IntroductionRequest
from api.graphql.requesting.webhooks import Webhook
from api.graphql.team.exclusions import ExcludedIntroducer
from api.graphql.team.members import Invitation, Member
from api.graphql.team.sharing import HiddenContact
from api.graphql.team.tokens import Token
from api.graphql.types.node import Node, find_by_id
from api.graphql.types.person import Person
from api.graphql.types.source import Source
from graph.lookup.padding import pad_duration
from graph.networks.permissions import PERMISSIONS

_LISTS: dict[str, Callable[[Info], Awaitable[Iterable[Node]]]] = {
    "sources": Source.list_all,
    "statements": Statement.list_all,
    "identityDecisions": IdentityDecision.list_all,
    "hiddenContacts": HiddenContact.list_all,
    "archivedPeople": ArchivedPerson.list_all,
    "excludedIntroducers": ExcludedIntroducer.list_all,
    "introductionRequests": IntroductionRequest.list_all,
    "notifications": Notification.list_all,
    "contactPlans": ContactPlan.list_all,
    "webhooks": Webhook.list_all,
    "tags": Tag.list_all,
    "members": Member.list_all,
    "invitations": Invitation.list_all,
    "tokens": Token.list_all,
}
"""Short lists, by the query that returns them."""
_LOOKUPS: dict[str, Callable[[Info, str], Awaitable[Node | None]]] = {"person": Person.find, "loadJob": LoadJob.find}
"""Lookups of one object by its id, by the query that makes them."""


@strawberry.type
class NodeQuery:
    @query(
        description="Get an object by its id. Null if the viewer may not see an object with this id. A person that is "
        "returned is written to the audit log.",
        cost=50,
    )
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The id of the object.")]
    ) -> Node | None:
        started = monotonic()
        lookups = [find(info, id) for name, find in _LOOKUPS.items() if _is_permitted(info, name)]
        lists = [find_by_id(nodes(info), id) for name, nodes in _LISTS.items() if _is_permitted(info, name)]
        node = next((node for node in await asyncio.gather(*lookups, *lists) if node is not None), None)
        if node is None:
            await pad_duration(started)
        return node


def _is_permitted(info: Info, name: str) -> bool:
    """Whether the viewer may send the query of this name."""
    rules: Rules = info.schema.rules  # type: ignore[attr-defined]
    permission, holder = PERMISSIONS[rules.queries[name].permission], info.context.holder
    return permission.scope in holder.scopes and holder.role in permission.roles
