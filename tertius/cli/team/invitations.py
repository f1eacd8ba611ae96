"""Invitations to the viewer's network, and networks created for others, which begin with an invitation."""

import asyncio
import re

import typer

from api.paths import invitation_link
from graph.membership.invitations import Invitation, create_invitation, list_invitations, withdraw_invitation
from graph.membership.network_creation import create_network_for_others
from graph.networks.permissions import Role
from presentation.dates import time_text, today
from presentation.sentences import format_day_of_time
from tertius import console, settings
from tertius.cli.numbered_list import choose
from tertius.cli.team.members import check_email
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.runner import console_progress, run
from tertius.service_settings import local_public_url
from tertius.session import OpenNetwork, open_database


def invite(role: Role, *, email: str | None, days: int, as_json: bool) -> None:
    """Create an invitation and print its secret."""
    if email is not None:
        check_email(email, "--email")

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        secret, invitation = await create_invitation(
            network.graph, network.id, network.member, role=role, email=email, days=days
        )
        if as_json:
            data = _invitation_data(invitation)
            link = _link(secret)
            console.echo_json(
                {"__typename": "CreateInvitationPayload", "secret": secret, "link": link, "invitation": data}
            )
        else:
            _print_secret(secret, invitation.expires_at)

    run(do, create=True)


def print_invitations(*, as_json: bool) -> None:
    """Print the open invitations."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do, create=True)


def withdraw_open_invitation(number: int, *, as_json: bool) -> None:
    """Withdraw the invitation with this number, and print the others."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        invitations = await list_invitations(network.graph, network.id)
        invitation = choose(invitations, number, "invitation", "tertius team invitations")
        await withdraw_invitation(network.graph, network.id, invitation.id)
        await _print(network, as_json=as_json)

    run(do, create=True)


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
            _print_secret(secret, expires_at)

    asyncio.run(do())


def _print_secret(secret: str, expires_at: int) -> None:
    console.echo(
        f"Hand over this link. It can be redeemed once, until {format_day_of_time(expires_at)}, and is shown once:"
    )
    console.echo(_link(secret))
    console.echo("They join with `tertius join LINK`, and receive their own token.")
    if not settings.read_settings().http.public_url:
        console.echo("The link works on this machine only. Set TERTIUS_HTTP__PUBLIC_URL to the address of your server.")


def _link(secret: str) -> str:
    return invitation_link(local_public_url(settings.read_settings().http), secret)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    invitations = await list_invitations(network.graph, network.id)
    if as_json:
        console.echo_json([_invitation_data(invitation) for invitation in invitations])
        return
    for number, invitation in enumerate(invitations, 1):
        email = f" for {invitation.email}" if invitation.email else ""
        console.echo(f"{number}. {invitation.role}{email}, valid until {format_day_of_time(invitation.expires_at)}")
    if not invitations:
        console.echo("There are no open invitations.")


def _invitation_data(invitation: Invitation) -> dict[str, object]:
    return {
        "__typename": "Invitation",
        "id": invitation.id,
        "role": invitation.role.upper(),
        "email": invitation.email,
        "invitedBy": invitation.invited_by,
        "expiresAt": time_text(invitation.expires_at),
    }
