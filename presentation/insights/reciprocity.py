"""The balance of goodwill as sentences, JSON and CSV."""

from collections.abc import Iterable, Iterator

from graph.insights.rules import insight_rules
from graph.requests.balance import Favours, Reciprocity
from presentation.answer_json import Data, person_data
from presentation.csv_cells import csv_lines
from presentation.sentences import format_count

_COUNTS = ("answered", "introduced", "recommended", "endorsed", "thanked")
RECIPROCITY_COLUMNS = (
    "person",
    "title",
    "company",
    "recent_balance",
    *(f"received_{name}" for name in _COUNTS),
    *(f"given_{name}" for name in _COUNTS),
)
"""Columns of the balance as CSV."""


def reciprocity_message(each: Reciprocity) -> str:
    """Say what both did for each other lately."""
    return insight_rules()["goodwill"].explain(
        name=each.name, received=_recent_text(each.recently_received), given=_recent_text(each.recently_given)
    )


def _recent_text(favours: Favours) -> str:
    answers = f"answered {format_count(favours.answered, 'question')}"
    return f"{answers} and made {format_count(favours.introduced, 'introduction')}" if favours.introduced else answers


def favours_text(favours: Favours) -> str:
    """List what one did for the other in all: `12 answers, 1 introduction`."""
    nouns = ("answer", "introduction", "recommendation", "endorsement", "thanks")
    counts = [(getattr(favours, name), noun) for name, noun in zip(_COUNTS, nouns, strict=True)]
    return ", ".join(
        f"{count:,} thanks" if noun == "thanks" else format_count(count, noun) for count, noun in counts if count
    )


def reciprocity_data(rows: Iterable[Reciprocity]) -> list[Data]:
    """The balance with each person, as the query `reciprocity` returns its nodes."""
    return [
        {
            "__typename": "Reciprocity",
            "id": each.id,
            "name": each.name,
            "person": person_data(each.person) if each.person else None,
            "received": _favours_data(each.received),
            "given": _favours_data(each.given),
            "recentlyReceived": _favours_data(each.recently_received),
            "recentlyGiven": _favours_data(each.recently_given),
            "recentBalance": each.recent_balance,
            "message": reciprocity_message(each),
        }
        for each in rows
    ]


def _favours_data(favours: Favours) -> Data:
    return {"__typename": "Favours", **{f"{name}Count": getattr(favours, name) for name in _COUNTS}}


def reciprocity_lines(rows: Iterable[Reciprocity]) -> Iterator[str]:
    """Yield the balance as lines of CSV, the first with the names of the columns."""
    yield from csv_lines([RECIPROCITY_COLUMNS])
    yield from csv_lines(
        (
            each.name,
            each.person and each.person.title,
            each.person and each.person.company,
            each.recent_balance,
            *(getattr(each.received, name) for name in _COUNTS),
            *(getattr(each.given, name) for name in _COUNTS),
        )
        for each in rows
    )
