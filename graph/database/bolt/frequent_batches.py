"""Joins the reads of batches that are sent often into one query.

See docs/decisions/0034-one-round-trip-for-several-reads.md.
"""

from collections import OrderedDict
from collections.abc import Sequence
from enum import Enum, auto
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


class BatchStage(Enum):
    """What to do with a batch."""

    RARE = auto()
    """Send its reads."""
    DUE = auto()
    """Send its reads, and let Neo4j plan the joined query meanwhile."""
    PLANNED = auto()
    """Send the joined query."""


class JoinedBatch:
    """The reads of a batch as one read."""

    def __init__(self, reads: Sequence[Read]) -> None:
        # tasks may begin the same reads in another order
        self._reads = sorted(reads, key=lambda read: read.text)
        self.shape: _Shape = tuple((read.text, tuple(read.columns)) for read in self._reads)

    def as_read(self, seconds: float | None) -> Read:
        """The joined read."""
        params: dict[str, Any] = {
            joined_param(number, name): value
            for number, read in enumerate(self._reads)
            for name, value in read.params.items()
        }
        return Read(joined_text(self.shape), params, seconds)

    def share_result(self, joined: Read) -> None:
        """Give each read its rows."""
        (tables,) = joined.values
        for read, rows in zip(self._reads, tables, strict=True):
            read.keys, read.values = read.columns, rows


class FrequentBatches:
    """Counts the batches of a process by their queries."""

    def __init__(self) -> None:
        self._counts: OrderedDict[_Shape, int] = OrderedDict()
        self._planned: set[_Shape] = set()

    def count(self, batch: JoinedBatch) -> BatchStage:
        """Count a batch, and return what to do with it."""
        if batch.shape in self._planned:
            return BatchStage.PLANNED
        count = self._counts[batch.shape] = self._counts.get(batch.shape, 0) + 1
        self._counts.move_to_end(batch.shape)
        if len(self._counts) > _MAX_BATCHES:
            self._counts.popitem(last=False)
        return BatchStage.DUE if count == JOINED_AFTER else BatchStage.RARE

    def set_planned(self, batch: JoinedBatch) -> None:
        """Send the batch as a joined query from now on."""
        if len(self._planned) < _MAX_BATCHES:
            self._planned.add(batch.shape)

    def set_failed(self, batch: JoinedBatch) -> None:
        """Count a batch from the beginning, so that one that always fails is seldom joined."""
        self._planned.discard(batch.shape)
        self._counts.pop(batch.shape, None)


FREQUENT_BATCHES = FrequentBatches()
