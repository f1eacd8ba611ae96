"""Which member a Slack user is, and that a workspace sees its own network only."""

import asyncio
from typing import Any

import httpx
import neo4j
import pytest

from graph.errors import PermissionDenied
from graph.networks.permissions import Scope
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import grant_token
from graph.slack.users import redeem_link_code
from graph.slack.workspaces import connect_workspace, disconnect_workspace, find_workspace
from tests.api.conftest import TODAY, TOKEN, Counting, served
from tests.api.slack.conftest import ADDRESS
from tests.api.slack.stand_in import TEAM, StandIn, command_body, profile, send, texts

NOT_FOUND: dict[str, tuple[dict[str, Any] | None, str]] = {
    "another address": (profile("ben@example.com"), "not the confirmed address"),
    "an address that Slack did not confirm": (profile(ADDRESS, is_email_confirmed=False), "no confirmed e-mail"),
    "no address": (profile(None), "no confirmed e-mail"),
    "a guest": (profile(ADDRESS, is_restricted=True), "Guests"),
    "a guest of one channel": (profile(ADDRESS, is_ultra_restricted=True), "Guests"),
    "a user of another workspace": (profile(ADDRESS, team_id="T9"), "another workspace"),
    "a stranger": (profile(ADDRESS, is_stranger=True), "another workspace"),
    "a former user": (profile(ADDRESS, deleted=True), "no confirmed e-mail"),
    "the name of a member": (profile(None, real_name="Ana Ferreira"), "no confirmed e-mail"),
    "a user whom Slack does not show": (None, "no confirmed e-mail"),
}


async def ask(service: httpx.AsyncClient, slack: StandIn, text: str = "Jane Okonkwo", **of: str) -> dict[str, Any]:
    await send(service, command_body(slack, text, **of))
    return await slack.reply()


def link_of(reply: dict[str, Any]) -> str:
    """The path of the link in a reply."""
    (text,) = (one for one in texts(reply["blocks"]) if "/slack/link/" in one)
    return text.removeprefix("<https://tertius.example").partition("|")[0]


@pytest.mark.parametrize("kind", NOT_FOUND)
async def test_a_user_without_a_confirmed_address_gets_instructions_to_link(
    service: httpx.AsyncClient, slack: StandIn, kind: str
) -> None:
    user, reason = NOT_FOUND[kind]
    if user:
        slack.users["UBEN"] = user

    reply = await ask(service, slack, user="UBEN")

    assert reason in reply["text"]
    assert "Jane" not in reply["text"]
    assert link_of(reply).startswith("/slack/link/")


async def test_a_bot_gets_no_link(service: httpx.AsyncClient, slack: StandIn) -> None:
    slack.users["UBEN"] = profile(ADDRESS, is_bot=True)

    assert "/slack/link/" not in (await ask(service, slack, user="UBEN"))["text"]


async def test_a_link_works_once_for_the_member_whose_token_is_given(
    service: httpx.AsyncClient, slack: StandIn
) -> None:
    path = link_of(await ask(service, slack, user="UCEM"))

    shown = await service.get(path)
    wrong = await service.post(path, data={"token": "wrong"})
    right = await service.post(path, data={"token": TOKEN})
    again = await service.post(path, data={"token": TOKEN})
    answer = await ask(service, slack, user="UCEM")
    removed = await ask(service, slack, "unlink", user="UCEM")
    after = await ask(service, slack, user="UCEM")

    assert "UCEM" in shown.text
    assert "Acme" in shown.text
    assert [each.status_code for each in (shown, wrong, right, again)] == [200, 403, 200, 410]
    assert "can introduce you to Jane Okonkwo" in answer["text"]
    assert removed["text"] == "The link is removed."
    assert link_of(after)


async def test_a_link_accepts_a_sign_in_from_its_own_page_only(connected: Counting, slack: StandIn) -> None:
    async with served(connected, slack=slack.config()) as client:
        began = await client.post("/session", json={"token": TOKEN}, headers={"Origin": "http://localhost"})
        cookie = began.headers["set-cookie"].partition(";")[0]
        path = link_of(await ask(client, slack, user="UFAY"))
        statuses = [
            (await client.post(path, headers={"sec-fetch-site": site, "cookie": cookie})).status_code
            for site in ("cross-site", "none", "same-origin")
        ]

    assert statuses == [403, 403, 200]


async def test_a_browser_states_the_origin_of_the_form(service: httpx.AsyncClient, slack: StandIn) -> None:
    pages = [await service.get(path) for path in (link_of(await ask(service, slack, user="UGUS")), "/slack/install")]

    # with no-referrer a browser sends `Origin: null` with a form, also to the site of the form
    assert [page.headers["referrer-policy"] for page in pages] == ["same-origin"] * 2


async def test_one_of_concurrent_uses_of_a_link_succeeds(
    service: httpx.AsyncClient, slack: StandIn, connected: Counting
) -> None:
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    code = link_of(await ask(service, slack, user="UHAL")).rpartition("/")[2]

    redeemed = await asyncio.gather(*(redeem_link_code(connected, network, member, code) for _ in range(8)))

    assert redeemed.count(True) == 1


async def test_a_question_has_a_maximum_length(service: httpx.AsyncClient, slack: StandIn) -> None:
    assert "500 characters at most" in (await ask(service, slack, "x" * 501))["text"]


async def test_a_link_needs_a_token_that_may_manage_the_account(
    service: httpx.AsyncClient, slack: StandIn, connected: Counting
) -> None:
    network, member = await find_or_create_network(connected, "demo", today=TODAY)
    await grant_token(connected, network, member, "read-only", scopes=[Scope.READ])
    path = link_of(await ask(service, slack, user="UDAN"))

    response = await service.post(path, data={"token": "read-only"})

    assert response.status_code == 403
    assert link_of(await ask(service, slack, user="UDAN"))


async def test_an_address_of_two_members_is_not_unique(
    service: httpx.AsyncClient, slack: StandIn, connected: Counting, driver: neo4j.AsyncDriver
) -> None:
    slack.users["UTWO"] = profile("two@example.com")
    network, _ = await find_or_create_network(connected, "demo", today=TODAY)
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network}) UNWIND ['one', 'two'] AS id
        CREATE (n)-[:HAS]->(m:Member {network: $network, id: id, role: 'asker'})
        SET m.confirmed_keys = ['email:two@example.com']
        """,
        network=network,
    )
    try:
        reply = await ask(service, slack, user="UTWO")
    finally:
        await driver.execute_query("MATCH (m:Member) WHERE m.id IN ['one', 'two'] DETACH DELETE m")

    assert "exactly one member" in reply["text"]


async def test_a_workspace_belongs_to_one_network(
    service: httpx.AsyncClient, slack: StandIn, connected: Counting
) -> None:
    other, owner = await find_or_create_network(connected, "other", today=TODAY)

    stolen = await connect_workspace(connected, other, owner, team=TEAM, name="Acme")
    own = await connect_workspace(connected, other, owner, team="T2", name="Other")
    with pytest.raises(PermissionDenied):
        await connect_workspace(connected, other, "nobody", team="T3", name="Other")
    slack.users["UANA"] = profile(ADDRESS, team_id="T2")
    foreign = await ask(service, slack, team="T2", user="UANA")
    unknown = await ask(service, slack, team="T3", user="UANA")
    path = link_of(await ask(service, slack, team="T2", user="UEVE"))
    linked = await service.post(path, data={"token": TOKEN})
    await disconnect_workspace(connected, other, "T2")

    assert (stolen, own) == (False, True)
    assert "not the confirmed address" in foreign["text"]
    assert "not connected" in unknown["text"]
    assert linked.status_code == 403
    assert await find_workspace(connected, "T2") is None
    assert (await service.get(path)).status_code == 410
