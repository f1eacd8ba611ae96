"""The query `tie`."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit import record_in_audit_log
from api.graphql.field import query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.person import PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, unresolved
from api.graphql.types.tie import Tie
from graph import answers
from graph.days import date_of
from graph.introductions.as_of import why_not_as_of
from graph.privacy.audit_log import AuditAction
from operations.questions.ties import resolve_ends
from presentation.dates import today

TieAnswer = Annotated[
    Tie | AmbiguousTarget | UnknownTarget,
    strawberry.union("TieAnswer", description="The tie, or why a reference names no single person."),
]


@strawberry.type
class TiesQuery:
    @query(description="Get the tie of one person to another. An omitted argument stands for the viewer.", cost=10)
    async def tie(
        self,
        info: Info,
        from_ref: Annotated[
            PersonRef | None, strawberry.argument(name="from", description="The person who knows the other.")
        ] = None,
        to: Annotated[PersonRef | None, strawberry.argument(description="The person who is known.")] = None,
        as_of: Annotated[
            date | None,
            strawberry.argument(description="An earlier date. The tie is derived from the evidence up to it."),
        ] = None,
    ) -> TieAnswer:
        if as_of is not None and (why := why_not_as_of(as_of, today=max(today(), date_of(info.context.viewer.as_of)))):
            raise InvalidArgument(why)
        context = info.context
        references = [None if ref is None else ref.reference() for ref in (from_ref, to)]
        ends = await resolve_ends(context.session, *references)
        if isinstance(ends, answers.AmbiguousTarget | answers.UnknownTarget):
            return unresolved(ends, context.viewer)
        await record_in_audit_log(info, AuditAction.TIE, *ends)
        return await Tie.between(info, ends[0], ends[1], as_of)
