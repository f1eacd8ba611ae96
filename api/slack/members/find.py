"""Finds the member that a Slack user is, or says how to become linked to one."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from graph.database.client import Graph
from graph.networks.state import NetworkState
from graph.slack.users import (
    SlackUser,
    confirmed_addresses,
    find_linked_member,
    list_linked_users,
    member_with_address,
)

BOT_MESSAGE = "A bot cannot ask: it is not a member."
GUEST_MESSAGE = "Guests of this workspace are not found by their address."
OTHER_WORKSPACE_MESSAGE = "Users of another workspace are not found by their address."
NO_CONFIRMED_ADDRESS_MESSAGE = "Slack shows no confirmed e-mail address of yours."
NO_MEMBER_MESSAGE = "Your address in Slack is not the confirmed address of exactly one member of this network."


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """A user as `users.info` describes them. `address` is None unless Slack confirmed it."""

    address: str | None
    is_bot: bool = False
    is_guest: bool = False
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class NotLinked:
    """Why a Slack user is no member so far, and whether a code may link them."""

    message: str
    can_link: bool = True


async def find_asking_member(
    graph: Graph, state: NetworkState, user: SlackUser, client: AsyncWebClient
) -> str | NotLinked:
    """The member that a Slack user is: by a code, or else by the confirmed address. Names are never compared.

    Slack is asked only if no code linked the user. Raises an error of the client if Slack does not answer.
    """
    member = await find_linked_member(graph, user)
    if member in state.roles:
        return str(member)
    profile = await read_profile(client, user)
    if profile.is_bot:
        return NotLinked(BOT_MESSAGE, can_link=False)
    if profile.is_external:
        return NotLinked(OTHER_WORKSPACE_MESSAGE)
    if profile.is_guest:
        return NotLinked(GUEST_MESSAGE)
    if not profile.address:
        return NotLinked(NO_CONFIRMED_ADDRESS_MESSAGE)
    return member_with_address(state, profile.address) or NotLinked(NO_MEMBER_MESSAGE)


async def find_user_of_member(
    graph: Graph, state: NetworkState, team: str, member: str, client: AsyncWebClient
) -> str | None:
    """The Slack user of a workspace that `find_asking_member` finds to be this member. None if there is none."""
    if linked := await list_linked_users(graph, state.network, team, member):
        return linked[0]
    for address in confirmed_addresses(state, member):
        try:
            response = await client.users_lookupByEmail(email=address)
        except SlackApiError as error:
            if error.response.get("error") == "users_not_found":
                continue
            raise
        slack_user: dict[str, Any] = response.get("user") or {}
        user = SlackUser(state.network, team, str(slack_user.get("id", "")))
        if await find_asking_member(graph, state, user, client) == member:
            return user.user
    return None


async def read_profile(client: AsyncWebClient, user: SlackUser) -> SlackProfile:
    """The profile of a user. A user whom Slack does not show has no address."""
    try:
        response = await client.users_info(user=user.user)
    except SlackApiError:
        return SlackProfile(None)
    slack_user: dict[str, Any] = response.get("user") or {}
    address = (slack_user.get("profile") or {}).get("email")
    is_confirmed = slack_user.get("is_email_confirmed") is True and not slack_user.get("deleted")
    return SlackProfile(
        address=str(address) if address and is_confirmed else None,
        is_bot=bool(slack_user.get("is_bot")),
        is_guest=bool(slack_user.get("is_restricted") or slack_user.get("is_ultra_restricted")),
        is_external=bool(slack_user.get("is_stranger")) or slack_user.get("team_id", user.team) != user.team,
    )
