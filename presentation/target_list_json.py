"""Answered target lists as JSON."""

from collections.abc import Sequence
from typing import Any

from graph.introductions.target_list import Standing, TargetAnswer
from graph.viewer import Viewer
from presentation.answer_json import candidate_data, day_text, label, person_data
from presentation.sentences import steps, weakest
from presentation.target_list_csv import why
from sources.tables.target_list import TargetList


def data(found: TargetList, ranked: Sequence[TargetAnswer], viewer: Viewer) -> dict[str, Any]:
    """The rows of the list in their order, each with its outcome, and the number of rows by outcome."""
    return {
        "asOf": day_text(viewer.as_of),
        "counts": {standing.name: sum(one.standing is standing for one in ranked) for standing in Standing},
        "targets": [
            {"line": row.line, "cells": list(zip(found.header, row.cells, strict=True)), **_data(one)}
            for row, one in zip(found.rows, ranked, strict=True)
        ],
    }


def _data(found: TargetAnswer) -> dict[str, Any]:
    tie, route = found.tie, found.route
    return {
        "rank": found.rank,
        "outcome": found.standing.name,
        "target": found.target and person_data(found.target),
        "tie": tie and {"strength": tie.exact_strength, "strengthLabel": label(tie.strength)},
        "route": route
        and {
            "introducers": [person_data(person) for person in route.people[:-1]],
            "firstIntroducer": person_data(route.people[0]),
            "summary": steps(route),
            "score": route.score,
            "strengthLabel": label(weakest(route).strength),
            "startsAtColleague": route.colleague is not None,
        },
        "withheldStrengthLabel": label(found.withheld_strength),
        "message": why(found) or None,
        "candidates": [candidate_data(one) for one in found.candidates],
    }
