"""Who may do what in a network: one table, by the member's role and by what their token was made for."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import PermissionDenied


class Role(StrEnum):
    """What a member is in a network. An asker asks, and brings nothing."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    ASKER = "asker"


class Scope(StrEnum):
    """What a token is for: asking; loading, stating and deciding; members and tokens."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Act(StrEnum):
    """What somebody does in a network, as far as it matters who they are."""

    ASK = "ask"
    BRING = "bring"
    TAKE_BACK = "take back"
    OWN_ACCOUNT = "own account"
    MEMBERS = "members"
    OWNERS = "owners"


@dataclass(frozen=True, slots=True)
class Rule:
    """For what a token must have been made, who may do it, and what others are told."""

    scope: Scope
    roles: frozenset[Role]
    sentence: str = ""


ANYBODY = frozenset(Role)
ASKS = "You ask in this network and bring nothing to it: an owner or an admin can make you a member."
MANAGED = "Only the owners and admins of a network may do that."
OWNED = "Only an owner of a network may do that."
RULES = {
    Act.ASK: Rule(Scope.READ, ANYBODY),
    Act.BRING: Rule(Scope.WRITE, ANYBODY - {Role.ASKER}, ASKS),
    Act.TAKE_BACK: Rule(Scope.WRITE, ANYBODY),
    Act.OWN_ACCOUNT: Rule(Scope.ADMIN, ANYBODY),
    Act.MEMBERS: Rule(Scope.ADMIN, frozenset((Role.OWNER, Role.ADMIN)), MANAGED),
    Act.OWNERS: Rule(Scope.ADMIN, frozenset((Role.OWNER,)), OWNED),
}


def check(act: Act, role: Role, scopes: Collection[Scope] = frozenset(Scope)) -> None:
    """Raise PermissionDenied where a member of this role, with a token of these scopes, may not."""
    rule = RULES[act]
    if rule.scope not in scopes:
        raise PermissionDenied(f"This token was not made for that: it takes one with the scope {rule.scope.name}.")
    if role not in rule.roles:
        raise PermissionDenied(rule.sentence)


def about(*roles: Role) -> Act:
    """What it is to give or take these roles, or to take away who has them."""
    return Act.OWNERS if Role.OWNER in roles else Act.MEMBERS
