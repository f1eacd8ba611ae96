"""The questions of docs/api.md have the answers that stand there."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from api.graphql.schema import rules_table
from tests.api.conftest import Ask

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
ASKED = re.compile(r"```graphql\n(?P<query>.*?)```\n```json\n(?P<answer>.*?)```", re.DOTALL)
FOUND = list(ASKED.finditer(PAGE.read_text("utf-8")))


def short(answer: Any) -> Any:
    """The answer with its odds as one would quote them."""
    return json.loads(json.dumps(answer), parse_float=lambda odds: round(float(odds), 4))


def test_the_page_has_the_permission_and_cost_of_each_field() -> None:
    assert rules_table() in PAGE.read_text("utf-8")


def test_the_page_has_questions() -> None:
    assert len(FOUND) >= 12


@pytest.mark.parametrize("shown", FOUND, ids=range(1, len(FOUND) + 1))
async def test_a_question_of_the_page_has_its_answer(ask: Ask, shown: re.Match[str]) -> None:
    answer = short(await ask(shown["query"]))

    if os.environ.get("TERTIUS_TEST_REWRITE"):
        text = json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
        whole = PAGE.read_text("utf-8")
        before, after = whole.split(shown["query"] + "```\n```json\n", 1)
        PAGE.write_text(before + shown["query"] + "```\n```json\n" + text + after[after.index("```") :], "utf-8")
        return
    assert "errors" not in answer
    assert answer == json.loads(shown["answer"])
