"""API4: the size, the number and the cost of requests have limits, whichever door a client chooses.

`make drills` sends the dearest and the slowest requests to a running service (tests/drills).
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j
import pytest

from api.http.target_list import MAX_LIST_BYTES
from api.request_limits import MAX_BODY_BYTES
from operations.uploads import files
from tests.api.conftest import LIMITS
from tests.owasp.conftest import Service, create_networks, listening, signed

LOAD = 'mutation { createLoadJob(input: {fileName: "a.mbox"}) { job { uploadPath } } }'


async def endless(size: int) -> AsyncIterator[bytes]:
    """A body without a stated length."""
    for _ in range(size // 2**16 + 2):
        yield b" " * 2**16


async def upload_path(service: Service) -> str:
    return str((await service.ask("ben", LOAD))["data"]["createLoadJob"]["job"]["uploadPath"])


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/graphql", MAX_BODY_BYTES),
        ("/mcp", MAX_BODY_BYTES),
        ("/join", MAX_BODY_BYTES),
        ("/targets", MAX_LIST_BYTES),
    ],
)
async def test_a_body_that_is_too_large_is_refused(service: Service, path: str, most: int) -> None:
    headers = {**signed("ben"), "Content-Type": "application/json"}
    response = await service.client.post(path, content=endless(most), headers=headers)

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


async def test_an_upload_that_is_too_large_is_refused_and_leaves_nothing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await upload_path(service)
    monkeypatch.setattr(files, "MAX_UPLOAD_BYTES", 2**17)
    response = await service.client.put(path, content=endless(2**17), headers=signed("ben"))

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize(
    "query",
    [
        '{ people(search: "a", first: 51) { edges { cursor } } }',
        '{ introductions(to: {id: "a"}, limit: 21) { __typename } }',
        '{ tie(to: {email: "ida@near.example"}) { ... on Tie { history(months: 61) { explanation } } } }',
        "{ members(first: 2147483647) { nodes { id } } }",
    ],
)
async def test_a_page_has_a_maximum(service: Service, query: str) -> None:
    answer = await service.ask("ben", query)

    assert answer["errors"][0]["extensions"]["code"] in (
        "BAD_USER_INPUT",
        "QUERY_TOO_COMPLEX",
        "GRAPHQL_VALIDATION_FAILED",
    )


async def test_simultaneous_requests_cannot_exceed_the_points_of_a_member(
    driver: neo4j.AsyncDriver, tmp_path: Path
) -> None:
    await create_networks(driver)
    search = {"query": '{ people(search: "ida", first: 1) { edges { node { id } } } }'}  # 12 points
    doors: list[tuple[str, dict[str, Any]]] = [("/graphql", {"json": search}), ("/targets", {"content": b"Name\nIda"})]
    for path, options in doors:
        async with listening(driver, tmp_path, replace(LIMITS, points_per_hour=45)) as service:
            answers = await asyncio.gather(
                *(service.client.post(path, headers=signed("ben"), **options) for _ in range(12))
            )
            other = await service.client.post(path, headers=signed("ana"), **options)

        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200] * (3 if path == "/graphql" else 2) + [429] * (9 if path == "/graphql" else 10)
        assert all("x-ratelimit-reset" in answer.headers for answer in answers)
        assert other.status_code == 200
