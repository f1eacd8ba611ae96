"""Through which colleague a route leads: told at once, or when they agree; asked for, and answered."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import strawberry

from api.context import Info
from api.graphql.audit_note import noted
from api.graphql.bad_argument import Unfit
from api.graphql.types.enums import DEEPEST
from api.graphql.types.person import Person, PersonRef
from graph.lookup.resolve import Target, find
from graph.networks.sources import IntroducerVisibility
from graph.privacy.audit_log import AuditAction
from graph.sharing import visibility_requests as reveal
from presentation.dates import day, today


@strawberry.enum(
    description="When whoever asks is told through which colleague a route leads: at once; once they agree."
)
class When(StrEnum):
    AT_ONCE = IntroducerVisibility.IMMEDIATE.value
    ON_AGREEMENT = IntroducerVisibility.AFTER_CONSENT.value


@strawberry.type(description="A member's question whether the viewer agrees to be named on ways to somebody.")
class Reveal:
    id: strawberry.ID = strawberry.field(description="Opaque; good for `agreeToReveal` and `declineToReveal`.")
    asker: str = strawberry.field(description="What to call who asks.")
    target: Person = strawberry.field(description="To whom they look for a way.")
    on: date = strawberry.field(description="When they asked.")
    agreed: bool | None = strawberry.field(description="What the viewer said; none where that waits.")


async def _all(info: Info) -> list[Reveal]:
    return [
        Reveal(
            id=strawberry.ID(one.id),
            asker=one.asker,
            target=Person.of(one.target),
            on=day(one.day),
            agreed=one.consented,
        )
        for one in await reveal.list_visibility_requests(info.context.graph, info.context.viewer)
    ]


ById = Annotated[strawberry.ID, strawberry.argument(description="As `reveals` gives it.")]


@strawberry.type
class RevealQuery:
    @strawberry.field(description="Who asked the viewer to be named on ways to whom, newest first.")
    async def reveals(self, info: Info) -> list[Reveal]:
        return await _all(info)


@strawberry.type
class RevealMutation:
    @strawberry.mutation(
        description="Ask the colleague through whom the best way leads that is not told yet; false where there is none."
    )
    async def ask_to_reveal(
        self,
        info: Info,
        to: Annotated[PersonRef, strawberry.argument(description="The target.")],
        max_introducers: Annotated[int, strawberry.argument(description="How long a route may be, 1 to 3.")] = 2,
    ) -> bool:
        context = info.context
        if not 1 <= max_introducers <= DEEPEST:
            raise Unfit(f"`maxIntroducers` is 1 to {DEEPEST}.")
        found = await find(context.graph, context.viewer, to.asked())
        if not isinstance(found, Target):
            raise Unfit("That is nobody in particular: name them by an address, a profile or an id.")
        await noted(info, AuditAction.INTRODUCTIONS, found.person.id)
        return await reveal.request_visibility(
            context.graph, context.state, context.viewer, found, today=today(), max_introducers=max_introducers
        )

    @strawberry.mutation(description="Agree to be named. Nothing happens where the viewer was not asked so.")
    async def agree_to_reveal(self, info: Info, id: ById) -> list[Reveal]:
        await reveal.answer_visibility_request(info.context.graph, info.context.viewer, str(id), consented=True)
        return await _all(info)

    @strawberry.mutation(description="Do not agree; whoever asked is not told. Good for taking an agreement back, too.")
    async def decline_to_reveal(self, info: Info, id: ById) -> list[Reveal]:
        await reveal.answer_visibility_request(info.context.graph, info.context.viewer, str(id), consented=False)
        return await _all(info)

    @strawberry.mutation(description="Say when colleagues are named, as an owner.")
    async def set_reveal(self, info: Info, when: Annotated[When, strawberry.argument(description="When.")]) -> When:
        await reveal.set_introducer_visibility(
            info.context.graph, info.context.state, info.context.viewer.member, IntroducerVisibility(when.value)
        )
        return when
