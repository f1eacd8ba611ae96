"""When Python looks for garbage: hardly, among what comes by the hundred thousand in lists without a cycle.

Looking through them took a fifth of a load and two fifths of a hub's answer, while everybody else waited
(docs/performance.md).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_COLLECTED = (50_000, 10, 100)
"""Objects more than before, and generations younger, at which Python looks."""


def collect_seldom() -> None:
    """From now on, in the whole process."""
    gc.set_threshold(*_COLLECTED)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Do not look at all meanwhile. What is made is old at once, which is looked through last."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if collecting:
            gc.enable()
