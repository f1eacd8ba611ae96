"""Answered target lists as CSV, and the texts of their rows."""

from collections.abc import Iterator, Sequence

from graph.answers import Candidate
from graph.introductions.target_list import TargetAnswer
from presentation.csv_cells import csv_lines
from presentation.sentences import (
    format_day,
    name_with_job,
    route_summary,
    strength_label,
    weakest_step,
    withheld_message,
)
from sources.tables.target_list import TargetList

ANSWER_COLUMNS = (
    "rank",
    "outcome",
    "person",
    "person_id",
    "first_introducer",
    "strength_label",
    "score",
    "route",
    "message",
    "candidates",
)
"""Columns that follow those of the list, with the prefix `tertius_`."""


def target_list_lines(targets: TargetList, answers: Sequence[TargetAnswer]) -> Iterator[str]:
    """Yield the list as CSV: its own columns, then the answers. Answer columns of an earlier run are replaced.

    The text begins with the byte order mark by which Excel recognises UTF-8.
    """
    columns = [f"tertius_{name}" for name in ANSWER_COLUMNS]
    kept = [index for index, name in enumerate(targets.header) if name not in columns]
    rows = (
        [row.cells[index] for index in kept] + _cells(answer) for row, answer in zip(targets.rows, answers, strict=True)
    )
    yield "\ufeff"
    yield from csv_lines([[targets.header[index] for index in kept] + columns])
    yield from csv_lines(rows)


def _cells(answer: TargetAnswer) -> list[object]:
    tie, route, person = answer.tie, answer.route, answer.target
    score = route.score if route else tie.exact_strength if tie else None
    return [
        answer.rank,
        answer.standing.value,
        person and person.name,
        person and person.id,
        route and name_with_job(route.people[0]),
        _strength_label(answer),
        None if score is None else f"{score:.4f}",
        route and route_summary(route),
        answer_message(answer),
        "; ".join(candidate_text(candidate) for candidate in answer.candidates),
    ]


def _strength_label(answer: TargetAnswer) -> str | None:
    strength = label_strength(answer)
    return None if strength is None else strength_label(strength)


def label_strength(answer: TargetAnswer) -> float | None:
    """Return the strength that the label of a row describes: that of the tie to the viewer, or of the weakest step."""
    step = weakest_step(answer.route) if answer.route and not answer.tie else answer.tie
    return step.strength if step else answer.withheld_strength


def answer_message(answer: TargetAnswer) -> str:
    """Return the reason why a row has no route, or not the best one; empty otherwise."""
    if answer.target and answer.withheld_strength is not None:
        return withheld_message(answer.withheld_strength, answer.target)
    return answer.message


def candidate_text(candidate: Candidate) -> str:
    """Return a person whom a row may refer to, with what distinguishes them."""
    last = candidate.last_contact
    contact = f", last contact {format_day(last)}" if last is not None else ""
    return f"{name_with_job(candidate.person)}{contact} [{candidate.person.id}]"
