"""How a tie came to be what it is, as the schema has it."""

import asyncio
from datetime import date
from typing import Any, Self

import strawberry

from api.context import Info
from api.graphql.types.evidence import Seen, Word
from graph import answers
from graph.days import date_of
from graph.ties.history import Change as Changed
from graph.ties.history import Happening, Month, history, months
from presentation.dates import day
from presentation.explanations import moved, why
from presentation.sentences import word

strawberry.enum(
    Happening,
    description="What could happen to a tie: a message or messages by the one who acts, a word back by the other, an "
    "answer of the one who acts, or your saying that they know each other.",
)


@strawberry.interface(description="How one stands to another on a day, or would.")
class Standing:
    knows: bool = strawberry.field(description="Whether they know them.")
    odds: float | None = strawberry.field(description="How surely they act when the other asks; none for strangers.")
    word: Word | None = strawberry.field(description="The odds in a word; none for strangers.")


@strawberry.type(description="What could happen, and what the odds were then.")
class Change(Standing):
    what: Happening = strawberry.field(description="What could happen.")
    times: int = strawberry.field(description="How often.")

    @classmethod
    def of(cls, found: Changed) -> Self:
        return cls(**_standing(found.strength), what=found.what, times=found.times)


@strawberry.type(description="When a tie reads weaker, or ends, if nothing happens.")
class Turn(Standing):
    on: date = strawberry.field(description="The first such day.")


@strawberry.type(description="A month of a tie: the odds at its end, and what was seen in it.")
class TieMonth(Standing):
    until: date = strawberry.field(description="Its last day; of the last month, the day that the tie speaks of.")
    out: Seen = strawberry.field(description="What the one did towards the other in it.")
    back: Seen = strawberry.field(description="What the other did towards the one in it.")

    @classmethod
    def of(cls, found: Month) -> Self:
        return cls(
            **_standing(found.strength),
            until=date_of(found.day),
            out=Seen.of(found.outbound),
            back=Seen.of(found.inbound),
        )


@strawberry.type(description="How a tie came to be what it is, and what would change it.")
class History:
    why: str = strawberry.field(description="The evidence, how it moved, and what would change it most: a sentence.")
    moved: str = strawberry.field(description="How it moved in the last year: `strong now, fair a year ago`.")
    asked: int = strawberry.field(description="How often the one who acts was asked in the last year, by anybody.")
    answered: int = strawberry.field(description="How often they answered.")
    would_change: list[Change] = strawberry.field(
        description="What could happen, that first which helps most and, of what helps as much, takes least."
    )
    turns: Turn | None = strawberry.field(description="When it reads weaker within a year if nothing happens.")
    months: list[TieMonth] = strawberry.field(description="Month by month, the oldest first.")

    @classmethod
    async def of(cls, info: Info, act: answers.Step, on: int, count: int) -> Self:
        """Of the tie that an act is of, as of a day; asked for with all others that this request wants."""
        by, towards = act.from_person.id, act.to_person.id
        past = await info.context.pasts.load((by, towards))
        # in a thread: a tie of decades is judged some forty times
        found = await asyncio.to_thread(history, past, by, towards, on=on)
        told = await asyncio.to_thread(months, past, by, towards, on=on, count=count)
        return cls(
            why=why(act, found, info.context.me),
            moved=moved(found),
            asked=found.asked,
            answered=found.answered,
            would_change=[Change.of(change) for change in found.changes],
            turns=None if found.turn is None else Turn(**_standing(found.turn.strength), on=day(found.turn.day)),
            months=[TieMonth.of(month) for month in told],
        )


def _standing(odds: float | None) -> dict[str, Any]:
    return {"knows": odds is not None, "odds": odds, "word": None if odds is None else Word(word(odds))}
