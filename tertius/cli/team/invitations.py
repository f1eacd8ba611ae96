"""Invitations to the viewer's network, and networks created for others, which begin with an invitation."""

import asyncio
import re
from collections.abc import Sequence

import typer

from api.paths import invitation_link
from graph.membership.invitations import Invitation, create_invitation, list_invitations, withdraw_invitation
from graph.membership.network_creation import create_network_for_others
from graph.networks.permissions import Role
from presentation.answer_json import Data
from presentation.dates import time_text, today
from tertius import console, settings
from tertius.answer_reading.times import day_of_time
from tertius.arguments.numbered_list import choose
from tertius.cli.team.members import check_email
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.remote.client import ServerClient
from tertius.remote.servers import selected_server
from tertius.remote.team import INVITATION_LIST
from tertius.runner import console_progress, run_or_ask
from tertius.service_settings import local_public_url
from tertius.session import OpenNetwork, open_database


def invite(role: Role, *, email: str | None, days: int, as_json: bool) -> None:
    """Create an invitation and print its link."""
    if email is not None:
        check_email(email, "--email")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> Data:
        secret, invitation = await create_invitation(
            network.graph, network.id, network.member, role=role, email=email, days=days
        )
        return {
            "__typename": "CreateInvitationPayload",
            "secret": secret,
            "link": _link(secret),
            "invitation": _invitation_data(invitation),
        }

    def ask(client: ServerClient) -> Data:
        fields = {"role": role.name, "email": email, "expiresInDays": days}
        created: Data = client.query("create_invitation", input=fields)["createInvitation"]
        return created

    created = run_or_ask(do, ask, create=True)
    if as_json:
        console.echo_json(created)
        return
    _print_link(created["link"], created["invitation"]["expiresAt"])
    if selected_server() is None:
        _print_public_url_note()


def print_invitations(*, as_json: bool) -> None:
    """Print the open invitations."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, INVITATION_LIST.read, create=True), as_json=as_json)


def withdraw_open_invitation(number: int, *, as_json: bool) -> None:
    """Withdraw the invitation with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        invitations = await list_invitations(network.graph, network.id)
        invitation = choose(invitations, number, INVITATION_LIST.noun, INVITATION_LIST.command)
        await withdraw_invitation(network.graph, network.id, invitation.id)
        return await _read(network)

    listed = run_or_ask(do, lambda client: INVITATION_LIST.change(client, number, "withdraw_invitation"), create=True)
    _print(listed, as_json=as_json)


def create_network(name: str, *, email: str | None, days: int, as_json: bool) -> None:
    """Create a network for others and print the invitation of its first owner."""
    if not re.fullmatch(settings.NAME, name):
        raise typer.BadParameter("Use lower-case letters, digits and underscores, at most 64.", param_hint="NAME")
    if email is not None:
        check_email(email, "--email")
    current = settings.read_settings()
    with console_progress() as progress:
        address = lifecycle.ensure_running(current, progress)

    async def do() -> None:
        async with open_database(current, address) as graph:
            secret, expires_at = await create_network_for_others(graph, name, today=today(), email=email, days=days)
        if as_json:
            console.echo_json(
                {"name": name, "secret": secret, "link": _link(secret), "expiresAt": time_text(expires_at)}
            )
        else:
            _print_link(_link(secret), str(time_text(expires_at)))
            _print_public_url_note()

    asyncio.run(do())


def _print_link(link: str, expires_at: str) -> None:
    until = day_of_time(expires_at)
    console.echo(f"Hand over this link. It can be redeemed once, until {until}, and is shown once:")
    console.echo(link)
    console.echo("They join with `tertius join LINK`, and receive their own token.")


def _print_public_url_note() -> None:
    if not settings.read_settings().http.public_url:
        console.echo("The link works on this machine only. Set TERTIUS_HTTP__PUBLIC_URL to the address of your server.")


def _link(secret: str) -> str:
    return invitation_link(local_public_url(settings.read_settings().http), secret)


async def _read(network: OpenNetwork) -> list[Data]:
    return [_invitation_data(invitation) for invitation in await list_invitations(network.graph, network.id)]


def _print(invitations: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(invitations)
        return
    for number, invitation in enumerate(invitations, 1):
        email = f" for {invitation['email']}" if invitation["email"] else ""
        until = day_of_time(invitation["expiresAt"])
        console.echo(f"{number}. {invitation['role'].lower()}{email}, valid until {until}")
    if not invitations:
        console.echo("There are no open invitations.")


def _invitation_data(invitation: Invitation) -> Data:
    return {
        "__typename": "Invitation",
        "id": invitation.id,
        "role": invitation.role.upper(),
        "email": invitation.email,
        "invitedBy": invitation.invited_by,
        "expiresAt": time_text(invitation.expires_at),
    }
