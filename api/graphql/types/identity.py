"""Identities of people."""

from enum import StrEnum
from typing import Self

import strawberry

from graph.lookup import identities


@strawberry.enum(description="The kind of an identity.")
class IdentityKind(StrEnum):
    EMAIL = "email"
    LINKEDIN = "linkedin"
    SLACK = "slack"
    PHONE = "phone"
    NAME = "name"


@strawberry.type(description="An identity under which a visible source names a person.")
class Identity:
    id: strawberry.ID = strawberry.field(description="The opaque id of the identity, accepted by `splitPerson`.")
    kind: IdentityKind = strawberry.field(description="The kind of the identity.")
    text: str = strawberry.field(description="The identity as people write it.")
    reason: str | None = strawberry.field(
        description="Why the identity belongs to the person. Null if the person has no other identity."
    )

    @classmethod
    def from_identity(cls, identified: identities.VisibleIdentity) -> Self:
        return cls(
            id=strawberry.ID(identified.id),
            kind=IdentityKind(identified.kind),
            text=identified.text,
            reason=identified.because or None,
        )
