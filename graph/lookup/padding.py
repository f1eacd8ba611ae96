"""Pads the time of a lookup, so that it does not reveal what others keep private."""

import asyncio
from time import monotonic

PADDING_SECONDS = 0.02
"""Times of lookups are padded to multiples of this. A lookup takes some tenths of a millisecond longer for a name that
another network or a colleague's private source holds; response times must not reveal that."""


async def pad_duration(began: float) -> None:
    """Wait until a whole number of PADDING_SECONDS has passed since `began`."""
    await asyncio.sleep((began - monotonic()) % PADDING_SECONDS)
