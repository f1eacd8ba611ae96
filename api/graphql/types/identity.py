"""Identity."""

from typing import Self

import strawberry

from graph.lookup import identities as said_lookup_identities


@strawberry.type(description="What a source in view calls somebody: an address, a profile, a number, a bare name.")
class Identity:
    id: strawberry.ID = strawberry.field(description="Opaque; good for `split`.")
    kind: str = strawberry.field(description="email, linkedin, slack, phone or name.")
    text: str = strawberry.field(description="As people write it.")
    because: str | None = strawberry.field(description="Why it is counted to its person, where that has others too.")

    @classmethod
    def of(cls, found: said_lookup_identities.Identified) -> Self:
        return cls(id=strawberry.ID(found.id), kind=found.kind, text=found.text, because=found.because or None)
