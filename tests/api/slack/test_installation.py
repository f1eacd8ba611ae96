"""A workspace is connected by the configured token or by OAuth, and deleted when the app is removed from it."""

import asyncio
import re
import time
from html import unescape
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import neo4j
import pytest

from api.slack.workspaces.installation import (
    SlackUnavailable,
    WorkspaceNotConnected,
    complete_installation,
    connect_token_workspace,
    installation_address,
    installation_ticket,
)
from api.slack.workspaces.manifest import manifest
from api.slack.workspaces.tokens import WorkspaceTokens, token_cipher
from graph.errors import PermissionDenied
from graph.networks.permissions import Scope
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from graph.slack.workspaces import SlackTokens, connect_workspace, find_workspace, list_workspaces
from tests.api.conftest import TODAY, TOKEN, Counting, served
from tests.api.slack.conftest import ADDRESS
from tests.api.slack.stand_in import TEAM, StandIn, command_body, event_body, profile, send

OAUTH = {"bot_token": "", "client_id": "1.2", "client_secret": "client-secret-of-the-tests"}
GRANTED = {"access_token": "xoxb-granted", "refresh_token": "xoxe-granted", "expires_in": 43_200}
OWN = {"Origin": "http://localhost"}
INSTALLED = {"team_id": "T7", "team": "Globex", "user_id": "UBOT"}


def state_of(page: httpx.Response) -> str:
    """The state in the address at Slack that the page offers."""
    (address,) = re.findall(r'href="(https://slack.com[^"]+)"', page.text)
    return parse_qs(urlsplit(unescape(address)).query)["state"][0]


async def test_the_workspace_of_the_token_is_connected_to_one_network(connected: Counting, slack: StandIn) -> None:
    slack.results["auth.test"] = INSTALLED
    mine = await find_or_create_network(connected, "demo", today=TODAY)
    others = await find_or_create_network(connected, "other", today=TODAY)

    names = [await connect_token_workspace(slack.config(), connected, *mine) for _ in range(2)]
    with pytest.raises(WorkspaceNotConnected):
        await connect_token_workspace(slack.config(), connected, *others)

    assert names == ["Globex", "Globex"]
    assert ("auth.test", {}, "Bearer xoxb-of-the-tests") in slack.calls
    assert [one.name for one in await list_workspaces(connected, mine[0])].count("Globex") == 1


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


async def test_an_installation_stores_encrypted_tokens_with_which_members_are_found(
    connected: Counting, slack: StandIn, driver: neo4j.AsyncDriver
) -> None:
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    config = slack.config(**OAUTH)
    slack.results["oauth.v2.access"] = {**GRANTED, "team": {"id": "T20", "name": "Initech"}}
    slack.users["UANA"] = profile(ADDRESS, team_id="T20")
    ticket = await installation_ticket(config, connected, network, member)

    async with served(connected, slack=config) as client:
        asked = await client.get(f"/slack/install/{ticket}")
        foreign = await client.post(f"/slack/install/{ticket}", headers={"Origin": "https://evil.example"})
        state = state_of(await client.post(f"/slack/install/{ticket}", headers=OWN))
        cookies = dict(client.cookies)
        client.cookies.clear()
        elsewhere = await client.get("/slack/oauth/callback", params={"code": "c", "state": state})
        ticket_as_state = await client.get("/slack/oauth/callback", params={"code": "c", "state": ticket})
        client.cookies.update(cookies)
        cancelled = await client.get("/slack/oauth/callback", params={"error": "access_denied", "state": state})
        forged = await client.get("/slack/oauth/callback", params={"code": "c", "state": state[:-8] + "AAAAAAAA"})
        done = await client.get("/slack/oauth/callback", params={"code": "c", "state": state})
        await send(client, command_body(slack, "Jane Okonkwo", team="T20"))
        answer = await slack.reply()
    stored = await driver.execute_query("MATCH (w:SlackWorkspace {team: 'T20'}) RETURN properties(w) AS all")

    assert "network “demo”" in asked.text
    assert (foreign.status_code, elsewhere.status_code, ticket_as_state.status_code) == (400, 400, 400)
    assert "Another browser" in elsewhere.text
    assert [each.status_code for each in (cancelled, forged, done)] == [400, 400, 200]
    assert "Initech" in done.text
    assert "can introduce you to Jane Okonkwo" in answer["text"]
    assert ("users.info", {"user": "UANA"}, "Bearer xoxb-granted") in slack.calls
    assert [method for method, *_ in slack.calls].count("oauth.v2.access") == 1
    assert not any(secret in str(stored.records[0]["all"]) for secret in ("xoxb-", "xoxe-"))


async def test_an_owner_connects_a_workspace_at_the_page(
    driver: neo4j.AsyncDriver, connected: Counting, slack: StandIn
) -> None:
    await driver.execute_query("MATCH (n:Network) WHERE n.name <> 'demo' DETACH DELETE n")
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    await grant_token(connected, network, member, "read-only", scopes=[Scope.READ])
    slack.results["auth.test"] = {"team_id": "T30", "team": "Stark", "user_id": "UBOT"}

    async with served(connected, slack=slack.config()) as client:
        form = await client.get("/slack/install")
        refused = [await client.post("/slack/install", data={"token": token}) for token in ("", "wrong", "read-only")]
        before = await find_workspace(connected, "T30")
        done = await client.post("/slack/install", data={"token": TOKEN})
        await find_or_create_network(connected, "other", today=TODAY)
        of_two = await client.post("/slack/install", data={"token": TOKEN})
    async with served(connected, slack=slack.config(**OAUTH)) as client:
        offered = await client.post("/slack/install", data={"token": TOKEN}, headers=OWN)
        foreign = await client.post("/slack/install", data={"token": TOKEN}, headers={"Origin": "https://evil.example"})

    assert [each.status_code for each in (form, *refused, done, of_two)] == [200, 403, 403, 403, 200, 403]
    assert "several networks" in of_two.text
    assert before is None
    assert "Stark" in done.text
    assert await find_workspace(connected, "T30") is not None
    assert "https://slack.com/oauth/v2/authorize?client_id=1.2" in offered.text
    assert (foreign.status_code, "set-cookie" in foreign.headers) == (403, False)


async def test_only_an_owner_or_admin_installs_and_a_connected_workspace_keeps_its_network(
    connected: Counting, slack: StandIn
) -> None:
    config = slack.config(**OAUTH)
    network, _ = await find_or_create_network(connected, "demo", today=TODAY)
    other = await find_or_create_network(connected, "other", today=TODAY)
    slack.results["oauth.v2.access"] = {**GRANTED, "team": {"id": TEAM, "name": "Acme"}}
    address = await installation_address(config, connected, *other, browser_secret="s")
    state = parse_qs(urlsplit(address).query)["state"][0]

    with pytest.raises(PermissionDenied):
        await installation_ticket(config, connected, network, "nobody")
    with pytest.raises(WorkspaceNotConnected, match="connected to another network"):
        await complete_installation(config, connected, code="c", state=state, browser_secret="s")


@pytest.mark.parametrize("state", ["x", "\u00e9"])
async def test_a_state_of_somebody_else_is_refused(connected: Counting, slack: StandIn, state: str) -> None:
    with pytest.raises(WorkspaceNotConnected, match="not valid any more"):
        await complete_installation(slack.config(**OAUTH), connected, code="c", state=state, browser_secret="s")


async def test_concurrent_requests_rotate_an_expiring_token_once(connected: Counting, slack: StandIn) -> None:
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    config = slack.config(**OAUTH)
    await connect_workspace(
        connected,
        network,
        member,
        team="T21",
        name="Hooli",
        tokens=SlackTokens("xoxb-old", "xoxe-old", lifetime_seconds=60),
        cipher=token_cipher(config),
    )
    slack.results["oauth.v2.access"] = {**GRANTED, "access_token": "xoxb-new", "refresh_token": "xoxe-new"}
    workspace = await find_workspace(connected, "T21")
    assert workspace is not None

    processes = [WorkspaceTokens(config, connected) for _ in range(8)]
    tokens = await asyncio.gather(*(process.find(workspace) for process in processes))
    later = await find_workspace(connected, "T21")
    assert later is not None

    rotations = [form for method, form, _ in slack.calls if method == "oauth.v2.access"]
    assert [(each["grant_type"], each["refresh_token"]) for each in rotations] == [("refresh_token", "xoxe-old")]
    assert set(tokens) <= {"xoxb-old", "xoxb-new"}
    assert (await WorkspaceTokens(config, connected).find(later), later.is_expiring) == ("xoxb-new", False)


async def test_a_token_under_another_client_secret_asks_to_connect_again(connected: Counting, slack: StandIn) -> None:
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    config = slack.config(**OAUTH)
    tokens = SlackTokens("xoxb-old")
    more: dict[str, Any] = {"name": "Umbrella", "tokens": tokens, "cipher": token_cipher(config)}
    await connect_workspace(connected, network, member, team="T22", **more)

    async with served(connected, slack=slack.config(**{**OAUTH, "client_secret": "another"})) as client:
        await send(client, command_body(slack, "Jane Okonkwo", team="T22"))
        reply = await slack.reply()

    assert "connect the workspace again" in reply["text"]


async def test_socket_mode_answers_as_http_does(connected: Counting, slack: StandIn) -> None:
    command = dict(parse_qsl(command_body(slack, "Jane Okonkwo").decode()))

    async with served(connected, slack=slack.config(signing_secret="", app_token="xapp-1")) as client:
        await slack.to_socket.put({"envelope_id": "e1", "type": "slash_commands", "payload": command})
        acknowledged = await slack.from_socket.get()
        reply = await slack.reply()
        over_http = await send(client, command_body(slack, "Jane Okonkwo"))

    assert acknowledged == {"envelope_id": "e1"}
    assert "can introduce you to Jane Okonkwo" in reply["text"]
    assert over_http.status_code == 401


def test_the_manifest_names_the_address_of_the_service_everywhere() -> None:
    made = manifest("https://tertius.example/")

    assert made["features"]["slash_commands"][0]["url"] == "https://tertius.example/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == "https://tertius.example/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://tertius.example/slack/events"


def test_the_manifest_of_socket_mode_names_no_address() -> None:
    made = manifest(None)

    assert made["settings"]["socket_mode_enabled"]
    assert "http" not in str(made)
