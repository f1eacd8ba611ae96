"""Whether strength agrees with what people stated about their ties in surveys (docs/strength.md).

The statements have no dates, so each is compared with the end of its network.
"""

import csv
import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.measures import Measures
from evaluation.networks import SUFFIX, Network, Pair
from graph.strength.intercept_fit import auc
from graph.strength.model import model

Row = Mapping[str, str]
Closeness = Callable[[str, str], bool | None]
"""Whether two people, by number, are close according to the survey; None if they were not asked."""

AGREES = 4
"""Of 5: "I agree that this person's expertise is important to me"."""


def agreement(networks: Iterable[Network], data: Path) -> dict[str, Any]:
    """By survey: the number of pairs, the share of close ones, and the AUC of each measure."""
    figures: dict[str, Any] = {}
    for network in networks:
        if survey := _survey_of(network.name, data):
            name, close = survey
            figures[f"{network.name}: {name}"] = _dated(network, close)
    for name, frequency, close in _static(data):
        figures[name] = _undated(frequency, close)
    return figures


def _dated(network: Network, close: Closeness) -> dict[str, Any]:
    """The figures over all ordered pairs with contact, as of the network's last day."""
    pairs = _both_ways(network.evidence)
    surveyed = [(pair, is_close) for pair in pairs if (is_close := close(*pair)) is not None]
    labels = [is_close for _, is_close in surveyed]

    def both(by: str, towards: str, on: int) -> float:
        return network.strength(by, towards, on) * network.strength(towards, by, on)

    measures = {"strength, one way": network.strength, "strength, both ways": both, **Measures(network).by_name()}
    return {
        "pairs": len(surveyed) // 2,
        "close": sum(labels) / len(labels),
        "auc": {
            name: auc([measure(*pair, network.last) for pair, _ in surveyed], labels)
            for name, measure in measures.items()
        },
    }


def _undated(frequency: Mapping[Pair, float], close: Closeness) -> dict[str, Any]:
    """The figures with stated contact frequency in place of messages, against the other statements."""

    def strength(pair: Pair) -> float:
        return model().strength(frequency.get(pair, 0.0), got=0.0, answered=0.0)

    pairs = _both_ways(frequency)
    labels = [bool(close(*pair)) for pair in pairs]
    measures: dict[str, Callable[[str, str], float]] = {
        "strength, one way": lambda one, other: strength((one, other)),
        "strength, reverse direction": lambda one, other: strength((other, one)),
        "strength, both ways": lambda one, other: strength((one, other)) * strength((other, one)),
    }
    return {
        "pairs": len(pairs) // 2,
        "close": sum(labels) / len(labels),
        "auc": {name: auc([measure(*pair) for pair in pairs], labels) for name, measure in measures.items()},
    }


def _both_ways(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted({ends for one, other in pairs for ends in ((one, other), (other, one))})


def _survey_of(name: str, data: Path) -> tuple[str, Closeness] | None:
    if name.startswith("copenhagen") and (rows := _rows(data, "copenhagen_fb_friends")):
        friends = {frozenset((row["source"], row["target"])) for row in rows}
        respondents = {number for pair in friends for number in pair}
        return "Facebook friends", lambda *pair: frozenset(pair) in friends if respondents.issuperset(pair) else None
    if name == "email_eu" and (rows := _rows(data, "email_eu_departments")):
        department = {row["node"]: row["department"] for row in rows}
        return (
            "one department",
            lambda *pair: department[pair[0]] == department[pair[1]] if department.keys() >= {*pair} else None,
        )
    return None


def _static(data: Path) -> Iterator[tuple[str, dict[Pair, float], Closeness]]:
    asked, valued = (_weights(_rows(data, f"consulting_{what}")) for what in ("info", "value"))
    if asked and valued:
        yield "consulting: values the other's expertise", asked, _at_least(valued, AGREES)
    layers = _rows(data, "lazega_law_firm")
    for layer_name in ("friendship", "advice"):
        works, close = (_weights([row for row in layers if row["layer"] == layer]) for layer in ("co-work", layer_name))
        if works and close:
            yield f"law firm: {layer_name}, from co-work", works, _at_least(close, 1)


def _at_least(weights: Mapping[Pair, float], least: float) -> Closeness:
    return lambda one, other: weights.get((one, other), 0.0) >= least


def _weights(rows: Sequence[Row]) -> dict[Pair, float]:
    return {(row["source"], row["target"]): float(row["weight"]) for row in rows}


def _rows(data: Path, name: str) -> list[Row]:
    path = data / f"{name}{SUFFIX}"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
