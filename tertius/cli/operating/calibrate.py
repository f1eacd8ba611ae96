"""`tertius admin calibrate`: fits the strength model to the network's own requests, if that predicts better."""

from collections.abc import Iterator
from math import exp
from typing import Any

from graph.derivation.calibrate import Calibration, calibrate_network, use_fit
from graph.strength.intercept_fit import MIN_REQUESTS, Figures, Trial
from presentation import sentences
from presentation.answer_json import day_text
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

_MEASURES = {
    "log_loss": "log-loss",
    "brier": "Brier score",
    "calibration_error": "calibration error",
    "auc": "AUC (higher is better)",
}


def calibrate_strengths(*, dry_run: bool, reset: bool, as_json: bool) -> None:
    """Fit the model and print the trial, or use the shipped model again."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        if reset:
            fit = network.state.fit
            if fit and not dry_run:
                await use_fit(network.graph, network.id, None, progress=progress)
            used = fit if dry_run else None
            if as_json:
                console.echo_json({"isChanged": bool(fit) and not dry_run, "calibratedOn": used and day_text(used.day)})
            else:
                console.echo(sentences.fit_note(used))
            return
        calibration = await calibrate_network(
            network.graph, network.id, today=today(), dry_run=dry_run, progress=progress
        )
        if as_json:
            console.echo_json(_calibration_data(calibration, dry_run=dry_run))
        else:
            console.echo_lines(_lines(calibration, dry_run=dry_run))

    run(do)


def _lines(calibration: Calibration, *, dry_run: bool) -> Iterator[str]:
    trial = calibration.trial
    if trial is None:
        yield (
            f"Too few requests to fit to: {calibration.asks:,} have a known outcome, and {MIN_REQUESTS} are needed. "
            "Nothing was changed. A mailbox over a longer time contains more of them."
        )
        return
    yield (
        f"{trial.asks:,} requests have a known outcome; {_percent(trial.answered / trial.asks)} were answered. "
        f"Fitted to {trial.known:,} of them and tested on the {trial.held:,} since {format_day(trial.since)}:"
    )
    yield f"  {'':24}{'shipped':>9}{'fitted':>9}"
    for field, measure in _MEASURES.items():
        yield f"  {measure:24}{getattr(trial.shipped, field):9.4f}{getattr(trial.fitted, field):9.4f}"
    yield _verdict(calibration, trial, dry_run=dry_run)
    yield sentences.fit_note(calibration.previous_fit if dry_run else calibration.fit)


def _verdict(calibration: Calibration, trial: Trial, *, dry_run: bool) -> str:
    if not trial.helps:
        uses = "would use" if dry_run else "uses"
        result = f"The network {uses} the shipped model again." if calibration.changed else "Nothing was changed."
        return f"The fit does not predict better. {result}"
    even = 1 / (1 + exp(-trial.shift))
    text = f"The fit predicts better: with all requests, a strength of 50 % becomes {_percent(even)}."
    if not calibration.changed:
        return f"{text} The network uses this fit already."
    return f"{text} Nothing was changed in this dry run." if dry_run else f"{text} Every tie was derived again."


def _calibration_data(calibration: Calibration, *, dry_run: bool) -> dict[str, Any]:
    used = calibration.previous_fit if dry_run else calibration.fit
    return {
        "requestCount": calibration.asks,
        "minimumRequestCount": MIN_REQUESTS,
        "isChanged": calibration.changed and not dry_run,
        "calibratedOn": used and day_text(used.day),
        "trial": calibration.trial and _trial_data(calibration.trial),
    }


def _trial_data(trial: Trial) -> dict[str, Any]:
    return {
        "requestCount": trial.asks,
        "answeredCount": trial.answered,
        "testedSince": day_text(trial.since),
        "fittedCount": trial.known,
        "testedCount": trial.held,
        "testedShift": trial.tested,
        "shift": trial.shift,
        "shipped": _figures_data(trial.shipped),
        "fitted": _figures_data(trial.fitted),
        "helps": trial.helps,
    }


def _figures_data(figures: Figures) -> dict[str, float]:
    return {
        "logLoss": figures.log_loss,
        "brierScore": figures.brier,
        "calibrationError": figures.calibration_error,
        "auc": figures.auc,
    }


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
