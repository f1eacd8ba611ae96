"""The rank of real introducers, and the people that the stranger rule refuses (docs/strength.md).

In a mediated introduction, somebody writes to two people who never exchanged a message. Within 30 days one of them, the
asker, writes to the other alone.
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
MAX_RECIPIENTS = 5
"""The maximum number of recipients of a message that asks or introduces: the model's `ask_audience`."""
TERTIUS = "route score (Tertius)"
REPEATED = ("enron_to_cc_bcc",)
"""A second version of Enron's mail, omitted from "all", which would count it twice."""
WARM_UP = 90
"""Days at the start of a network without enough evidence; introductions in them are omitted."""
MIN_EVENTS = 10
"""A network with fewer events has no rows of its own and counts in "all" only."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """`by` wrote to both on the day after `on`. The evidence up to `on` counts."""

    by: str
    asker: str
    target: str
    on: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """The value of the real introducer by every measure, and of the others that Tertius would list."""

    real: dict[str, float]
    others: dict[str, list[float]]
    by: str


def introductions(messages: Iterable[Message], *, max_recipients: int = 2) -> list[Introduction]:
    """All mediated introductions by a message to at most `max_recipients` people, by time: the first of each pair."""
    order = sorted(messages, key=lambda one: one.at)
    acquainted: set[frozenset[str]] = set()
    waiting: dict[frozenset[str], Message] = {}
    events = []
    for message in order:
        for other in message.to:
            pair = frozenset((message.by, other))
            start = waiting.get(pair)
            if start and len(message.to) == 1:
                del waiting[pair]
                if message.at <= start.at + WITHIN:
                    events.append(Introduction(start.by, message.by, other, day_of(start.at.date()) - 1))
            acquainted.add(pair)
        if 2 <= len(message.to) <= max_recipients:
            for pair in map(frozenset, combinations(message.to, 2)):
                start = waiting.get(pair)
                if pair not in acquainted and (start is None or message.at > start.at + WITHIN):
                    waiting[pair] = message
    return events


class _IntroducerScorer:
    """Rates introducers of a network: each measure is multiplied over both ties (docs/strength.md)."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.measures = Measures(network)

    def introductions(self, max_recipients: int) -> list[Introduction]:
        """The introductions of the network after its warm-up."""
        start = min((days.days[0] for days in self.network.evidence.values()), default=0)
        return [
            event
            for event in introductions(self.network.messages, max_recipients=max_recipients)
            if event.on >= start + WARM_UP
        ]

    def ties(self, one: str, event: Introduction) -> tuple[DatedTie | None, DatedTie | None]:
        """The ties to the asker and to the target."""
        asker = self.network.tie(one, event.asker, event.on)
        return asker, self.network.tie(one, event.target, event.on)

    def listed(self, event: Introduction) -> list[str]:
        """The people whom Tertius would have listed the day before."""
        return [one for one in self.between(event) if all(self.ties(one, event))]

    def between(self, event: Introduction) -> list[str]:
        """The people who ever had contact with both, in either direction."""
        both = self.measures.known(event.asker, event.on) & self.measures.known(event.target, event.on)
        return sorted({*both, event.by} - {event.asker, event.target})

    def scores(self, one: str, event: Introduction) -> dict[str, float]:
        """The value of a candidate by every measure."""
        k1, k2 = self.ties(one, event)
        values = {TERTIUS: k1.strength * k2.mutual_strength if k1 and k2 else 0.0}
        for name, measure in self.measures.by_name().items():
            values[name] = measure(one, event.asker, event.on) * measure(one, event.target, event.on)
        lengths = [self.measures.two_way_half_life(one, other, event.on) for other in (event.asker, event.target)]
        values["shortest path"] = -sum(1 / length if length else float("inf") for length in lengths)
        values["chance"] = 0.0
        return values


def introducers(networks: Sequence[Network]) -> dict[str, Any]:
    """The ranks by each measure and the lead of Tertius, by network and for all without repeated people."""
    figures: dict[str, Any] = {}
    for name, max_recipients in (("to two", 2), ("to two to five", MAX_RECIPIENTS)):
        pooled: list[Ranked] = []
        for network in networks:
            ranked = _ranked(network, max_recipients)
            if len(ranked) >= MIN_EVENTS:
                figures[f"{network.name}, {name}"] = _row(ranked)
            if network.name not in REPEATED:
                pooled += ranked
        if pooled:
            figures[f"all, {name}"] = _row(pooled)
    return figures


def _ranked(network: Network, max_recipients: int) -> list[Ranked]:
    scorer = _IntroducerScorer(network)
    ranked = []
    for event in scorer.introductions(max_recipients):
        listed = scorer.listed(event)
        if event.by in listed and len(listed) > 1:
            scores = {one: scorer.scores(one, event) for one in listed}
            real = scores.pop(event.by)
            others = {name: [score[name] for score in scores.values()] for name in real}
            ranked.append(Ranked(real, others, f"{network.name} {event.by}"))
    return ranked


def _row(ranked: Sequence[Ranked]) -> dict[str, Any]:
    clusters = [one.by for one in ranked]

    def each(name: str, score: Callable[[float, Sequence[float]], float]) -> list[float]:
        return [score(one.real[name], one.others[name]) for one in ranked]

    def mean_and_interval(values: Sequence[float]) -> list[float]:
        estimate = interval(values, clusters)
        return [estimate.mean, estimate.low, estimate.high]

    names = [*ranked[0].real]
    ranks = {name: each(name, reciprocal) for name in names}
    return {
        "events": len(ranked),
        "candidates": sum(1 + len(one.others[TERTIUS]) for one in ranked) / len(ranked),
        "measures": {
            name: {
                "MRR": mean_and_interval(ranks[name]),
                "hit@1": mean_and_interval(each(name, lambda of, among: hit(of, among, first=1))),
                "hit@3": mean_and_interval(each(name, lambda of, among: hit(of, among, first=3))),
            }
            for name in names
        },
        "ahead": {
            name: mean_and_interval(
                [tertius - other for tertius, other in zip(ranks[TERTIUS], ranks[name], strict=True)]
            )
            for name in names
            if name != TERTIUS
        },
    }


def refused(networks: Sequence[Network]) -> dict[str, Any]:
    """The shares of refused people by reason: of real introducers, and of others who had contact with both."""
    shares: dict[str, Any] = {}
    for network in networks:
        scorer = _IntroducerScorer(network)
        events = scorer.introductions(MAX_RECIPIENTS)
        if len(events) >= MIN_EVENTS:
            real = [(event.by, event) for event in events]
            others = [(one, event) for event in events for one in scorer.between(event) if one != event.by]
            shares[network.name] = {
                "introducers": _share(scorer, real),
                "others": _share(scorer, others),
            }
    return shares


def _share(scorer: _IntroducerScorer, asked: Sequence[tuple[str, Introduction]]) -> dict[str, float]:
    reasons = [_reasons(scorer, one, event) for one, event in asked]
    count = max(1, len(reasons))
    return {"count": len(reasons), **{why: sum(why in one for one in reasons) / count for why in REASONS}}


REASONS = (
    "refused",
    "never wrote to the asker",
    "never wrote to the target",
    "gone cold, or strength too low",
    "without two-way exchange",
)


def _reasons(scorer: _IntroducerScorer, one: str, event: Introduction) -> set[str]:
    """The reasons for a refusal. The last one is not a rule of Tertius; it shows what a stricter rule would refuse."""
    network, ends = scorer.network, (event.asker, event.target)
    wrote = [bool(network.between(one, other, event.on)) for other in ends]
    both = all(network.between(*pair, event.on) for other in ends for pair in ((one, other), (other, one)))
    reasons = set() if all(scorer.ties(one, event)) else {"refused"}
    if reasons:
        reasons |= {why for why, did in zip(REASONS[1:3], wrote, strict=True) if not did} or {REASONS[3]}
    return reasons if both else reasons | {REASONS[4]}
