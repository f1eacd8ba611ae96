"""`/intro` and its buttons: the same answers as the API, privately, once, and without markup in names."""

from typing import Any

import httpx

from api.slack.rendering import actions
from tests.api.conftest import SIGNED, Counting
from tests.api.slack.stand_in import (
    StandIn,
    action_body,
    button,
    command_body,
    elements,
    profile,
    send,
    texts,
)

ROUTES = """query($to: PersonRef!) { introductions(to: $to) { __typename ... on Introductions { routes {
  firstIntroducer { name } summary } } } }"""


async def ask(service: httpx.AsyncClient, slack: StandIn, text: str) -> dict[str, Any]:
    """The reply to `/intro text`."""
    response = await send(service, command_body(slack, text))
    assert (response.status_code, response.text) == (200, "")
    return await slack.reply()


async def test_the_answer_has_the_routes_of_the_api(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Jane Okonkwo")

    query = {"query": ROUTES, "variables": {"to": {"name": {"name": "Jane Okonkwo"}}}}
    answer = (await service.post("/graphql", json=query, headers=SIGNED)).json()["data"]["introductions"]
    cards = [block for block in reply["blocks"] if block["type"] == "card"]
    assert len(answer["routes"]) == len(cards) > 0
    for route, shown in zip(answer["routes"], cards, strict=True):
        assert shown["title"]["text"].startswith(f"Ask {route['firstIntroducer']['name']}")
        assert shown["subtitle"]["text"] == route["summary"]
        assert len(shown["body"]["text"]) <= 200
        assert route["summary"] in reply["text"]
    assert reply["response_type"] == "ephemeral"


async def test_a_route_is_shown_with_its_evidence(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Jane Okonkwo")

    await send(service, action_body(slack, button(reply, "Show route")))

    route = await slack.reply()
    assert route["response_type"] == "ephemeral"
    assert not route["replace_original"]
    assert "Message to forward" in route["text"]


async def test_a_refusal_says_why_and_what_would_help(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Helena Brandt")

    assert "No genuine route to Helena Brandt" in reply["text"]
    assert [each["action_id"] for each in elements(reply)] == [actions.DISMISS]


async def test_an_ambiguous_name_is_chosen_from_a_menu(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Wei Chen")
    (menu,) = elements(reply)
    choice = {"type": "static_select", "action_id": menu["action_id"], "selected_option": menu["options"][0]}

    await send(service, action_body(slack, choice))

    answer = await slack.reply()
    assert answer["replace_original"]
    assert "Wei Chen" in answer["text"]


async def test_an_unknown_name_offers_similar_ones(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Jane Okonkvo")

    assert "Did you mean Jane Okonkwo" in reply["text"]
    await send(service, action_body(slack, button(reply, "Ask about Jane Okonkwo")))
    assert "can introduce you to Jane Okonkwo" in (await slack.reply())["text"]


async def test_a_mention_means_the_slack_user_and_not_the_name(service: httpx.AsyncClient, slack: StandIn) -> None:
    slack.users["UNAMED"] = profile(None, real_name="Jane Okonkwo", name="Jane Okonkwo")

    reply = await ask(service, slack, "<@UNAMED|Jane Okonkwo>")

    assert "No source in your view has this address or profile" in reply["text"]


async def test_help_and_an_empty_text_explain_the_command(service: httpx.AsyncClient, slack: StandIn) -> None:
    for text in ("", "help"):
        assert "/intro Jane Okonkwo at Halden Robotics" in str((await ask(service, slack, text))["text"])
    assert slack.calls == []


async def test_not_now_deletes_the_answer(service: httpx.AsyncClient, slack: StandIn) -> None:
    reply = await ask(service, slack, "Jane Okonkwo")

    await send(service, action_body(slack, button(reply, "Not now")))

    assert await slack.reply() == {"delete_original": True}


async def test_a_repeated_command_and_a_double_click_do_one_thing(
    service: httpx.AsyncClient, slack: StandIn, connected: Counting
) -> None:
    body = command_body(slack, "Jane Okonkwo", trigger="the same")
    await send(service, body)
    reply = await slack.reply()
    click = button(reply, "Show route")

    repeated = [await send(service, body, **{"x-slack-retry-num": "1"})]
    repeated += [await send(service, action_body(slack, click, message="7.0")) for _ in range(2)]
    await slack.reply()
    last = await ask(service, slack, "Helena Brandt")

    assert [response.status_code for response in repeated] == [200, 200, 200]
    assert "Helena Brandt" in last["text"]
    assert slack.replies.empty()


async def test_an_introducer_whom_the_viewer_does_not_know_is_left_out_until_it_is_undone(
    service: httpx.AsyncClient, slack: StandIn
) -> None:
    before = await ask(service, slack, "Jane Okonkwo")

    await send(service, action_body(slack, button(before, "I don't know"), message="8.0"))
    without = await slack.reply()
    await send(service, action_body(slack, button(without, "Undo"), message="8.0"))
    undone = await slack.reply()

    assert without["replace_original"]
    assert texts(without["blocks"])[0].startswith("Recorded: you do not know")
    assert _titles(without) != _titles(before)
    assert _titles(undone) == _titles(before)


def _titles(message: dict[str, Any]) -> list[str]:
    return [block["title"]["text"] for block in message["blocks"] if block["type"] == "card"]
