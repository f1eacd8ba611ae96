"""`POST /targets` returns the uploaded list with introducers for each target."""

import csv
import io
from dataclasses import replace

import httpx
import pytest

from api.request_limits import Limits
from tests.api.conftest import LIMITS, SIGNED, Counting, served

LIST = "Ref,Who,Note\r\n=7,Jane Okonkwo,first\r\n8,Helena Brandt,\r\n9,Noor Haddad,\r\n10,Nobody Atall,\r\n"
CSV = {**SIGNED, "Accept": "text/csv"}


async def test_a_list_returns_its_columns_and_the_introducers(client: httpx.AsyncClient) -> None:
    response = await client.post("/targets", content=LIST, headers=CSV)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Ref"], row["Who"], row["Note"]) for row in rows] == [
        ("'=7", "Jane Okonkwo", "first"),
        ("8", "Helena Brandt", ""),
        ("9", "Noor Haddad", ""),
        ("10", "Nobody Atall", ""),
    ]
    assert [(row["tertius_rank"], row["tertius_outcome"], row["tertius_weakest_step_label"]) for row in rows] == [
        ("2", "route", "good"),
        ("", "refused", ""),
        ("1", "known", ""),
        ("", "unknown", ""),
    ]
    assert rows[0]["tertius_first_introducer"] == "Noor Haddad (Principal Engineer at Fjord Sensing)"
    assert rows[0]["tertius_route"] == (
        "Noor Haddad to you: strong. Noor Haddad to Jane Okonkwo: strong; Jane Okonkwo to Noor Haddad: good."
    )
    assert rows[3]["tertius_message"] == "No person in your sources has this name."

    second = await client.post("/targets", content=response.content, headers=CSV)
    assert second.content.decode("utf-8-sig").splitlines()[0] == response.content.decode("utf-8-sig").splitlines()[0]


async def test_the_list_is_returned_as_json_by_default(client: httpx.AsyncClient) -> None:
    body = (await client.post("/targets?maxIntroducers=1", content=LIST, headers=SIGNED)).json()

    assert body["counts"] == {"KNOWN": 1, "ROUTE": 1, "REFUSED": 1, "AMBIGUOUS": 0, "UNKNOWN": 1, "TIMEOUT": 0}
    first = body["targets"][0]
    assert first["cells"] == [["Ref", "=7"], ["Who", "Jane Okonkwo"], ["Note", "first"]]
    assert [person["name"] for person in first["route"]["introducers"]] == ["Noor Haddad"]
    assert first["target"]["name"] == "Jane Okonkwo"


@pytest.mark.parametrize(
    ("query", "body", "status", "code"),
    [
        ("", b"", 400, "BAD_USER_INPUT"),
        ("", b"Name\n" + b"A\n" * 5_001, 400, "BAD_USER_INPUT"),
        ("", b"x" * (10 * 2**20 + 1), 413, "PAYLOAD_TOO_LARGE"),
        ("?maxIntroducers=4", b"A", 400, "BAD_USER_INPUT"),
    ],
)
async def test_an_invalid_list_is_refused(
    client: httpx.AsyncClient, query: str, body: bytes, status: int, code: str
) -> None:
    response = await client.post(f"/targets{query}", content=body, headers=SIGNED)

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)


async def test_a_list_requires_a_token_and_costs_points(client: httpx.AsyncClient, sample: Counting) -> None:
    assert (await client.post("/targets", content=LIST)).status_code == 401

    async with served(
        sample, limits=Limits(search_seconds=60, points_per_request=1_000, points_per_hour=30)
    ) as limited:
        first, second = [await limited.post("/targets", content=LIST, headers=SIGNED) for _ in range(2)]
        unread = await limited.post("/targets", content=b"\x00" * 10 * 2**20 + b"too large", headers=SIGNED)
    assert (first.status_code, first.headers["x-ratelimit-remaining"]) == (200, "10")
    assert second.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert unread.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_a_list_has_a_time_limit(sample: Counting) -> None:
    async with served(sample, limits=replace(LIMITS, target_list_seconds=1e-9)) as client:
        response = await client.post("/targets", content=LIST, headers=SIGNED)

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (504, "TIMEOUT")
    assert response.json()["errors"][0]["message"].endswith("Send a smaller list.")
