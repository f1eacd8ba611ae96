"""The query `colleagues`."""

from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit import record_in_audit_log
from api.graphql.field import query
from api.graphql.request.list_bounds import MAX_ITEMS, bounded
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, unresolved
from api.graphql.types.tie import Tie
from graph.introductions.colleagues import find_colleagues_who_know
from graph.lookup.resolve import ResolvedTarget, hide_objector, resolve_reference
from graph.privacy.audit_log import AuditAction
from presentation.sentences import strength_label


@strawberry.type(description="The colleagues who share a source and know a person.")
class Colleagues:
    person: Person = strawberry.field(description="The person asked about.")
    ties: list[Tie] = strawberry.field(
        description=f"The colleagues' ties to the person, the strongest first, {MAX_ITEMS} at most."
    )
    withheld_strength_label: StrengthLabel | None = strawberry.field(
        description="The strongest tie of colleagues who have not agreed to be named. Null if there is none. "
        "`requestIntroducerVisibility` asks them."
    )


ColleaguesAnswer = Annotated[
    Colleagues | AmbiguousTarget | UnknownTarget,
    strawberry.union("ColleaguesAnswer", description="The colleagues, or why the reference names no single person."),
]


@strawberry.type
class ColleaguesQuery:
    @query(description="List the colleagues who know a person.", cost=20)
    async def colleagues(
        self, info: Info, person: Annotated[PersonRef, strawberry.argument(description="The person.")]
    ) -> ColleaguesAnswer:
        graph, viewer = info.context.graph, info.context.viewer
        target = hide_objector(viewer, await resolve_reference(graph, viewer, person.reference()))
        if not isinstance(target, ResolvedTarget):
            return unresolved(target, viewer)
        await record_in_audit_log(info, AuditAction.INTRODUCTIONS, target.person.id)
        answer = await find_colleagues_who_know(graph, viewer, target)
        return Colleagues(
            person=Person.from_person(target.person),
            ties=[
                Tie.from_step(step, viewer.as_of, viewer.person_id or "", knows=True) for step in bounded(answer.steps)
            ],
            withheld_strength_label=None if answer.withheld is None else StrengthLabel(strength_label(answer.withheld)),
        )
