"""`make demo-slack`: a story of three colleagues, on a stand-in of Slack and a Neo4j of its own. It ends by itself."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import httpx
import neo4j

from graph.database.client import Graph, create_driver
from graph.database.migrations import migrate
from graph.networks.state import build_viewer, read_state
from graph.requests.expiry import expire_due_requests
from graph.requests.protection import IntroducerPreferences, set_preferences
from graph.requests.states import DEFAULT_RULES
from graph.slack.workspaces import connect_workspace
from tertius.localdb import lifecycle
from tests.api.conftest import served
from tests.api.slack.stand_in import (
    TEAM,
    StandIn,
    action_body,
    button,
    command_body,
    elements,
    profile,
    send,
    stand_in,
    submission_body,
    texts,
)
from tests.databases import local_settings
from tests.graph.teams import load_for
from tests.graph.worlds import by_profile, connections, own, talk
from tests.operations.requests_team import ANA, BEN, CLEO, DAN, JANE, create_request_team

USERS = {"UANA": ANA, "UBEN": BEN, "UCLEO": CLEO}
NAMES = {"UANA": "Ana", "UBEN": "Ben", "UCLEO": "Cleo"}


class Story:
    """Users of the workspace who type and click. Prints what they do and what they see."""

    def __init__(self, service: httpx.AsyncClient, slack: StandIn) -> None:
        self._service = service
        self._slack = slack

    async def types(self, user: str, text: str) -> dict[str, Any]:
        """Type `/intro text`."""
        print(f"\n{NAMES[user]} types: /intro {text}")
        await send(self._service, command_body(self._slack, text, user=user))
        return _shown(await self._slack.reply())

    async def clicks(self, user: str, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Click a button."""
        await self.presses(user, message, label)
        return _shown(await self._slack.reply())

    async def presses(self, user: str, message: dict[str, Any], label: str) -> None:
        """Click a button that opens a form."""
        labels = [one["text"]["text"] for one in elements(message) if one["type"] == "button"]
        print(f"\n{NAMES[user]} clicks: {next(each for each in labels if each.startswith(label))}")
        await send(self._service, action_body(self._slack, button(message, label), user=user))

    async def form(self) -> dict[str, Any]:
        """The form that opens."""
        return _view(await self._slack.called("views.open"))

    async def submits(self, user: str, view: dict[str, Any], **values: str) -> dict[str, Any]:
        """Fill in a form, and submit it."""
        written = {name: value for name, value in values.items() if value}
        is_unchanged = values == initial_values(view)
        print(f"\n{NAMES[user]} submits {'the form unchanged' if is_unchanged else written}")
        await send(self._service, submission_body(view, self._slack.newest_view, user, **values))
        return _view(await self._slack.called("views.update"))

    async def updated_form(self) -> dict[str, Any]:
        """What the open form shows next."""
        return _view(await self._slack.called("views.update"))

    async def receives(self, user: str, word: str = "") -> dict[str, Any]:
        """The next direct message to a user that contains this word."""
        message: dict[str, Any] = {"channel": ""}
        while message["channel"] != user or word not in message["text"]:
            message = await self._slack.called("chat.postMessage")
        print(f"\n{NAMES[user]} receives a direct message:")
        return _shown(message)

    async def chooses(self, user: str, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Choose from the menu of a message."""
        print(f"\n{NAMES[user]} chooses: {label}")
        menu = next(one for one in elements(message) if one["type"] == "static_select")
        option = next(one for one in menu["options"] if one["text"]["text"] == label)
        choice = {"type": "static_select", "action_id": menu["action_id"], "selected_option": option}
        await send(self._service, action_body(self._slack, choice, user=user))
        return _shown(await self._slack.reply())


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    _print(message.get("blocks", ()))
    return message


def _view(call: dict[str, Any]) -> dict[str, Any]:
    view: dict[str, Any] = call["view"]
    _print(view["blocks"])
    return view


def _print(blocks: Any) -> None:
    for block in blocks:
        if block["type"] == "input":
            print(f"    [{block['label']['text']}] {block['element'].get('initial_value', '')}")
        elif block["type"] == "actions":
            _print_buttons(block["elements"])
        elif block["type"] == "card":
            for part in ("title", "subtitle", "body"):
                print(f"    {'' if part == 'title' else '  '}{block[part]['text']}")
            _print_buttons(block["actions"], "      ")
        else:
            for text in texts(block):
                label = text.partition("|")[2].removesuffix(">") if text.startswith("<mailto:") else text
                print("    " + label.replace("\n", "\n    "))


def _print_buttons(buttons: Any, margin: str = "    ") -> None:
    labels = [one.get("text", one.get("placeholder", {})).get("text") for one in buttons]
    print(margin + "  ".join(f"({label})" for label in labels))


async def tell(story: Story, driver: neo4j.AsyncDriver, graph: Graph, network: str) -> None:
    """The four parts, each with its outcome."""
    print("\n--- 1. Ana asks Ben for an introduction to Jane, and meets her.")
    await meet_jane(story)
    print("\n--- 2. Cleo asks for Zoe, with whom she is only connected on a list. The search is refused.")
    await story.types("UCLEO", "Zoe Zhang")
    print("\n--- 3. Ben does not answer Cleo. Her request expires, and the next route is offered.")
    await request_through(story, "UCLEO", "Ben", "I look for a mentor", "I lead a team at Acme.")
    await story.receives("UBEN", "Cleo asks")
    await expire(driver, graph, network)
    expired = await story.receives("UCLEO", "expired")
    await story.presses("UCLEO", expired, "Request along the next route")
    await story.form()
    review = await story.updated_form()
    await story.submits("UCLEO", review, **initial_values(review))
    print("\n--- 4. Ben has reached his cap. His route is last, and a request to him is refused.")
    await limit(graph, network)
    await request_through(story, "UANA", "Ben", "I have one more question", "I run purchasing at Acme.")
    print("\nThe story ends.")


async def meet_jane(story: Story) -> None:
    """From the question to the outcome."""
    await request_through(story, "UANA", "Ben", "I want to learn how you choose suppliers", "I run purchasing at Acme.")
    request = await story.receives("UBEN")
    accepted = await story.clicks("UBEN", request, "Make the introduction")
    await story.receives("UANA")
    asked = await story.clicks("UBEN", accepted, "Jane was asked")
    agreed = await story.clicks("UBEN", asked, "Jane agreed")
    await story.clicks("UBEN", agreed, "Introduced")
    message: dict[str, Any] = {}
    while not any(one["type"] == "static_select" for one in elements(message)):
        message = await story.receives("UANA")
    await story.chooses("UANA", message, "We met")


async def request_through(story: Story, user: str, introducer: str, purpose: str, about: str) -> None:
    """Ask for Jane, and send a request to this introducer."""
    answer = await story.types(user, JANE)
    answer = await story.clicks(user, answer, "Search through colleagues")
    chosen = {"blocks": [card for card in answer["blocks"] if introducer in str(card.get("title"))]}
    await story.presses(user, chosen, "Request introduction")
    form = await story.form()
    review = await story.submits(user, form, purpose=purpose, about=about, benefit="")
    await story.submits(user, review, **initial_values(review))


def initial_values(view: dict[str, Any]) -> dict[str, str]:
    """The texts of a form, unchanged."""
    return {block["block_id"]: block["element"].get("initial_value", "") for block in view["blocks"][1:]}


async def expire(driver: neo4j.AsyncDriver, graph: Graph, network: str) -> None:
    """End the time of the requests that nobody answered, as seven days do."""
    print("\nSeven days pass. The demo moves the expiry of the request, and does not wait.")
    await driver.execute_query(
        "MATCH (r:IntroductionRequest {network: $network, status: 'sent'}) SET r.expires_at = timestamp() - 1",
        network=network,
    )
    await expire_due_requests(graph, network, DEFAULT_RULES)


async def limit(graph: Graph, network: str) -> None:
    """Ben accepts no more than the two requests that he received."""
    print("\nBen runs: tertius request preferences --monthly-cap 2")
    viewer = build_viewer(await read_state(graph, network), "ben")
    await set_preferences(graph, viewer, IntroducerPreferences(monthly_cap=2))


async def main() -> None:
    """Start a Neo4j, the stand-in and the service, tell the story, and stop them."""
    with tempfile.TemporaryDirectory() as folder:
        settings = local_settings(Path(folder))
        print("Starting a Neo4j for the story …")
        address = lifecycle.ensure_running(settings)
        place = (address.uri, address.user, address.password.get_secret_value())
        try:
            migrate(*place)
            async with create_driver(*place) as driver, stand_in() as slack:
                graph = Graph(driver)
                network = await prepare(driver, graph, slack)
                async with served(graph, slack=slack.config(), networks=None) as service:
                    await tell(Story(service, slack), driver, graph, network)
        finally:
            lifecycle.stop(settings)


async def prepare(driver: neo4j.AsyncDriver, graph: Graph, slack: StandIn) -> str:
    """A team in a connected workspace, whose members are found by their confirmed addresses."""
    network = await create_request_team(driver, graph)
    for user, address in USERS.items():
        slack.users[user] = profile(address)
        await driver.execute_query(
            "MATCH (m:Member {network: $network, id: $id}) "
            "SET m.confirmed_keys = ['email:' + $address], m.name = $name",
            network=network,
            name=NAMES[user],
            id=address.partition("@")[0],
            address=address,
        )
    listed = connections((by_profile("zoe-zhang", "Zoe Zhang"), "Globex"))
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *listed], kind="linkedin")
    through_dan = [*talk(CLEO, DAN), *talk(DAN, JANE, times=3, copy=CLEO)]
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *through_dan], kind="calendar")
    await connect_workspace(graph, network, "ana", team=TEAM, name="Acme")
    return network


if __name__ == "__main__":
    asyncio.run(main())
