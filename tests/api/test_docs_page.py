"""docs/api.md: its queries return its responses, and its tables are complete."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from api.error_codes import ErrorCode
from api.graphql.schema import rules_table
from tests.api.conftest import Ask

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLES = list(
    re.finditer(
        r"```graphql\n(?P<query>[^`]*)```\n(?:Variables:\n```json\n(?P<variables>[^`]*)```\nResponse:\n)?"
        r"```json\n(?P<response>[^`]*)```",
        PAGE.read_text("utf-8"),
    )
)
ERROR_ROW = re.compile(
    r"^\| `(?P<code>[A-Z_]+)` \| (?P<status>[\d, ]+) \| (?P<when>.+?) \| (?P<action>.+?) \|$", re.MULTILINE
)


def with_short_numbers(response: Any) -> Any:
    """The response with each fraction rounded to four digits."""
    return json.loads(json.dumps(response), parse_float=lambda number: round(float(number), 4))


def test_the_page_has_the_permission_and_cost_of_each_field() -> None:
    assert rules_table() in PAGE.read_text("utf-8")


def test_the_page_explains_each_error_code_once() -> None:
    codes = [row["code"] for row in ERROR_ROW.finditer(PAGE.read_text("utf-8"))]

    assert sorted(codes) == sorted(ErrorCode)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 12
    assert any(example["variables"] for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
async def test_an_example_returns_its_response(ask: Ask, example: re.Match[str]) -> None:
    response = with_short_numbers(await ask(example["query"], **json.loads(example["variables"] or "{}")))

    if os.environ.get("TERTIUS_TEST_REWRITE"):
        text = json.dumps(response, ensure_ascii=False, indent=2) + "\n"
        before = example[0][: example.start("response") - example.start()]
        PAGE.write_text(PAGE.read_text("utf-8").replace(example[0], f"{before}{text}```"), "utf-8")
        return
    assert "errors" not in response
    assert response == json.loads(example["response"])
