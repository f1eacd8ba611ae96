"""How right a prediction was: discrimination, calibration, ranks, and how sure one may be of that."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

BINS = 10
RESAMPLED = 2_000
SEED = 20_261_122


def log_loss(odds: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean surprise, in nats."""
    return -sum(log(p if label else 1 - p) for p, label in zip(odds, labels, strict=True)) / len(odds)


def brier(odds: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean square of how far off it was."""
    return sum((p - label) ** 2 for p, label in zip(odds, labels, strict=True)) / len(odds)


@dataclass(frozen=True, slots=True)
class Bin:
    """So many predictions of about the same odds, and how often it happened."""

    count: int
    said: float
    seen: float


def bins(odds: Sequence[float], labels: Sequence[bool], *, number: int = BINS) -> list[Bin]:
    """The predictions in `number` bins of as good as equal count, lowest first; equal odds are never parted."""
    order = sorted(zip(odds, labels, strict=True))
    found: list[list[tuple[float, bool]]] = [[]]
    for _, tied in groupby(order, key=lambda pair: pair[0]):
        if len(found[-1]) >= len(order) / number:
            found.append([])
        found[-1].extend(tied)
    return [Bin(len(of), sum(p for p, _ in of) / len(of), sum(y for _, y in of) / len(of)) for of in found if of]


def calibration_error(odds: Sequence[float], labels: Sequence[bool]) -> float:
    """How far the bins' odds lie from what was observed in them, by their counts."""
    return sum(each.count * abs(each.said - each.seen) for each in bins(odds, labels)) / len(odds)


def reciprocal(of: float, among: Sequence[float]) -> float:
    """One through the place, as expected where equals are put in a random order."""
    first, equals = 1 + sum(other > of for other in among), sum(other == of for other in among)
    return sum(1 / (first + k) for k in range(equals + 1)) / (equals + 1)


def hit(of: float, among: Sequence[float], *, first: int) -> float:
    """The chance to be among the first so many, where equals are put in a random order."""
    above, equals = sum(other > of for other in among), sum(other == of for other in among)
    return min(1.0, max(0, first - above) / (equals + 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and where it lies in 95 of 100 networks like this."""

    mean: float
    low: float
    high: float


def interval(values: Sequence[float], clusters: Sequence[str]) -> Interval:
    """The mean with its 95 % interval: clusters (what is of one person) are drawn again, seeded."""
    together: dict[str, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        together.setdefault(cluster, []).append(value)
    sums = [(sum(of), len(of)) for _, of in sorted(together.items())]
    dice = random.Random(SEED)
    means = sorted(_mean(dice.choices(sums, k=len(sums))) for _ in range(RESAMPLED))
    return Interval(_mean(sums), means[int(RESAMPLED * 0.025)], means[int(RESAMPLED * 0.975)])


def _mean(sums: Sequence[tuple[float, int]]) -> float:
    return sum(total for total, _ in sums) / sum(count for _, count in sums)
