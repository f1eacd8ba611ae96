"""Table (a): are the odds of an answer right, in each network, and do they travel from one to another."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from evaluation.asks import Ask, Parted, furthest
from evaluation.fitting import Fit, at_home, fitted, shipped
from evaluation.measures import Measures
from evaluation.networks import Network
from evaluation.scores import bins, brier, calibration_error, log_loss
from graph.strength.intercept_fit import auc
from presentation.sentences import word

TRAINED = ("collegemsg", "email_eu", "enron")
"""What the shipped coefficients were fitted on."""
SAME = {"enron_to_cc_bcc": "enron", "enron": "enron_to_cc_bcc", "copenhagen_calls": "copenhagen_sms"}
"""The same people under other numbers: neither is new to a model that was fitted on the other."""
LEAST = 100
"""Asks without which nothing is said."""
SAME_ODDS = 1e-9
SILENT = 60
"""Days after which a tie that was busy is looked at by itself."""
AGES = ((30, "under 30 days"), (90, "30 to 90 days"), (180, "90 to 180 days"), (365, "180 days to a year"))


def replies(networks: Sequence[Network], parts: Mapping[str, Parted]) -> dict[str, Any]:
    """The table's rows by network, with what the plot and the words' table are made of."""
    return {
        network.name: _row(network, parts)
        for network in networks
        if min(len(parts[network.name].before), len(parts[network.name].test)) >= LEAST
    }


def _row(network: Network, parts: Mapping[str, Parted]) -> dict[str, Any]:
    own = parts[network.name]
    if (off := furthest(network, own.test)) > SAME_ODDS:
        raise ArithmeticError(f"{network.name}: these odds are not graph.past's, by {off}")
    labels = [ask.answered for ask in own.test]
    others = [
        parts[name].before
        for name in TRAINED
        if name in parts and name not in (network.name, SAME.get(network.name)) and len(parts[name].before) >= LEAST
    ]
    models = {
        "as shipped": shipped(),
        "intercept refitted": at_home(shipped(), own.before),
        "fitted within": fitted([own.before]),
        **({"fitted on others": fitted(others)} if others else {}),
    }
    ranked = {
        name: auc([measure(ask.of, ask.by, ask.on) for ask in own.test], labels)
        for name, measure in Measures(network).named().items()
    }
    odds = [ask.odds for ask in own.test]
    return {
        "asks": len(own.test),
        "before": len(own.before),
        "answered": sum(labels) / len(labels),
        "models": {name: _scores(fit, own.test) for name, fit in models.items()},
        "baselines": ranked,
        "labels": _words(own.test),
        "silent": _words(ask for ask in own.test if _age(network, ask) >= SILENT),
        "bins": [[each.count, each.said, each.seen] for each in bins(odds, labels)],
        "cooling": _cooling(network, own.test),
    }


def _scores(fit: Fit, asks: Sequence[Ask]) -> dict[str, float]:
    odds = [fit.odds(ask) for ask in asks]
    labels = [ask.answered for ask in asks]
    return {
        "auc": auc(odds, labels),
        "log loss": log_loss(odds, labels),
        "brier": brier(odds, labels),
        "calibration error": calibration_error(odds, labels),
    }


def _words(asks: Iterable[Ask]) -> dict[str, list[float]]:
    """For each of the four words: how many asks, the mean odds, the share that was answered."""
    return _grouped((word(ask.odds), ask.odds, ask.answered) for ask in asks)


def _cooling(network: Network, asks: Iterable[Ask]) -> dict[str, list[float]]:
    """The same by how long ago the one who is asked last wrote to the asker."""
    return _grouped((_silent(network, ask), ask.odds, ask.answered) for ask in asks)


def _silent(network: Network, ask: Ask) -> str:
    age = _age(network, ask)
    return "never wrote" if age < 0 else next((name for most, name in AGES if age < most), "a year and more")


def _age(network: Network, ask: Ask) -> int:
    """How many days ago the one who is asked last wrote to the asker; below 0: never."""
    wrote = network.between(ask.of, ask.by, ask.on)
    return ask.on - wrote[-1][0] if wrote else -1


def _grouped(rows: Iterable[tuple[str, float, bool]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for name, of in groupby(sorted(rows), key=lambda row: row[0]):
        there = list(of)
        found[name] = [
            len(there),
            sum(row[1] for row in there) / len(there),
            sum(row[2] for row in there) / len(there),
        ]
    return found
