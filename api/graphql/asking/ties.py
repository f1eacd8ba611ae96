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
from graph.days import date_of
from graph.introductions.as_of import why_not_as_of
from graph.lookup.resolve import ExactReference, ResolvedTarget, resolve_reference
from graph.privacy.audit_log import AuditAction
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
        ends: list[str] = []
        for ref in (from_ref, to):
            end = await _end(info, ref)
            if isinstance(end, AmbiguousTarget | UnknownTarget):
                return end
            ends.append(end)
        if ends[0] == ends[1]:
            return UnknownTarget(message="Both references name one person. Name two.", possible_connectors=[])
        await record_in_audit_log(info, AuditAction.TIE, *ends)
        return await Tie.between(info, ends[0], ends[1], as_of)


async def _end(info: Info, ref: PersonRef | None) -> str | AmbiguousTarget | UnknownTarget:
    me = info.context.viewer_person_id
    reference = ref.reference() if ref else ExactReference(me)
    if reference == ExactReference(me):
        return me or UnknownTarget(message="No loaded source identifies you yet.", possible_connectors=[])
    resolved = await resolve_reference(info.context.graph, info.context.viewer, reference)
    if isinstance(resolved, ResolvedTarget):
        return resolved.person.id
    return unresolved(resolved, info.context.viewer)
