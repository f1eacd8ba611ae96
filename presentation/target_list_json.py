"""Answered target lists as JSON."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from graph.answers import Step
from graph.introductions.target_answer import TargetAnswer, TargetOutcome
from graph.names.visible_text import visible_values
from graph.viewer import Viewer
from presentation.answer_json import asleep_introducers_data, candidate_data, day_text, label, person_data
from presentation.sentences import last_contact, message_to_forward, route_summary
from presentation.target_list_csv import answer_message
from sources.tables.target_list import TargetList


def target_list_data(targets: TargetList, answers: Sequence[TargetAnswer], viewer: Viewer) -> dict[str, Any]:
    """Return the rows of the list in their order, each with its outcome, the number of rows by outcome, and notes."""
    return {**_summary(targets, answers, viewer), "targets": [*_rows(targets, answers, viewer)]}


def target_list_pieces(targets: TargetList, answers: Sequence[TargetAnswer], viewer: Viewer) -> Iterator[str]:
    """Yield the object of `target_list_data` as JSON text, without invisible characters.

    A piece has one row, because the candidates of 5,000 rows take hundreds of MB.
    """
    yield _json(_summary(targets, answers, viewer)).removesuffix("}") + ',"targets":['
    for number, row in enumerate(_rows(targets, answers, viewer)):
        yield ("," if number else "") + _json(row)
    yield "]}"


def _json(data: Any) -> str:
    return json.dumps(visible_values(data), ensure_ascii=False, separators=(",", ":"))


def _summary(targets: TargetList, answers: Sequence[TargetAnswer], viewer: Viewer) -> dict[str, Any]:
    return {
        "asOf": day_text(viewer.as_of),
        "counts": {outcome.name: sum(answer.standing is outcome for answer in answers) for outcome in TargetOutcome},
        "notes": list(targets.notes),
    }


def _rows(targets: TargetList, answers: Sequence[TargetAnswer], viewer: Viewer) -> Iterator[dict[str, Any]]:
    for row, answer in zip(targets.rows, answers, strict=True):
        cells = list(zip(targets.header, row.cells, strict=True))
        yield {"line": row.line, "cells": cells, **_answer_data(answer, viewer)}


def _step_data(step: Step) -> dict[str, Any]:
    """The people of a step and the label of its strength."""
    return {
        "fromPerson": person_data(step.from_person),
        "toPerson": person_data(step.to_person),
        "strengthLabel": label(step.strength),
    }


def _answer_data(answer: TargetAnswer, viewer: Viewer) -> dict[str, Any]:
    tie, route = answer.tie, answer.route
    return {
        "rank": answer.rank,
        "outcome": answer.standing.name,
        "target": answer.target and person_data(answer.target),
        "tie": tie
        and {
            "strength": tie.exact_strength,
            "strengthLabel": label(tie.strength),
            "isAsleep": tie.is_silent,
            "isUnreachable": tie.is_unreachable,
        },
        "route": route
        and {
            "introducers": [person_data(person) for person in route.people[:-1]],
            "firstIntroducer": person_data(route.people[0]),
            "summary": route_summary(route),
            "score": route.score,
            "scoreLabel": label(route.score),
            "weakestStep": _step_data(route.weakest_step),
            "startsAtColleague": route.colleague is not None,
            "introducerAddress": answer.introducer_address,
            "lastContact": day_text(last_contact(route.colleague or route.steps[0])),
            "messageToForward": message_to_forward(route),
        },
        "withheldStrengthLabel": label(answer.withheld_strength),
        "message": answer_message(answer) or None,
        "reason": answer.refusal and answer.refusal.reason.name,
        "suggestion": answer.refusal and answer.refusal.suggestion,
        **asleep_introducers_data(answer.asleep_introducers, viewer.person_id or ""),
        "candidates": [candidate_data(candidate) for candidate in answer.candidates],
        "similarPeople": [person_data(person) for person in answer.similar_people],
    }
