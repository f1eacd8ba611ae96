"""The answer to one row of a target list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from graph.answers import AmbiguousTarget, AsleepIntroducer, Candidate, Person, Refusal, Route, Step, UnknownTarget

_SMALLER_LIST = "Send the row again in a smaller list."
UNANSWERED_MESSAGE = f"The time limit of the list ended before this row was answered. {_SMALLER_LIST}"
UNEXPLAINED_MESSAGE = f"There is no route. The time limit ended before the reason was found. {_SMALLER_LIST}"


class TargetOutcome(StrEnum):
    """Outcome of a row: a tie to the viewer, a route, no route, several people match, nobody matches, not answered."""

    KNOWN = "known"
    ROUTE = "route"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    TIMEOUT = "timeout"
    """The time limit of the list ended before the row was answered."""


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """The answer to one row of a target list.

    `rank` counts from 1: first the targets who know the viewer, by strength, then those with a route, by score, last
    those whose tie to the viewer is asleep and who have no route. It uses
    the strengths that the viewer may see, because a rank among thousands would reveal an exact number. `message` is a
    sentence where no person or several match, or where the time limit ended. `similar_people` have a similar name where
    nobody has the name of the row. `refusal` explains why there is no route,
    as the answer for one target does, but has possible connectors only if there is no nearest miss.
    `asleep_introducers` are those that the answer for one target lists apart.
    """

    standing: TargetOutcome
    target: Person | None = None
    tie: Step | None = None
    route: Route | None = None
    withheld_strength: float | None = None
    candidates: tuple[Candidate, ...] = ()
    similar_people: tuple[Person, ...] = ()
    message: str = ""
    refusal: Refusal | None = None
    rank: int | None = None
    same_ids: tuple[str, ...] = ()
    """Ids of all records that are probably the target, where one person matches."""
    introducer_address: str | None = None
    """An e-mail address of the first introducer in the sources in view; `with_addresses` reads it."""
    asleep_introducers: tuple[AsleepIntroducer, ...] = ()

    @property
    def rank_group(self) -> int:
        """0 for targets who know the viewer, 1 for those with a route, 2 for those whose tie is asleep."""
        if self.tie is None:
            return 1
        return (1 if self.route else 2) if self.tie.is_asleep else 0

    @property
    def rank_value(self) -> float:
        """The number that the row is ranked by within its group."""
        if self.tie and self.rank_group != 1:
            return self.tie.strength
        if self.route:
            return self.route.score or prod(step.strength for step in self.route.steps)
        return self.withheld_strength or 0.0


def row_without_target(
    match: AmbiguousTarget | UnknownTarget, similar: Mapping[str, tuple[Person, ...]]
) -> TargetAnswer:
    """Return the row of a question that no person or several match; `similar` are the people with a similar name."""
    if isinstance(match, AmbiguousTarget):
        message = f"{len(match.candidates)} people match: give an e-mail address, a profile or a company."
        return TargetAnswer(TargetOutcome.AMBIGUOUS, candidates=match.candidates, message=message)
    return TargetAnswer(
        TargetOutcome.UNKNOWN, message=match.message, similar_people=similar.get(match.name, match.similar_people)
    )


def with_ranks(rows: list[TargetAnswer]) -> list[TargetAnswer]:
    """Add ranks to the rows with a tie or a route; equal rows keep the order of the list."""
    ranked = [place for place, row in enumerate(rows) if row.standing in (TargetOutcome.KNOWN, TargetOutcome.ROUTE)]
    ranked.sort(key=lambda place: (rows[place].rank_group, -rows[place].rank_value, place))
    ranks = {place: rank for rank, place in enumerate(ranked, 1)}
    return [replace(row, rank=ranks.get(place)) for place, row in enumerate(rows)]
