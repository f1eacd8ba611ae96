"""The documents that commands send: valid for the schema, and within the points of one request."""

from typing import Any

import pytest
from graphql import parse, validate

from api.graphql.request.costs import check
from api.graphql.schema import RULES, schema
from tertius.remote.documents import FOLDER, document
from tertius.remote.questions import MAX_FADING, MAX_REACHABLE, TIE_MONTHS
from tertius.service_settings import LimitSettings

NAMES = sorted(path.stem for path in FOLDER.glob("*.graphql") if path.stem != "fragments")
VARIABLES: dict[str, dict[str, Any]] = {
    "company": {"first": MAX_REACHABLE},
    "company_shown": {"first": MAX_REACHABLE},
    "fading": {"first": MAX_FADING},
    "fading_shown": {"first": MAX_FADING},
    "introductions": {"limit": 5},
    "introductions_shown": {"limit": 5},
    "people": {"first": 20},
    "tie": {"months": TIE_MONTHS},
}
"""The sizes of lists that commands ask for by default. The other documents have no size."""


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_valid_and_within_the_points_of_a_request(name: str) -> None:
    definition = schema().definition
    parsed = parse(document(name))

    assert validate(definition, parsed) == []
    check(
        parsed,
        VARIABLES.get(name, {}),
        schema=definition,
        rules=RULES,
        most=LimitSettings().points_per_request,
    )
