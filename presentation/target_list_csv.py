"""Answered target lists as CSV, and the texts of their rows."""

from collections.abc import Iterator, Sequence

from graph.answers import Candidate, Step
from graph.days import date_of
from graph.introductions.target_answer import TargetAnswer
from presentation.csv_cells import csv_lines
from presentation.sentences import (
    asleep_note,
    did_you_mean,
    format_day,
    last_contact,
    message_to_forward,
    name_with_job,
    refusal_message,
    route_summary,
    strength_label,
    withheld_message,
)
from sources.tables.target_list import TargetList

ANSWER_COLUMNS = (
    "rank",
    "outcome",
    "person",
    "person_id",
    "first_introducer",
    "introducer_address",
    "colleague",
    "score",
    "score_label",
    "weakest_step",
    "weakest_step_label",
    "last_contact",
    "route",
    "message",
    "reason",
    "suggestion",
    "message_to_forward",
    "asleep_introducers",
    "unreachable_introducers",
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
    route, person = answer.route, answer.target
    score = score_of(answer)
    weakest = route.weakest_step if route else None
    own_step = (route.colleague or route.steps[0]) if route else answer.tie
    contact = last_contact(own_step) if own_step else None
    return [
        answer.rank,
        answer.standing.value,
        person and person.name,
        person and person.id,
        route and name_with_job(route.people[0]),
        answer.introducer_address,
        route and route.colleague and name_with_job(route.colleague.from_person),
        None if score is None else f"{score:.4f}",
        _score_label(answer),
        weakest and f"{weakest.from_person.name} to {weakest.to_person.name}",
        weakest and strength_label(weakest.strength),
        None if contact is None else date_of(contact).isoformat(),
        route and route_summary(route),
        answer_message(answer),
        answer.refusal and answer.refusal.reason.value,
        answer.refusal and answer.refusal.suggestion,
        message_to_forward(route) if route else None,
        _asleep_introducers(answer, are_unreachable=False),
        _asleep_introducers(answer, are_unreachable=True),
        "; ".join(candidate_text(candidate) for candidate in answer.candidates),
    ]


def _asleep_introducers(answer: TargetAnswer, *, are_unreachable: bool) -> str:
    """Return the introducers of one kind, each with the note about the tie to the viewer or to the target."""
    return " ".join(
        f"{name_with_job(one.person)}. {asleep_note(one.tie, _viewer_id(one.tie, answer))}"
        for one in answer.asleep_introducers
        if (one.tie.unreachable is not None) is are_unreachable
    )


def _viewer_id(tie: Step, answer: TargetAnswer) -> str:
    """Return the viewer's id if the tie is one to the viewer, otherwise an empty string."""
    return "" if tie.to_person.id in answer.same_ids else tie.to_person.id


def score_of(answer: TargetAnswer) -> float | None:
    """Return the score of the route, or the strength of the tie; None if the viewer may not see the number."""
    return answer.route.score if answer.route else answer.tie.exact_strength if answer.tie else None


def _score_label(answer: TargetAnswer) -> str | None:
    """Return the label of the number in `score`; where the number is hidden, the label that the viewer may see."""
    if answer.route:
        return None if answer.route.score is None else strength_label(answer.route.score)
    strength = answer.tie.strength if answer.tie else answer.withheld_strength
    return None if strength is None else strength_label(strength)


def answer_message(answer: TargetAnswer) -> str:
    """Return why a row has no route, or not the best one, or a tie that is asleep, and people with a similar name."""
    if answer.target and answer.withheld_strength is not None:
        return withheld_message(answer.withheld_strength, answer.target)
    if answer.refusal:
        return refusal_message(answer.refusal)
    if answer.tie and answer.tie.is_asleep:
        return asleep_note(answer.tie, answer.tie.to_person.id)
    return " ".join(filter(None, (answer.message, did_you_mean(answer.similar_people))))


def candidate_text(candidate: Candidate) -> str:
    """Return a person whom a row may refer to, with what distinguishes them."""
    last = candidate.last_contact
    contact = f", last contact {format_day(last)}" if last is not None else ""
    return f"{name_with_job(candidate.person)}{contact} [{candidate.person.id}]"
