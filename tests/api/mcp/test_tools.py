"""The tools on the sample network: the same objects as GraphQL and the command line, for both protocol versions."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import MCPError

from api.mcp.addresses import shorten_addresses
from api.mcp.server import INSTRUCTIONS
from api.mcp.tools import TOOLS
from tests.api.conftest import LIMITS, SIGNED, Counting
from tests.api.mcp.conftest import LEGACY, MODERN, assistant, by_graphql, call, command_answer, serving
from tests.api.test_answer_json import ON_REQUEST, TARGETS, fragments
from tests.page.test_documents import points

PAGE = Path(__file__).parents[3] / "docs" / "mcp.md"
ANY_MODE = pytest.mark.parametrize("mode", [LEGACY, MODERN])


@ANY_MODE
async def test_every_tool_is_described_and_only_reads(address: str, mode: str) -> None:
    async with assistant(address, mode=mode) as client:
        tools = (await client.list_tools()).tools

    assert {tool.name for tool in tools} == TOOLS.keys()
    assert len(tools) <= 8
    for tool in tools:
        hints = tool.annotations
        assert hints is not None
        assert tool.description
        assert tool.output_schema
        assert (hints.read_only_hint, hints.destructive_hint, hints.idempotent_hint) == (True, False, True)
        assert (hints.open_world_hint, hints.title) == (False, tool.title)
        described = tool.input_schema.get("properties", {}).values()
        assert all(argument["description"] for argument in described), tool.name


@ANY_MODE
@pytest.mark.parametrize(("target", "kind"), TARGETS, ids=[target for target, _ in TARGETS])
async def test_one_question_has_one_answer_on_every_surface(
    address: str, demo_settings: dict[str, str], target: str, kind: str, mode: str
) -> None:
    name, _, company = target.partition(" at ")
    ref = {"name": {"name": name, "company": company or None}}

    by_command = await command_answer(demo_settings, target)
    queried = await by_graphql(address, fragments("introductions", "to: $ref", ON_REQUEST), ref=ref)
    called = await call(address, "find_introductions", {"target": target}, mode)

    assert called["__typename"] == kind
    assert called == queried["introductions"] == by_command


async def test_people_ties_and_companies_are_the_objects_of_graphql(address: str) -> None:
    document = fragments("tie", "from: $ref", ON_REQUEST - {("Tie", "history")})
    ref = {"name": {"name": "Noor Haddad"}}

    tie = await by_graphql(address, document, ref=ref)
    person = await by_graphql(address, fragments("person", "ref: $ref", ON_REQUEST), ref=ref)
    company = await by_graphql(address, fragments("company", 'name: "Northwind Grid"', ON_REQUEST, ""))
    fading = await by_graphql(address, fragments("fadingTies", "within: 90, first: 50", ON_REQUEST, ""))
    sources = await by_graphql(address, fragments("sources", "", ON_REQUEST, "").replace("sources()", "sources"))

    assert await call(address, "tie", {"from": "Noor Haddad", "months": 12}) == tie["tie"]
    assert await call(address, "resolve_person", {"person": "Noor Haddad"}) == person["person"]
    assert await call(address, "company_reach", {"name": "Northwind Grid"}) == company["company"]
    assert await call(address, "fading_ties", {"within": 90, "first": 50}) == fading
    coverage = await call(address, "source_coverage", {})
    assert coverage["sources"] == sources["sources"]["nodes"]
    assert coverage["asOf"] == tie["tie"]["asOf"]


async def test_a_list_is_answered_as_the_service_answers_it(address: str) -> None:
    targets = [target for target, _ in TARGETS]
    async with httpx.AsyncClient(base_url=address, headers=SIGNED, timeout=60, trust_env=False) as client:
        posted = (await client.post("/targets", content="\n".join(targets))).json()
    for row in posted["targets"]:
        if row["route"]:
            del row["route"]["introducerAddress"]

    called = await call(address, "target_list", {"targets": targets})

    assert called == shorten_addresses(posted)
    assert {row["outcome"] for row in called["targets"]} >= {"KNOWN", "ROUTE", "REFUSED", "AMBIGUOUS"}


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("find_introductions", {}, "`target`: Field required."),
        ("find_introductions", {"target": "Jane", "limit": 21}, "`limit`: "),
        ("find_introductions", {"target": "Jane", "start": "ANYWHERE"}, "`start`: "),
        ("find_introductions", {"target": "Jane", "asOf": "2999-01-01"}, ""),
        ("find_introductions", {"target": "Jane", "viewer": "ben"}, "`viewer`: "),
        ("find_introductions", {"target": "secret" * 100}, "`target`: "),
        ("company_reach", {}, "Set either `name` or `domain`."),
        ("tie", {}, "Set `from`, `to` or both."),
        ("target_list", {"targets": []}, "`targets`: "),
    ],
)
async def test_an_invalid_argument_is_an_error_that_the_assistant_can_correct(
    address: str, name: str, arguments: dict[str, Any], expected: str
) -> None:
    async with assistant(address) as client:
        result = await client.call_tool(name, arguments)

    assert result.is_error
    (error,) = result.structured_content["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith(expected)
    assert "secret" not in error["message"]


def test_the_page_lists_every_tool_with_its_points() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (\d+.*?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    expected = {}
    for name, tool in TOOLS.items():
        more = ""
        if tool.size:
            default = tool.arguments.model_fields[tool.size].default
            more = f", and {tool.points_each} for each of `{tool.size}` (default {default})"
        expected[name] = f"{tool.points}{more}"

    assert dict(rows) == expected


def test_a_question_costs_the_same_for_an_assistant_and_for_the_page() -> None:
    tool = TOOLS["find_introductions"]

    assert tool.cost(tool.arguments.read({"target": "Jane Okonkwo"})) == points("FindIntroductions")


async def test_a_client_that_asks_gets_the_newest_version_and_the_instructions(address: str) -> None:
    async with assistant(address, mode="auto") as client:
        assert client.protocol_version == MODERN
        assert client.server_info is not None
        assert client.server_info.name == "tertius"
        assert client.instructions == INSTRUCTIONS


async def test_an_unknown_tool_is_an_error_of_the_protocol(address: str) -> None:
    async with assistant(address) as client:
        with pytest.raises(MCPError, match="There is no such tool"):
            await client.call_tool("send_request", {})


async def test_calls_and_queries_share_the_points_of_a_member(sample: Counting) -> None:
    async with serving(sample, replace(LIMITS, points_per_hour=TOOLS["resolve_person"].points + 1)) as address:
        await call(address, "resolve_person", {"person": "Noor Haddad"})
        async with httpx.AsyncClient(base_url=address, headers=SIGNED, trust_env=False) as client:
            last = await client.post("/graphql", json={"query": "{ viewer { asOf } }"})
            none = await client.post("/graphql", json={"query": "{ viewer { asOf } }"})
        async with assistant(address) as client:
            result = await client.call_tool("resolve_person", {"person": "Noor Haddad"})

    assert (last.status_code, none.status_code) == (200, 429)
    assert result.is_error
    assert result.structured_content["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_a_call_has_the_time_limit_of_a_query(sample: Counting) -> None:
    async with serving(sample, replace(LIMITS, request_seconds=1e-6)) as address, assistant(address) as client:
        result = await client.call_tool("find_introductions", {"target": "Jane Okonkwo"})

    assert result.structured_content["errors"][0]["extensions"]["code"] == "TIMEOUT"
