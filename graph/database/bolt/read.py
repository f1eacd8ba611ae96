"""A read from Neo4j, and its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_MAX_COMPARISONS = 10_000
"""Comparisons of values when two lists are joined, which take half a millisecond."""


@dataclass(slots=True)
class Read:
    """A read, and its result or error. One that `is_alone` must run again by the driver's own functions.

    `union` is the parameter whose lists are joined with those of equal reads (cypher), "" for none. `columns` are those
    that the query declares, and `keys` those of the result.
    """

    text: str
    params: Mapping[str, Any]
    seconds: float | None
    union: str = ""
    columns: Sequence[str] = ()
    keys: Sequence[str] = ()
    values: list[list[Any]] = field(default_factory=list)
    error: Exception | None = None
    is_alone: bool = False

    def is_joined_by(self, other: "Read") -> bool:
        """Whether the other read becomes a part of this one. The values of `union` are added."""
        if not self.union or self.text != other.text or self.seconds != other.seconds:
            return False
        if any(value != other.params[name] for name, value in self.params.items() if name != self.union):
            return False
        own, added = self.params[self.union], other.params[self.union]
        if len(own) * len(added) > _MAX_COMPARISONS:
            return False
        self.params = {**self.params, self.union: [*own, *(value for value in added if value not in own)]}
        return True
