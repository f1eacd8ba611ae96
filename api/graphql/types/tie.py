"""Ties between two people."""

import asyncio
from datetime import date
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.evidence import ASLEEP, UNREACHABLE, Evidence
from api.graphql.types.person import Person
from api.graphql.types.tie_history import TieHistory
from graph import answers
from graph.days import date_of, day_of
from graph.ties.history import MOST_MONTHS
from operations.questions.ties import tie_in_past
from presentation.sentences import evidence_text, strength_label


@strawberry.type(description="The tie of one person to another. It is directed: the opposite direction may differ.")
class Tie:
    from_person: Person = strawberry.field(description="The person who knows, or does not know, the other.")
    to_person: Person = strawberry.field(description="The person who is known, or not known.")
    as_of: date = strawberry.field(description="The date that the tie is valid for.")
    knows: bool = strawberry.field(
        description="Whether `fromPerson` knows `toPerson`: `fromPerson` contacted `toPerson`, the last contact is at "
        "most 1,096 days before `coverageUntil`, and the strength is 0.2 or more; or the viewer states it. People of "
        "other organisations know a member only if the member contacted them too, or the viewer states it."
    )
    strength: float | None = strawberry.field(
        description="The probability that `fromPerson` responds when `toPerson` asks, 0 to 1. Null if there is no "
        "tie, or if only the label is shared."
    )
    strength_label: StrengthLabel | None = strawberry.field(
        description="The strength as a label. Null if there is no tie."
    )
    evidence: str = strawberry.field(description="The evidence for the tie in a sentence.")
    outbound: Evidence = strawberry.field(description="The interactions from `fromPerson` to `toPerson`.")
    inbound: Evidence = strawberry.field(description="The interactions from `toPerson` to `fromPerson`.")
    is_asleep: bool = strawberry.field(description=ASLEEP)
    is_unreachable: bool = strawberry.field(description=UNREACHABLE)
    step: strawberry.Private[answers.Step]

    @query(description="How the tie developed, and what would change it.", cost=10)
    async def history(
        self,
        info: Info,
        months: Annotated[
            int, strawberry.argument(description=f"The number of months to return, 0 to {MOST_MONTHS}.")
        ] = 12,
    ) -> TieHistory:
        if not 0 <= months <= MOST_MONTHS:
            raise InvalidArgument(f"`months` is 0 to {MOST_MONTHS}.")
        return await TieHistory.read(info, self.step, day_of(self.as_of), months)

    @classmethod
    async def between(cls, info: Info, from_id: str, to_id: str, as_of: date | None = None) -> Self:
        """The tie of one person to another, both ids. Loaders batch it with the other ties of the request.

        For an `as_of` date it is derived from the evidence up to that date; otherwise the stored tie is read.
        """
        context = info.context
        from_person, to_person = await asyncio.gather(context.people.get(from_id), context.people.get(to_id))
        day = context.viewer.as_of if as_of is None else day_of(as_of)
        if as_of is None:
            current = await context.ties.get((from_id, to_id))
        else:
            past = await context.pasts.get((from_id, to_id))
            current = await asyncio.to_thread(tie_in_past, past, (from_id, to_id), day)
        tie = current.tie
        step = answers.Step(
            from_person=from_person,
            to_person=to_person,
            strength=tie.strength if tie else 0.0,
            outbound=current.outbound,
            inbound=current.inbound,
            label_only=tie is not None and tie.label_only,
            is_asleep=tie is not None and tie.is_asleep,
            is_unreachable=tie is not None and tie.is_unreachable,
            unreachable=current.unreachable,
        )
        return cls.from_step(step, day, context.viewer_person_id, knows=tie is not None)

    @classmethod
    def from_step(cls, step: answers.Step, on: int, viewer_person_id: str, *, knows: bool) -> Self:
        """The tie of a step as of a day, in the words for the viewer."""
        return cls(
            from_person=Person.from_person(step.from_person),
            to_person=Person.from_person(step.to_person),
            as_of=date_of(on),
            knows=knows,
            strength=step.exact_strength if knows else None,
            strength_label=StrengthLabel(strength_label(step.strength)) if knows else None,
            evidence=evidence_text(step, on, viewer_person_id),
            outbound=Evidence.from_evidence(step.outbound),
            inbound=Evidence.from_evidence(step.inbound),
            is_asleep=step.is_silent,
            is_unreachable=step.is_unreachable,
            step=step,
        )
