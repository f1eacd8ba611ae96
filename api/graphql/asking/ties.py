"""Who knows whom: `tie(from:, to:, asOf:)`."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.bad_argument import Unfit
from api.graphql.types.person import PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, meant
from api.graphql.types.tie import Tie
from graph.days import date_of
from graph.introductions.as_of import why_not_as_of
from graph.lookup.resolve import Exactly, Target, find
from graph.privacy.audit_log import AuditAction
from presentation.dates import today

TieAnswer = Annotated[
    Tie | AmbiguousTarget | UnknownTarget,
    strawberry.union("TieAnswer", description="The tie, or whom one of the two may mean."),
]


@strawberry.type
class TiesQuery:
    @strawberry.field(description="What one person is to another; you yourself where one of them is left out.")
    async def tie(
        self,
        info: Info,
        by: Annotated[PersonRef | None, strawberry.argument(name="from", description="Who knows. Else you.")] = None,
        to: Annotated[PersonRef | None, strawberry.argument(description="Who is known. Else you.")] = None,
        as_of: Annotated[
            date | None, strawberry.argument(description="As if it were that day, and nothing later known.")
        ] = None,
    ) -> TieAnswer:
        if as_of is not None and (why := why_not_as_of(as_of, today=max(today(), date_of(info.context.viewer.as_of)))):
            raise Unfit(why)
        ends: list[str] = []
        for ref in (by, to):
            end = await _end(info, ref)
            if isinstance(end, AmbiguousTarget | UnknownTarget):
                return end
            ends.append(end)
        if ends[0] == ends[1]:
            return UnknownTarget(why="That is one person twice: name two.", leads=[])
        await noted(info, AuditAction.TIE, *ends)
        return await Tie.between(info, ends[0], ends[1], as_of)


async def _end(info: Info, ref: PersonRef | None) -> str | AmbiguousTarget | UnknownTarget:
    me = info.context.me
    asked = ref.asked() if ref else Exactly(me)
    if asked == Exactly(me):
        return me or UnknownTarget(why="Nothing that says who you are has been loaded yet.", leads=[])
    found = await find(info.context.graph, info.context.viewer, asked)
    if isinstance(found, Target):
        return found.person.id
    return meant(found, info.context.viewer)
