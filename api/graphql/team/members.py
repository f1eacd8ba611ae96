"""Who is in the viewer's network: invited, of a role, gone again. Joining is api.joining's: who joins has no token."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Self

import strawberry

from api.context import Context, Info
from api.graphql.bad_argument import Unfit
from api.graphql.validation import Days, lasting, spelt
from api.request_limits import LONG
from graph.membership import invitations as people_membership_invitations
from graph.membership import leaving as people_membership_leaving
from graph.membership import roles as people_membership_roles
from graph.membership.invitations import INVITATION_DAYS
from graph.names.keys import identity_key
from graph.networks import members as people_networks_members
from graph.networks.members import LeavingPolicy
from graph.networks.permissions import Role
from graph.records import Handle, HandleKind
from presentation.dates import moment


@strawberry.type(description="Somebody in the network.")
class Member:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    name: str = strawberry.field(description="What to call them.")
    email: str | None = strawberry.field(description="The address they gave on joining.")
    role: Role = strawberry.field(description="What they are here.")
    joined: datetime | None = strawberry.field(description="Since when; none of whoever began the network.")
    is_viewer: bool = strawberry.field(description="Whether it is whoever asks.")

    @classmethod
    def of(cls, found: people_networks_members.Member, viewer: str) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            name=found.display_name(viewer),
            email=found.email,
            role=found.role,
            joined=moment(found.joined_at),
            is_viewer=found.id == viewer,
        )


@strawberry.type(description="An invitation that can still be taken, by whoever has its secret.")
class Invitation:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    role: Role = strawberry.field(description="What they will be.")
    email: str | None = strawberry.field(description="The address that is theirs, as whoever invited them says.")
    by: strawberry.ID = strawberry.field(description="The member who made it.")
    expires: datetime = strawberry.field(description="Until when it can be taken.")

    @classmethod
    def of(cls, found: people_membership_invitations.Invitation) -> Self:
        return cls(
            id=strawberry.ID(found.id),
            role=found.role,
            email=found.email,
            by=strawberry.ID(found.invited_by),
            expires=moment(found.expires_at),
        )


@strawberry.type(description="A new invitation.")
class NewInvitation:
    secret: str = strawberry.field(description="What to hand over. It is shown now and never again.")
    invitation: Invitation = strawberry.field(description="How it is listed.")


@strawberry.type(description="The viewer's network.")
class Network:
    name: str = strawberry.field(description="What it is called.")
    on_leave: LeavingPolicy = strawberry.field(description="What becomes of the shared sources of those who leave.")

    @classmethod
    def of(cls, found: people_networks_members.NetworkSettings) -> Self:
        return cls(name=found.name, on_leave=found.leaving_policy)


ById = Annotated[strawberry.ID, strawberry.argument(description="As `members` gives it.")]
InvitedId = Annotated[strawberry.ID, strawberry.argument(description="As `invitations` gives it.")]
AsWhat = Annotated[Role, strawberry.argument(description="What they will be.")]
Theirs = Annotated[
    str | None,
    strawberry.argument(description="Their address, if the viewer vouches for it: who an asker is, nothing else says."),
]
Parting = Annotated[LeavingPolicy, strawberry.argument(description="What becomes of them.")]


@strawberry.type
class MembersQuery:
    @strawberry.field(description="The viewer's network.")
    async def network(self, info: Info) -> Network:
        return Network.of(
            await people_networks_members.read_network_settings(info.context.graph, info.context.viewer.network)
        )

    @strawberry.field(description="Who is in the viewer's network, those who were there first first.")
    async def members(self, info: Info) -> list[Member]:
        viewer = info.context.viewer
        return [
            Member.of(one, viewer.member)
            for one in await people_networks_members.list_members(info.context.graph, viewer.network)
        ]

    @strawberry.field(description="The invitations that can still be taken, oldest first.")
    async def invitations(self, info: Info) -> list[Invitation]:
        found = await people_membership_invitations.list_invitations(info.context.graph, info.context.viewer.network)
        return [Invitation.of(one) for one in found]


@strawberry.type
class MembersMutation:
    @strawberry.mutation(description="Invite somebody. Whoever has the secret takes it, once, by POST /join.")
    async def invite(
        self, info: Info, role: AsWhat = Role.MEMBER, email: Theirs = None, expires_in: Days = INVITATION_DAYS
    ) -> NewInvitation:
        viewer = info.context.viewer
        if email is not None and identity_key(Handle(HandleKind.EMAIL, email)) is None:
            raise Unfit("This is no e-mail address.")
        secret, made = await people_membership_invitations.create_invitation(
            info.context.graph, viewer.network, viewer.member, role=role, email=email, days=lasting(expires_in)
        )
        return NewInvitation(secret=secret, invitation=Invitation.of(made))

    @strawberry.mutation(
        description="Let an invitation be taken no longer. False where there is none of this id that can be."
    )
    async def withdraw_invitation(self, info: Info, id: InvitedId) -> bool:
        return await people_membership_invitations.withdraw_invitation(
            info.context.graph, info.context.viewer.network, id
        )

    @strawberry.mutation(description="Give a member another role. None where there is no member of this id.")
    async def change_role(self, info: Info, id: ById, role: AsWhat) -> Member | None:
        viewer = info.context.viewer
        found = await people_membership_roles.change_role(info.context.graph, viewer.network, viewer.member, id, role)
        return Member.of(found, viewer.member) if found else None

    @strawberry.mutation(description="Say what others are to call the viewer.")
    async def call_me(
        self, info: Info, name: Annotated[str, strawberry.argument(description=f"{LONG} characters at most.")]
    ) -> list[Member]:
        viewer = info.context.viewer
        await people_membership_roles.rename_member(info.context.graph, viewer.network, viewer.member, spelt(name))
        return [
            Member.of(one, viewer.member)
            for one in await people_networks_members.list_members(info.context.graph, viewer.network)
        ]

    @strawberry.mutation(
        description="Take a member out of the network, as though they had left. False where there is none of this id."
    )
    async def remove_member(self, info: Info, id: ById) -> bool:
        context = info.context
        viewer = context.viewer
        async with _swept(context):
            return await people_membership_leaving.remove_member(
                context.graph.with_timeout(None), viewer.network, viewer.member, id
            )

    @strawberry.mutation(
        description="Leave the network: the viewer's tokens, private sources and statements are gone at once, shared "
        "sources as `onLeave` says. Its last owner cannot."
    )
    async def leave(self, info: Info) -> bool:
        context = info.context
        viewer = context.viewer
        async with _swept(context):
            return await people_membership_leaving.leave_network(
                context.graph.with_timeout(None), viewer.network, viewer.member
            )

    @strawberry.mutation(description="Say what becomes of the shared sources of those who leave, and have left.")
    async def set_on_leave(self, info: Info, on_leave: Parting) -> Network:
        viewer = info.context.viewer
        graph = info.context.graph.with_timeout(None)
        return Network.of(
            await people_membership_leaving.set_leaving_policy(graph, viewer.network, viewer.member, on_leave)
        )


@asynccontextmanager
async def _swept(context: Context) -> AsyncIterator[None]:
    """What somebody has uploaded goes when they do; also where the rest of it is still to be done."""
    try:
        yield
    finally:
        await context.loads.delete_leftovers(context.viewer.network)
