"""People whom the rows of a search by name describe: probable duplicates count as one person."""

from dataclasses import dataclass
from typing import Any

from graph.names.keys import company_owns_domain
from graph.ties.evidence import Tie, visible_tie

PRESENT_JOB, FORMER_JOB = 2, 1
"""Ranks of a match at a company."""


@dataclass(slots=True)
class MatchedPerson:
    """Matches that are probably one person, best first."""

    rows: list[dict[str, Any]]
    same: set[str]

    @property
    def id(self) -> str:
        return str(self.rows[0]["id"])

    @property
    def ids(self) -> set[str]:
        return {row["id"] for row in self.rows} | self.same

    @property
    def shared(self) -> bool:
        return all(row["shared"] for row in self.rows)

    @property
    def quality(self) -> int:
        return max(int(row["quality"]) for row in self.rows)

    @property
    def last(self) -> int | None:
        return max((row["last"] for row in self.rows if row["last"] is not None), default=None)

    def tie(self, hidden: set[str]) -> Tie | None:
        """Return the strongest of their ties; those of `hidden` ids show only a label."""
        ties = [
            visible_tie(row["strength"], label_only=row["id"] in hidden)
            for row in self.rows
            if row["strength"] is not None
        ]
        return max(ties, key=lambda tie: tie.strength, default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({kind for row in self.rows for kind in row["kinds"]}))

    def job_rank(self, company: str) -> int:
        """Return PRESENT_JOB if the person works at the company, FORMER_JOB if they worked there, else 0."""
        now = any(_is(company, employer) for row in self.rows for employer in row["now"])
        mail = any(company_owns_domain(company, domain) for row in self.rows for domain in row["domains"])
        once = any(_is(company, employer) for row in self.rows for employer in row["once"])
        return PRESENT_JOB if now or mail else FORMER_JOB if once else 0


def people_of_rows(rows: list[dict[str, Any]]) -> list[MatchedPerson]:
    """Join matches that are probably one person, in the order of their best match."""
    humans: dict[int, MatchedPerson] = {}
    places: dict[str, int] = {}
    for number, row in enumerate(rows):
        ids = {row["id"], *row["same"]}
        first, *others = sorted({places[id] for id in ids if id in places}) or [number]
        human = humans.setdefault(first, MatchedPerson([], set()))
        human.rows.append(row)
        human.same |= ids
        for other in others:
            joined = humans.pop(other)
            human.rows += joined.rows
            human.same |= joined.same
        places |= dict.fromkeys(human.same if others else ids, first)
    return [*humans.values()]


def _is(asked: str, company: str | None) -> bool:
    return company is not None and f"{company} ".startswith(f"{asked} ")
