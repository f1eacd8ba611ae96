"""GraphQL over HTTP as its specification has it: what every client may rely on."""

from typing import Any

import httpx
import pytest

from api.graphql.endpoint import RESPONSE_TYPE
from tests.api.conftest import SIGNED

JSON = "application/json"
QUESTION = "query Q($yes: Boolean = true) { viewer { asOf @include(if: $yes) } }"
UNASKED = {
    "what is no GraphQL": {"query": "{"},
    "an unknown field": {"query": "{ nothing }"},
    "a variable of another type": {"query": QUESTION, "variables": {"yes": "perhaps"}},
    "too much": {"query": "{" + "viewer { asOf } " * 500 + "}"},
}


@pytest.mark.parametrize(("accept", "kind"), [("*/*", JSON), ("", JSON), (JSON, JSON), (RESPONSE_TYPE, RESPONSE_TYPE)])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"variables": None, "operationName": None, "extensions": None},
        {"variables": {"yes": True}, "operationName": "Q", "extensions": {"some": "value"}},
    ],
    ids=["bare", "nulls", "all"],
)
async def test_an_answer_is_of_the_type_that_was_asked_for(
    client: httpx.AsyncClient, accept: str, kind: str, more: dict[str, Any]
) -> None:
    response = await client.post("/graphql", json={"query": QUESTION, **more}, headers={**SIGNED, "Accept": accept})

    assert (response.status_code, response.headers["content-type"]) == (200, kind)
    assert "errors" not in response.json()


@pytest.mark.parametrize(("accept", "status"), [(JSON, 200), (RESPONSE_TYPE, 400)])
@pytest.mark.parametrize("request_", UNASKED.values(), ids=UNASKED.keys())
async def test_a_row_without_an_answer_has_no_data(
    client: httpx.AsyncClient, request_: dict[str, Any], accept: str, status: int
) -> None:
    response = await client.post("/graphql", json=request_, headers={**SIGNED, "Accept": accept})

    assert response.status_code == status
    assert response.json().keys() == {"errors"}


async def test_two_operations_without_a_name_are_an_error(client: httpx.AsyncClient) -> None:
    two = {"query": "query A { viewer { asOf } } query B { viewer { role } }"}

    response = await client.post("/graphql", json=two, headers={**SIGNED, "Accept": RESPONSE_TYPE})
    named = (await client.post("/graphql", json={**two, "operationName": "B"}, headers=SIGNED)).json()

    (error,) = response.json()["errors"]
    assert response.status_code == 400
    assert (error["extensions"]["code"], "operationName" in error["message"]) == ("BAD_USER_INPUT", True)
    assert "data" not in response.json()
    assert named["data"]["viewer"] == {"role": "OWNER"}


async def test_a_query_by_get_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "{ viewer { asOf } }"}, headers=SIGNED)

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
