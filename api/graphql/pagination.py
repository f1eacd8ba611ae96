"""Pagination."""

import base64
import binascii
from typing import Self

import strawberry

from api.graphql.bad_argument import Unfit

MOST = 50
"""People on a page at most."""


@strawberry.type(description="Where a page ends.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether there are more behind this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first hit here.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last hit here: the next `after`.")

    @classmethod
    def of(cls, cursors: list[str], *, more: bool, after: str | None) -> Self:
        """Of a page with these cursors, which came after `after`; `more` says that others follow."""
        return cls(
            has_next_page=more,
            has_previous_page=after is not None,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )


def cursor(id: str) -> str:
    """Where something stands in a list, opaque."""
    return base64.urlsafe_b64encode(id.encode()).decode()


def id_in(cursor: str) -> str:
    """The other way round."""
    try:
        return base64.urlsafe_b64decode(cursor.encode()).decode()
    except (binascii.Error, UnicodeError):
        raise Unfit("`after` is no cursor that a search gave.") from None
