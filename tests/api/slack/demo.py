"""`make demo-slack`: a story of three colleagues, on a stand-in of Slack and a Neo4j of its own. It ends by itself."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import httpx
import neo4j

from graph.database.client import Graph, create_driver
from graph.database.migrations import migrate
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
from tests.graph.worlds import by_profile, connections, own
from tests.operations.requests_team import ANA, BEN, CLEO, JANE, create_request_team

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
        print(f"\n{NAMES[user]} clicks: {label}")
        await send(self._service, action_body(self._slack, button(message, label), user=user))

    async def form(self) -> dict[str, Any]:
        """The form that opens."""
        return _view(await self._slack.called("views.open"))

    async def submits(self, user: str, view: dict[str, Any], **values: str) -> dict[str, Any]:
        """Fill in a form, and submit it."""
        written = {name: value for name, value in values.items() if value}
        print(f"\n{NAMES[user]} submits: {written}")
        await send(self._service, submission_body(view, "V1", user, **values))
        return _view(await self._slack.called("views.update"))

    async def receives(self, user: str) -> dict[str, Any]:
        """The next direct message to a user."""
        while (message := await self._slack.called("chat.postMessage"))["channel"] != user:
            pass
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
            labels = [one.get("text", one.get("placeholder", {})).get("text") for one in block["elements"]]
            print("    " + "  ".join(f"({label})" for label in labels))
        else:
            for text in texts(block):
                print("    " + text.replace("\n", "\n    "))


async def tell(story: Story) -> None:
    """Ana finds Ben and asks him; Ben introduces her. Then Cleo asks for a stranger."""
    answer = await story.types("UANA", JANE)
    answer = await story.clicks("UANA", answer, "Search through colleagues")
    ben = {"blocks": [card for card in answer["blocks"] if "Ben" in str(card.get("title"))]}
    await story.presses("UANA", ben, "Request introduction")
    form = await story.form()
    purpose, about = "I want to learn how you choose suppliers", "I run purchasing at Acme."
    review = await story.submits("UANA", form, purpose=purpose, about=about, benefit="")
    written = {block["block_id"]: block["element"].get("initial_value", "") for block in review["blocks"][1:]}
    await story.submits("UANA", review, **written)
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
    await story.types("UCLEO", "Zoe Zhang")
    print("\nThe story ends.")


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
                await prepare(driver, graph, slack)
                async with served(graph, slack=slack.config(), networks=None) as service:
                    await tell(Story(service, slack))
        finally:
            lifecycle.stop(settings)


async def prepare(driver: neo4j.AsyncDriver, graph: Graph, slack: StandIn) -> None:
    """A team in a connected workspace, whose members are found by their confirmed addresses."""
    network = await create_request_team(driver, graph)
    for user, address in USERS.items():
        slack.users[user] = profile(address)
        await driver.execute_query(
            "MATCH (m:Member {network: $network, id: $id}) SET m.confirmed_key = 'email:' + $address, m.name = $name",
            network=network,
            name=NAMES[user],
            id=address.partition("@")[0],
            address=address,
        )
    listed = connections((by_profile("zoe-zhang", "Zoe Zhang"), "Globex"))
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *listed], kind="linkedin")
    await connect_workspace(graph, network, "ana", team=TEAM, name="Acme", bot_user="UBOT")


if __name__ == "__main__":
    asyncio.run(main())
