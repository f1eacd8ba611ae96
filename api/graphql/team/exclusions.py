"""`notARoute(ref:)`: whom no route is to lead through."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.types.person import PersonRef
from graph.answers import UnknownTarget
from graph.lookup.resolve import YOURSELF, Exactly, Target, find
from graph.sharing import exclusions as passed_over
from presentation.dates import day, today


@strawberry.type(description="Somebody through whom no route leads. They can be asked for all the same.")
class NotARoute:
    id: strawberry.ID = strawberry.field(description="Opaque; good for `undoNotARoute`.")
    says: str = strawberry.field(description="Their name, as it was when this was said.")
    on: date = strawberry.field(description="When.")
    everybody: bool = strawberry.field(description="Whether for the whole network; else for the viewer alone.")


async def _all(info: Info) -> list[NotARoute]:
    found = await passed_over.list_excluded_introducers(info.context.graph, info.context.state, info.context.viewer)
    return [
        NotARoute(id=strawberry.ID(one.id), says=one.label, on=day(one.day), everybody=one.for_everybody)
        for one in found
    ]


@strawberry.type
class PassedOverQuery:
    @strawberry.field(
        description="Whom the viewer lets no route lead through, newest first; for owners and admins also who asked "
        "for it themself and has left."
    )
    async def not_routes(self, info: Info) -> list[NotARoute]:
        return await _all(info)


@strawberry.type
class PassedOverMutation:
    @strawberry.mutation(
        description="Let no route lead through somebody: of oneself nobody's; of anybody else the viewer's own."
    )
    async def not_a_route(
        self,
        info: Info,
        ref: Annotated[
            PersonRef | None, strawberry.argument(description="Whom; the viewer themself where it is left out.")
        ] = None,
        *,
        everybody: Annotated[
            bool, strawberry.argument(description="For the whole network: owners and admins may say so.")
        ] = False,
    ) -> list[NotARoute]:
        context = info.context
        asked = ref.asked() if ref else Exactly(context.me)
        person = context.me
        if asked != Exactly(person):
            found = await find(context.graph, context.viewer, asked)
            if isinstance(found, Target):
                person = found.person.id
            elif not (isinstance(found, UnknownTarget) and found.message == YOURSELF):
                raise Unfit("That is nobody in particular: name them by an address, a profile or an id.")
        await passed_over.exclude_introducer(
            context.graph, context.state, context.viewer, person, today=today(), for_everybody=everybody
        )
        return await _all(info)

    @strawberry.mutation(description="Take it back. Nothing happens where it is not the viewer's to take back.")
    async def undo_not_a_route(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="As `notRoutes` gives it.")]
    ) -> list[NotARoute]:
        await passed_over.undo_exclusion(info.context.graph, info.context.state, info.context.viewer, str(id))
        return await _all(info)
