"""The history of a tie, and the events that would change it."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any, Self

import strawberry

from api.context import Info
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.evidence import Evidence
from graph import answers
from graph.days import date_of
from graph.ties.history import HypotheticalChange, Month, TieEvent, history, months
from presentation.dates import to_date
from presentation.explanations import tie_explanation, trend
from presentation.sentences import strength_label

strawberry.enum(
    TieEvent,
    name="TieEvent",
    description="An event that could change a tie. MESSAGE: `fromPerson` writes to `toPerson`. REPLY: `toPerson` "
    "writes back. ANSWER: `fromPerson` answers a request of `toPerson` within 14 days. STATEMENT: the viewer states "
    "that `fromPerson` knows `toPerson`.",
)


@strawberry.interface(description="The state of a tie on a date, or after an event.")
class TieState:
    knows: bool = strawberry.field(description="Whether `fromPerson` knows `toPerson`.")
    strength: float | None = strawberry.field(
        description="The probability that `fromPerson` responds, 0 to 1. Null if there is no tie."
    )
    strength_label: StrengthLabel | None = strawberry.field(
        description="The strength as a label. Null if there is no tie."
    )


@strawberry.type(description="An event that could change the tie, and the state of the tie after it.")
class PossibleChange(TieState):
    event: TieEvent = strawberry.field(description="The event.")
    count: int = strawberry.field(description="The number of times the event must occur, 1 to 10.")

    @classmethod
    def from_change(cls, change: HypotheticalChange) -> Self:
        return cls(**_state(change.strength), event=change.event, count=change.times)


@strawberry.type(description="The next time the tie gets a weaker label, or ends, without new contact.")
class TieWeakening(TieState):
    starts_on: date = strawberry.field(description="The first date with the new state.")


@strawberry.type(description="One month of a tie: its state at the end, and the interactions in it.")
class TieMonth(TieState):
    ends_on: date = strawberry.field(
        description="The last date of the month. For the newest month, the date that the tie is valid for."
    )
    outbound: Evidence = strawberry.field(description="The month's interactions from `fromPerson` to `toPerson`.")
    inbound: Evidence = strawberry.field(description="The month's interactions from `toPerson` to `fromPerson`.")

    @classmethod
    def from_month(cls, month: Month) -> Self:
        return cls(
            **_state(month.strength),
            ends_on=date_of(month.day),
            outbound=Evidence.from_evidence(month.outbound),
            inbound=Evidence.from_evidence(month.inbound),
        )


@strawberry.type(description="How a tie developed, and what would change it.")
class TieHistory:
    explanation: str = strawberry.field(description="The evidence, the trend and the most useful event in a sentence.")
    trend: str = strawberry.field(description="The change within a year, such as `strong now, fair a year ago`.")
    asked_count: int = strawberry.field(
        description="The number of requests of all people to `fromPerson` in the last year that sources cover."
    )
    answered_count: int = strawberry.field(description="The number of these requests that `fromPerson` answered.")
    possible_changes: list[PossibleChange] = strawberry.field(
        description="Events and the tie after each. Contacts come first, by the label reached, then by `count`; the "
        "statement comes last."
    )
    weakening: TieWeakening | None = strawberry.field(
        description="The next weakening without new contact. Null if there is none within a year."
    )
    compute_months: strawberry.Private[Callable[[], list[Month]]]

    @strawberry.field(description="The requested months, the oldest first.")
    async def months(self) -> list[TieMonth]:
        return [TieMonth.from_month(month) for month in await asyncio.to_thread(self.compute_months)]

    @classmethod
    async def read(cls, info: Info, step: answers.Step, on: int, count: int) -> Self:
        """The history of a step's tie as of a day. A loader batches it with the others of the request."""
        from_id, to_id = step.from_person.id, step.to_person.id
        past = await info.context.pasts.get((from_id, to_id))
        # in a thread: a tie of decades is derived for about forty dates
        tie_history = await asyncio.to_thread(history, past, from_id, to_id, on=on)
        return cls(
            explanation=tie_explanation(step, tie_history, info.context.viewer_person_id),
            trend=trend(tie_history),
            asked_count=tie_history.asked,
            answered_count=tie_history.answered,
            possible_changes=[PossibleChange.from_change(change) for change in tie_history.changes],
            weakening=None
            if tie_history.turn is None
            else TieWeakening(**_state(tie_history.turn.strength), starts_on=to_date(tie_history.turn.day)),
            compute_months=lambda: months(past, from_id, to_id, on=on, count=count),
        )


def _state(strength: float | None) -> dict[str, Any]:
    label = None if strength is None else StrengthLabel(strength_label(strength))
    return {"knows": strength is not None, "strength": strength, "strength_label": label}
