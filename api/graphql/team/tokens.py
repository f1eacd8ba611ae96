"""The viewer's tokens."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.enums import ordered
from api.graphql.types.node import Node
from api.graphql.validation import DAYS, TOKEN_DAYS, checked_days, checked_name
from graph.networks import tokens
from graph.networks.permissions import Operation, Scope
from presentation.dates import to_datetime


@strawberry.type(description="A token that authenticates the viewer, or the session of a browser.")
class Token(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the token.")
    is_session: bool = strawberry.field(
        description="Whether it is the session of a browser, which also ends after a time without requests."
    )
    name: str | None = strawberry.field(
        description="The name of the machine or program that uses it. Null for tokens of early versions."
    )
    scopes: list[Scope] = strawberry.field(description="What the token allows.")
    created_at: datetime | None = strawberry.field(
        description="The time of creation. Null for tokens of early versions."
    )
    expires_at: datetime | None = strawberry.field(
        description="The time at which it expires. Null if it is valid until revoked."
    )
    last_used_at: datetime | None = strawberry.field(
        description="The time of the last request, to a minute. Null if it was never used."
    )

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The viewer's valid tokens and sessions, the oldest first."""
        viewer = info.context.viewer
        return [
            cls.from_token(each) for each in await tokens.list_tokens(info.context.graph, viewer.network, viewer.member)
        ]

    @classmethod
    def from_token(cls, token: tokens.Token) -> Self:
        return cls(
            id=strawberry.ID(token.id),
            is_session=token.is_session,
            name=token.name,
            scopes=ordered(token.scopes),
            created_at=to_datetime(token.created_at),
            expires_at=to_datetime(token.expires_at),
            last_used_at=to_datetime(token.last_used_at),
        )


@strawberry.input(description="The token to create.")
class CreateTokenInput(MutationInput):
    name: str = strawberry.field(description="The name of the machine or program that will use it.")
    scopes: list[Scope] = strawberry.field(description="What it allows. No more than the token of the request.")
    expires_in_days: int = strawberry.field(default=TOKEN_DAYS, description=DAYS)


@strawberry.input(description="The token to revoke.")
class RevokeTokenInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of one of the viewer's tokens.")


@strawberry.type(description="A new token.")
class CreateTokenPayload:
    secret: str = strawberry.field(
        description="The secret to send as `Authorization: Bearer …`. No later response shows it."
    )
    token: Token = strawberry.field(description="The token.")


@strawberry.type(description="The result of the revocation of a token.")
class RevokeTokenPayload:
    revoked_token_id: strawberry.ID | None = strawberry.field(
        description="The id of the revoked token. Null if the viewer has no valid token with this id."
    )


@strawberry.type
class TokensQuery:
    @query(
        description="List the viewer's valid tokens and sessions, the oldest first.",
        permission=Operation.MANAGE_OWN_ACCOUNT,
        cost=5,
    )
    async def tokens(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Token]:
        return Connection[Token].from_list(page(first, after), await Token.list_all(info))


@strawberry.type
class TokensMutation:
    @mutation(
        description="Create a token for the viewer that allows no more than the token of the request.",
        permission=Operation.MANAGE_OWN_ACCOUNT,
        cost=20,
    )
    async def create_token(self, info: Info, input: CreateTokenInput) -> CreateTokenPayload:
        context = info.context
        if not input.scopes or not context.holder.scopes.issuperset(input.scopes):
            raise InvalidArgument("Set at least one scope, and none that the token of this request does not have.")
        secret, made = await tokens.create_token(
            context.graph,
            context.viewer.network,
            context.viewer.member,
            name=checked_name(input.name),
            scopes=set(input.scopes),
            days=checked_days(input.expires_in_days),
        )
        return CreateTokenPayload(secret=secret, token=Token.from_token(made))

    @mutation(
        description="Revoke a token or a session, and the sessions that began with it. The next request with it fails.",
        permission=Operation.MANAGE_OWN_ACCOUNT,
    )
    async def revoke_token(self, info: Info, input: RevokeTokenInput) -> RevokeTokenPayload:
        viewer = info.context.viewer
        revoked = await tokens.revoke_token(info.context.graph, viewer.network, viewer.member, input.id)
        return RevokeTokenPayload(revoked_token_id=input.id if revoked else None)
