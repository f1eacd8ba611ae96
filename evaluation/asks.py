"""The asks of a network with the model's inputs: evidence up to the day before, and no later."""

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

TEST_SHARE = 0.3
MAX_TRAINING = 30_000
"""The maximum number of asks from one network in a fit (docs/strength.md)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """`by` asked `of` on the day after `on`: the model's inputs as of `on`, and whether `of` answered."""

    by: str
    of: str
    on: int
    contact: float
    got: float
    answers: float
    answered: bool

    @property
    def strength(self) -> float:
        """The strength by the shipped model."""
        return model().strength(self.contact, got=self.got, answered=self.answers)

    @property
    def features(self) -> tuple[float, float]:
        """The two features that the model's coefficients multiply."""
        return log(1.0 + self.contact), log((self.answers + 1.0) / (max(self.got - self.answers, 0.0) + 1.0))


@dataclass(frozen=True, slots=True)
class AskSplit:
    """A network's asks: the first 70 % in time (a sample of at most MAX_TRAINING), and the rest."""

    before: list[Ask]
    test: list[Ask]


def split_asks(network: Network) -> AskSplit:
    """Split the asks whose answer could be observed by time. All asks of a day are in one part."""
    parameters = model()
    observable = [ask for ask in network.asked if ask.day + parameters.answer_within <= network.last]
    if not observable:
        return AskSplit([], [])
    cut = observable[int(len(observable) * (1 - TEST_SHARE))].day
    before = [ask for ask in observable if ask.day < cut]
    if len(before) > MAX_TRAINING:
        before = random.Random(SEED).sample(before, MAX_TRAINING)
    reader = _AskReader(network, parameters)
    return AskSplit([*map(reader.ask, before)], [reader.ask(ask) for ask in observable if ask.day >= cut])


class _AskReader:
    """Computes the two sums of graph/ties/past.py separately, by the model's own functions. A fit needs the sums."""

    def __init__(self, network: Network, parameters: Model) -> None:
        self._network = network
        self._model = parameters
        self._counted = _counted(network.asked, parameters.answer_within)
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
    """The asks that each person received: (day from which it counts, day of the ask, answered), ascending."""
    received: dict[str, list[tuple[int, int, bool]]] = {}
    for ask in asked:
        answered = ask.answered <= ask.day + within
        received.setdefault(ask.of, []).append((ask.answered if answered else ask.day + within, ask.day, answered))
    for counted in received.values():
        counted.sort()
    return received


def largest_difference(network: Network, asks: Sequence[Ask], *, sample_size: int = 300) -> float:
    """The largest difference from the strengths of graph/ties/past.py, over a sample. It must be about 0."""
    sample = asks[:: max(1, len(asks) // sample_size)]
    differences = (
        abs(ask.strength - network.strength(ask.of, ask.by, ask.on)) for ask in sample if _have_contact(network, ask)
    )
    return max(differences, default=0.0)


def _have_contact(network: Network, ask: Ask) -> bool:
    return (ask.by, ask.of) in network.evidence or (ask.of, ask.by) in network.evidence
