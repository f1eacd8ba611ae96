"""Tie."""

from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.bad_argument import Unfit
from api.graphql.types.evidence import Seen, Word
from api.graphql.types.person import Person
from api.graphql.types.tie_history import History
from graph import answers
from graph.days import date_of, day_of
from graph.ties.evidence import Tie as Known
from graph.ties.history import MOST_MONTHS
from presentation.sentences import evidence, word


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
    act: strawberry.Private[answers.Step]

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
        act = answers.Step(
            from_person=one,
            to_person=other,
            strength=tie.strength if tie else 0.0,
            outbound=out,
            inbound=back,
            label_only=tie is not None and tie.label_only,
        )
        return cls.of(act, day, context.me, knows=tie is not None)

    @classmethod
    def of(cls, act: answers.Step, on: int, me: str, *, knows: bool) -> Self:
        """The tie that an act is of, as of a day, told to the viewer `me`."""
        return cls(
            by=Person.of(act.from_person),
            towards=Person.of(act.to_person),
            as_of=date_of(on),
            knows=knows,
            odds=act.exact_strength if knows else None,
            word=Word(word(act.strength)) if knows else None,
            evidence=evidence(act, on, me),
            out=Seen.of(act.outbound),
            back=Seen.of(act.inbound),
            act=act,
        )
