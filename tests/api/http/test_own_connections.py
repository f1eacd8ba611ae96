"""The complete lists of the own connections over HTTP: the rows of GraphQL, for the points of one computation."""

from dataclasses import replace

import httpx
import pytest

from tests.api.conftest import LIMITS, SIGNED, Ask, Counting, served

LISTS = {
    "connections": "query($after: String) { listedPeople(first: 50, after: $after) "
    "{ nodes { person { id } class lastContact inboundCount } pageInfo { hasNextPage endCursor } } }",
    "prune": "query($after: String) { pruneSuggestions(first: 50, after: $after) "
    "{ nodes { person { id } reasons { sentence } lastContact inboundCount } pageInfo { hasNextPage endCursor } } }",
}


def part_of(row: object, shape: object) -> object:
    """The fields of a row that a node has."""
    if isinstance(row, list) and isinstance(shape, list):
        return [part_of(one, other) for one, other in zip(row, shape, strict=True)]
    if isinstance(row, dict) and isinstance(shape, dict):
        return {name: part_of(row[name], shape[name]) for name in shape}
    return row


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_has_all_rows_of_graphql(client: httpx.AsyncClient, ask: Ask, name: str) -> None:
    nodes: list[object] = []
    after = None
    while True:
        (page,) = (await ask(LISTS[name], after=after))["data"].values()
        nodes += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    rows = (await client.get(f"/insights/{name}", headers=SIGNED)).json()

    assert len(nodes) > 0
    assert part_of(rows, nodes) == nodes


async def test_a_list_costs_one_computation_and_a_part_of_a_point_for_each_row(
    sample: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.own_connections.ROWS_PER_POINT", 2)
    async with served(sample, limits=replace(LIMITS, points_per_hour=300)) as client:
        first = await client.get("/insights/connections", headers=SIGNED)
        wrong = await client.get("/insights/connections?class=best", headers=SIGNED)
        refused = await client.get("/insights/connections", headers=SIGNED)
        unknown = await client.get("/insights/prune", headers={"Authorization": "Bearer x"})

    cost = 100 + len(first.json()) // 2
    assert first.headers["x-ratelimit-remaining"] == str(300 - cost)
    assert 200 < cost < 300
    assert wrong.headers["x-ratelimit-remaining"] == str(299 - cost)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (429, "RATE_LIMITED")
    assert (wrong.status_code, unknown.status_code) == (400, 401)
