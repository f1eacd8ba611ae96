"""How well strength predicts answers in each network, and across networks (docs/strength.md)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from evaluation.asks import Ask, AskSplit, largest_difference
from evaluation.fitting import Fit, fit_coefficients, refit_intercept, shipped_fit
from evaluation.measures import Measures
from evaluation.networks import Network
from evaluation.scores import bins, brier, calibration_error, log_loss
from graph.strength.intercept_fit import auc
from presentation.sentences import strength_label

TRAINING = ("collegemsg", "email_eu", "enron")
"""The networks that the shipped coefficients were fitted to."""
SAME_PEOPLE = {"enron_to_cc_bcc": "enron", "enron": "enron_to_cc_bcc", "copenhagen_calls": "copenhagen_sms"}
"""Data sets of the same people: a model fitted to one has seen the other."""
MIN_ASKS = 100
"""A network with fewer asks is omitted."""
TOLERANCE = 1e-9
SILENT = 60
"""Days without a message after which an ask counts in the table of silent ties."""
AGES = ((30, "under 30 days"), (90, "30 to 90 days"), (180, "90 to 180 days"), (365, "180 days to a year"))


def replies(networks: Sequence[Network], parts: Mapping[str, AskSplit]) -> dict[str, Any]:
    """The figures by network, for the tables and the reliability plot."""
    return {
        network.name: _row(network, parts)
        for network in networks
        if min(len(parts[network.name].before), len(parts[network.name].test)) >= MIN_ASKS
    }


def _row(network: Network, parts: Mapping[str, AskSplit]) -> dict[str, Any]:
    split = parts[network.name]
    if (difference := largest_difference(network, split.test)) > TOLERANCE:
        raise ArithmeticError(f"{network.name}: strengths differ from graph/ties/past.py by {difference}")
    labels = [ask.answered for ask in split.test]
    others = [
        parts[name].before
        for name in TRAINING
        if name in parts
        and name not in (network.name, SAME_PEOPLE.get(network.name))
        and len(parts[name].before) >= MIN_ASKS
    ]
    models = {
        "as shipped": shipped_fit(),
        "intercept refitted": refit_intercept(shipped_fit(), split.before),
        "fitted within": fit_coefficients([split.before]),
        **({"fitted on others": fit_coefficients(others)} if others else {}),
    }
    baselines = {
        name: auc([measure(ask.of, ask.by, ask.on) for ask in split.test], labels)
        for name, measure in Measures(network).by_name().items()
    }
    predictions = [ask.strength for ask in split.test]
    return {
        "asks": len(split.test),
        "before": len(split.before),
        "answered": sum(labels) / len(labels),
        "models": {name: _scores(fit, split.test) for name, fit in models.items()},
        "baselines": baselines,
        "labels": _labels(split.test),
        "silent": _labels(ask for ask in split.test if _age(network, ask) >= SILENT),
        "bins": [[each.count, each.predicted, each.observed] for each in bins(predictions, labels)],
        "cooling": _cooling(network, split.test),
    }


def _scores(fit: Fit, asks: Sequence[Ask]) -> dict[str, float]:
    predictions = [fit.strength(ask) for ask in asks]
    labels = [ask.answered for ask in asks]
    return {
        "auc": auc(predictions, labels),
        "log loss": log_loss(predictions, labels),
        "brier": brier(predictions, labels),
        "calibration error": calibration_error(predictions, labels),
    }


def _labels(asks: Iterable[Ask]) -> dict[str, list[float]]:
    """For each strength label: the number of asks, the mean strength, the share of answered asks."""
    return _grouped((strength_label(ask.strength), ask.strength, ask.answered) for ask in asks)


def _cooling(network: Network, asks: Iterable[Ask]) -> dict[str, list[float]]:
    """The same by the time since the person asked last wrote to the asker."""
    return _grouped((_silent(network, ask), ask.strength, ask.answered) for ask in asks)


def _silent(network: Network, ask: Ask) -> str:
    age = _age(network, ask)
    return "never wrote" if age < 0 else next((name for limit, name in AGES if age < limit), "a year and more")


def _age(network: Network, ask: Ask) -> int:
    """Days since the person asked last wrote to the asker; below 0 if never."""
    wrote = network.between(ask.of, ask.by, ask.on)
    return ask.on - wrote[-1][0] if wrote else -1


def _grouped(rows: Iterable[tuple[str, float, bool]]) -> dict[str, list[float]]:
    groups: dict[str, list[float]] = {}
    for name, members in groupby(sorted(rows), key=lambda row: row[0]):
        group = list(members)
        groups[name] = [
            len(group),
            sum(row[1] for row in group) / len(group),
            sum(row[2] for row in group) / len(group),
        ]
    return groups
