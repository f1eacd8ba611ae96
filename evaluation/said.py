"""Table (c): do the odds agree with what people said of their ties, where anybody asked them.

None of these answers has a date, so each is held against the end of its network.
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
Said = Callable[[str, str], bool | None]
"""Whether these two, by their numbers, are said to be close; None where nobody was asked."""

AGREES = 4
"""Of 5: "I agree that this person's expertise is important to me"."""


def agreement(networks: Iterable[Network], data: Path) -> dict[str, Any]:
    """By what was said: how many pairs, how many of them close, and the AUC of each measure."""
    found: dict[str, Any] = {}
    for network in networks:
        if said := _said_of(network.name, data):
            name, close = said
            found[f"{network.name}: {name}"] = _dated(network, close)
    for name, told, close in _static(data):
        found[name] = _undated(told, close)
    return found


def _dated(network: Network, close: Said) -> dict[str, Any]:
    """All ordered pairs that ever had contact, judged on the network's last day."""
    pairs = _both_ways(network.did)
    asked = [(pair, said) for pair in pairs if (said := close(*pair)) is not None]
    labels = [said for _, said in asked]

    def both(by: str, towards: str, on: int) -> float:
        return network.odds(by, towards, on) * network.odds(towards, by, on)

    measures = {"strength, one way": network.odds, "strength, both ways": both, **Measures(network).named()}
    return {
        "pairs": len(asked) // 2,
        "close": sum(labels) / len(labels),
        "auc": {
            name: auc([measure(*pair, network.last) for pair, _ in asked], labels) for name, measure in measures.items()
        },
    }


def _undated(told: Mapping[Pair, float], close: Said) -> dict[str, Any]:
    """What people say of how often they turn to each other, in the place of messages, against what else they say."""

    def odds(pair: Pair) -> float:
        return model().strength(told.get(pair, 0.0), got=0.0, answered=0.0)

    pairs = _both_ways(told)
    labels = [bool(close(*pair)) for pair in pairs]
    measures: dict[str, Callable[[str, str], float]] = {
        "strength, one way": lambda one, other: odds((one, other)),
        "strength, reverse direction": lambda one, other: odds((other, one)),
        "strength, both ways": lambda one, other: odds((one, other)) * odds((other, one)),
    }
    return {
        "pairs": len(pairs) // 2,
        "close": sum(labels) / len(labels),
        "auc": {name: auc([measure(*pair) for pair in pairs], labels) for name, measure in measures.items()},
    }


def _both_ways(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted({ends for one, other in pairs for ends in ((one, other), (other, one))})


def _said_of(name: str, data: Path) -> tuple[str, Said] | None:
    if name.startswith("copenhagen") and (rows := _rows(data, "copenhagen_fb_friends")):
        friends = {frozenset((row["source"], row["target"])) for row in rows}
        asked = {number for pair in friends for number in pair}
        return "Facebook friends", lambda *pair: frozenset(pair) in friends if asked.issuperset(pair) else None
    if name == "email_eu" and (rows := _rows(data, "email_eu_departments")):
        place = {row["node"]: row["department"] for row in rows}
        return "one department", lambda *pair: place[pair[0]] == place[pair[1]] if place.keys() >= {*pair} else None
    return None


def _static(data: Path) -> Iterator[tuple[str, dict[Pair, float], Said]]:
    asked, valued = (_weights(_rows(data, f"consulting_{what}")) for what in ("info", "value"))
    if asked and valued:
        yield "consulting: values the other's expertise", asked, _at_least(valued, AGREES)
    layers = _rows(data, "lazega_law_firm")
    for said in ("friendship", "advice"):
        works, close = (_weights([row for row in layers if row["layer"] == layer]) for layer in ("co-work", said))
        if works and close:
            yield f"law firm: {said}, from co-work", works, _at_least(close, 1)


def _at_least(said: Mapping[Pair, float], least: float) -> Said:
    return lambda one, other: said.get((one, other), 0.0) >= least


def _weights(rows: Sequence[Row]) -> dict[Pair, float]:
    return {(row["source"], row["target"]): float(row["weight"]) for row in rows}


def _rows(data: Path, name: str) -> list[Row]:
    path = data / f"{name}{SUFFIX}"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
