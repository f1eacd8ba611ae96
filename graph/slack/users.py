"""Links Slack users to members: by a one-time code, or by an address that both Slack and the network confirmed.

Display names never identify a member: everybody chooses their own.
"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.names.keys import identity_key
from graph.networks.secrets import create_secret, fingerprint
from graph.networks.state import NetworkState
from graph.records import Handle, HandleKind

_CREATE_LINK_CODE = cypher.load("slack/create_link_code")
_FIND_LINK_CODE = cypher.load("slack/find_link_code")
_REDEEM_LINK_CODE = cypher.load("slack/redeem_link_code")
_FIND_LINKED_MEMBER = cypher.load("slack/find_linked_member")
_LIST_LINKED_USERS = cypher.load("slack/list_linked_users")
_UNLINK_USER = cypher.load("slack/unlink_user")

LINK_CODE_LIFETIME_MS = 10 * 60 * 1000
"""Milliseconds within which a code can be redeemed."""


@dataclass(frozen=True, slots=True)
class SlackUser:
    """A user of a connected workspace, by Slack's ids."""

    network: str
    team: str
    user: str


@dataclass(frozen=True, slots=True)
class LinkCode:
    """The Slack user whom a valid code links, and the name of the workspace."""

    user: SlackUser
    workspace: str


async def create_link_code(graph: Graph, user: SlackUser) -> str | None:
    """Create a one-time code for a Slack user. Show it to that user only. None if the workspace was disconnected."""
    secret = create_secret("")
    rows = await graph.run(
        _CREATE_LINK_CODE,
        network=user.network,
        team=user.team,
        user=user.user,
        fingerprint=_fingerprint(secret),
        lifetime_ms=LINK_CODE_LIFETIME_MS,
    )
    return secret if rows else None


async def find_link_code(graph: Graph, secret: str) -> LinkCode | None:
    """Return the Slack user of a code. None if it is unknown, redeemed or expired."""
    rows = await graph.run(_FIND_LINK_CODE, fingerprint=_fingerprint(secret))
    if not rows:
        return None
    (row,) = rows
    return LinkCode(SlackUser(row["network"], row["team"], row["user"]), row["workspace"])


async def redeem_link_code(graph: Graph, network: str, member: str, secret: str) -> bool:
    """Link the Slack user of the code to this member of the same network. Returns False if the code is not valid."""
    return bool(await graph.run(_REDEEM_LINK_CODE, network=network, member=member, fingerprint=_fingerprint(secret)))


async def find_linked_member(graph: Graph, user: SlackUser) -> str | None:
    """The member to whom a code linked this Slack user."""
    rows = await graph.run(_FIND_LINKED_MEMBER, network=user.network, team=user.team, user=user.user)
    return rows[0]["member"] if rows else None


async def list_linked_users(graph: Graph, network: str, team: str, member: str) -> list[str]:
    """The Slack users of a workspace that codes linked to this member, the latest first."""
    rows = await graph.run(_LIST_LINKED_USERS, network=network, team=team, member=member)
    return [row["user"] for row in rows]


async def unlink_user(graph: Graph, user: SlackUser) -> bool:
    """Remove the link that a code made. Returns False if there is none."""
    return bool(await graph.run(_UNLINK_USER, network=user.network, team=user.team, user=user.user))


def member_with_address(state: NetworkState, address: str) -> str | None:
    """The only member for whom this address is confirmed. None if there is no such member, or more than one."""
    key = identity_key(Handle(HandleKind.EMAIL, address))
    members = [member for member in state.roles if key and key in state.confirmed_identities.get(member, ())]
    return members[0] if len(members) == 1 else None


def confirmed_addresses(state: NetworkState, member: str) -> list[str]:
    """The addresses that are confirmed for this member and for no other."""
    prefix = f"{HandleKind.EMAIL.value}:"
    addresses = [
        key.removeprefix(prefix) for key in state.confirmed_identities.get(member, ()) if key.startswith(prefix)
    ]
    return [address for address in addresses if member_with_address(state, address) == member]


def _fingerprint(secret: str) -> str:
    return fingerprint(f"slack link {secret}")
