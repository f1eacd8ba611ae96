"""The documents that commands send: valid for the schema, and within the points of one request."""

from typing import Any

import pytest
from graphql import parse, validate

from api.graphql.request.costs import check
from api.graphql.schema import RULES, schema
from tertius.remote.client import PAGE_SIZE
from tertius.remote.documents import FOLDER, document
from tertius.remote.questions import MAX_FADING, MAX_REACHABLE, TIE_MONTHS
from tertius.service_settings import LimitSettings

NAMES = sorted(path.stem for path in FOLDER.glob("*.graphql") if path.stem != "fragments")
PAGED = (
    "archived_people",
    "audit_entries",
    "contact_plans",
    "erasure_requests",
    "excluded_introducers",
    "hidden_contacts",
    "identity_decisions",
    "invitation_review",
    "invitations",
    "listed_people",
    "members",
    "notices_due",
    "notices_due_shown",
    "nurture_suggestions",
    "notifications",
    "possible_duplicates",
    "prune_suggestions",
    "reciprocity",
    "requests",
    "sources",
    "statements",
    "tags",
    "tokens",
    "webhooks",
)
VARIABLES: dict[str, dict[str, Any]] = {
    "company": {"first": MAX_REACHABLE},
    "company_shown": {"first": MAX_REACHABLE},
    "fading": {"first": MAX_FADING},
    "fading_shown": {"first": MAX_FADING},
    "introductions": {"limit": 5},
    "introductions_shown": {"limit": 5},
    "people": {"first": 20},
    "tie": {"months": TIE_MONTHS},
    **{name: {"first": PAGE_SIZE} for name in PAGED},
}
"""The sizes of lists that commands ask for by default. The other documents have no size."""


QUESTIONS_PER_HOUR = 100
"""Questions to a server that a person can ask in an hour, with the default limits."""


def points(name: str) -> int:
    limits = LimitSettings()
    return check(
        parse(document(name)),
        VARIABLES.get(name, {}),
        schema=schema().definition,
        rules=RULES,
        most=limits.points_per_request,
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_valid_and_within_the_points_of_a_request(name: str) -> None:
    assert validate(schema().definition, parse(document(name))) == []
    assert points(name)


def test_a_person_can_ask_a_hundred_questions_in_an_hour() -> None:
    for name in ("introductions", "introductions_shown", "people", "send_request"):
        assert QUESTIONS_PER_HOUR * points(name) <= LimitSettings().points_per_hour, name
