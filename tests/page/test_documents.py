"""The GraphQL documents that the page sends: valid for the schema, and within the points of one request."""

import json
from typing import Any

import pytest
from graphql import parse, validate

from api.graphql.request.costs import check
from api.graphql.schema import RULES, schema
from tertius.service_settings import LimitSettings
from tests.page.build import BUILT

DOCUMENTS: dict[str, str] = {
    each["name"]: each["document"] for each in json.loads((BUILT / "documents.json").read_text("utf-8"))
}


def points(name: str) -> int:
    variables: dict[str, Any] = {"maxIntroducers": 2} if "$maxIntroducers" in DOCUMENTS[name] else {}
    return check(
        parse(DOCUMENTS[name]),
        variables,
        schema=schema().definition,
        rules=RULES,
        most=LimitSettings().points_per_request,
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_valid_and_within_the_points_of_a_request(name: str) -> None:
    assert validate(schema().definition, parse(DOCUMENTS[name])) == []
    assert points(name)


def test_a_person_can_ask_three_hundred_questions_in_an_hour() -> None:
    question = points("FindIntroductions") + 2 * points("SuggestPeople")  # the page filters longer names itself

    assert 300 * question <= LimitSettings().points_per_hour
