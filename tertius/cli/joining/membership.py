"""`tertius join` and `tertius logout`."""

import sys

import typer

from api.paths import JOIN, LOGOUT
from tertius import console
from tertius.cli.exit_codes import FAILED
from tertius.errors import RemoteError, SettingError
from tertius.remote.client import connect_to
from tertius.remote.credentials import Credentials
from tertius.remote.servers import Server, parse_invitation, server_address
from tertius.runner import console_progress, end
from tertius.settings import read_settings


def join(link: str, *, name: str | None, email: str | None, as_json: bool) -> None:
    """Redeem an invitation, and store the token."""
    try:
        invitation = parse_invitation(link)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="LINK") from None
    credentials = Credentials(read_settings().home)
    if credentials.network(invitation.url) is not None:
        raise SettingError(f"You have joined {invitation.url} already. Run `tertius logout` first to join it again.")
    name = (name or _ask_name()).strip()
    # an invitation can be redeemed once: with the stored key a command that was killed can be repeated
    key = credentials.begin_joining(invitation.url, invitation.secret)
    with connect_to(Server(invitation.url, invitation.secret)) as client:
        body = {"name": name, "key": key} | ({"email": email} if email else {})
        joined = client.read(client.send("POST", JOIN, json=body))
    in_keyring = credentials.store(invitation.url, joined["network"], joined["token"])
    if as_json:
        console.echo_json(
            {"server": invitation.url, "network": joined["network"], "tokenStore": "KEYRING" if in_keyring else "FILE"}
        )
        return
    place = "the keyring of this system" if in_keyring else f"{credentials.path}, which only you can read"
    console.echo(f"You are a member of the network {joined['network']} on {invitation.url}.")
    console.echo(f"Your token is in {place}.")
    console.echo("Commands now ask this server. `--server local` asks the local database.")


def _ask_name() -> str:
    if not sys.stdin.isatty():
        raise typer.BadParameter("Give your name as other members will see it.", param_hint="--name")
    with console_progress():  # Ctrl-C ends with one line
        return str(typer.prompt("Your name, as other members see it"))


def log_out(server: str | None, *, as_json: bool) -> None:
    """Revoke the token, and forget it. A token that cannot be revoked now is kept, so that it can be revoked later."""
    url, credentials = server_address(server), Credentials(read_settings().home)
    if url is None or credentials.network(url) is None:
        raise SettingError(f"You have not joined {url or 'a server'}, so there is no token to revoke.")
    token, error = credentials.token(url), None
    if token is not None:
        try:
            with connect_to(Server(url, token)) as client:
                client.send("POST", LOGOUT)
        except RemoteError as failure:
            error = None if failure.status in _REVOKED else failure
    if error is not None:
        console.echo(f"The token was not revoked and is kept. {error}", err=True)
        end(FAILED)
    credentials.forget(url)
    current = credentials.current()
    if as_json:
        console.echo_json({"server": url, "currentServer": current})
        return
    console.echo(f"The token for {url} is revoked, and deleted from this machine.")
    console.echo(f"Commands now ask {current or 'the local database'}.")


_REVOKED = (401, 404)
"""Statuses of a server that does not know the token, or of an address at which there is no Tertius any more."""
