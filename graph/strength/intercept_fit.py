"""A network's own intercept: fitted to asks whose outcome was seen, tested on the newest of them (docs/calibrate.md).

The intercept alone: what a message is worth, and for how long, was learnt from tens of thousands of asks and travels
from network to network; how readily people answer at all does not (docs/strength.md). Sums are exact (fsum), so
that the order of the asks changes no bit.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import exp, fsum, isnan, log1p, nan, sqrt
from operator import itemgetter, sub

LEAST = 200
"""Asks below which nothing is fitted: sixty to be tested on would not tell help from chance."""
PRIOR = 500
"""How many asks the shipped model weighs: a network with as many of its own moves half as far as they alone would say,
one with a hundred a sixth. Fitted freely to few or old asks an intercept made the odds worse, sometimes badly
(docs/strength.md)."""
HELD_OUT = 0.3
_BINS = 10
_STEPS = 100
_STILL = 1e-12


@dataclass(slots=True)
class Asks:
    """Asks whose outcome was seen, in seventeen bytes each: the day, the log-odds that the shipped model gave it from
    what came before that day, and whether it was answered."""

    days: "array[int]" = field(default_factory=lambda: array("q"))
    logits: "array[float]" = field(default_factory=lambda: array("d"))
    answered: bytearray = field(default_factory=bytearray)

    def __len__(self) -> int:
        return len(self.days)

    def add(self, day: int, logit: float, *, answered: bool) -> None:
        """Take one more."""
        self.days.append(day)
        self.logits.append(logit)
        self.answered.append(answered)

    def between(self, first: int, last: int) -> "Asks":
        """Those of the days from the first to the last."""
        found = Asks()
        for day, logit, answered in zip(self.days, self.logits, self.answered, strict=True):
            if first <= day <= last:
                found.add(day, logit, answered=bool(answered))
        return found


@dataclass(frozen=True, slots=True)
class Figures:
    """How true odds were: log-loss, Brier score, calibration error over ten bins, and how often an ask that was
    answered had higher odds than one that was not (0.5 where either is missing)."""

    log_loss: float
    brier: float
    calibration_error: float
    auc: float

    def no_worse(self, other: "Figures") -> bool:
        """Whether these odds were at least as true; a shift changes no order, so that is not asked."""
        return (
            self.log_loss <= other.log_loss
            and self.brier <= other.brier
            and self.calibration_error <= other.calibration_error
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A network's own intercept, as it keeps it: `shift` is added to the log-odds of the model of this `version`.

    `day` is when it was fitted, to how many `asks`; `shipped` and `fitted` tell how true both were on the hold-out.
    """

    shift: float
    day: int
    version: str
    asks: int
    shipped: Figures
    fitted: Figures


@dataclass(frozen=True, slots=True)
class Trial:
    """What fitting would do: fitted to `known` asks before the day `since`, tested on the `held` ones from then on.

    `shift` is the one that would be kept, fitted to all of them; `tested` the one that was tested.
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


def tried(asks: Asks) -> Trial:
    """Fit to all but the newest asks, and test on those.

    It helps where log-loss falls by more than chance, one standard error, and neither of the other two rises, for the
    shift that was tested and for the one that would be kept. (The latter takes the newest asks too. Log-loss is convex
    in the shift, so that it lies between the tested one and the best for the hold-out, and its loss there is no
    greater.)
    """
    since = _newest(asks.days, HELD_OUT)
    known = asks.between(min(asks.days), since - 1)
    held = asks.between(since, max(asks.days))
    weight = PRIOR * fsum(odds * (1 - odds) for odds in map(_odds, asks.logits)) / len(asks)
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
    """How true the odds of these asks were, their log-odds shifted."""
    odds = [_odds(logit + shift) for logit in asks.logits]
    bins: list[list[float]] = [[] for _ in range(_BINS)]
    for found, answered in zip(odds, asks.answered, strict=True):
        bins[min(int(found * _BINS), _BINS - 1)].append(found - answered)
    return Figures(
        log_loss=fsum(_losses(asks, shift)) / len(asks),
        brier=fsum(off * off for one in bins for off in one) / len(asks),
        calibration_error=fsum(abs(fsum(one)) for one in bins) / len(asks),
        auc=0.5 if isnan(ranked := auc(asks.logits, asks.answered)) else ranked,
    )


def auc(scores: Sequence[float], happened: Sequence[int]) -> float:
    """The chance that one that happened was ranked above one that did not; equal scores count half.

    NaN where all happened, or none did.
    """
    before = right = 0.0
    for _, alike in groupby(sorted(zip(scores, happened, strict=True)), key=itemgetter(0)):
        outcomes = [outcome for _, outcome in alike]
        without = len(outcomes) - sum(outcomes)
        right += sum(outcomes) * (before + without / 2)
        before += without
    pairs = before * (len(scores) - before)
    return right / pairs if pairs else nan


def _losses(asks: Asks, shift: float) -> list[float]:
    """By how much each outcome surprised."""
    logits = (logit + shift for logit in asks.logits)
    return [log1p(exp(-logit if answered else logit)) for logit, answered in zip(logits, asks.answered, strict=True)]


def _gains(asks: Asks, shift: float) -> bool:
    gains = list(map(sub, _losses(asks, 0.0), _losses(asks, shift)))
    mean = fsum(gains) / len(gains)
    return mean > sqrt(fsum((gain - mean) ** 2 for gain in gains)) / len(gains)


def _newest(days: Iterable[int], share: float) -> int:
    """The day from which on at least this share of the asks was made."""
    counts = Counter(days)
    wanted = share * counts.total()
    for day in sorted(counts, reverse=True):
        wanted -= counts[day]
        if wanted <= 0:
            break
    return day


def _shift(asks: Asks, weight: float) -> float:
    """The likeliest shift, by Newton's method, under a Gaussian prior at 0 of this weight (its precision)."""
    shift = 0.0
    for _ in range(_STEPS):
        odds = [_odds(logit + shift) for logit in asks.logits]
        slope = fsum(map(sub, asks.answered, odds)) - weight * shift
        step = slope / (fsum(found * (1 - found) for found in odds) + weight)
        shift += max(-1.0, min(1.0, step))
        if abs(step) < _STILL:
            break
    return shift


def _odds(logit: float) -> float:
    return 1.0 / (1.0 + exp(-logit))
