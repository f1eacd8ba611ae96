"""Slack workspaces. Each belongs to one network. Their tokens are stored encrypted (docs/decisions/0029-slack.md)."""

from dataclasses import dataclass
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken

import cypher
from graph.database.client import Graph
from graph.networks.members import require_permission
from graph.networks.permissions import Operation

_CONNECT_WORKSPACE = cypher.load("slack/connect_workspace")
_FIND_WORKSPACE = cypher.load("slack/find_workspace")
_LIST_WORKSPACES = cypher.load("slack/list_workspaces")
_DISCONNECT_WORKSPACE = cypher.load("slack/disconnect_workspace")
_CLAIM_ROTATION = cypher.load("slack/claim_rotation")
_STORE_ROTATED_TOKENS = cypher.load("slack/store_rotated_tokens")

ROTATION_MARGIN_MS = 60 * 60 * 1000
"""Milliseconds before its expiry from which a token is rotated. Slack's tokens are valid for twelve hours."""
ROTATION_LEASE_MS = 30_000
"""Milliseconds after which another process may rotate a token whose rotation did not end."""


@dataclass(frozen=True, slots=True)
class SlackTokens:
    """The bot token of a workspace. `refresh` and `lifetime_seconds` are None for a token without expiry."""

    access: str
    refresh: str | None = None
    lifetime_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class SlackWorkspace:
    """A connected workspace. `team` is Slack's id of it.

    `stored_token` and `stored_refresh_token` are encrypted; None where the settings contain the token.
    """

    network: str
    team: str
    stored_token: str | None
    stored_refresh_token: str | None
    is_expiring: bool


@dataclass(frozen=True, slots=True)
class ConnectedWorkspace:
    """A workspace as owners and admins see it in a list. `connected_at` is in milliseconds since 1970."""

    team: str
    name: str
    connected_at: int
    connected_by: str


async def connect_workspace(
    graph: Graph,
    network: str,
    member: str,
    *,
    team: str,
    name: str,
    tokens: SlackTokens | None = None,
    cipher: Fernet | None = None,
) -> bool:
    """Connect a workspace to the network of this owner or admin. Repeating it stores the tokens again.

    Returns False if the workspace belongs to another network. Raises PermissionDenied.
    """
    await require_permission(graph, network, member, Operation.MANAGE_MEMBERS)
    rows = await graph.run(
        _CONNECT_WORKSPACE,
        network=network,
        team=team,
        name=name,
        member=member,
        **_encrypted(tokens, cipher),
    )
    return bool(rows)


async def find_workspace(graph: Graph, team: str) -> SlackWorkspace | None:
    """The connected workspace with this id, and the network that it belongs to."""
    rows = await graph.run(_FIND_WORKSPACE, team=team, margin_ms=ROTATION_MARGIN_MS)
    if not rows:
        return None
    (row,) = rows
    return SlackWorkspace(
        network=row["network"],
        team=row["team"],
        stored_token=row["token"],
        stored_refresh_token=row["refresh_token"],
        is_expiring=row["is_expiring"],
    )


async def list_workspaces(graph: Graph, network: str) -> list[ConnectedWorkspace]:
    """The workspaces that are connected to a network, the first connected first."""
    return [ConnectedWorkspace(**row) for row in await graph.run(_LIST_WORKSPACES, network=network)]


async def disconnect_workspace(graph: Graph, network: str, team: str, *, uninstalled_at: int | None = None) -> bool:
    """Delete a workspace, its tokens and its links to members. Returns False if it is not connected.

    `uninstalled_at`, in seconds since 1970, keeps a workspace that was installed again since then.
    """
    before = None if uninstalled_at is None else (uninstalled_at + 1) * 1000
    return bool(await graph.run(_DISCONNECT_WORKSPACE, network=network, team=team, installed_before=before))


async def claim_rotation(graph: Graph, workspace: SlackWorkspace) -> str | None:
    """Claim the rotation of this workspace's token. Returns None if another process rotates it, or has rotated it."""
    claim = uuid4().hex
    rows = await graph.run(
        _CLAIM_ROTATION,
        network=workspace.network,
        team=workspace.team,
        claim=claim,
        refresh_token=workspace.stored_refresh_token,
        lease_ms=ROTATION_LEASE_MS,
    )
    return claim if rows else None


async def store_rotated_tokens(
    graph: Graph, workspace: SlackWorkspace, claim: str, tokens: SlackTokens, cipher: Fernet
) -> None:
    """Store the tokens of a rotation that was claimed."""
    await graph.run(
        _STORE_ROTATED_TOKENS,
        network=workspace.network,
        team=workspace.team,
        claim=claim,
        **_encrypted(tokens, cipher),
    )


def decrypt_token(stored: str, cipher: Fernet) -> str | None:
    """A stored token in plain text; None if it was encrypted under another key."""
    try:
        return cipher.decrypt(stored).decode()
    except InvalidToken:
        return None


def _encrypted(tokens: SlackTokens | None, cipher: Fernet | None) -> dict[str, str | int | None]:
    if tokens is None or cipher is None:
        return {"token": None, "refresh_token": None, "lifetime_ms": None}
    return {
        "token": cipher.encrypt(tokens.access.encode()).decode(),
        "refresh_token": cipher.encrypt(tokens.refresh.encode()).decode() if tokens.refresh else None,
        "lifetime_ms": tokens.lifetime_seconds and tokens.lifetime_seconds * 1000,
    }
