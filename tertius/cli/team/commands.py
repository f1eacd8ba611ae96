"""The commands `tertius team …` for members, invitations and tokens: their parameters and help."""

from typing import Annotated, Literal

import typer

from graph.networks.permissions import Role, Scope
from tertius.cli.options import Email, InvitationExpires, Json, Number, TokenExpires, join_words

RoleArgument = Annotated[
    Role, typer.Argument(metavar="ROLE", help="owner, admin, member, or asker. An asker asks and loads nothing.")
]


def members_command(*, as_json: Json = False) -> None:
    """List the members of your network.

    Examples:
        tertius team members
        tertius team members --json
    """
    from tertius.cli.team.members import print_members

    print_members(as_json=as_json)


def set_role_command(number: Number, role: RoleArgument, *, as_json: Json = False) -> None:
    """Change the role of a member.

    `tertius team members` shows the numbers.

    Examples:
        tertius team set-role 2 admin
    """
    from tertius.cli.team.members import set_role

    set_role(number, role, as_json=as_json)


def set_sign_in_command(
    number: Number,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address at the sign-in provider.")],
    *,
    as_json: Json = False,
) -> None:
    """Set the address by which a member signs in.

    It counts if a sign-in provider is configured (docs/settings.md). The member's sessions end in all browsers; their
    tokens stay valid.

    Examples:
        tertius team set-sign-in 1 ana@example.org
    """
    from tertius.cli.team.members import set_sign_in

    set_sign_in(number, email, as_json=as_json)


def prove_address_command(
    link: Annotated[str, typer.Argument(metavar="LINK", help="The link that /about-me sent to the address.")],
    *,
    as_json: Json = False,
) -> None:
    """Prove that an e-mail address is yours.

    Request a link for the address at /about-me, and do not open it: it can be used once. The address is yours from
    then on, even if another member claims it.

    Examples:
        tertius team prove-address https://tertius.example.org/about-me/link/3fJv…
    """
    from tertius.cli.team.members import prove_own_address

    prove_own_address(link, as_json=as_json)


def remove_member_command(number: Number, *, as_json: Json = False) -> None:
    """Remove a member and their private sources.

    The leaving policy decides about shared ones.

    Examples:
        tertius team remove-member 2
    """
    from tertius.cli.team.members import remove

    remove(number, as_json=as_json)


def rename_command(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="Your new name.")], *, as_json: Json = False
) -> None:
    """Change the name that other members see of you.

    Examples:
        tertius team rename Ana Ferreira
    """
    from tertius.cli.team.members import rename

    rename(join_words(name), as_json=as_json)


def leaving_policy_command(
    policy: Annotated[
        Literal["remove", "keep"] | None,
        typer.Argument(
            metavar="POLICY",
            help="remove or keep the sources that a leaving member shared. Without it: show the policy.",
        ),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show or set what happens when a member leaves.

    Sources that were not shared are always removed.

    Examples:
        tertius team leaving-policy
        tertius team leaving-policy keep
    """
    from tertius.cli.team.network_settings import leaving_policy

    leaving_policy(policy, as_json=as_json)


def invite_command(
    role: RoleArgument = Role.MEMBER, *, email: Email = None, expires: InvitationExpires = 7, as_json: Json = False
) -> None:
    """Create an invitation to your network.

    Prints a link to hand over. It is shown once and can be redeemed once, with `tertius join`.

    Examples:
        tertius team invite
        tertius team invite asker --email bea@example.org --expires 3
    """
    from tertius.cli.team.invitations import invite

    invite(role, email=email, days=expires, as_json=as_json)


def invitations_command(*, as_json: Json = False) -> None:
    """List open invitations.

    Examples:
        tertius team invitations
    """
    from tertius.cli.team.invitations import print_invitations

    print_invitations(as_json=as_json)


def withdraw_invitation_command(number: Number, *, as_json: Json = False) -> None:
    """Withdraw an open invitation.

    `tertius team invitations` shows the numbers.

    Examples:
        tertius team withdraw-invitation 1
    """
    from tertius.cli.team.invitations import withdraw_open_invitation

    withdraw_open_invitation(number, as_json=as_json)


def tokens_command(*, as_json: Json = False) -> None:
    """List your access tokens.

    Shows what each token allows, when it expires and when it was last used.

    Examples:
        tertius team tokens
    """
    from tertius.cli.team.tokens import print_tokens

    print_tokens(as_json=as_json)


def create_token_command(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="The name of the program that will use it.")],
    *,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            metavar="SCOPE",
            help="read: ask. write: load and state. admin: manage members and tokens. Repeatable. Default: read.",
        ),
    ] = None,
    expires: TokenExpires = 90,
    as_json: Json = False,
) -> None:
    """Create an access token for a program.

    Prints the token. It is shown once.

    Examples:
        tertius team create-token reporting
        tertius team create-token importer --scope read --scope write --expires 30
    """
    from tertius.cli.team.tokens import create_access_token

    create_access_token(join_words(name), scopes=set(scope or [Scope.READ]), days=expires, as_json=as_json)


def revoke_token_command(number: Number, *, as_json: Json = False) -> None:
    """Revoke one of your access tokens.

    `tertius team tokens` shows the numbers.

    Examples:
        tertius team revoke-token 2
    """
    from tertius.cli.team.tokens import revoke

    revoke(number, as_json=as_json)
