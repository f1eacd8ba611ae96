"""Who knows whom: `tie(from:, to:, asOf:)`."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.acts import Seen, Word
from api.audit import noted
from api.context import Info
from api.days import today
from api.errors import Unfit
from api.histories import History
from api.people import Person, PersonRef
from api.targets import AmbiguousTarget, UnknownTarget, meant
from api.words import evidence, word
from graph import answers
from graph.days import date_of, day_of
from graph.introductions.as_of import unfit
from graph.lookup.resolve import Exactly, Target, find
from graph.privacy.audit_log import Asked
from graph.ties.evidence import Tie as Known
from graph.ties.history import MOST_MONTHS


@strawberry.type(description="What one person is to another. Directed: the other way round it may differ.")
class Tie:
    by: Person = strawberry.field(description="Who knows, or does not know.")
    towards: Person = strawberry.field(description="Who is known, or not.")
    as_of: date = strawberry.field(description="The day it speaks of.")
    knows: bool = strawberry.field(description="Whether they know them: reached out themselves, lately enough.")
    odds: float | None = strawberry.field(
        description="How surely they act when the other asks; none for strangers, or where only the word is shared."
    )
    word: Word | None = strawberry.field(description="The odds in a word; none for strangers.")
    evidence: str = strawberry.field(description="What was seen, in a sentence.")
    out: Seen = strawberry.field(description="What the one did towards the other.")
    back: Seen = strawberry.field(description="What the other did towards the one.")
    act: strawberry.Private[answers.Act]

    @strawberry.field(description="Why, in a sentence: how it came to be so, and what would change it most.")
    async def history(
        self,
        info: Info,
        months: Annotated[int, strawberry.argument(description=f"How many months back, {MOST_MONTHS} at most.")] = 12,
    ) -> History:
        if not 0 <= months <= MOST_MONTHS:
            raise Unfit(f"`months` is 0 to {MOST_MONTHS}.")
        return await History.of(info, self.act, day_of(self.as_of), months)

    @classmethod
    async def between(cls, info: Info, by: str, towards: str, as_of: date | None = None) -> Self:
        """What the first is to the second, both ids; asked for with all others that this request wants.

        As of another day it is judged from the evidence until then, and else read where it is written.
        """
        context = info.context
        one, other = await context.people.load_many([by, towards])
        day = context.viewer.as_of if as_of is None else day_of(as_of)
        if as_of is None:
            known = await context.known.load((by, towards))
            tie, out, back = known.tie, known.out, known.back
        else:
            past = await context.pasts.load((by, towards))
            odds = past.acts(by, towards, on=day)
            tie = None if odds is None else Known(odds, 0.0)
            out, back = past.seen(by, towards, on=day)
        act = answers.Act(
            by=one,
            towards=other,
            odds=tie.acts if tie else 0.0,
            out=out,
            back=back,
            veiled=tie is not None and tie.veiled,
        )
        return cls.of(act, day, context.me, knows=tie is not None)

    @classmethod
    def of(cls, act: answers.Act, on: int, me: str, *, knows: bool) -> Self:
        """The tie that an act is of, as of a day, told to the viewer `me`."""
        return cls(
            by=Person.of(act.by),
            towards=Person.of(act.towards),
            as_of=date_of(on),
            knows=knows,
            odds=act.number if knows else None,
            word=Word(word(act.odds)) if knows else None,
            evidence=evidence(act, on, me),
            out=Seen.of(act.out),
            back=Seen.of(act.back),
            act=act,
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
        as_of: Annotated[
            date | None, strawberry.argument(description="As if it were that day, and nothing later known.")
        ] = None,
    ) -> TieAnswer:
        if as_of is not None and (why := unfit(as_of, today=max(today(), date_of(info.context.viewer.as_of)))):
            raise Unfit(why)
        ends: list[str] = []
        for ref in (by, to):
            end = await _end(info, ref)
            if isinstance(end, AmbiguousTarget | UnknownTarget):
                return end
            ends.append(end)
        if ends[0] == ends[1]:
            return UnknownTarget(why="That is one person twice: name two.", leads=[])
        await noted(info, Asked.TIE, *ends)
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
