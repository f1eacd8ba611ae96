"""Permissions: one table from operations to the roles and token scopes that allow them."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import PermissionDenied


class Role(StrEnum):
    """A member's role in a network. An asker can ask but not contribute data."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    ASKER = "asker"


class Scope(StrEnum):
    """The scope of a token: READ to ask; WRITE to load, state and decide; ADMIN to manage members and tokens."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Operation(StrEnum):
    """A kind of request, as far as permissions distinguish it."""

    ASK = "ask"
    CONTRIBUTE = "contribute"
    MANAGE_OWN_DATA = "manage own data"
    MANAGE_OWN_ACCOUNT = "manage own account"
    MANAGE_MEMBERS = "manage members"
    MANAGE_OWNERS = "manage owners"


@dataclass(frozen=True, slots=True)
class Permission:
    """The scope and the roles that an operation requires, and the message for a member without such a role."""

    scope: Scope
    roles: frozenset[Role]
    refusal: str = ""


ALL_ROLES = frozenset(Role)
ALL_SCOPES = frozenset(Scope)
_ASKERS_READ_ONLY = (
    "Your role in this network is asker, which cannot contribute data. An owner or an admin can make you a member."
)
_MANAGERS_ONLY = "Only owners and admins of a network may do that."
_OWNERS_ONLY = "Only an owner of a network may do that."
PERMISSIONS = {
    Operation.ASK: Permission(Scope.READ, ALL_ROLES),
    Operation.CONTRIBUTE: Permission(Scope.WRITE, ALL_ROLES - {Role.ASKER}, _ASKERS_READ_ONLY),
    Operation.MANAGE_OWN_DATA: Permission(Scope.WRITE, ALL_ROLES),
    Operation.MANAGE_OWN_ACCOUNT: Permission(Scope.ADMIN, ALL_ROLES),
    Operation.MANAGE_MEMBERS: Permission(Scope.ADMIN, frozenset((Role.OWNER, Role.ADMIN)), _MANAGERS_ONLY),
    Operation.MANAGE_OWNERS: Permission(Scope.ADMIN, frozenset((Role.OWNER,)), _OWNERS_ONLY),
}


def check_permission(operation: Operation, role: Role, scopes: Collection[Scope] = frozenset(Scope)) -> None:
    """Raise PermissionDenied unless a member of this role, with a token of these scopes, may do this."""
    permission = PERMISSIONS[operation]
    if permission.scope not in scopes:
        raise PermissionDenied(f"This token does not allow that: use a token with the scope {permission.scope.name}.")
    if role not in permission.roles:
        raise PermissionDenied(permission.refusal)


def check_delegation(scopes: Collection[Scope]) -> None:
    """Raise PermissionDenied unless a token has all scopes: the tokens of the member who gains a role have them too."""
    if not ALL_SCOPES.issubset(scopes):
        raise PermissionDenied("This token does not allow that: use a token with all scopes, as a new member gets one.")


def operation_on_roles(*roles: Role) -> Operation:
    """The operation of granting, revoking or removing these roles: only owners manage owners."""
    return Operation.MANAGE_OWNERS if Role.OWNER in roles else Operation.MANAGE_MEMBERS
