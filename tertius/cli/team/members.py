"""`tertius members`, `invite`, `found` and `tokens`: who is in the network, and by what they are let in."""

import asyncio
import re
from typing import Annotated, TypeVar

import typer

from api.graphql.types.enums import ordered
from api.graphql.validation import LASTS
from api.request_limits import MAX_VALID_DAYS
from graph.days import MILLISECONDS_PER_DAY
from graph.membership import invitations as people_membership_invitations
from graph.membership import leaving as people_membership_leaving
from graph.membership import network_creation
from graph.membership import roles as people_membership_roles
from graph.membership.invitations import INVITATION_DAYS
from graph.membership.sign_in import expect_sign_in
from graph.names.keys import clean_text, identity_key
from graph.networks import members as people_networks_members
from graph.networks import tokens as held
from graph.networks.members import LeavingPolicy, Member
from graph.networks.permissions import Role, Scope
from graph.records import Handle, HandleKind
from operations.upload_queue import UploadQueue
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.runner import Json, console_progress, run
from tertius.session import OpenNetwork, open_database

T = TypeVar("T")

LEAVES = {LeavingPolicy.REMOVE: "goes with them", LeavingPolicy.KEEP: "stays"}


def members(
    number: Annotated[int | None, typer.Argument(help="Number N of the list.")] = None,
    *,
    role: Annotated[Role | None, typer.Option(help="What number N is to be.")] = None,
    signs_in_as: Annotated[
        str | None, typer.Option(help="The address by which number N signs in, where a provider is set.")
    ] = None,
    removed: Annotated[bool, typer.Option("--remove", help="Take number N out of the network.")] = False,
    name: Annotated[str | None, typer.Option(help="What others are to call you.")] = None,
    on_leave: Annotated[
        LeavingPolicy | None, typer.Option(help="Whether what somebody shared goes with them, or is kept.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Who is in your network; makes them something else, or takes them out of it with all that they brought."""
    if (number is None) == (removed or role is not None or signs_in_as is not None):
        raise typer.BadParameter("name a member by number, and --role, --signs-in-as or --remove", param_hint="NUMBER")
    if signs_in_as is not None and identity_key(Handle(HandleKind.EMAIL, signs_in_as)) is None:
        raise typer.BadParameter("this is no e-mail address", param_hint="--signs-in-as")

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        if name is not None:
            await people_membership_roles.rename_member(network.graph, network.id, network.member, _spelt(name))
        there = await people_networks_members.list_members(network.graph, network.id)
        if number is not None:
            one = _chosen(there, number, "member", "tertius members")
            if role is not None:
                await people_membership_roles.change_role(network.graph, network.id, network.member, one.id, role)
            if signs_in_as is not None:
                await expect_sign_in(network.graph, network.id, network.member, one.id, signs_in_as)
            if removed:
                await people_membership_leaving.remove_member(
                    network.graph, network.id, network.member, one.id, progress=progress
                )
                await UploadQueue(network.graph, settings.read_settings().uploads).delete_leftovers(network.id)
            there = await people_networks_members.list_members(network.graph, network.id)
        about = await people_networks_members.read_network_settings(network.graph, network.id)
        if on_leave is not None:
            about = await people_membership_leaving.set_leaving_policy(
                network.graph, network.id, network.member, on_leave, progress=progress
            )
        if as_json:
            console.echo_json(
                [
                    {
                        "id": one.id,
                        "name": one.display_name(network.member),
                        "email": one.email,
                        "role": one.role,
                        "you": one.id == network.member,
                    }
                    for one in there
                ]
            )
            return
        for place, one in enumerate(there, 1):
            console.echo(f"{place}. {_told(one, network.member)}{' (you)' if one.id == network.member else ''}")
        console.echo(f"What a member shared {LEAVES[about.leaving_policy]} when they leave; the rest always goes.")

    run(do, create=True)


def invite(
    role: Annotated[Role, typer.Argument(help="What they will be; an asker asks and brings nothing.")] = Role.MEMBER,
    *,
    email: Annotated[str | None, typer.Option(help="Their address: who an asker is, nothing else says.")] = None,
    expires: Annotated[
        int, typer.Option(min=1, max=MAX_VALID_DAYS, help="Days for which it can be taken.")
    ] = INVITATION_DAYS,
    listed: Annotated[bool, typer.Option("--list", help="Show the invitations that can still be taken.")] = False,
    withdrawn: Annotated[int | None, typer.Option("--withdraw", help="Take back number N of the list.")] = None,
) -> None:
    """Invite somebody into your network: prints what to hand over, once. Whoever has it joins, once."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        if withdrawn is not None:
            there = await people_membership_invitations.list_invitations(network.graph, network.id)
            one = _chosen(there, withdrawn, "invitation", "tertius invite --list")
            await people_membership_invitations.withdraw_invitation(network.graph, network.id, one.id)
        if listed or withdrawn is not None:
            there = await people_membership_invitations.list_invitations(network.graph, network.id)
            for place, one in enumerate(there, 1):
                console.echo(f"{place}. {one.role}, can be taken until {_when(one.expires_at)}")
            if not there:
                console.echo("There is no invitation that can still be taken.")
            return
        if email is not None and identity_key(Handle(HandleKind.EMAIL, email)) is None:
            raise typer.BadParameter("this is no e-mail address", param_hint="--email")
        secret, made = await people_membership_invitations.create_invitation(
            network.graph, network.id, network.member, role=role, email=email, days=expires
        )
        _hand_over(secret, made.expires_at)

    run(do, create=True)


def found(
    name: Annotated[str, typer.Argument(help="What the network is to be called: small letters, digits, underscores.")],
    *,
    email: Annotated[str | None, typer.Option(help="The address of its owner, for which you vouch.")] = None,
    expires: Annotated[
        int, typer.Option(min=1, max=MAX_VALID_DAYS, help="Days for which they can join.")
    ] = INVITATION_DAYS,
) -> None:
    """Found a network for others: prints the invitation of its first owner, once. You are nobody there."""
    if not re.fullmatch(settings.NAME, name):
        raise typer.BadParameter("small letters, digits and underscores, 64 at the most", param_hint="NAME")
    if email is not None and identity_key(Handle(HandleKind.EMAIL, email)) is None:
        raise typer.BadParameter("this is no e-mail address", param_hint="--email")

    configured = settings.read_settings()
    with console_progress() as progress:
        address = lifecycle.ensure_running(configured, progress)

    async def do() -> None:
        async with open_database(configured, address) as graph:
            _hand_over(
                *await network_creation.create_network_for_others(graph, name, today=today(), email=email, days=expires)
            )

    asyncio.run(do())


def _hand_over(secret: str, expires: int) -> None:
    http = settings.read_settings().http
    console.echo(f"Hand this over; it can be taken once, until {_when(expires)}, and is not shown again:")
    console.echo(secret)
    console.echo("They join, and are given their token, by")
    console.echo(
        f"""curl http://{http.host}:{http.port}/join -H "Authorization: Bearer $INVITATION" """
        """-H 'Content-Type: application/json' -d '{"name": "…", "email": "…"}'"""
    )


def tokens(
    *,
    create: Annotated[str | None, typer.Option(help="Make one of this name, and print it once.")] = None,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(help="What it is for: asking, loading and stating, members and tokens; repeat it. Else read."),
    ] = None,
    expires: Annotated[int, typer.Option(min=1, max=MAX_VALID_DAYS, help="Days that it lasts.")] = LASTS,
    revoke: Annotated[int | None, typer.Option(help="Number N of the list stands for nobody from now on.")] = None,
    as_json: Json = False,
) -> None:
    """Your tokens: for what, until when and when they were used last. Makes one for a program, revokes one."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        place = (network.graph, network.id, network.member)
        if revoke is not None:
            one = _chosen(await held.list_tokens(*place), revoke, "token", "tertius tokens")
            await held.revoke_token(*place, one.id)
        if create is not None:
            secret, _made = await held.create_token(
                *place, name=_spelt(create), scopes=set(scope or [Scope.READ]), days=expires
            )
            console.echo(secret)
            return
        found = await held.list_tokens(*place)
        if as_json:
            console.echo_json(
                [
                    {"name": one.name, "scopes": ordered(one.scopes)}
                    | {
                        "expires": one.expires_at and _when(one.expires_at),
                        "used": one.last_used_at and _when(one.last_used_at),
                    }
                    for one in found
                ]
            )
            return
        for number, one in enumerate(found, 1):
            ends = f"until {_when(one.expires_at)}" if one.expires_at is not None else "until you revoke it"
            used = f"used last on {_when(one.last_used_at)}" if one.last_used_at is not None else "never used"
            console.echo(f"{number}. {one.name or 'this machine'}: {', '.join(ordered(one.scopes))}; {ends}; {used}")
        if not found:
            console.echo("You have no token yet: `tertius up` makes one for this machine.")

    run(do, create=True)


def _chosen(there: list[T], number: int, what: str, shows: str) -> T:
    if not 0 < number <= len(there):
        raise typer.BadParameter(f"there is no {what} number {number}: `{shows}` shows them")
    return there[number - 1]


def _spelt(name: str) -> str:
    if not (shown := clean_text(name)):
        raise typer.BadParameter("a name is something that one can read")
    return shown


def _told(one: Member, viewer: str) -> str:
    email = f" <{one.email}>" if one.email else ""
    since = f", since {_when(one.joined_at)}" if one.joined_at is not None else ""
    return f"{one.display_name(viewer)}{email}: {one.role}{since}"


def _when(moment: int) -> str:
    return format_day(moment // MILLISECONDS_PER_DAY)
