"""Introduction requests in Slack: from a card to an outcome, by messages and the Home tab."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import neo4j
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError

from api.slack.requests.notifications import NotificationInProgress, RequestNotifications, claim_of
from graph.database.client import Graph
from graph.events import IntroductionRequestDelivered, IntroductionRequestDue
from graph.networks.sources import IntroducerVisibility
from graph.sharing.introducer_visibility import set_introducer_visibility
from graph.slack.workspaces import connect_workspace
from operations.requests.reading import list_requests
from tests.api.conftest import served
from tests.api.slack.stand_in import (
    TEAM,
    StandIn,
    action_body,
    button,
    command_body,
    elements,
    event_body,
    profile,
    send,
    stand_in,
    submission_body,
    texts,
)
from tests.conftest import wipe
from tests.operations.requests_team import ANA, BEN, CLEO, JANE, create_request_team, sent_request, session_of

USERS = {"UANA": ANA, "UBEN": BEN, "UCLEO": CLEO}
JSON = {"content-type": "application/json"}


@pytest_asyncio.fixture(loop_scope="session")
async def graph(driver: neo4j.AsyncDriver) -> Graph:
    """The team of requests, in a connected workspace."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_request_team(driver, graph)
    for address in USERS.values():
        await driver.execute_query(
            "MATCH (m:Member {network: $network, id: $id}) SET m.confirmed_keys = ['email:' + $address]",
            network=network,
            id=address.partition("@")[0],
            address=address,
        )
    await connect_workspace(graph, network, "ana", team=TEAM, name="Acme")
    return graph


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[StandIn]:
    async with stand_in() as running:
        running.users = {id: profile(address) for id, address in USERS.items()}
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def service(graph: Graph, slack: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    async with served(graph, slack=slack.config(), networks=None) as client:
        yield client


async def click(
    service: httpx.AsyncClient, slack: StandIn, message: dict[str, Any], label: str, user: str
) -> dict[str, Any]:
    """The reply to a click on a button."""
    await send(service, action_body(slack, button(message, label), user=user))
    return await slack.reply()


async def test_a_request_from_the_card_to_the_outcome(service: httpx.AsyncClient, slack: StandIn, graph: Graph) -> None:
    await send(service, command_body(slack, JANE, user="UANA"))
    answer = await slack.reply()
    answer = await click(service, slack, answer, "Search through colleagues", "UANA")
    ben = {"blocks": [card for card in answer["blocks"] if "Ben" in str(card.get("title"))]}

    await send(service, action_body(slack, button(ben, "Request introduction"), user="UANA"))
    form = (await slack.called("views.open"))["view"]
    facts = {"purpose": "I want to learn how you choose suppliers", "about": "I run purchasing.", "benefit": ""}
    acknowledged = await send(service, submission_body(form, "V1", "UANA", **facts))
    shown = await slack.called("views.update")
    review = shown["view"]
    written = {block["block_id"]: block["element"].get("initial_value", "") for block in review["blocks"][1:]}
    await send(service, submission_body(review, "V1", "UANA", **{**written, "note": "Hello Jane, it is about paper."}))
    sent = await slack.called("views.update")

    to_ben = await slack.called("chat.postMessage")
    accepted = await click(service, slack, to_ben, "Make the introduction", "UBEN")
    to_ana = await slack.called("chat.postMessage")
    asked = await click(service, slack, accepted, "Jane was asked", "UBEN")
    agreed = await click(service, slack, asked, "Jane agreed", "UBEN")
    introduced = await click(service, slack, agreed, "Introduced", "UBEN")
    outcome = next(one for one in elements(await _newest_message(slack, "outcome")) if one["type"] == "static_select")
    choice = {"type": "static_select", "action_id": outcome["action_id"], "selected_option": outcome["options"][0]}
    await send(service, action_body(slack, choice, user="UANA"))
    closed = await slack.reply()

    assert acknowledged.json()["response_action"] == "update"
    assert (shown["view_id"], sent["view_id"]) == ("V1", "V1")
    assert "sent, not answered" in str(texts(sent["view"]["blocks"]))
    assert (to_ben["channel"], to_ana["channel"]) == ("UBEN", "UANA")
    assert "Hello Jane, it is about paper." in str(texts(to_ben["blocks"]))
    assert "accepted" in to_ana["text"]
    assert "introduced" in introduced["text"]
    assert "outcome: met" in closed["text"]
    (request,) = await list_requests(await session_of(graph, "ana"))
    assert request.texts.note == "Hello Jane, it is about paper."


async def test_a_colleague_whose_name_is_withheld_is_asked_and_declines_unseen(
    service: httpx.AsyncClient, slack: StandIn, graph: Graph
) -> None:
    state = (await session_of(graph, "ana")).state
    await set_introducer_visibility(graph, state, "ana", IntroducerVisibility.AFTER_CONSENT)
    await send(service, command_body(slack, JANE, user="UANA"))
    answer = await click(service, slack, await slack.reply(), "Search through colleagues", "UANA")
    await send(service, action_body(slack, button(answer, "Ask this colleague"), user="UANA"))
    form = (await slack.called("views.open"))["view"]
    facts = {"purpose": "I want to learn how you choose suppliers", "about": "", "benefit": ""}
    await send(service, submission_body(form, "V1", "UANA", **facts))
    review = (await slack.called("views.update"))["view"]
    written = {block["block_id"]: block["element"].get("initial_value", "") for block in review["blocks"][1:]}
    await send(service, submission_body(review, "V1", "UANA", **written))
    sent = await slack.called("views.update")
    to_ben = await slack.called("chat.postMessage")
    assert to_ben["channel"] == "UBEN"
    assert "sees your name only if you accept" in str(texts(to_ben["blocks"]))

    declined = await click(service, slack, to_ben, "Not now", "UBEN")

    assert "declined" in declined["text"]
    assert slack.by_method["chat.postMessage"].empty()
    (request,) = await list_requests(await session_of(graph, "ana"))
    assert (request.status.value, request.introducer.name) == ("sent", "a colleague")
    network, about = state.network, request.id
    event = IntroductionRequestDue(network=network, id="due", about=about, member="ben", status="sent")
    await RequestNotifications(slack.config(), graph).notify(event)  # a reminder of an answered request
    assert slack.by_method["chat.postMessage"].empty()
    assert "Ben" not in str((texts(answer["blocks"]), review, sent))


async def _newest_message(slack: StandIn, word: str) -> dict[str, Any]:
    """The next direct message that has this word."""
    while word not in (message := await slack.called("chat.postMessage"))["text"]:
        pass
    return message


async def test_an_introducer_names_somebody_who_is_closer(
    service: httpx.AsyncClient, slack: StandIn, graph: Graph
) -> None:
    await sent_request(graph)
    to_ben = await slack.called("chat.postMessage")

    await send(service, action_body(slack, button(to_ben, "Somebody is closer"), user="UBEN"))
    form = (await slack.called("views.open"))["view"]
    await send(service, submission_body(form, "V2", "UBEN", name="Dan Near"))
    answered = await slack.called("views.update")

    assert "redirected to Dan Near" in str(texts(answered["view"]["blocks"]))


async def test_an_introducer_does_not_know_the_target(service: httpx.AsyncClient, slack: StandIn, graph: Graph) -> None:
    await sent_request(graph)
    to_ben = await slack.called("chat.postMessage")

    declined = await click(service, slack, to_ben, "I don't know Jane", "UBEN")

    assert "declined" in declined["text"]


async def test_after_a_refusal_the_next_route_is_offered_once(
    service: httpx.AsyncClient, slack: StandIn, graph: Graph
) -> None:
    await sent_request(graph)
    to_ben = await slack.called("chat.postMessage")
    await click(service, slack, to_ben, "Not now", "UBEN")
    to_ana = await slack.called("chat.postMessage")
    following = button(to_ana, "Request along the next route")

    await send(service, action_body(slack, following, user="UANA"))
    form = (await slack.called("views.update"))["view"]
    written = {block["block_id"]: block["element"].get("initial_value", "") for block in form["blocks"][1:]}
    await send(service, submission_body(form, "V1", "UANA", **written))
    sent = await slack.called("views.update")
    await send(service, action_body(slack, following, user="UANA", message="9.0"))
    no_other = await slack.called("views.update")
    await send(service, action_body(slack, following, user="UBEN", message="9.1"))
    foreign = await slack.called("views.update")

    assert "Dan reads all three texts" in str(texts(form["blocks"]))
    requests = await list_requests(await session_of(graph, "ana"))
    assert {request.texts.note for request in requests} == {written["note"]}
    assert "You ask Dan for an introduction to Jane" in str(texts(sent["view"]["blocks"]))
    assert "No further route" in str(texts(no_other["view"]["blocks"]))
    assert "No further route" in str(texts(foreign["view"]["blocks"]))


async def test_another_member_cannot_use_the_buttons(service: httpx.AsyncClient, slack: StandIn, graph: Graph) -> None:
    id = await sent_request(graph)
    to_ben = await slack.called("chat.postMessage")

    foreign = await click(service, slack, to_ben, "Make the introduction", "UCLEO")
    unknown = {"action_id": button(to_ben, "Make the introduction")["action_id"], "value": "unknown"}
    await send(service, action_body(slack, unknown, user="UCLEO"))

    assert foreign == await slack.reply()
    assert id not in str(foreign)


async def test_the_home_tab_lists_requests_of_both_roles_and_acts_on_them(
    service: httpx.AsyncClient, slack: StandIn, graph: Graph
) -> None:
    await sent_request(graph)
    opened = {"type": "app_home_opened", "tab": "home", "user": "UBEN", "channel": "D1"}
    body = event_body(opened)
    for _ in range(2):
        await send(service, body, **JSON, **{"x-slack-retry-num": "1"})
    home = await slack.called("views.publish")

    accept = button(home["view"], "Make the introduction")
    await send(service, action_body(slack, accept, user="UBEN", container={"type": "view", "view_id": "V9"}))
    after = await slack.called("views.publish")

    assert (home["user_id"], home["view"]["type"]) == ("UBEN", "home")
    assert "asks you for an introduction to Jane" in str(texts(home["view"]["blocks"]))
    assert "accepted" in str(texts(after["view"]["blocks"]))
    assert slack.by_method["views.publish"].empty()


async def test_a_direct_message_and_a_shortcut_are_answered_as_the_command(
    service: httpx.AsyncClient, slack: StandIn
) -> None:
    message = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "UANA",
        "text": f"<mailto:{JANE}|{JANE}>",
    }
    await send(service, event_body({**message, "bot_id": "B1"}), **JSON)
    await send(service, event_body(message), **JSON)
    answer = await slack.called("chat.postMessage")
    await send(service, event_body({**message, "text": "help"}), **JSON)
    help_text = await slack.called("chat.postMessage")
    slack.users["UJANE"] = profile(JANE)
    await send(service, shortcut_body(slack, author="UJANE"))
    about_author = await slack.reply()

    assert answer["channel"] == "D1"
    assert "can introduce you to Jane" in answer["text"]
    assert "/intro" in help_text["text"]
    assert about_author["text"] == answer["text"]


async def test_a_card_says_that_the_introducer_was_asked_before(
    service: httpx.AsyncClient, slack: StandIn, graph: Graph
) -> None:
    await sent_request(graph)

    await send(service, command_body(slack, JANE, user="UANA"))
    answer = await slack.reply()

    assert "Ben: asked by you on" in str(texts(answer["blocks"]))


async def test_an_event_that_is_delivered_twice_is_one_direct_message(graph: Graph, slack: StandIn) -> None:
    id = await sent_request(graph)
    network = (await session_of(graph, "ana")).viewer.network
    event = IntroductionRequestDelivered(network=network, id="event-1", about=id, member="ben", status="sent")
    notifications = RequestNotifications(slack.config(), graph)

    await notifications.notify(event)
    await notifications.notify(event)

    assert (await slack.called("chat.postMessage"))["channel"] == "UBEN"
    assert slack.by_method["chat.postMessage"].empty()


async def test_a_direct_message_that_slack_refuses_is_sent_again(graph: Graph, slack: StandIn) -> None:
    id = await sent_request(graph)
    network = (await session_of(graph, "ana")).viewer.network
    event = IntroductionRequestDelivered(network=network, id="event-2", about=id, member="ben", status="sent")
    notifications = RequestNotifications(slack.config(), graph)
    slack.results["chat.postMessage"] = {"ok": False, "error": "internal_error"}

    with pytest.raises(SlackApiError):
        await notifications.notify(event)
    del slack.results["chat.postMessage"]
    await notifications.notify(event)

    assert [method for method, *_ in slack.calls].count("chat.postMessage") == 2


def shortcut_body(slack: StandIn, author: str) -> bytes:
    payload = {
        "type": "message_action",
        "callback_id": "tertius_who_knows",
        "team": {"id": TEAM},
        "user": {"id": "UANA"},
        "message": {"type": "message", "user": author, "text": "Hello", "ts": "1.0"},
        "response_url": f"{slack.address}/replies/shortcut",
        "trigger_id": "shortcut",
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


async def test_a_direct_message_whose_sender_was_killed_is_sent_later(graph: Graph, slack: StandIn) -> None:
    id = await sent_request(graph)
    network = (await session_of(graph, "ana")).viewer.network
    event = IntroductionRequestDelivered(network=network, id="event-2", about=id, member="ben", status="sent")
    notifications, killed = RequestNotifications(slack.config(), graph), claim_of(event)
    assert await killed.claim(graph)

    with pytest.raises(NotificationInProgress):
        await notifications.notify(event)
    await killed.release(graph)  # its expiry has the same effect
    await notifications.notify(event)

    assert (await slack.called("chat.postMessage"))["channel"] == "UBEN"
