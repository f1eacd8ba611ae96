"""The query `fadingTies`."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

import strawberry

from api.context import Info
from api.graphql.field import TagFilter, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.enums import StrengthLabel
from api.graphql.types.evidence import Step
from api.request_limits import MAX_FADING_TIES
from graph.insights import fading
from graph.insights.tags import find_tag
from graph.viewer import Viewer
from presentation.dates import to_date
from presentation.sentences import fading_message, strength_label


@strawberry.enum(description="What a fading tie becomes. WEAK: a weak tie. COLD: no tie.")
class FadingOutcome(StrEnum):
    WEAK = "weak"
    COLD = "cold"


@strawberry.type(
    description="A tie to the viewer that becomes WEAK, or ends, within the given days without new contact. A tie that "
    "is already WEAK is listed only if it ends."
)
class FadingTie:
    step: Step = strawberry.field(description="The current tie to the viewer.")
    weakens_on: date = strawberry.field(description="The first date on which the tie is weak or gone.")
    outcome: FadingOutcome = strawberry.field(description="What the tie becomes.")
    last_contact: date | None = strawberry.field(description="The date of the last interaction. Null if there is none.")
    strength_label_after_contact: StrengthLabel = strawberry.field(
        description="The strength label that the tie would have after one exchange today."
    )
    message: str = strawberry.field(description="The fading tie described in a sentence.")

    @classmethod
    def from_tie(cls, fading_tie: fading.FadingTie, viewer: Viewer) -> Self:
        days = [
            seen.last_day for seen in (fading_tie.tie.outbound, fading_tie.tie.inbound) if seen.last_day is not None
        ]
        return cls(
            step=Step.from_step(fading_tie.tie, viewer),
            weakens_on=to_date(fading_tie.weakens_on),
            outcome=FadingOutcome.COLD if fading_tie.ends else FadingOutcome.WEAK,
            last_contact=to_date(max(days, default=None)),
            strength_label_after_contact=StrengthLabel(strength_label(fading_tie.strength_after_contact)),
            message=fading_message(fading_tie, viewer.as_of),
        )


@strawberry.type
class FadingQuery:
    @query(
        description="List ties to the viewer that become WEAK, or end, within some days unless there is new contact. "
        "The earliest comes first.",
        cost=100,
    )
    async def fading_ties(
        self,
        info: Info,
        within: Annotated[
            int, strawberry.argument(description=f"The number of days to look ahead, 1 to {fading.MAX_DAYS_AHEAD}.")
        ] = 30,
        first: Annotated[
            int, strawberry.argument(description=f"The maximum number of ties, 1 to {MAX_FADING_TIES}.")
        ] = 20,
        tag: TagFilter = None,
    ) -> list[FadingTie]:
        if not 1 <= within <= fading.MAX_DAYS_AHEAD:
            raise InvalidArgument(f"`within` is 1 to {fading.MAX_DAYS_AHEAD}.")
        if not 1 <= first <= MAX_FADING_TIES:
            raise InvalidArgument(f"`first` is 1 to {MAX_FADING_TIES}.")
        context = info.context
        among = None if tag is None else (await find_tag(context.graph, context.viewer, tag)).people
        rows = await fading.list_fading_ties(context.graph, context.state, context.viewer, within=within, among=among)
        return [FadingTie.from_tie(each, context.viewer) for each in rows[:first]]
