"""The documents that commands send: valid for the schema, and within the points of one request."""

from typing import Any

import httpx
import pytest
from graphql import parse, validate

from api.graphql.request.costs import check
from api.graphql.schema import RULES, schema
from tertius.remote.client import LATER_PAGE_SIZE, PAGE_SIZE, ServerClient
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
    "members",
    "notices_due",
    "notices_due_shown",
    "nurture_suggestions",
    "notifications",
    "possible_duplicates",
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


def points(name: str, **variables: int) -> int:
    limits = LimitSettings()
    return check(
        parse(document(name)),
        VARIABLES.get(name, {}) | variables,
        schema=schema().definition,
        rules=RULES,
        most=limits.points_per_request,
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_valid_and_within_the_points_of_a_request(name: str) -> None:
    assert validate(schema().definition, parse(document(name))) == []
    assert points(name)


@pytest.mark.parametrize("name", PAGED)
def test_a_later_page_is_within_the_points_of_a_request(name: str) -> None:
    assert points(name, first=LATER_PAGE_SIZE)


def test_a_list_is_read_in_pages_that_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def query(self: ServerClient, _: str, *, first: int, after: str | None) -> dict[str, Any]:
        sizes.append(first)
        begin = int(after or 0)
        end = min(begin + first, 130)
        info = {"hasNextPage": end < 130, "endCursor": str(end)}
        return {"tags": {"nodes": [{"id": number} for number in range(begin, end)], "pageInfo": info}}

    monkeypatch.setattr(ServerClient, "query", query)
    client = ServerClient("https://server.example", "token", httpx.Client())
    assert [node["id"] for node in client.query_pages("tags", "tags")] == [*range(130)]
    assert sizes == [PAGE_SIZE, LATER_PAGE_SIZE, LATER_PAGE_SIZE, LATER_PAGE_SIZE]
    assert len(client.query_pages("tags", "tags", limit=25)) == 25


def test_a_person_can_ask_a_hundred_questions_in_an_hour() -> None:
    for name in ("introductions", "introductions_shown", "people", "send_request"):
        assert QUESTIONS_PER_HOUR * points(name) <= LimitSettings().points_per_hour, name
