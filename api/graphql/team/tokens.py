"""The viewer's own tokens: one for each machine and program, made for no more than it needs."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.types.enums import ordered
from api.graphql.validation import LASTS, Days, lasting, spelt
from graph.networks import tokens
from graph.networks.permissions import Scope
from presentation.dates import moment


@strawberry.type(description="A token that stands for the viewer.")
class Token:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    name: str | None = strawberry.field(description="What it was called; none of one that an earlier Tertius gave.")
    scopes: list[Scope] = strawberry.field(description="What it is for.")
    made: datetime | None = strawberry.field(description="When; none of one that an earlier Tertius gave.")
    expires: datetime | None = strawberry.field(description="Until when it counts; none where it does until revoked.")
    used: datetime | None = strawberry.field(description="When it was used last, to a minute; none where never.")

    @classmethod
    def of(cls, found: tokens.Token) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            name=found.name,
            scopes=ordered(found.scopes),
            made=moment(found.created_at),
            expires=moment(found.expires_at),
            used=moment(found.last_used_at),
        )


@strawberry.type(description="A new token.")
class NewToken:
    secret: str = strawberry.field(description="What to send as `Authorization: Bearer …`: shown now and never again.")
    token: Token = strawberry.field(description="How it is listed.")


@strawberry.type
class TokensQuery:
    @strawberry.field(description="The viewer's tokens that count, oldest first.")
    async def tokens(self, info: Info) -> list[Token]:
        viewer = info.context.viewer
        return [Token.of(one) for one in await tokens.list_tokens(info.context.graph, viewer.network, viewer.member)]


@strawberry.type
class TokensMutation:
    @strawberry.mutation(description="A new token of the viewer's, for no more than the one it is asked with.")
    async def create_token(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="What to call it: the machine or the program.")],
        scopes: Annotated[list[Scope], strawberry.argument(description="What it is for.")],
        expires_in: Days = LASTS,
    ) -> NewToken:
        context = info.context
        if not scopes or not context.holder.scopes.issuperset(scopes):
            raise Unfit("A token is for something, and for no more than the one it is asked with.")
        secret, made = await tokens.create_token(
            context.graph,
            context.viewer.network,
            context.viewer.member,
            name=spelt(name),
            scopes=set(scopes),
            days=lasting(expires_in),
        )
        return NewToken(secret=secret, token=Token.of(made))

    @strawberry.mutation(
        description="Let a token stand for nobody from the next request on. False where the viewer has none of this id."
    )
    async def revoke_token(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="As `tokens` gives it.")]
    ) -> bool:
        viewer = info.context.viewer
        return await tokens.revoke_token(info.context.graph, viewer.network, viewer.member, id)
