"""Members of the network: their roles, names and sign-in addresses."""

from collections.abc import Awaitable, Callable, Sequence

import typer

from graph.answers import AddressProof
from graph.membership.leaving import remove_member
from graph.membership.roles import change_role, rename_member
from graph.membership.sign_in import expect_sign_in
from graph.names.keys import clean_text, identity_key, key_text
from graph.networks.members import Member, list_members
from graph.networks.permissions import Role
from graph.privacy.address_proof import prove_address
from graph.records import Handle, HandleKind
from operations.uploads.upload_queue import UploadQueue
from presentation.answer_json import Data
from presentation.dates import time_text
from presentation.sentences import FAILED_PROOFS
from tertius import console, settings
from tertius.answer_reading.times import day_of_time
from tertius.arguments.numbered_list import choose
from tertius.cli.exit_codes import FAILED
from tertius.console import ConsoleProgress
from tertius.remote.client import ServerClient
from tertius.remote.team import MEMBER_LIST
from tertius.runner import end, run, run_or_ask
from tertius.session import OpenNetwork


def print_members(*, as_json: bool) -> None:
    """Print the members."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        return await _read(network)

    _print(run_or_ask(do, MEMBER_LIST.read, create=True), as_json=as_json)


def set_role(number: int, role: Role, *, as_json: bool) -> None:
    """Change the role of the member with this number."""

    async def change(network: OpenNetwork, member: Member, _: ConsoleProgress) -> None:
        await change_role(network.graph, network.id, network.member, member.id, role)

    def ask(client: ServerClient) -> list[Data]:
        return MEMBER_LIST.change(client, number, "change_member_role", role=role.name)

    _change_member(number, change, ask, as_json=as_json)


def set_sign_in(number: int, email: str, *, as_json: bool) -> None:
    """Set the address by which the member with this number signs in."""
    check_email(email, "EMAIL")

    async def change(network: OpenNetwork, member: Member, _: ConsoleProgress) -> None:
        await expect_sign_in(network.graph, network.id, network.member, member.id, email)

    _change_member(number, change, None, as_json=as_json)


def remove(number: int, *, as_json: bool) -> None:
    """Remove the member with this number and delete their waiting uploads."""

    async def change(network: OpenNetwork, member: Member, progress: ConsoleProgress) -> None:
        await remove_member(network.graph, network.id, network.member, member.id, progress=progress)
        await UploadQueue(network.graph, settings.read_settings().uploads).delete_leftovers(network.id)

    _change_member(number, change, lambda client: MEMBER_LIST.change(client, number, "remove_member"), as_json=as_json)


def prove_own_address(link: str, *, as_json: bool) -> None:
    """Redeem a link of /about-me, and print the address that it confirms for the viewer."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> str | AddressProof:
        proved = await prove_address(network.graph, network.id, network.member, link, progress=progress)
        return proved if isinstance(proved, AddressProof) else key_text(proved)

    def ask(client: ServerClient) -> str | AddressProof:
        return str(client.query("prove_address", input={"link": link})["proveAddress"]["address"])

    address = run_or_ask(do, ask)
    if isinstance(address, AddressProof):
        typer.echo(FAILED_PROOFS[address], err=True)
        end(FAILED)
    elif as_json:
        console.echo_json({"__typename": "ProveAddressPayload", "address": address})
    else:
        console.echo(f"{address} is confirmed as your address.")


def rename(name: str, *, as_json: bool) -> None:
    """Change the viewer's name."""
    visible = readable_name(name)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> list[Data]:
        await rename_member(network.graph, network.id, network.member, visible)
        return await _read(network)

    def ask(client: ServerClient) -> list[Data]:
        client.query("rename_viewer", input={"name": visible})
        return MEMBER_LIST.read(client)

    _print(run_or_ask(do, ask, create=True), as_json=as_json)


_ChangeHere = Callable[[OpenNetwork, Member, ConsoleProgress], Awaitable[None]]
_ChangeThere = Callable[[ServerClient], list[Data]]


def _change_member(number: int, change: _ChangeHere, ask: _ChangeThere | None, *, as_json: bool) -> None:
    """Change the member with this number, and print all. Without `ask` a server is never selected."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> list[Data]:
        members = await list_members(network.graph, network.id)
        await change(network, choose(members, number, MEMBER_LIST.noun, MEMBER_LIST.command), progress)
        return await _read(network)

    _print(run_or_ask(do, ask, create=True) if ask else run(do, create=True), as_json=as_json)


async def _read(network: OpenNetwork) -> list[Data]:
    return [_member_data(member, network.member) for member in await list_members(network.graph, network.id)]


def _print(members: Sequence[Data], *, as_json: bool) -> None:
    if as_json:
        console.echo_json(members)
        return
    for number, member in enumerate(members, 1):
        console.echo(f"{number}. {_line(member)}")


def _line(member: Data) -> str:
    email = f" <{member['email']}>" if member["email"] else ""
    since = f", since {day_of_time(member['joinedAt'])}" if member["joinedAt"] is not None else ""
    you = " (you)" if member["isViewer"] else ""
    return f"{member['name']}{email}: {member['role'].lower()}{since}{you}"


def _member_data(member: Member, viewer: str) -> Data:
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
