"""Every ask of a network, with what the model is given to judge it: evidence up to the day before, and no later."""

import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from operator import itemgetter

from evaluation.networks import Asked, Network
from evaluation.scores import SEED
from graph.strength.model import Model, model

TEST = 0.3
AT_MOST = 30_000
"""Asks of one network that anything is fitted on (docs/strength.md)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """`by` asked `of` on the day after `on`. What the odds are made of, as of `on`, and whether `of` answered."""

    by: str
    of: str
    on: int
    contact: float
    got: float
    answers: float
    answered: bool

    @property
    def odds(self) -> float:
        """What the shipped model says."""
        return model().strength(self.contact, got=self.got, answered=self.answers)

    @property
    def features(self) -> tuple[float, float]:
        """What the shipped model's two coefficients are multiplied by."""
        return log(1.0 + self.contact), log((self.answers + 1.0) / (max(self.got - self.answers, 0.0) + 1.0))


@dataclass(frozen=True, slots=True)
class Parted:
    """A network's asks: the first 70 % in time (at most AT_MOST of them, drawn), and the rest."""

    before: list[Ask]
    test: list[Ask]


def parted(network: Network) -> Parted:
    """All asks whose answer could be seen. A day is in one part whole."""
    numbers = model()
    seen = [ask for ask in network.asked if ask.day + numbers.answer_within <= network.last]
    if not seen:
        return Parted([], [])
    cut = seen[int(len(seen) * (1 - TEST))].day
    before = [ask for ask in seen if ask.day < cut]
    if len(before) > AT_MOST:
        before = random.Random(SEED).sample(before, AT_MOST)
    judge = _Judge(network, numbers)
    return Parted([*map(judge.ask, before)], [judge.ask(ask) for ask in seen if ask.day >= cut])


class _Judge:
    """graph.past, taken apart, since a fit wants the two sums and not the odds: by the model's own functions."""

    def __init__(self, network: Network, numbers: Model) -> None:
        self._network = network
        self._model = numbers
        self._counted = _counted(network.asked, numbers.answer_within)
        self.rate = cache(self._rate)

    def ask(self, asked: Asked) -> Ask:
        on = asked.day - 1
        contact = self._model.contact_sum(self._network.between(asked.of, asked.by, on), on=on)
        got, answers = self.rate(asked.of, on)
        return Ask(
            asked.by, asked.of, on, contact, got, answers, asked.answered <= asked.day + self._model.answer_within
        )

    def _rate(self, person: str, on: int) -> tuple[float, float]:
        counted = self._counted.get(person, [])
        known = counted[: bisect_right(counted, on, key=itemgetter(0))]
        return (
            self._model.faded((day for _, day, _ in known), on=on),
            self._model.faded((day for _, day, answered in known if answered), on=on),
        )


def _counted(asked: Iterable[Asked], within: int) -> dict[str, list[tuple[int, int, bool]]]:
    """What each person was asked: the day from which it counts, ascending, that of the ask, and whether answered."""
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for ask in asked:
        answered = ask.answered <= ask.day + within
        found.setdefault(ask.of, []).append((ask.answered if answered else ask.day + within, ask.day, answered))
    for counted in found.values():
        counted.sort()
    return found


def furthest(network: Network, asks: Sequence[Ask], *, looked_at: int = 300) -> float:
    """How far some of these odds lie from those that graph.past says: nothing, or this measures something else."""
    some = asks[:: max(1, len(asks) // looked_at)]
    apart = (abs(ask.odds - network.odds(ask.of, ask.by, ask.on)) for ask in some if _met(network, ask))
    return max(apart, default=0.0)


def _met(network: Network, ask: Ask) -> bool:
    return (ask.by, ask.of) in network.did or (ask.of, ask.by) in network.did
