"""Cursor pagination as the Relay specification defines it: one helper for every list of the schema."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, Self, TypeVar

import strawberry

from api.graphql.invalid_argument import InvalidArgument
from api.graphql.types.node import N

T = TypeVar("T")
S = TypeVar("S")

MAX_PAGE = 50
"""Maximum number of nodes on a page."""

First = Annotated[int, strawberry.argument(description=f"The number of nodes on the page, 1 to {MAX_PAGE}.")]
After = Annotated[str | None, strawberry.argument(description="The `endCursor` of the previous page.")]


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more nodes follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether the page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first node. Null if the page is empty.")
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last node, to send as `after`. Null if the page is empty."
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A request for a page: `size` nodes behind the node with the id `start`, or from the first."""

    size: int
    start: str | None

    @property
    def limit(self) -> int:
        """The number of rows to read: one more than the page shows, to learn whether more follow."""
        return self.size + 1

    def info(self, ids: Sequence[str]) -> PageInfo:
        """The page info for the ids that were read, `limit` at most."""
        shown = [encode_cursor(id) for id in ids[: self.size]]
        return PageInfo(
            has_next_page=len(ids) > self.size,
            has_previous_page=self.start is not None,
            start_cursor=shown[0] if shown else None,
            end_cursor=shown[-1] if shown else None,
        )

    def slice(self, rows: Sequence[S], id: Callable[[S], str]) -> Sequence[S]:
        """The rows to show of a list in memory. Empty if no row has the id `start`, as after a removal."""
        if self.start is None:
            return rows[: self.limit]
        at = next((index for index, row in enumerate(rows) if id(row) == self.start), len(rows))
        return rows[at + 1 : at + 1 + self.limit]


def page(first: int, after: str | None) -> Page:
    """The page that the arguments of a connection request. Raises InvalidArgument."""
    if not 1 <= first <= MAX_PAGE:
        raise InvalidArgument(f"`first` is 1 to {MAX_PAGE}.")
    return Page(first, None if after is None else decode_cursor(after))


@strawberry.type(description="A node and its position in the list.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="The position of the node, to send as `after`.")
    node: T = strawberry.field(description="The node.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = strawberry.field(description="The nodes with their cursors.")
    nodes: list[T] = strawberry.field(description="The nodes.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int | None = strawberry.field(
        description="The number of nodes in the whole list. Null if counting would need another query."
    )

    @classmethod
    def from_rows(
        cls, page: Page, rows: Sequence[S], id: Callable[[S], str], node: Callable[[S], T], total: int | None = None
    ) -> Self:
        """A page of `rows`, of which `page.limit` were read."""
        ids = [id(row) for row in rows]
        nodes = [node(row) for row in rows[: page.size]]
        edges = [Edge(cursor=encode_cursor(each), node=shown) for each, shown in zip(ids, nodes, strict=False)]
        return cls(edges=edges, nodes=nodes, page_info=page.info(ids), total_count=total)

    @classmethod
    def from_all_rows(cls, page: Page, rows: Sequence[S], id: Callable[[S], str], node: Callable[[S], T]) -> Self:
        """A page of rows that were read whole."""
        return cls.from_rows(page, page.slice(rows, id), id, node, len(rows))

    @classmethod
    def from_list(cls: "type[Connection[N]]", page: Page, nodes: Sequence[N]) -> "Connection[N]":
        """A page of a list that was read whole."""
        return cls.from_all_rows(page, nodes, lambda node: str(node.id), lambda node: node)


def encode_cursor(id: str) -> str:
    """The opaque cursor of an id."""
    return base64.urlsafe_b64encode(id.encode()).decode()


def decode_cursor(cursor: str) -> str:
    """The id of a cursor. Raises InvalidArgument."""
    try:
        return base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, UnicodeError):
        raise InvalidArgument("`after` is not a cursor of an earlier response.") from None
