"""The part that all mutation inputs share."""

import strawberry


@strawberry.input
class MutationInput:
    idempotency_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="A random string of yours, 1 to 255 characters. The same request sent again with it within a day "
        "has no further effect and returns the same response. Only a response without errors is stored. A request with "
        "a key contains one mutation.",
    )
