"""Fits a network's own intercept to requests with a known outcome and tests it on the newest (docs/calibrate.md).

Only the intercept is fitted. The worth and the half-life of a message were learnt from tens of thousands of requests
and hold across networks; the general readiness to respond does not (docs/strength.md). Sums are exact (fsum), so that
the order of the requests changes no bit.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import exp, fsum, isnan, log1p, nan, sqrt
from operator import itemgetter, sub

MIN_REQUESTS = 200
"""Minimum number of requests for a fit: with fewer than sixty in the test part, a gain is not distinct from chance."""
PRIOR = 500
"""Weight of the shipped model, in requests. A network with as many of its own moves half as far as an unweighted fit,
one with a hundred a sixth. An unweighted fit to few or old requests made strengths worse, sometimes badly
(docs/strength.md)."""
HELD_OUT = 0.3
_BINS = 10
_STEPS = 100
_CONVERGED = 1e-12


@dataclass(slots=True)
class Asks:
    """Requests with a known outcome, seventeen bytes each.

    `days` holds the day of each request, `logits` the log-odds that the shipped model gives from evidence before that
    day, `answered` 1 or 0.
    """

    days: "array[int]" = field(default_factory=lambda: array("q"))
    logits: "array[float]" = field(default_factory=lambda: array("d"))
    answered: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        return len(self.days)

    def add(self, day: int, logit: float, *, answered: bool) -> None:
        """Append one request."""
        self.days.append(day)
        self.logits.append(logit)
        self.answered.append(answered)

    def between(self, first: int, last: int) -> "Asks":
        """Return the requests of the days `first` to `last`, both included."""
        selected = Asks()
        for day, logit, answered in zip(self.days, self.logits, self.answered, strict=True):
            if first <= day <= last:
                selected.add(day, logit, answered=bool(answered))
        return selected


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracy of predicted strengths: log-loss, Brier score, calibration error over ten bins, and AUC.

    AUC is the share of pairs in which the answered request had the higher strength; 0.5 where there is no pair.
    """

    log_loss: float
    brier: float
    calibration_error: float
    auc: float

    def no_worse(self, other: "Figures") -> bool:
        """Whether log-loss, Brier score and calibration error are at most those of `other` (a shift keeps AUC)."""
        return (
            self.log_loss <= other.log_loss
            and self.brier <= other.brier
            and self.calibration_error <= other.calibration_error
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """The stored intercept of one network: `shift` is added to the log-odds of the model of this `version`.

    `day` is the day of the fit and `asks` its number of requests. `shipped` and `fitted` are the figures of both models
    on the test part.
    """

    shift: float
    day: int
    version: str
    asks: int
    shipped: Figures
    fitted: Figures


@dataclass(frozen=True, slots=True)
class Trial:
    """Result of a trial fit: fitted to `known` requests before the day `since`, tested on the `held` ones from then on.

    `shift` is fitted to all requests and would be stored; `tested` is the shift that was tested.
    """

    asks: int
    answered: int
    since: int
    known: int
    held: int
    tested: float
    shift: float
    shipped: Figures
    fitted: Figures
    helps: bool


def try_fit(asks: Asks) -> Trial:
    """Fit to all but the newest requests, and test on those.

    The fit helps if log-loss falls by more than one standard error and neither Brier score nor calibration error rises,
    for the tested shift and for the one that would be stored. The stored shift is fitted to the newest requests too.
    Log-loss is convex in the shift, so the stored shift lies between the tested one and the best for the test part, and
    its loss there is no greater.
    """
    since = _newest(asks.days, HELD_OUT)
    known = asks.between(min(asks.days), since - 1)
    held = asks.between(since, max(asks.days))
    weight = PRIOR * fsum(p * (1 - p) for p in map(_probability, asks.logits)) / len(asks)
    tested, shift = _shift(known, weight), _shift(asks, weight)
    shipped, fitted, kept = (figures(held, by) for by in (0.0, tested, shift))
    return Trial(
        asks=len(asks),
        answered=sum(asks.answered),
        since=since,
        known=len(known),
        held=len(held),
        tested=tested,
        shift=shift,
        shipped=shipped,
        fitted=fitted,
        helps=_gains(held, tested) and fitted.no_worse(shipped) and kept.no_worse(shipped),
    )


def figures(asks: Asks, shift: float) -> Figures:
    """Return the accuracy on these requests with all log-odds shifted by `shift`."""
    predicted = [_probability(logit + shift) for logit in asks.logits]
    bins: list[list[float]] = [[] for _ in range(_BINS)]
    for probability, answered in zip(predicted, asks.answered, strict=True):
        bins[min(int(probability * _BINS), _BINS - 1)].append(probability - answered)
    return Figures(
        log_loss=fsum(_losses(asks, shift)) / len(asks),
        brier=fsum(error * error for errors in bins for error in errors) / len(asks),
        calibration_error=fsum(abs(fsum(errors)) for errors in bins) / len(asks),
        auc=0.5 if isnan(ranked := auc(asks.logits, asks.answered)) else ranked,
    )


def auc(scores: Sequence[float], happened: Sequence[int]) -> float:
    """Return the probability that an event that happened has a higher score than one that did not; ties count half.

    NaN where all events happened, or none did.
    """
    before = right = 0.0
    for _, equal_scores in groupby(sorted(zip(scores, happened, strict=True)), key=itemgetter(0)):
        outcomes = [outcome for _, outcome in equal_scores]
        without = len(outcomes) - sum(outcomes)
        right += sum(outcomes) * (before + without / 2)
        before += without
    pairs = before * (len(scores) - before)
    return right / pairs if pairs else nan


def _losses(asks: Asks, shift: float) -> list[float]:
    """Return the log-loss of each request."""
    logits = (logit + shift for logit in asks.logits)
    return [log1p(exp(-logit if answered else logit)) for logit, answered in zip(logits, asks.answered, strict=True)]


def _gains(asks: Asks, shift: float) -> bool:
    gains = list(map(sub, _losses(asks, 0.0), _losses(asks, shift)))
    mean = fsum(gains) / len(gains)
    return mean > sqrt(fsum((gain - mean) ** 2 for gain in gains)) / len(gains)


def _newest(days: Iterable[int], share: float) -> int:
    """Return the latest day from which on at least this share of the requests was made."""
    counts = Counter(days)
    wanted = share * counts.total()
    for day in sorted(counts, reverse=True):
        wanted -= counts[day]
        if wanted <= 0:
            break
    return day


def _shift(asks: Asks, weight: float) -> float:
    """Return the maximum a posteriori shift by Newton's method; the prior is Gaussian at 0 with precision `weight`."""
    shift = 0.0
    for _ in range(_STEPS):
        predicted = [_probability(logit + shift) for logit in asks.logits]
        slope = fsum(map(sub, asks.answered, predicted)) - weight * shift
        step = slope / (fsum(p * (1 - p) for p in predicted) + weight)
        shift += max(-1.0, min(1.0, step))
        if abs(step) < _CONVERGED:
            break
    return shift


def _probability(logit: float) -> float:
    return 1.0 / (1.0 + exp(-logit))
