"""A workspace is connected by the configured token, and deleted when the app is removed from it."""

import time

import httpx
import pytest

from api.slack.installation import SlackUnavailable, WorkspaceOfAnotherNetwork, connect_token_workspace
from api.slack.manifest import manifest
from graph.networks.registry import find_or_create_network
from graph.slack.workspaces import find_workspace, list_workspaces
from tests.api.conftest import TODAY, Counting
from tests.api.slack.stand_in import StandIn, command_body, event_body, send

INSTALLED = {"team_id": "T7", "team": "Globex", "user_id": "UBOT"}


async def test_the_workspace_of_the_token_is_connected_to_one_network(connected: Counting, slack: StandIn) -> None:
    slack.results["auth.test"] = INSTALLED
    mine = await find_or_create_network(connected, "demo", today=TODAY)
    others = await find_or_create_network(connected, "other", today=TODAY)

    names = [await connect_token_workspace(slack.config(), connected, *mine) for _ in range(2)]
    with pytest.raises(WorkspaceOfAnotherNetwork):
        await connect_token_workspace(slack.config(), connected, *others)

    assert names == ["Globex", "Globex"]
    assert ("auth.test", {}, "Bearer xoxb-of-the-tests") in slack.calls
    assert [one.name for one in await list_workspaces(connected, mine[0])] == ["Acme", "Globex"]


async def test_a_refused_token_is_one_sentence(connected: Counting, slack: StandIn) -> None:
    slack.results["auth.test"] = {"ok": False, "error": "invalid_auth"}
    mine = await find_or_create_network(connected, "demo", today=TODAY)

    with pytest.raises(SlackUnavailable, match=r"^Slack refuses the bot token \(invalid_auth\)\.$"):
        await connect_token_workspace(slack.config(), connected, *mine)


async def test_an_uninstalled_app_deletes_the_workspace_unless_it_was_installed_again(
    service: httpx.AsyncClient, connected: Counting, slack: StandIn
) -> None:
    slack.results["auth.test"] = {**INSTALLED, "team_id": "T8"}
    await connect_token_workspace(
        slack.config(), connected, *await find_or_create_network(connected, "demo", today=TODAY)
    )

    async def uninstall(event_time: float) -> None:
        body = event_body({"type": "app_uninstalled"}, team="T8", event_time=int(event_time))
        assert (await send(service, body, **{"content-type": "application/json"})).status_code == 200

    await uninstall(time.time() - 3600)
    await send(service, command_body(slack, "Jane", team="T8", user="UX"))
    kept = await slack.reply()
    await uninstall(time.time() + 60)
    while await find_workspace(connected, "T8"):
        pass
    await send(service, command_body(slack, "Jane", team="T8", user="UX"))
    gone = await slack.reply()

    assert "not connected" not in kept["text"]
    assert "not connected" in gone["text"]


def test_the_manifest_names_the_address_of_the_service_everywhere() -> None:
    made = manifest("https://tertius.example/")

    assert made["features"]["slash_commands"][0]["url"] == "https://tertius.example/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == "https://tertius.example/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://tertius.example/slack/events"
