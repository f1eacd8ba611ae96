"""Suggestions to archive connections, and archived connections, as sentences, JSON and CSV."""

from collections.abc import Iterable, Iterator, Sequence

from graph.insights.review.archived_connections import ArchivedPerson
from graph.insights.review.prune import PruneReason, PruneSuggestion
from graph.insights.rules import insight_rules
from presentation.answer_json import Data, day_text, label, person_data
from presentation.csv_cells import csv_lines
from presentation.sentences import format_day, name_with_job

PRUNE_COLUMNS = ("name", "title", "company", "rules", "reason", "connected on", "last contact")
"""Columns of the suggestions as CSV."""
_YEAR = 365


def prune_sentence(reason: PruneReason) -> str:
    """Why a rule suggests to archive a person."""
    return reason.rule.rule.explain(
        day="" if reason.day is None else format_day(reason.day),
        count=reason.count,
        years=reason.silent_days // _YEAR,
        company=reason.company,
        signs=", ".join(reason.signs),
    )


def prune_message(suggestion: PruneSuggestion) -> str:
    """All reasons of a suggestion, the most important first."""
    return " ".join(map(prune_sentence, suggestion.reasons))


def prune_data(suggestion: PruneSuggestion) -> Data:
    """A suggestion, as the query `pruneSuggestions` returns it."""
    listed = suggestion.listed
    return {
        "__typename": "PruneSuggestion",
        "person": person_data(listed.person),
        "reasons": [
            {
                "__typename": "PruneReason",
                "rule": reason.rule.name,
                "sentence": prune_sentence(reason),
                "signs": list(reason.signs),
            }
            for reason in suggestion.reasons
        ],
        "listedOn": day_text(listed.listed_on),
        "lastContact": day_text(listed.last_contact),
        "outboundCount": listed.outwards.count,
        "inboundCount": listed.inwards.count,
        "strengthLabel": label(listed.strength),
    }


def prune_csv(suggestions: Iterable[PruneSuggestion]) -> Iterator[str]:
    """Yield the suggestions as lines of CSV."""
    return csv_lines(_prune_rows(suggestions))


def _prune_rows(suggestions: Iterable[PruneSuggestion]) -> Iterator[Sequence[object]]:
    yield PRUNE_COLUMNS
    for suggestion in suggestions:
        listed = suggestion.listed
        yield (
            listed.person.name,
            listed.person.title,
            listed.person.company,
            " ".join(reason.rule for reason in suggestion.reasons),
            prune_message(suggestion),
            day_text(listed.listed_on),
            day_text(listed.last_contact),
        )


def archived_name(one: ArchivedPerson) -> str:
    """The name and job of an archived person."""
    return "a person whom your sources no longer name" if one.person is None else name_with_job(one.person)


def review_message(one: ArchivedPerson) -> str | None:
    """Why the viewer should decide again about an archived person; None if there is no reason."""
    last = one.listed.last_contact if one.listed else None
    if one.has_come_back and last is not None:
        return insight_rules()["came_back"].explain(day=format_day(last))
    return insight_rules()["archive_review"].explain() if one.is_due else None


def archived_data(one: ArchivedPerson) -> Data:
    """An archived person, as the query `archivedPeople` returns it."""
    return {
        "__typename": "ArchivedPerson",
        "id": one.archived.id,
        "person": None if one.person is None else person_data(one.person),
        "archivedOn": day_text(one.archived.day),
        "rule": one.archived.rule and one.archived.rule.upper(),
        "lastContact": day_text(one.listed.last_contact if one.listed else None),
        "hasComeBack": one.has_come_back,
        "isReviewDue": one.is_due,
        "message": review_message(one),
    }
