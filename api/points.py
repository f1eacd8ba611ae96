"""How much a member may ask in an hour, in points of api.limits: counted in this process, told as GitHub tells it."""

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from math import ceil

from graphql import GraphQLError
from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter
from strawberry.extensions import SchemaExtension

from api.limits import Limits, check, check_text
from graph.viewer import Viewer

UPLOAD = 100
"""Points of an upload: a load takes as much of the database as many questions do."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a member may still ask: so many points of so many, until `reset` (a Unix time) gives all of them back.

    `enough` says whether there were as many as were asked for; else none were taken.
    """

    limit: int
    remaining: int
    reset: int
    enough: bool

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says of it."""
        told = {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }
        return told if self.enough else {**told, "retry-after": str(self._seconds)}

    @property
    def sentence(self) -> str:
        """Why nothing was done."""
        return (
            f"This asks for more than is left of your {self.limit:,} points an hour ({self.remaining:,}): "
            f"ask again in {ceil(self._seconds / 60)} min."
        )

    @property
    def _seconds(self) -> int:
        return max(1, self.reset - int(time.time()))


class Meter:
    """Counts for all members of a process."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._each = RateLimitItemPerHour(limits.hour_points)
        self._counted = FixedWindowRateLimiter(MemoryStorage())

    async def charge(self, viewer: Viewer, points: int) -> Account:
        """Take points of a member's, all or none."""
        who = (viewer.network, viewer.member)
        enough = await self._counted.test(self._each, *who, cost=points)
        enough = enough and await self._counted.hit(self._each, *who, cost=points)
        left = await self._counted.get_window_stats(self._each, *who)
        return Account(self.limits.hour_points, left.remaining, ceil(left.reset_time), enough)


class Measured(SchemaExtension):
    """Refuses what asks too much, for one request or within an hour, before anything is done for it."""

    _cost = 0

    def on_parse(self) -> Iterator[None]:
        """Measure the text."""
        check_text(self.execution_context.query or "")
        yield

    def on_validate(self) -> Iterator[None]:
        """Measure the document."""
        document, meter = self.execution_context.graphql_document, self.execution_context.context.meter
        if document is not None:
            self._cost = check(document, self.execution_context.variables or {}, most=meter.limits.request_points)
        yield

    async def on_execute(self) -> AsyncIterator[None]:
        """Charge for a document that is valid."""
        context = self.execution_context.context
        account = await context.meter.charge(context.viewer, max(1, self._cost))
        context.response.headers.update(account.headers)
        if not account.enough:
            context.response.status_code = 429
            raise GraphQLError(account.sentence, extensions={"code": "RATE_LIMITED"})
        yield
