"""Reads where people studied and when, as sources in view state it.

A source that shares only strengths shows schools without days.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.days import date_of
from graph.insights.rules import insight_rules
from graph.names.keys import company_key
from graph.viewer import Viewer

LIST_EDUCATIONS_OF_PERSON = cypher.load("insights/list_educations_of_person")
LIST_EDUCATIONS_AT_SCHOOLS = cypher.load("insights/list_educations_at_schools")

MAX_EDUCATIONS = 20
"""Maximum number of educations of one person that are compared with those of others."""
_DAYS_OF_YEAR = 365


@dataclass(frozen=True, slots=True)
class VisibleEducation:
    """That a person studied at a school. `since` and `until` are its first and last day, None if unknown."""

    person_id: str
    school_key: str
    since: int | None
    until: int | None

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last day; None if both are unknown. An unknown one is that of studies of usual length."""
        if self.since is None and self.until is None:
            return None
        usual = int(insight_rules()["shared_school"].thresholds["usual_years"]) * _DAYS_OF_YEAR
        first = (self.until or 0) - usual if self.since is None else self.since
        return first, first + usual if self.until is None else self.until

    def includes_day(self, day: int) -> bool:
        """Whether the person studied there on this day, as far as the source states it."""
        return self.span is not None and self.span[0] <= day <= self.span[1]

    def overlaps_years(self, first: int | None, last: int | None) -> bool:
        """Whether the person studied there in one of the years from `first` to `last`. None is no limit."""
        if first is None and last is None:
            return True
        if self.span is None:
            return False
        since, until = (date_of(day).year for day in self.span)
        return (last is None or since <= last) and (first is None or until >= first)


async def read_educations(graph: Graph, viewer: Viewer, person: str) -> list[VisibleEducation]:
    """Return where a person studied, as far as a source states when: MAX_EDUCATIONS at most."""
    rows = await graph.run(
        LIST_EDUCATIONS_OF_PERSON,
        network=viewer.network,
        sources=viewer.evidence_sources,
        id=person,
        limit=MAX_EDUCATIONS,
    )
    return [VisibleEducation(row["id"], row["school_key"], row["since"], row["until"]) for row in rows]


async def educations_at_schools(graph: Graph, viewer: Viewer, schools: Iterable[str]) -> list[VisibleEducation]:
    """Return who studied at schools whose names contain one of these names, from the beginning of a word."""
    keys = [key for name in schools if (key := company_key(name))]
    if not keys:
        return []
    (row,) = await graph.run(
        LIST_EDUCATIONS_AT_SCHOOLS,
        network=viewer.network,
        sources=viewer.sources,
        dated=viewer.evidence_sources,
        schools=keys,
    )
    return [VisibleEducation(*each) for each in row["educations"]]
