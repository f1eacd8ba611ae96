"""The interface of objects that have an id."""

from collections.abc import Awaitable, Iterable
from typing import TypeVar

import strawberry


@strawberry.interface(description="An object that `node` returns by its id.")
class Node:
    id: strawberry.ID = strawberry.field(description="The opaque id of the object, unique in the network.")


N = TypeVar("N", bound=Node)


async def find_by_id(nodes: Awaitable[Iterable[N]], id: str) -> N | None:
    """The object of a list that has this id."""
    return next((node for node in await nodes if node.id == id), None)
