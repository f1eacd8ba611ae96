"""What others would rank ties by, each from the same stored evidence, up to the same day (docs/strength.md says whose).

Every one says how much the first person is tied to the second; more is closer.
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
        for (by, towards), found in network.did.items():
            for one, other in ((by, towards), (towards, by)):
                known = self._first.setdefault(one, {})
                known[other] = min(known.get(other, FOREVER), found.days[0])
        self._met = {one: sorted(known.values()) for one, known in self._first.items()}
        self._degree = cache(self._degree_on)

    def named(self) -> dict[str, Measure]:
        """All of them by the names under which the tables have them."""
        return {
            "raw degree": self.degree,
            "message count": self.count,
            "recency": self.recency,
            "min(sent, received)": self.least,
            "half-life sum": self.half_life,
            "DotAlign": self.dotalign,
            "Adamic-Adar": self.adamic_adar,
        }

    def known(self, one: str, on: int) -> set[str]:
        """Everybody with whom this person had any contact up to a day."""
        return {other for other, first in self._first.get(one, {}).items() if first <= on}

    def degree(self, by: str, _: str, on: int) -> float:
        """With how many people they were in contact."""
        return self._degree(by, on)

    def _degree_on(self, one: str, on: int) -> int:
        return bisect_right(self._met.get(one, []), on)

    def count(self, by: str, towards: str, on: int) -> float:
        """How many messages the one wrote to the other."""
        return sum(weight for _, weight in self._network.between(by, towards, on))

    def least(self, by: str, towards: str, on: int) -> float:
        """The smaller of the two counts."""
        return min(self.count(by, towards, on), self.count(towards, by, on))

    def recency(self, by: str, towards: str, on: int) -> float:
        """How lately either wrote to the other."""
        last = max(self._last(by, towards, on), self._last(towards, by, on))
        return 1 / (1 + on - last)

    def half_life(self, by: str, towards: str, on: int) -> float:
        """The one's messages to the other, each worth half after 30 days."""
        days = self._network.between(by, towards, on)
        return float(sum(weight * 2.0 ** (-(on - day) / HALF_LIFE) for day, weight in days))

    def strength(self, by: str, towards: str, on: int) -> float:
        """The half-life sum both ways: what the lengths of paths are made of."""
        return self.half_life(by, towards, on) + self.half_life(towards, by, on)

    def dotalign(self, by: str, towards: str, on: int) -> float:
        """The published formula, without meetings, of which no data here has any."""
        age = on - min(self._last(by, towards, on), self._last(towards, by, on))
        fresh = 1 - (0.75 * min(1.0, age / 730) + 0.25 * min(1.0, age / 2190))
        return max(1.0, min(100.0, 1 + self.least(by, towards, on)) * fresh)

    def adamic_adar(self, by: str, towards: str, on: int) -> float:
        """Their common contacts, each worth less the more contacts it has."""
        common = self.known(by, on) & self.known(towards, on)
        return sum(1 / log(max(2, self._degree(one, on))) for one in sorted(common))

    def _last(self, by: str, towards: str, on: int) -> int:
        found = self._network.did.get((by, towards))
        place = bisect_right(found.days, on) if found else 0
        return found.days[place - 1] if found and place else -FOREVER
