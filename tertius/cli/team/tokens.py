"""The viewer's access tokens."""

from collections.abc import Iterable, Sequence

from graph.networks.permissions import Scope
from graph.networks.tokens import Token, create_token, list_tokens, revoke_token
from presentation.answer_json import Data
from presentation.dates import time_text
from tertius import console
from tertius.answer_reading.times import day_of_time
from tertius.arguments.numbered_list import choose
from tertius.cli.team.members import readable_name
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import TOKEN_LIST
from tertius.runner import run_or_ask
from tertius.session import OpenNetwork


def print_tokens(*, as_json: bool) -> None:
    """Print the viewer's tokens."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, TOKEN_LIST.read, create=True), as_json=as_json)


def create_access_token(name: str, *, scopes: set[Scope], days: int, as_json: bool) -> None:
    """Create a token and print it."""
    visible = readable_name(name)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        secret, token = await create_token(
            network.graph, network.id, network.member, name=visible, scopes=scopes, days=days
        )
        return {"__typename": "CreateTokenPayload", "secret": secret, "token": _token_data(token)}

    def ask(client: ServerClient) -> Data:
        names = [scope.name for scope in _ordered(scopes)]
        fields = {"name": visible, "scopes": names, "expiresInDays": days}
        created: Data = client.query("create_token", input=fields)["createToken"]
        return created

    created = run_or_ask(do, ask, create=True)
    if as_json:
        console.echo_json(created)
    else:
        console.echo(created["secret"])


def revoke(number: int, *, as_json: bool) -> None:
    """Revoke the token with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        tokens = await list_tokens(network.graph, network.id, network.member)
        token = choose(tokens, number, TOKEN_LIST.noun, TOKEN_LIST.command)
        await revoke_token(network.graph, network.id, network.member, token.id)
        return await _read(network)

    listed = run_or_ask(do, lambda client: TOKEN_LIST.change(client, number, "revoke_token"), create=True)
    _print(listed, as_json=as_json)


async def _read(network: OpenNetwork) -> list[Data]:
    return [_token_data(token) for token in await list_tokens(network.graph, network.id, network.member)]


def _print(tokens: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(tokens)
        return
    for number, token in enumerate(tokens, 1):
        console.echo(f"{number}. {_line(token)}")
    if not tokens:
        console.echo("You have no token yet. `tertius up` creates one for this machine.")


def _line(token: Data) -> str:
    expires, used = token["expiresAt"], token["lastUsedAt"]
    expiry = f"valid until {day_of_time(expires)}" if expires is not None else "valid until revoked"
    use = f"last used on {day_of_time(used)}" if used is not None else "never used"
    scopes = ", ".join(scope.lower() for scope in token["scopes"])
    return f"{token['name'] or 'this machine'}: {scopes}; {expiry}; {use}"


def _ordered(scopes: Iterable[Scope]) -> list[Scope]:
    return sorted(scopes, key=list(Scope).index)


def _token_data(token: Token) -> Data:
    return {
        "__typename": "Token",
        "id": token.id,
        "isSession": token.is_session,
        "name": token.name,
        "scopes": [scope.upper() for scope in _ordered(token.scopes)],
        "createdAt": time_text(token.created_at),
        "expiresAt": time_text(token.expires_at),
        "lastUsedAt": time_text(token.last_used_at),
    }
