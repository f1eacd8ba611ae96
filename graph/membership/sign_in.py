"""Sign-in through an OpenID Connect provider: finds or creates the member and begins a session.

A member is identified by (issuer, subject). These are bound at the first sign-in: by an invitation that the user
presents, or because a member has confirmed the address that the provider verified
(docs/decisions/0017-sign-in.md).
"""

import re
from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import InvalidInvitation
from graph.membership.joining import redeem_invitation
from graph.membership.session_rules import DEFAULT_SESSION_RULES, SessionRules
from graph.names.keys import clean_text, identity_key
from graph.networks.members import find_member, require_permission
from graph.networks.permissions import ALL_SCOPES, operation_on_roles
from graph.networks.secrets import SESSION_PREFIX, create_secret, fingerprint
from graph.networks.tokens import TokenKind
from graph.progress import SILENT, Progress
from graph.records import Handle, HandleKind

_FIND_SIGN_IN_OPTIONS = cypher.load("membership/find_sign_in_options")
_SIGN_IN_MEMBER = cypher.load("membership/sign_in_member")
_FIND_INVITATION_NETWORK = cypher.load("membership/find_invitation_network")
_EXPECT_SIGN_IN = cypher.load("membership/expect_sign_in")

SIGN_IN_HOURS = 24
"""Hours until the user must sign in again. Access that the provider has withdrawn ends after this time."""
SIGN_IN_TOKEN_NAME = "signed in"  # noqa: S105 - a name, not a secret
"""Name of the session that a sign-in begins."""
_ATOM = r"[a-z0-9.!#$%&*+/=?^_`{|}~-]+"
_CANONICAL_ADDRESS = re.compile(
    rf"{_ATOM}(?:'{_ATOM})*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]", re.ASCII | re.IGNORECASE
)
_NOT_EXPECTED = (
    "No network expects this account: ask a member for an invitation, or sign in with the account that was invited."
)


@dataclass(frozen=True, slots=True)
class ProviderAccount:
    """An account at a provider. `email` is an address that the provider verified, None if it verified none."""

    issuer: str
    subject: str
    name: str | None
    email: str | None


async def sign_in(
    graph: Graph,
    account: ProviderAccount,
    *,
    name: str | None = None,
    invitation: str | None = None,
    rules: SessionRules = DEFAULT_SESSION_RULES,
    progress: Progress = SILENT,
) -> str:
    """Begin a session of the account: in the network `name`, in that of the invitation, or in the earliest joined one.

    Raises InvalidInvitation with the same message for every reason, because membership is confidential.
    """
    confirmed_key = _joining_key(account.email)
    options = await graph.run(
        _FIND_SIGN_IN_OPTIONS,
        issuer=account.issuer,
        subject=account.subject,
        confirmed_key=confirmed_key,
        name=name,
    )
    invitation_fingerprint = None
    if invitation is not None:
        invitation_fingerprint = fingerprint(invitation)
        rows = await graph.run(_FIND_INVITATION_NETWORK, fingerprint=invitation_fingerprint)
        invited_to = {row["network"] for row in rows if row["redeemed_by"] is None}
        options = [option for option in options if option["network"] in invited_to and option["member"]]
    secret, session = create_secret(SESSION_PREFIX), rules.at_most(SIGN_IN_HOURS)
    for option in options:
        if option["member"] is None:
            invitation_fingerprint = invitation_fingerprint or option["invitation"]
        elif await _sign_in_as(
            graph, account, confirmed_key, option["network"], option["member"], secret, session, progress
        ):
            return secret
    if invitation_fingerprint is None:
        raise InvalidInvitation(_NOT_EXPECTED)
    try:
        await redeem_invitation(
            graph,
            invitation_fingerprint,
            secret,
            token_name=SIGN_IN_TOKEN_NAME,
            session=session,
            name=clean_text(account.name or "") or "a colleague",
            email=account.email if confirmed_key else None,
            confirmed_key=confirmed_key,
            issuer=account.issuer,
            subject=account.subject,
            progress=progress,
        )
    except InvalidInvitation:
        raise InvalidInvitation(_NOT_EXPECTED) from None
    return secret


def _joining_key(address: str | None) -> str | None:
    """The identity of an address that the provider verified; None if it is not in canonical ASCII form.

    identity_key reads the spellings that occur in exports: with quotes, other alphabets or a trailing dot. Nobody may
    become a member by a spelling that another mailbox could have. Only upper and lower case of ASCII are one address.
    """
    if address is None or not _CANONICAL_ADDRESS.fullmatch(address):
        return None
    return identity_key(Handle(HandleKind.EMAIL, address))


async def _sign_in_as(
    graph: Graph,
    account: ProviderAccount,
    confirmed_key: str | None,
    network: str,
    member: str,
    secret: str,
    session: SessionRules,
    progress: Progress,
) -> bool:
    """Sign in as this member. The first address that the provider verifies is confirmed for the member from now on."""
    rows = await graph.run(
        _SIGN_IN_MEMBER,
        network=network,
        member=member,
        issuer=account.issuer,
        subject=account.subject,
        confirmed_key=confirmed_key,
        token_fingerprint=fingerprint(secret),
        token_kind=TokenKind.SESSION.value,
        token_name=SIGN_IN_TOKEN_NAME,
        scopes=sorted(ALL_SCOPES),
        lifetime_ms=session.lifetime_ms,
        idle_ms=session.idle_ms,
    )
    if rows and rows[0]["is_newly_confirmed"]:
        await recover_if_interrupted(graph, network, progress=progress)  # derives people, unless a load will do so
    return bool(rows)


async def expect_sign_in(graph: Graph, network: str, by: str, id: str, email: str) -> bool:
    """Let a member sign in with this address. The first account that verifies it is bound to the member.

    Ends the member's sessions in all browsers. Tokens stay valid.

    Returns False if there is no such member or the address is invalid. Raises PermissionDenied.
    """
    sign_in_key, member = identity_key(Handle(HandleKind.EMAIL, email)), await find_member(graph, network, id)
    if sign_in_key is None or member is None:
        return False
    await require_permission(graph, network, by, operation_on_roles(member.role))
    rows = await graph.run(_EXPECT_SIGN_IN, network=network, member=id, sign_in_key=sign_in_key)
    return bool(rows)
