"""Members of the viewer's network, invitations and roles. api/http/join.py redeems an invitation."""

from datetime import datetime
from typing import Self

import strawberry

from api.context import Info
from api.graphql.field import mutation, query
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from api.graphql.pagination import MAX_PAGE, After, Connection, First, page
from api.graphql.types.node import Node, find_by_id
from api.graphql.validation import DAYS, checked_days, checked_name
from api.paths import invitation_link
from api.request_limits import MAX_NAME_LENGTH
from graph.membership import invitations, leaving, roles
from graph.membership.invitations import INVITATION_DAYS
from graph.names.keys import identity_key
from graph.networks import members
from graph.networks.members import LeavingPolicy
from graph.networks.permissions import Operation, Role, check_delegation
from graph.networks.sources import IntroducerVisibility
from graph.records import Handle, HandleKind
from presentation.dates import to_datetime

strawberry.enum(
    IntroducerVisibility,
    description="When a colleague is named as introducer. IMMEDIATE: in every answer. AFTER_CONSENT: once they agree, "
    "for this asker and this target.",
)


@strawberry.type(description="A member of the network.")
class Member(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the member.")
    name: str = strawberry.field(description="The name that other members see.")
    email: str | None = strawberry.field(description="The address that the member gave on joining. Null if none.")
    role: Role = strawberry.field(description="The member's role.")
    joined_at: datetime | None = strawberry.field(
        description="The time of joining. Null for the member who created the network."
    )
    is_viewer: bool = strawberry.field(description="Whether the member is the viewer.")

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The members in the order of joining."""
        viewer = info.context.viewer
        return [
            cls.from_member(each, viewer.member)
            for each in await members.list_members(info.context.graph, viewer.network)
        ]

    @classmethod
    def from_member(cls, member: members.Member, viewer: str) -> Self:
        return cls(
            id=strawberry.ID(member.id),
            name=member.display_name(viewer),
            email=member.email,
            role=member.role,
            joined_at=to_datetime(member.joined_at),
            is_viewer=member.id == viewer,
        )


@strawberry.type(description="An invitation that has not been redeemed and has not expired.")
class Invitation(Node):
    id: strawberry.ID = strawberry.field(description="The opaque id of the invitation.")
    role: Role = strawberry.field(description="The role of the member who redeems it.")
    email: str | None = strawberry.field(description="The address that the inviter vouches for. Null if none.")
    invited_by: strawberry.ID = strawberry.field(description="The id of the member who created it.")
    expires_at: datetime = strawberry.field(description="The time at which it expires.")

    @classmethod
    async def list_all(cls, info: Info) -> list[Self]:
        """The open invitations, the oldest first."""
        rows = await invitations.list_invitations(info.context.graph, info.context.viewer.network)
        return [cls.from_invitation(invitation) for invitation in rows]

    @classmethod
    def from_invitation(cls, invitation: invitations.Invitation) -> Self:
        return cls(
            id=strawberry.ID(invitation.id),
            role=invitation.role,
            email=invitation.email,
            invited_by=strawberry.ID(invitation.invited_by),
            expires_at=to_datetime(invitation.expires_at),
        )


@strawberry.type(description="The viewer's network.")
class Network:
    name: str = strawberry.field(description="The name of the network.")
    leaving_policy: LeavingPolicy = strawberry.field(
        description="What happens to the shared sources of members who leave."
    )
    introducer_visibility: IntroducerVisibility = strawberry.field(description="When colleagues are named.")

    @classmethod
    def from_settings(cls, settings: members.NetworkSettings, visibility: IntroducerVisibility) -> Self:
        return cls(name=settings.name, leaving_policy=settings.leaving_policy, introducer_visibility=visibility)


@strawberry.input(description="The invitation to create.")
class CreateInvitationInput(MutationInput):
    role: Role = strawberry.field(default=Role.MEMBER, description="The role of the new member.")
    email: str | None = strawberry.field(
        default=None,
        description="The new member's address, if the viewer vouches for it. It identifies an asker.",
    )
    expires_in_days: int = strawberry.field(default=INVITATION_DAYS, description=DAYS)


@strawberry.input(description="The invitation to withdraw.")
class WithdrawInvitationInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of an open invitation.")


@strawberry.input(description="The new role of a member.")
class ChangeMemberRoleInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of the member.")
    role: Role = strawberry.field(description="The new role.")


@strawberry.input(description="The new name of the viewer.")
class RenameViewerInput(MutationInput):
    name: str = strawberry.field(description=f"The name that other members see, 1 to {MAX_NAME_LENGTH} characters.")


@strawberry.input(description="The member to remove.")
class RemoveMemberInput(MutationInput):
    id: strawberry.ID = strawberry.field(description="The id of the member.")


@strawberry.input(description="The departure of the viewer.")
class LeaveNetworkInput(MutationInput):
    pass


@strawberry.input(description="The new leaving policy.")
class SetLeavingPolicyInput(MutationInput):
    leaving_policy: LeavingPolicy = strawberry.field(
        description="What happens to the shared sources of members who leave, and of those who left."
    )


@strawberry.type(description="A new invitation.")
class CreateInvitationPayload:
    secret: str = strawberry.field(description="The secret to hand over. No later response shows it.")
    link: str = strawberry.field(
        description="The address that contains the secret, for `tertius join`. No later response shows it."
    )
    invitation: Invitation = strawberry.field(description="The invitation.")


@strawberry.type(description="The result of the withdrawal of an invitation.")
class WithdrawInvitationPayload:
    withdrawn_invitation_id: strawberry.ID | None = strawberry.field(
        description="The id of the invitation. Null if no open invitation has this id."
    )


@strawberry.type(description="The result of a change of role.")
class ChangeMemberRolePayload:
    member: Member | None = strawberry.field(description="The member. Null if no member has this id.")


@strawberry.type(description="The result of a change of the viewer's name.")
class RenameViewerPayload:
    member: Member | None = strawberry.field(description="The viewer. Null if the viewer left in the meantime.")


@strawberry.type(description="The result of the removal of a member.")
class RemoveMemberPayload:
    removed_member_id: strawberry.ID | None = strawberry.field(
        description="The id of the member. Null if no member has this id."
    )


@strawberry.type(description="The result of a change of the leaving policy.")
class SetLeavingPolicyPayload:
    network: Network = strawberry.field(description="The network.")


@strawberry.type
class MembersQuery:
    @query(description="Get the viewer's network.")
    async def network(self, info: Info) -> Network:
        settings = await members.read_network_settings(info.context.graph, info.context.viewer.network)
        return Network.from_settings(settings, info.context.state.introducer_visibility)

    @query(description="List the members of the network in the order of joining.", cost=5)
    async def members(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Member]:
        return Connection[Member].from_list(page(first, after), await Member.list_all(info))

    @query(description="List the open invitations, the oldest first.", permission=Operation.MANAGE_MEMBERS, cost=5)
    async def invitations(self, info: Info, first: First = MAX_PAGE, after: After = None) -> Connection[Invitation]:
        return Connection[Invitation].from_list(page(first, after), await Invitation.list_all(info))


@strawberry.type
class MembersMutation:
    @mutation(
        description="Create an invitation. Its secret can be redeemed once, by POST /join. Requires a token with all "
        "scopes.",
        permission=Operation.MANAGE_MEMBERS,
        cost=20,
    )
    async def create_invitation(self, info: Info, input: CreateInvitationInput) -> CreateInvitationPayload:
        check_delegation(info.context.holder.scopes)
        viewer, email = info.context.viewer, input.email
        if email is not None and identity_key(Handle(HandleKind.EMAIL, email)) is None:
            raise InvalidArgument("`email` is not an e-mail address.")
        secret, made = await invitations.create_invitation(
            info.context.graph,
            viewer.network,
            viewer.member,
            role=input.role,
            email=email,
            days=checked_days(input.expires_in_days),
        )
        return CreateInvitationPayload(
            secret=secret,
            link=invitation_link(info.context.public_url, secret),
            invitation=Invitation.from_invitation(made),
        )

    @mutation(description="Withdraw an open invitation.", permission=Operation.MANAGE_MEMBERS)
    async def withdraw_invitation(self, info: Info, input: WithdrawInvitationInput) -> WithdrawInvitationPayload:
        withdrawn = await invitations.withdraw_invitation(info.context.graph, info.context.viewer.network, input.id)
        return WithdrawInvitationPayload(withdrawn_invitation_id=input.id if withdrawn else None)

    @mutation(
        description="Change the role of a member. Requires a token with all scopes.",
        permission=Operation.MANAGE_MEMBERS,
        cost=20,
    )
    async def change_member_role(self, info: Info, input: ChangeMemberRoleInput) -> ChangeMemberRolePayload:
        check_delegation(info.context.holder.scopes)
        viewer = info.context.viewer
        changed = await roles.change_role(info.context.graph, viewer.network, viewer.member, input.id, input.role)
        return ChangeMemberRolePayload(member=Member.from_member(changed, viewer.member) if changed else None)

    @mutation(description="Change the name that other members see.", permission=Operation.MANAGE_OWN_ACCOUNT, cost=20)
    async def rename_viewer(self, info: Info, input: RenameViewerInput) -> RenameViewerPayload:
        graph, viewer = info.context.graph, info.context.viewer
        await roles.rename_member(graph, viewer.network, viewer.member, checked_name(input.name))
        return RenameViewerPayload(member=await find_by_id(Member.list_all(info), viewer.member))

    @mutation(
        description="Remove a member from the network, as if the member had left.",
        permission=Operation.MANAGE_MEMBERS,
        cost=100,
    )
    async def remove_member(self, info: Info, input: RemoveMemberInput) -> RemoveMemberPayload:
        context = info.context
        viewer = context.viewer
        removed = await leaving.remove_member(context.graph.with_timeout(None), viewer.network, viewer.member, input.id)
        return RemoveMemberPayload(removed_member_id=input.id if removed else None)

    @mutation(
        description="Leave the network. The viewer's tokens, private sources and statements are deleted at once, and "
        "shared sources by the leaving policy. The last owner cannot leave.",
        permission=Operation.MANAGE_OWN_ACCOUNT,
        cost=100,
    )
    async def leave_network(self, info: Info, input: LeaveNetworkInput) -> RemoveMemberPayload:  # noqa: ARG002
        context = info.context
        viewer = context.viewer
        left = await leaving.leave_network(context.graph.with_timeout(None), viewer.network, viewer.member)
        return RemoveMemberPayload(removed_member_id=strawberry.ID(viewer.member) if left else None)

    @mutation(
        description="Set what happens to the shared sources of members who leave.",
        permission=Operation.MANAGE_OWNERS,
        cost=100,
    )
    async def set_leaving_policy(self, info: Info, input: SetLeavingPolicyInput) -> SetLeavingPolicyPayload:
        viewer = info.context.viewer
        graph = info.context.graph.with_timeout(None)
        settings = await leaving.set_leaving_policy(graph, viewer.network, viewer.member, input.leaving_policy)
        return SetLeavingPolicyPayload(
            network=Network.from_settings(settings, info.context.state.introducer_visibility)
        )
