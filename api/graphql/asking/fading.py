"""`fading(within:)`: the viewer's ties that turn if nothing happens."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.types.evidence import Act, Word
from graph.insights import fading as found_by
from graph.viewer import Viewer
from presentation.dates import day
from presentation.sentences import fades, word

MOST = 50
"""Ties in one answer at most."""


@strawberry.enum(description="What a tie turns into: a weak one, or none.")
class Turned(StrEnum):
    WEAK = "weak"
    COLD = "cold"


@strawberry.type(description="Somebody who knows the viewer, and will do so weakly or no more if nothing happens.")
class Fading:
    act: Act = strawberry.field(description="How surely they act when the viewer asks, as things are.")
    on: date = strawberry.field(description="The first day on which that has turned, if nothing happens until then.")
    becomes: Turned = strawberry.field(description="Into what.")
    last_contact: date | None = strawberry.field(description="The last day anything passed between the two.")
    after: Word = strawberry.field(description="What one exchange with them today would make it.")
    says: str = strawberry.field(description="The same in a sentence.")

    @classmethod
    def of(cls, found: found_by.Fading, viewer: Viewer) -> Self:
        days = [seen.last_day for seen in (found.tie.outbound, found.tie.inbound) if seen.last_day is not None]
        return cls(
            act=Act.of(found.tie, viewer),
            on=day(found.on),
            becomes=Turned.COLD if found.cold else Turned.WEAK,
            last_contact=day(max(days, default=None)),
            after=Word(word(found.after)),
            says=fades(found, viewer.as_of),
        )


@strawberry.type
class FadingQuery:
    @strawberry.field(description="Who knows the viewer and soon will no more, or weakly: the first to turn first.")
    async def fading(
        self,
        info: Info,
        within: Annotated[int, strawberry.argument(description="Days to look ahead, 1 to 365.")] = 30,
        first: Annotated[int, strawberry.argument(description="How many ties, 50 at most.")] = 20,
    ) -> list[Fading]:
        if not 1 <= within <= found_by.LONGEST:
            raise Unfit(f"`within` is 1 to {found_by.LONGEST}.")
        if not 1 <= first <= MOST:
            raise Unfit(f"`first` is 1 to {MOST}.")
        context = info.context
        found = await found_by.fading(context.graph, context.state, context.viewer, within=within)
        return [Fading.of(one, context.viewer) for one in found[:first]]
