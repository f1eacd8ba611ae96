"""Who knows whom: `tie(from:, to:)`."""

from typing import Annotated, Self

import strawberry

from api.acts import Seen, Word
from api.context import Info
from api.people import Person, PersonRef
from api.targets import AmbiguousTarget, UnknownTarget, meant
from api.words import evidence, word
from graph import answers
from graph.find import Exactly, Target, find


@strawberry.type(description="What one person is to another. Directed: the other way round it may differ.")
class Tie:
    by: Person = strawberry.field(description="Who knows, or does not know.")
    towards: Person = strawberry.field(description="Who is known, or not.")
    knows: bool = strawberry.field(description="Whether they know them: reached out themselves, lately enough.")
    odds: float | None = strawberry.field(
        description="How surely they act when the other asks; none for strangers, or where only the word is shared."
    )
    word: Word | None = strawberry.field(description="The odds in a word; none for strangers.")
    evidence: str = strawberry.field(description="What was seen, in a sentence.")
    out: Seen = strawberry.field(description="What the one did towards the other.")
    back: Seen = strawberry.field(description="What the other did towards the one.")

    @classmethod
    async def between(cls, info: Info, by: str, towards: str) -> Self:
        """What the first is to the second, both ids; asked for with all others that this request wants."""
        context = info.context
        one, other = await context.people.load_many([by, towards])
        found = await context.known.load((by, towards))
        tie = found.tie
        act = answers.Act(
            by=one,
            towards=other,
            odds=tie.acts if tie else 0.0,
            out=found.out,
            back=found.back,
            veiled=tie is not None and tie.veiled,
        )
        return cls(
            by=Person.of(one),
            towards=Person.of(other),
            knows=tie is not None,
            odds=tie.number if tie else None,
            word=Word(word(tie.acts)) if tie else None,
            evidence=evidence(act, context.viewer.as_of, context.me),
            out=Seen.of(found.out),
            back=Seen.of(found.back),
        )


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
    ) -> TieAnswer:
        ends: list[str] = []
        for ref in (by, to):
            end = await _end(info, ref)
            if isinstance(end, AmbiguousTarget | UnknownTarget):
                return end
            ends.append(end)
        if ends[0] == ends[1]:
            return UnknownTarget(why="That is one person twice: name two.", leads=[])
        return await Tie.between(info, ends[0], ends[1])


async def _end(info: Info, ref: PersonRef | None) -> str | AmbiguousTarget | UnknownTarget:
    me = info.context.me
    asked = ref.asked() if ref else Exactly(me)
    if asked == Exactly(me):
        return me or UnknownTarget(why="Nothing that says who you are has been loaded yet.", leads=[])
    found = await find(info.context.graph, info.context.viewer, asked)
    if isinstance(found, Target):
        return found.person.id
    return meant(found, info.context.viewer)
