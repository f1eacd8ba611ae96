"""Scores of predictions: loss, calibration, ranks, and bootstrap intervals."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log

BINS = 10
RESAMPLES = 2_000
SEED = 20_261_122


def log_loss(predictions: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean log loss, in nats."""
    return -sum(log(p if label else 1 - p) for p, label in zip(predictions, labels, strict=True)) / len(predictions)


def brier(predictions: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean squared error."""
    return sum((p - label) ** 2 for p, label in zip(predictions, labels, strict=True)) / len(predictions)


@dataclass(frozen=True, slots=True)
class Bin:
    """A group of similar predictions: their count, mean prediction and observed share."""

    count: int
    predicted: float
    observed: float


def bins(predictions: Sequence[float], labels: Sequence[bool], *, number: int = BINS) -> list[Bin]:
    """The predictions in `number` bins of almost equal count, lowest first. Equal predictions share a bin."""
    order = sorted(zip(predictions, labels, strict=True))
    groups: list[list[tuple[float, bool]]] = [[]]
    for _, tied in groupby(order, key=lambda pair: pair[0]):
        if len(groups[-1]) >= len(order) / number:
            groups.append([])
        groups[-1].extend(tied)
    return [Bin(len(of), sum(p for p, _ in of) / len(of), sum(y for _, y in of) / len(of)) for of in groups if of]


def calibration_error(predictions: Sequence[float], labels: Sequence[bool]) -> float:
    """The mean distance between prediction and observed share over the bins, weighted by count."""
    return sum(each.count * abs(each.predicted - each.observed) for each in bins(predictions, labels)) / len(
        predictions
    )


def reciprocal(of: float, among: Sequence[float]) -> float:
    """The expected reciprocal rank, with equal values in random order."""
    first, equals = 1 + sum(other > of for other in among), sum(other == of for other in among)
    return sum(1 / (first + k) for k in range(equals + 1)) / (equals + 1)


def hit(of: float, among: Sequence[float], *, first: int) -> float:
    """The probability to be among the `first` ranks, with equal values in random order."""
    above, equals = sum(other > of for other in among), sum(other == of for other in among)
    return min(1.0, max(0, first - above) / (equals + 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float


def interval(values: Sequence[float], clusters: Sequence[str]) -> Interval:
    """The mean with its 95 % interval from a seeded bootstrap over clusters (the values of one person)."""
    by_cluster: dict[str, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        by_cluster.setdefault(cluster, []).append(value)
    sums = [(sum(of), len(of)) for _, of in sorted(by_cluster.items())]
    rng = random.Random(SEED)
    means = sorted(_mean(rng.choices(sums, k=len(sums))) for _ in range(RESAMPLES))
    return Interval(_mean(sums), means[int(RESAMPLES * 0.025)], means[int(RESAMPLES * 0.975)])


def _mean(sums: Sequence[tuple[float, int]]) -> float:
    return sum(total for total, _ in sums) / sum(count for _, count in sums)
