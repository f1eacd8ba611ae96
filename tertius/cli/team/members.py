"""Members of the network: their roles, names and sign-in addresses."""

from collections.abc import Awaitable, Callable

import typer

from graph.membership.leaving import remove_member
from graph.membership.roles import change_role, rename_member
from graph.membership.sign_in import expect_sign_in
from graph.names.keys import clean_text, identity_key, key_text
from graph.networks.members import Member, list_members
from graph.networks.permissions import Role
from graph.privacy.address_proof import AddressProof, prove_address
from graph.records import Handle, HandleKind
from operations.upload_queue import UploadQueue
from presentation.dates import time_text
from presentation.sentences import FAILED_PROOFS, format_day_of_time
from tertius import console, settings
from tertius.cli.exit_codes import FAILED
from tertius.cli.numbered_list import choose
from tertius.console import ConsoleProgress
from tertius.runner import end, run
from tertius.session import OpenNetwork


def print_members(*, as_json: bool) -> None:
    """Print the members."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _print(network, as_json=as_json)

    run(do, create=True)


def set_role(number: int, role: Role, *, as_json: bool) -> None:
    """Change the role of the member with this number."""

    async def change(network: OpenNetwork, member: Member, _: ConsoleProgress) -> None:
        await change_role(network.graph, network.id, network.member, member.id, role)

    _change_member(number, change, as_json=as_json)


def set_sign_in(number: int, email: str, *, as_json: bool) -> None:
    """Set the address by which the member with this number signs in."""
    check_email(email, "EMAIL")

    async def change(network: OpenNetwork, member: Member, _: ConsoleProgress) -> None:
        await expect_sign_in(network.graph, network.id, network.member, member.id, email)

    _change_member(number, change, as_json=as_json)


def remove(number: int, *, as_json: bool) -> None:
    """Remove the member with this number and delete their waiting uploads."""

    async def change(network: OpenNetwork, member: Member, progress: ConsoleProgress) -> None:
        await remove_member(network.graph, network.id, network.member, member.id, progress=progress)
        await UploadQueue(network.graph, settings.read_settings().uploads).delete_leftovers(network.id)

    _change_member(number, change, as_json=as_json)


def prove_own_address(link: str, *, as_json: bool) -> None:
    """Redeem a link of /about-me, and print the address that it confirms for the viewer."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        proved = await prove_address(network.graph, network.id, network.member, link, progress=progress)
        if isinstance(proved, AddressProof):
            typer.echo(FAILED_PROOFS[proved], err=True)
            return FAILED
        address = key_text(proved)
        if as_json:
            console.echo_json({"__typename": "ProveAddressPayload", "address": address})
        else:
            console.echo(f"{address} is confirmed as your address.")
        return 0

    end(run(do))


def rename(name: str, *, as_json: bool) -> None:
    """Change the viewer's name."""
    visible = readable_name(name)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await rename_member(network.graph, network.id, network.member, visible)
        await _print(network, as_json=as_json)

    run(do, create=True)


def _change_member(
    number: int, change: Callable[[OpenNetwork, Member, ConsoleProgress], Awaitable[None]], *, as_json: bool
) -> None:
    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        members = await list_members(network.graph, network.id)
        await change(network, choose(members, number, "member", "tertius team members"), progress)
        await _print(network, as_json=as_json)

    run(do, create=True)


async def _print(network: OpenNetwork, *, as_json: bool) -> None:
    members = await list_members(network.graph, network.id)
    if as_json:
        console.echo_json([_member_data(member, network.member) for member in members])
        return
    for number, member in enumerate(members, 1):
        console.echo(f"{number}. {_line(member, network.member)}")


def _line(member: Member, viewer: str) -> str:
    email = f" <{member.email}>" if member.email else ""
    since = f", since {format_day_of_time(member.joined_at)}" if member.joined_at is not None else ""
    you = " (you)" if member.id == viewer else ""
    return f"{member.display_name(viewer)}{email}: {member.role}{since}{you}"


def _member_data(member: Member, viewer: str) -> dict[str, object]:
    return {
        "__typename": "Member",
        "id": member.id,
        "name": member.display_name(viewer),
        "email": member.email,
        "role": member.role.upper(),
        "joinedAt": time_text(member.joined_at),
        "isViewer": member.id == viewer,
    }


def readable_name(name: str) -> str:
    """The name without invisible characters. Raises BadParameter if nothing is left."""
    if not (visible := clean_text(name)):
        raise typer.BadParameter("The name contains no visible character.", param_hint="NAME")
    return visible


def check_email(email: str, hint: str) -> None:
    """Raise BadParameter unless this is an e-mail address."""
    if identity_key(Handle(HandleKind.EMAIL, email)) is None:
        raise typer.BadParameter(f"{email!r} is not an e-mail address.", param_hint=hint)
