"""Joins the reads of batches that are sent often into one query.

See docs/decisions/0034-one-round-trip-for-several-reads.md.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from cypher.joining import joined_param, joined_text
from graph.database.bolt.read import Read

JOINED_AFTER = 50
"""Times that a process sends a batch of the same queries before it joins them: Neo4j takes up to a second to plan the
joined query, which costs more than it saves while batches are few."""
_MAX_BATCHES = 256
"""Batches that are counted. A service sends some twenty."""

_Shape = tuple[tuple[str, tuple[str, ...]], ...]
"""The texts and the columns of the queries of a batch."""


class JoinedBatch:
    """The reads of a batch as one read."""

    def __init__(self, reads: Sequence[Read], shape: _Shape) -> None:
        self._reads = reads
        self.shape = shape
        limits = [read.seconds for read in reads if read.seconds is not None]
        params: dict[str, Any] = {
            joined_param(number, name): value
            for number, read in enumerate(reads)
            for name, value in read.params.items()
        }
        self.read = Read(joined_text(shape), params, sum(limits) if len(limits) == len(reads) else None)

    def share_result(self) -> None:
        """Give each read its rows."""
        (tables,) = self.read.values
        for read, rows in zip(self._reads, tables, strict=True):
            read.keys, read.values = read.columns, rows


class FrequentBatches:
    """Counts the batches of a process by their queries."""

    def __init__(self) -> None:
        self._counts: OrderedDict[_Shape, int] = OrderedDict()

    def join(self, reads: Sequence[Read]) -> JoinedBatch | None:
        """Count a batch. Return it as one read, None if it is not frequent yet."""
        if len(reads) < 2:
            return None
        # tasks may begin the same reads in another order
        in_order = sorted(reads, key=lambda read: read.text)
        shape = tuple((read.text, tuple(read.columns)) for read in in_order)
        count = self._counts[shape] = self._counts.get(shape, 0) + 1
        self._counts.move_to_end(shape)
        if len(self._counts) > _MAX_BATCHES:
            self._counts.popitem(last=False)
        return JoinedBatch(in_order, shape) if count > JOINED_AFTER else None

    def forget(self, batch: JoinedBatch) -> None:
        """Count a batch that failed from the beginning, so that one that always fails is seldom joined."""
        self._counts.pop(batch.shape, None)


FREQUENT_BATCHES = FrequentBatches()
