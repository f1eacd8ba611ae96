"""Hostile documents: each is rejected before a query runs for it. And limits of cost."""

import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import LIMITS, SIGNED, Counting, served

BOMB = "{viewer{person{...f0}}}" + "".join(
    f"fragment f{n} on Person{{...f{n + 1} ...f{n + 1} ...f{n + 1}}}" for n in range(25)
)
ALIASES_BY_SPREADING = "{" + "...a " * 16 + "} fragment a on Query { b: viewer { asOf } }"
NODE = "{id name tie{fromPerson"
ROUTES = "{... on Introductions{routes{score}}}"
STEPS = "{... on Introductions{routes{steps{strength fromPerson{tie{strength}}}}}}"

MEMORY = 20 * 2**20
"""Bytes that the rejection of a document may take."""

HOSTILE = {
    "fragments that spread each other threefold": BOMB + "fragment f25 on Person{a:id}",
    "fragments in a circle": "{viewer{person{...a}}} fragment a on Person{...b} fragment b on Person{...a}",
    "a fragment in itself": "{viewer{person{...a}}} fragment a on Person{id ...a}",
    "aliases": "{" + "".join(f"a{n}:viewer{{asOf}}" for n in range(16)) + "}",
    "aliases by spreading one fragment": ALIASES_BY_SPREADING,
    "aliases in operations that are not run": "query a{viewer{asOf}}"
    + "".join(f"query b{n}{{c:viewer{{asOf}}}}" for n in range(16)),
    "depth": '{people(search:"a",first:1){edges{node' + NODE * 4 + "{id}" + "}}" * 4 + "}}}",
    "depth by fragments": '{people(search:"a",first:1){edges{node{...a}}}} '
    "fragment a on Person{tie{fromPerson{tie{fromPerson{...b}}}}}"
    "fragment b on Person{tie{fromPerson{tie{fromPerson{id}}}}}",
    "depth by inline fragments": "{...on Query{viewer{person{"
    "...on Person{tie{fromPerson{tie{fromPerson{tie{fromPerson{tie{fromPerson{id}}}}}}}}}}}}}",
    "one field a thousand times": "{viewer{" + "asOf " * 1_000 + "}}",
    "a list in ten thousand lists": '{person(ref:{id:"a"})' + "{id} people(search:" + "[" * 10_000 + "}",
    "an object in a thousand objects": "{tie(to:" + "{name:" * 1_000 + "}" * 1_000 + "){__typename}}",
    "directives": "{viewer" + "@skip(if:false)" * 300 + "{asOf}}",
    "a page of fifty on a page of fifty, many times": "{"
    + "".join(f'p{n}:people(search:"a",first:50){{edges{{node{{tie{{fromPerson{{id}}}}}}}}}}' for n in range(8))
    + "}",
    "the dearest question, many times": "{"
    + "".join(f'i{n}:introductions(to:{{id:"a"}},limit:20){STEPS}' for n in range(15))
    + "}",
    "a page larger than any": '{people(search:"a",first:51){edges{cursor}}}',
    "a page larger than a number": '{people(search:"a",first:99999999999999999999){edges{cursor}}}',
    "a page of less than nobody": '{people(search:"a",first:-1){edges{cursor}}}',
    "more people to ask than any answer has": '{introductions(to:{id:"a"},limit:1000000)' + ROUTES + "}",
    "introspection in a circle": "{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}",
    "variables without end": "query a(" + "".join(f"$v{n}:Int" for n in range(400)) + "){viewer{asOf}}",
    "a string without end": '{people(search:"' + "a" * 90_000,
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_document_is_refused(client: httpx.AsyncClient, sample: Counting, document: str) -> None:
    sample.asked.clear()

    tracemalloc.start()
    response = await client.post("/graphql", json={"query": document}, headers=SIGNED)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < MEMORY
    assert not any((response.json().get("data") or {}).values())
    assert response.json()["errors"]
    assert response.status_code < 500
    assert all(error["extensions"]["code"] != "INTERNAL_SERVER_ERROR" for error in response.json()["errors"])
    assert set(sample.asked) <= {"networks/find_token_holder", "networks/read_state"}


async def test_a_body_over_the_limit_is_not_read_to_its_end(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", content=b" " * 100_001, headers=SIGNED)

    assert response.status_code == 413


async def test_a_batch_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json=[{"query": "{viewer{asOf}}"}] * 2, headers=SIGNED)

    assert response.status_code == 400


async def test_what_an_answer_needs_is_within_the_limits(client: httpx.AsyncClient) -> None:
    query = (
        'query($n:Int!){people(search:"ana",first:$n){edges{node{name tie{strengthLabel fromPerson{name} evidence}}}}}'
    )

    response = await client.post("/graphql", json={"query": query, "variables": {"n": 50}}, headers=SIGNED)

    assert "errors" not in response.json()


SEARCH = {"query": '{people(search:"ana",first:1){edges{node{id}}}}'}
COST = 12
"""Of this search: 10, and one each for edges and node."""


async def test_a_member_has_points_per_hour_and_sees_how_many_are_left(sample: Counting) -> None:
    async with served(sample, limits=replace(LIMITS, points_per_hour=2 * COST + 1)) as client:
        answers = [await client.post("/graphql", json=SEARCH, headers=SIGNED) for _ in range(3)]
        sample.asked.clear()
        again = await client.post("/graphql", json=SEARCH, headers=SIGNED)
        cheaper = await client.post("/graphql", json={"query": "{__typename}"}, headers=SIGNED)

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["x-ratelimit-remaining"] for one in answers] == ["13", "1", "1"]
    assert [one.headers["x-ratelimit-limit"] for one in answers] == ["25"] * 3
    assert 0 < int(answers[0].headers["x-ratelimit-reset"]) - time.time() <= 3_601
    assert again.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert 0 < int(again.headers["retry-after"]) <= 3_601
    assert set(sample.asked) <= {"networks/find_token_holder", "networks/read_state"}
    assert cheaper.status_code == 200


async def test_an_upload_costs_points_too(sample: Counting, tmp_path: Path) -> None:
    announce = {"query": 'mutation{createLoadJob(input:{fileName:"a.zip"}){job{uploadPath}}}'}
    async with served(sample, limits=replace(LIMITS, points_per_hour=101), uploads=tmp_path) as client:
        response = await client.post("/graphql", json=announce, headers=SIGNED)
        place = response.json()["data"]["createLoadJob"]["job"]["uploadPath"]
        kept, refused = [await client.put(place, content=b"x", headers=SIGNED) for _ in range(2)]

    assert (kept.status_code, kept.headers["x-ratelimit-remaining"]) == (202, "0")
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "RATE_LIMITED")


async def test_what_a_request_may_cost_is_set(sample: Counting) -> None:
    async with served(sample, limits=replace(LIMITS, points_per_request=COST - 1)) as client:
        response = await client.post("/graphql", json=SEARCH, headers=SIGNED)

    assert response.json()["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"


async def test_an_invalid_document_costs_a_point_and_none_is_read_without_points(sample: Counting) -> None:
    documents = ("{", "{nothing}", HOSTILE["the dearest question, many times"], "{viewer{asOf}}")
    async with served(sample, limits=replace(LIMITS, points_per_hour=3)) as client:
        answers = [await client.post("/graphql", json={"query": text}, headers=SIGNED) for text in documents]
        rejected = await client.post("/graphql", json={"query": "{"}, headers=SIGNED)

    assert [each.headers["x-ratelimit-remaining"] for each in answers] == ["2", "1", "0", "0"]
    assert [answers[-1].status_code, rejected.status_code] == [429, 429]
    assert rejected.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


UNREADABLE = {
    "no JSON": b"{",
    "no object": b"1",
    "a batch": b"[]",
    "no UTF-8": b"\xff\xfe{",
    "half of a surrogate pair": b'{"query":"\\ud800"}',
    "deep nesting": b"[" * 50_000,
    "no query": b"{}",
    "a query that is no string": b'{"query": 1}',
    "variables that are no object": b'{"query": "{viewer{asOf}}", "variables": 1}',
    "a large number": b'{"query": "{viewer{asOf}}", "variables": {"a": ' + b"9" * 5_000 + b"}}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_a_body_that_cannot_be_read_costs_a_point(sample: Counting, body: bytes) -> None:
    headers = {**SIGNED, "Content-Type": "application/json"}
    async with served(sample, limits=replace(LIMITS, points_per_hour=2)) as client:
        answers = [await client.post("/graphql", content=body, headers=headers) for _ in range(3)]

    assert [each.headers["x-ratelimit-remaining"] for each in answers] == ["1", "0", "0"]
    assert [each.status_code for each in answers][1:] == [answers[0].status_code, 429]
    assert answers[0].status_code == 400 or answers[0].json()["errors"]
    assert answers[2].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_an_upload_to_an_unknown_job_costs_a_point(sample: Counting) -> None:
    async with served(sample, limits=replace(LIMITS, points_per_hour=1)) as client:
        answers = [await client.put("/uploads/unknown", content=b"a", headers=SIGNED) for _ in range(2)]

    assert [each.status_code for each in answers] == [404, 429]


async def test_a_query_that_takes_too_long_is_stopped(sample: Counting) -> None:
    async with served(sample, limits=replace(LIMITS, request_seconds=1e-9)) as client:
        response = await client.post("/graphql", json=SEARCH, headers=SIGNED)

    assert response.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"
