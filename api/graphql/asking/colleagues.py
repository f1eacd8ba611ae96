"""`colleagues(of:)`: which colleagues know somebody, and how well."""

from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.types.evidence import Word
from api.graphql.types.person import Person, PersonRef
from api.graphql.types.target import AmbiguousTarget, UnknownTarget, meant
from api.graphql.types.tie import Tie
from graph.introductions.colleagues import colleagues
from graph.lookup.resolve import Target, find, without_objectors
from graph.privacy.audit_log import AuditAction
from presentation.sentences import word


@strawberry.type(description="The colleagues who share a source and know somebody.")
class Colleagues:
    of: Person = strawberry.field(description="Whom they know.")
    ties: list[Tie] = strawberry.field(description="What each is to them: who would best be asked comes first.")
    withheld: Word | None = strawberry.field(
        description="How well those know them who have not agreed to be named, the best of these: see `askToReveal`."
    )


ColleaguesAnswer = Annotated[
    Colleagues | AmbiguousTarget | UnknownTarget,
    strawberry.union("ColleaguesAnswer", description="Who knows the person, or whom that may mean."),
]


@strawberry.type
class ColleaguesQuery:
    @strawberry.field(description="Which colleagues know somebody, and how well.")
    async def colleagues(
        self, info: Info, of: Annotated[PersonRef, strawberry.argument(description="Whom.")]
    ) -> ColleaguesAnswer:
        graph, viewer = info.context.graph, info.context.viewer
        target = without_objectors(viewer, await find(graph, viewer, of.asked()))
        if not isinstance(target, Target):
            return meant(target, viewer)
        await noted(info, AuditAction.INTRODUCTIONS, target.person.id)
        found = await colleagues(graph, viewer, target)
        return Colleagues(
            of=Person.of(target.person),
            ties=[Tie.of(act, viewer.as_of, viewer.person_id or "", knows=True) for act in found.steps],
            withheld=None if found.withheld is None else Word(word(found.withheld)),
        )
