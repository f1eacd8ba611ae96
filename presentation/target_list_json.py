"""Target list json."""

from collections.abc import Sequence
from typing import Any

from graph.answers import Person
from graph.days import date_of
from graph.introductions.target_list import Standing, TargetAnswer
from graph.viewer import Viewer
from presentation.sentences import steps, weakest, word
from presentation.target_list_csv import why
from sources.tables.target_list import TargetList


def data(found: TargetList, ranked: Sequence[TargetAnswer], viewer: Viewer) -> dict[str, Any]:
    """The same for programs."""
    return {
        "as_of": _day(viewer.as_of),
        "counts": {standing.value: sum(one.standing is standing for one in ranked) for standing in Standing},
        "targets": [
            {"line": row.line, "row": list(zip(found.header, row.cells, strict=True)), **_data(one)}
            for row, one in zip(found.rows, ranked, strict=True)
        ],
    }


def _data(found: TargetAnswer) -> dict[str, Any]:
    act, route = found.tie, found.route
    return {
        "rank": found.rank,
        "standing": found.standing.value,
        "target": found.target and _person(found.target),
        "knows_you": act and {"word": word(act.strength), "odds": act.exact_strength},
        "route": route
        and {
            "people": [_person(person) for person in route.people],
            "steps": steps(route),
            "word": word(weakest(route).strength),
            "odds": route.score,
            "colleague": route.colleague is not None,
        },
        "through_team": None if found.withheld_strength is None else word(found.withheld_strength),
        "why": why(found) or None,
        "candidates": [
            {**_person(one.person), "last_contact": _day(one.last_contact), "sources": list(one.sources)}
            for one in found.candidates
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "title": person.title, "company": person.company}


def _day(found: int | None) -> str | None:
    return None if found is None else date_of(found).isoformat()
