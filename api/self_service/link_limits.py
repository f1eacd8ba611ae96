"""Limits of the links to `/about-me`, by client and by recipient."""

import logging
import time
from email.errors import MessageError
from email.headerregistry import Address

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter

from api.client_address import client_key
from graph.names.keys import identity_key
from graph.records import Handle, HandleKind
from operations.metrics import LINK_REQUESTS

log = logging.getLogger("tertius.api")

PER_ADDRESS = RateLimitItemPerDay(3)
PER_CLIENT = RateLimitItemPerHour(10)
ALL_TOGETHER = RateLimitItemPerHour(200)
"""Links of one service. The limit protects mailboxes from a sender with many addresses."""
MAX_ADDRESS_LENGTH = 254
LOG_SECONDS = 60.0
"""Time after which the log repeats that ALL_TOGETHER is reached."""


def address_key(text: str) -> str | None:
    """The key of the identity with this address. None if the text is not exactly one ASCII address.

    A group, a display name, a comment or a control character would let one text reach a mailbox under another name.
    """
    if len(text) > MAX_ADDRESS_LENGTH or not (text.isascii() and text.isprintable()):
        return None
    try:
        parsed = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):  # the parser raises the last one for some truncated addresses
        return None
    is_host = parsed.domain.replace("-", "").replace(".", "").isalnum()
    return identity_key(Handle(HandleKind.EMAIL, text)) if parsed.addr_spec == text and is_host else None


def recipient(key: str) -> str:
    """The mailbox of an e-mail identity as limits count it: without a subaddress, such as `+news`."""
    local, _, domain = key.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


class LinkLimits:
    """Counts the links in `counts`, by default in this process."""

    def __init__(self, counts: Storage | None = None) -> None:
        self._limiter = FixedWindowRateLimiter(counts or MemoryStorage())
        self._logged_at = float("-inf")

    async def allows_client(self, host: str) -> bool:
        """Count a request of a client."""
        return await self._hit("client", PER_CLIENT, client_key(host))

    async def allows_address(self, key: str) -> bool:
        """Count a link to a mailbox."""
        return await self._hit("address", PER_ADDRESS, recipient(key))

    async def is_exhausted(self) -> bool:
        """Whether no more links are sent in this hour. The log says so once a minute."""
        if await self._limiter.test(ALL_TOGETHER):
            return False
        LINK_REQUESTS.labels("total limit").inc()
        if time.monotonic() - self._logged_at >= LOG_SECONDS:
            self._logged_at = time.monotonic()
            log.error("/about-me sends no more links in this hour: %s were requested", ALL_TOGETHER.amount)
        return True

    async def count_link(self) -> None:
        """Count a link that is sent."""
        await self._limiter.hit(ALL_TOGETHER)
        LINK_REQUESTS.labels("sent").inc()

    async def _hit(self, name: str, limit: RateLimitItem, key: str) -> bool:
        is_allowed = await self._limiter.hit(limit, name, key)
        if not is_allowed:
            LINK_REQUESTS.labels(f"{name} limit").inc()
        return is_allowed
