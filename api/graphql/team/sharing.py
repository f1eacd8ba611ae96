"""What the viewer shares of their own, and whom they conceal: told first, done where it is confirmed."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from graph.networks.sources import SharingLevel
from graph.sharing import hidden_contacts as hidden
from graph.sharing import share as sharing
from presentation.dates import day, today


@strawberry.enum(
    description="How far a source is shared: not at all; the team may be led over its ties and is told how strong they "
    "are; the team sees the numbers too."
)
class Level(StrEnum):
    PRIVATE = "private"
    STRENGTH = "strength"
    EVIDENCE = "evidence"


@strawberry.type(description="What sharing a source does: told so far, or done.")
class Sharing:
    source: strawberry.ID = strawberry.field(description="The source.")
    before: Level = strawberry.field(description="How far it was shared.")
    level: Level = strawberry.field(description="How far it is to be, or is now.")
    others: bool = strawberry.field(description="Whether with the ties between two who are no members.")
    routable: int = strawberry.field(description="People whom the team can then reach and could not before, at most.")
    personal: int = strawberry.field(description="People left out, since their mail is of a personal domain.")
    concealed: int = strawberry.field(description="People left out, since the viewer conceals them.")
    done: bool = strawberry.field(description="Whether it is done; false where it was not confirmed.")

    @classmethod
    def of(cls, found: sharing.SharingPreview, *, done: bool) -> Self:
        return cls(
            source=strawberry.ID(found.source.id),
            before=Level(found.source.sharing_level),
            level=Level(found.level),
            others=found.third_party_ties,
            routable=found.newly_reachable,
            personal=found.personal_domain,
            concealed=found.hidden,
            done=done,
        )


@strawberry.type(description="Whom the viewer hides from all other members, as far as the viewer's own sources go.")
class Concealed:
    id: strawberry.ID = strawberry.field(description="Opaque; good for `unconceal`.")
    says: str = strawberry.field(description="The name of the person or company, as it was hidden.")
    on: date = strawberry.field(description="When.")


@strawberry.input(one_of=True, description="Who is to be concealed, told in exactly one of three ways.")
class ConcealedRef:
    person: strawberry.Maybe[strawberry.ID] = strawberry.field(description="The id of a person that an answer gave.")
    name: strawberry.Maybe[str] = strawberry.field(description="Whoever is called so, now and later.")
    company: strawberry.Maybe[str] = strawberry.field(description="Whoever works or worked there.")


async def _all(info: Info) -> list[Concealed]:
    found = await hidden.list_hidden_contacts(info.context.graph, info.context.viewer)
    return [Concealed(id=strawberry.ID(one.id), says=one.label, on=day(one.day)) for one in found]


@strawberry.type
class SharingQuery:
    @strawberry.field(description="Whom the viewer conceals, newest first.")
    async def concealed(self, info: Info) -> list[Concealed]:
        return await _all(info)


@strawberry.type
class SharingMutation:
    @strawberry.mutation(
        description="Share one of the viewer's own sources so far, or no longer. Without `confirm` nothing happens but "
        "that it is told what would."
    )
    async def set_sharing(
        self,
        info: Info,
        source: Annotated[strawberry.ID, strawberry.argument(description="As `sources` gives it.")],
        level: Annotated[Level, strawberry.argument(description="How far.")],
        *,
        others: Annotated[
            bool, strawberry.argument(description="With the ties between two who are no members, seen in copied mail.")
        ] = False,
        confirm: Annotated[bool, strawberry.argument(description="Do it.")] = False,
    ) -> Sharing:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        if not confirm:
            told = await sharing.preview_sharing(
                graph, viewer, str(source), SharingLevel(level.value), third_party_ties=others
            )
        else:
            told = await sharing.share_source(
                graph, viewer, str(source), SharingLevel(level.value), third_party_ties=others
            )
        return Sharing.of(told, done=confirm)

    @strawberry.mutation(description="Hide somebody from all other members, as far as the viewer's own sources go.")
    async def conceal(
        self, info: Info, ref: Annotated[ConcealedRef, strawberry.argument(description="Whom.")]
    ) -> list[Concealed]:
        told = {"person": ref.person, "name": ref.name, "company": ref.company}
        given = {what: str(one.value) for what, one in told.items() if one is not None}
        if len(given) != 1:
            raise Unfit("Name a person, a name or a company to conceal.")
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        await hidden.hide_contact(graph, viewer, today=today(), **given)  # type: ignore[arg-type]
        return await _all(info)

    @strawberry.mutation(description="Conceal it no longer. Nothing happens where the viewer conceals nothing so.")
    async def unconceal(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="As `concealed` gives it.")]
    ) -> list[Concealed]:
        await hidden.unhide_contact(info.context.graph.with_timeout(None), info.context.viewer, str(id))
        return await _all(info)
