"""One question by command line, GraphQL, MCP and Slack: equal strengths, scores, order and messages."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import Counting
from tests.api.mcp.conftest import by_graphql, call, command_answer, serving
from tests.api.slack.stand_in import StandIn, command_body, elements, send, texts
from tests.api.test_answer_json import ON_REQUEST, TARGETS, fragments


@pytest.mark.parametrize(("target", "kind"), TARGETS, ids=[target for target, _ in TARGETS])
async def test_four_surfaces_give_one_answer(
    connected: Counting, slack: StandIn, demo_settings: dict[str, str], target: str, kind: str
) -> None:
    name, _, company = target.partition(" at ")
    ref = {"name": {"name": name, "company": company or None}}
    printed = await command_answer(demo_settings, target)  # first, because it advances the network to today
    async with (
        serving(connected, slack=slack.config()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False) as client,
    ):
        queried = (await by_graphql(address, fragments("introductions", "to: $ref", ON_REQUEST), ref=ref))[
            "introductions"
        ]
        called = await call(address, "find_introductions", {"target": target})
        await send(client, command_body(slack, target))
        shown = await slack.reply()

    assert printed["__typename"] == kind
    assert printed == queried == called
    assert_shows(shown, printed)


def assert_shows(shown: dict[str, Any], answer: dict[str, Any]) -> None:
    """The message has the people, the strength labels and the order of the answer."""
    cards = [block for block in shown["blocks"] if block["type"] == "card"]
    routes = answer.get("routes", ())[:5]
    assert [card["subtitle"]["text"] for card in cards] == [route["summary"] for route in routes]
    for card, route in zip(cards, routes, strict=True):
        assert card["title"]["text"].startswith(f"Ask {route['firstIntroducer']['name']}")
    assert [route["score"] for route in routes] == sorted((route["score"] for route in routes), reverse=True)
    if answer["__typename"] == "AmbiguousTarget":
        (menu,) = elements(shown)
        people = [candidate["person"] for candidate in answer["candidates"]]
        assert [option["value"] for option in menu["options"]] == [person["id"] for person in people]
    if message := answer.get("message"):
        assert message in shown["text"]
    if tie := answer.get("tie"):
        assert f"Tie strength: {tie['strengthLabel'].lower()}, " in " ".join(texts(shown["blocks"]))
