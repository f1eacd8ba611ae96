"""Table (b): where the real introducer ranks; and (d): whom the rule for strangers refuses.

A mediated introduction: somebody writes to two people between whom nothing was ever sent, and within 30 days one of
these writes to the other alone. That one is the asker.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Any

from evaluation.measures import Measures
from evaluation.networks import Message, Network
from evaluation.scores import hit, interval, reciprocal
from graph.days import day_of
from graph.ties.past import DatedTie

WITHIN = timedelta(days=30)
MOST = 5
"""Recipients of a letter that still asks or introduces: the model's `ask_audience`."""
OURS = "route score (Tertius)"
AGAIN = ("enron_to_cc_bcc",)
"""Enron's mail once more: it counts once in the sum of all."""
UNSEEN = 90
"""Days at the beginning of a network, when nobody was seen to know anybody: introductions of then are left out."""
FEW = 10
"""Events without which a network stands in the sum of all alone."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """`by` wrote to both on the day after `on`; what is known of them is what was known by then."""

    by: str
    asker: str
    target: str
    on: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """The real introducer's score by every measure, and those of the others whom the product would list beside them."""

    real: dict[str, float]
    others: dict[str, list[float]]
    by: str


def introductions(messages: Iterable[Message], *, most: int = 2) -> list[Introduction]:
    """Every mediated introduction by a message to at most so many, in time: one a pair, by who wrote to both first."""
    order = sorted(messages, key=lambda one: one.at)
    met: set[frozenset[str]] = set()
    waiting: dict[frozenset[str], Message] = {}
    found = []
    for message in order:
        for other in message.to:
            pair = frozenset((message.by, other))
            begun = waiting.get(pair)
            if begun and len(message.to) == 1:
                del waiting[pair]
                if message.at <= begun.at + WITHIN:
                    found.append(Introduction(begun.by, message.by, other, day_of(begun.at.date()) - 1))
            met.add(pair)
        if 2 <= len(message.to) <= most:
            for pair in map(frozenset, combinations(message.to, 2)):
                begun = waiting.get(pair)
                if pair not in met and (begun is None or message.at > begun.at + WITHIN):
                    waiting[pair] = message
    return found


class _Judge:
    """The measures of a network, as they rank introducers: by the product over both ties (docs/strength.md)."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.measures = Measures(network)

    def introductions(self, most: int) -> list[Introduction]:
        """The network's, by a letter to at most so many, but for those in its first days."""
        begun = min((found.days[0] for found in self.network.did.values()), default=0)
        return [event for event in introductions(self.network.messages, most=most) if event.on >= begun + UNSEEN]

    def ties(self, one: str, event: Introduction) -> tuple[DatedTie | None, DatedTie | None]:
        """How they knew the asker, and the target."""
        asker = self.network.tie(one, event.asker, event.on)
        return asker, self.network.tie(one, event.target, event.on)

    def listed(self, event: Introduction) -> list[str]:
        """Whom the product would have listed, had it been asked the day before."""
        return [one for one in self.between(event) if all(self.ties(one, event))]

    def between(self, event: Introduction) -> list[str]:
        """Who had ever been in touch with both, either way."""
        both = self.measures.known(event.asker, event.on) & self.measures.known(event.target, event.on)
        return sorted({*both, event.by} - {event.asker, event.target})

    def scores(self, one: str, event: Introduction) -> dict[str, float]:
        """How high everybody's measure puts them."""
        k1, k2 = self.ties(one, event)
        found = {OURS: k1.strength * k2.mutual_strength if k1 and k2 else 0.0}
        for name, measure in self.measures.named().items():
            found[name] = measure(one, event.asker, event.on) * measure(one, event.target, event.on)
        lengths = [self.measures.strength(one, other, event.on) for other in (event.asker, event.target)]
        found["shortest path"] = -sum(1 / length if length else float("inf") for length in lengths)
        found["chance"] = 0.0
        return found


def introducers(networks: Sequence[Network]) -> dict[str, Any]:
    """Each measure's places and how far ours is ahead, by network and for all but those with the same people again."""
    found: dict[str, Any] = {}
    for name, most in (("to two", 2), ("to two to five", MOST)):
        pooled: list[Ranked] = []
        for network in networks:
            ranked = _ranked(network, most)
            if len(ranked) >= FEW:
                found[f"{network.name}, {name}"] = _row(ranked)
            if network.name not in AGAIN:
                pooled += ranked
        if pooled:
            found[f"all, {name}"] = _row(pooled)
    return found


def _ranked(network: Network, most: int) -> list[Ranked]:
    judge = _Judge(network)
    found = []
    for event in judge.introductions(most):
        listed = judge.listed(event)
        if event.by in listed and len(listed) > 1:
            scores = {one: judge.scores(one, event) for one in listed}
            real = scores.pop(event.by)
            others = {name: [score[name] for score in scores.values()] for name in real}
            found.append(Ranked(real, others, f"{network.name} {event.by}"))
    return found


def _row(ranked: Sequence[Ranked]) -> dict[str, Any]:
    clusters = [one.by for one in ranked]

    def each(name: str, score: Callable[[float, Sequence[float]], float]) -> list[float]:
        return [score(one.real[name], one.others[name]) for one in ranked]

    def told(values: Sequence[float]) -> list[float]:
        found = interval(values, clusters)
        return [found.mean, found.low, found.high]

    names = [*ranked[0].real]
    ranks = {name: each(name, reciprocal) for name in names}
    return {
        "events": len(ranked),
        "candidates": sum(1 + len(one.others[OURS]) for one in ranked) / len(ranked),
        "measures": {
            name: {
                "MRR": told(ranks[name]),
                "hit@1": told(each(name, lambda of, among: hit(of, among, first=1))),
                "hit@3": told(each(name, lambda of, among: hit(of, among, first=3))),
            }
            for name in names
        },
        "ahead": {
            name: told([ours - theirs for ours, theirs in zip(ranks[OURS], ranks[name], strict=True)])
            for name in names
            if name != OURS
        },
    }


def refused(networks: Sequence[Network]) -> dict[str, Any]:
    """Whom the product would not list, and why: of real introducers, and of others who had been in touch with both."""
    found: dict[str, Any] = {}
    for network in networks:
        judge = _Judge(network)
        events = judge.introductions(MOST)
        if len(events) >= FEW:
            real = [(event.by, event) for event in events]
            others = [(one, event) for event in events for one in judge.between(event) if one != event.by]
            found[network.name] = {
                "introducers": _share(judge, real),
                "others": _share(judge, others),
            }
    return found


def _share(judge: _Judge, asked: Sequence[tuple[str, Introduction]]) -> dict[str, float]:
    whys = [_why(judge, one, event) for one, event in asked]
    count = max(1, len(whys))
    return {"count": len(whys), **{why: sum(why in given for given in whys) / count for why in WHY}}


WHY = (
    "refused",
    "never wrote to the asker",
    "never wrote to the target",
    "gone cold, or strength too low",
    "without two-way exchange",
)


def _why(judge: _Judge, one: str, event: Introduction) -> set[str]:
    """The last of these is no rule of ours: what demanding it would refuse."""
    network, ends = judge.network, (event.asker, event.target)
    wrote = [bool(network.between(one, other, event.on)) for other in ends]
    both = all(network.between(*pair, event.on) for other in ends for pair in ((one, other), (other, one)))
    given = set() if all(judge.ties(one, event)) else {"refused"}
    if given:
        given |= {why for why, did in zip(WHY[1:3], wrote, strict=True) if not did} or {WHY[3]}
    return given if both else given | {WHY[4]}
