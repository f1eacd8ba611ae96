"""The viewer's access tokens."""

from collections.abc import Iterable

from graph.networks.permissions import Scope
from graph.networks.tokens import Token, create_token, list_tokens, revoke_token
from presentation.dates import time_text
from presentation.sentences import format_day_of_time
from tertius import console
from tertius.cli.numbered_list import choose
from tertius.cli.team.members import readable_name
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork


def print_tokens(*, as_json: bool) -> None:
    """Print the viewer's tokens."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do, create=True)


def create_access_token(name: str, *, scopes: set[Scope], days: int, as_json: bool) -> None:
    """Create a token and print it."""
    visible = readable_name(name)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        secret, token = await create_token(
            network.graph, network.id, network.member, name=visible, scopes=scopes, days=days
        )
        if as_json:
            console.echo_json({"__typename": "CreateTokenPayload", "secret": secret, "token": _token_data(token)})
        else:
            console.echo(secret)

    run(do, create=True)


def revoke(number: int, *, as_json: bool) -> None:
    """Revoke the token with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        tokens = await list_tokens(network.graph, network.id, network.member)
        token = choose(tokens, number, "token", "tertius team tokens")
        await revoke_token(network.graph, network.id, network.member, token.id)
        await _print(network, as_json=as_json)

    run(do, create=True)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    tokens = await list_tokens(network.graph, network.id, network.member)
    if as_json:
        console.echo_json([_token_data(token) for token in tokens])
        return
    for number, token in enumerate(tokens, 1):
        console.echo(f"{number}. {_line(token)}")
    if not tokens:
        console.echo("You have no token yet. `tertius up` creates one for this machine.")


def _line(token: Token) -> str:
    expiry = (
        f"valid until {format_day_of_time(token.expires_at)}" if token.expires_at is not None else "valid until revoked"
    )
    use = f"last used on {format_day_of_time(token.last_used_at)}" if token.last_used_at is not None else "never used"
    return f"{token.name or 'this machine'}: {', '.join(_ordered(token.scopes))}; {expiry}; {use}"


def _ordered(scopes: Iterable[Scope]) -> list[Scope]:
    return sorted(scopes, key=list(Scope).index)


def _token_data(token: Token) -> dict[str, object]:
    return {
        "__typename": "Token",
        "id": token.id,
        "name": token.name,
        "scopes": [scope.upper() for scope in _ordered(token.scopes)],
        "createdAt": time_text(token.created_at),
        "expiresAt": time_text(token.expires_at),
        "lastUsedAt": time_text(token.last_used_at),
    }
