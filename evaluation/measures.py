"""Other measures of ties, computed from the same stored evidence up to the same day (docs/strength.md).

Each rates the tie of the first person to the second; a higher value is a closer tie.
"""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from math import log

from evaluation.networks import Network

FOREVER = 100_000
HALF_LIFE = 30

Measure = Callable[[str, str, int], float]


class Measures:
    """The measures of one network."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._first: dict[str, dict[str, int]] = {}
        for (by, towards), evidence in network.evidence.items():
            for one, other in ((by, towards), (towards, by)):
                known = self._first.setdefault(one, {})
                known[other] = min(known.get(other, FOREVER), evidence.days[0])
        self._first_days = {one: sorted(known.values()) for one, known in self._first.items()}
        self._degree = cache(self._degree_on)

    def by_name(self) -> dict[str, Measure]:
        """All measures by their names in the tables."""
        return {
            "raw degree": self.degree,
            "message count": self.count,
            "recency": self.recency,
            "min(sent, received)": self.smaller_count,
            "half-life sum": self.half_life,
            "DotAlign": self.dotalign,
            "Adamic-Adar": self.adamic_adar,
        }

    def known(self, one: str, on: int) -> set[str]:
        """Everybody with whom a person had contact up to a day."""
        return {other for other, first in self._first.get(one, {}).items() if first <= on}

    def degree(self, by: str, _: str, on: int) -> float:
        """The number of people with whom `by` had contact."""
        return self._degree(by, on)

    def _degree_on(self, one: str, on: int) -> int:
        return bisect_right(self._first_days.get(one, []), on)

    def count(self, by: str, towards: str, on: int) -> float:
        """The number of messages from `by` to `towards`."""
        return sum(weight for _, weight in self._network.between(by, towards, on))

    def smaller_count(self, by: str, towards: str, on: int) -> float:
        """The smaller of the two message counts."""
        return min(self.count(by, towards, on), self.count(towards, by, on))

    def recency(self, by: str, towards: str, on: int) -> float:
        """1 / (1 + days since the last message in either direction)."""
        last = max(self._last(by, towards, on), self._last(towards, by, on))
        return 1 / (1 + on - last)

    def half_life(self, by: str, towards: str, on: int) -> float:
        """The messages from `by` to `towards`, each halved every 30 days."""
        days = self._network.between(by, towards, on)
        return float(sum(weight * 2.0 ** (-(on - day) / HALF_LIFE) for day, weight in days))

    def two_way_half_life(self, by: str, towards: str, on: int) -> float:
        """The half-life sum in both directions, from which path lengths are computed."""
        return self.half_life(by, towards, on) + self.half_life(towards, by, on)

    def dotalign(self, by: str, towards: str, on: int) -> float:
        """The published formula without meetings, which no data set contains."""
        age = on - min(self._last(by, towards, on), self._last(towards, by, on))
        freshness = 1 - (0.75 * min(1.0, age / 730) + 0.25 * min(1.0, age / 2190))
        return max(1.0, min(100.0, 1 + self.smaller_count(by, towards, on)) * freshness)

    def adamic_adar(self, by: str, towards: str, on: int) -> float:
        """The common contacts, each weighted by the inverse logarithm of its degree."""
        common = self.known(by, on) & self.known(towards, on)
        return sum(1 / log(max(2, self._degree(one, on))) for one in sorted(common))

    def _last(self, by: str, towards: str, on: int) -> int:
        evidence = self._network.evidence.get((by, towards))
        count = bisect_right(evidence.days, on) if evidence else 0
        return evidence.days[count - 1] if evidence and count else -FOREVER
