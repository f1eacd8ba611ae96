"""Suggestions to archive connections, and archived connections, as sentences, JSON and CSV."""

from collections.abc import Iterable, Iterator, Sequence

from graph.insights.review.archived_connections import ArchivedPerson
from graph.insights.review.prune import PruneReason, PruneSuggestion
from graph.insights.rules import insight_rules
from presentation.answer_json import Data, day_text, label, person_data
from presentation.csv_cells import csv_lines
from presentation.sentences import format_day

PRUNE_COLUMNS = ("name", "title", "company", "rules", "reason", "connected on", "last contact")
"""Columns of the suggestions as CSV."""
ARCHIVED_COLUMNS = ("name", "title", "company", "archived on", "rule", "last contact", "review")
"""Columns of archived people as CSV. The review is why to decide again."""
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


def reasons_text(data: Data) -> str:
    """All reasons of a suggestion or of a review, the most important first."""
    return " ".join(reason["sentence"] for reason in data["reasons"])


def prune_csv(suggestions: Iterable[Data]) -> Iterator[str]:
    """Yield suggestions, as `prune_data` returns them, as lines of CSV."""
    return csv_lines(_prune_rows(suggestions))


def _prune_rows(suggestions: Iterable[Data]) -> Iterator[Sequence[object]]:
    yield PRUNE_COLUMNS
    for each in suggestions:
        yield (
            each["person"]["name"],
            each["person"]["title"],
            each["person"]["company"],
            " ".join(reason["rule"].lower() for reason in each["reasons"]),
            reasons_text(each),
            each["listedOn"],
            each["lastContact"],
        )


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


def archived_csv(archived: Iterable[Data]) -> Iterator[str]:
    """Yield archived people, as `archived_data` returns them, as lines of CSV."""
    return csv_lines(_archived_rows(archived))


def _archived_rows(archived: Iterable[Data]) -> Iterator[Sequence[object]]:
    yield ARCHIVED_COLUMNS
    for each in archived:
        person = each["person"] or {"name": None, "title": None, "company": None}
        yield (
            person["name"],
            person["title"],
            person["company"],
            each["archivedOn"],
            each["rule"] and each["rule"].lower(),
            each["lastContact"],
            each["message"],
        )
