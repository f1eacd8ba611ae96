"""`tertius calibrate`: odds fitted to the network's own history, where that makes them truer."""

from collections.abc import Iterator
from dataclasses import asdict
from math import exp
from typing import Annotated, Any

import typer

from graph.days import date_of
from graph.derivation.calibrate import Calibration, use_fit
from graph.derivation.calibrate import calibrate_network as fit_to
from graph.strength.intercept_fit import MIN_REQUESTS, Trial
from presentation import sentences
from presentation.dates import today
from presentation.sentences import format_day
from tertius import console
from tertius.console import ConsoleProgress
from tertius.runner import Json, run
from tertius.session import OpenNetwork

_TOLD = {
    "log_loss": "surprise at what happened (log-loss)",
    "brier": "squared error (Brier)",
    "calibration_error": "odds off by (calibration error)",
    "auc": "the answered told from the silent (AUC)",
}


def calibrate(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Go back to the model that ships.")] = False,
    as_json: Json = False,
) -> None:
    """Fit the odds to this network's own asks and answers, if that makes them truer for asks it has not seen."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        if reset:
            if network.state.fit and not dry_run:
                await use_fit(network.graph, network.id, None, progress=progress)
            console.echo_lines([sentences.fit_note(network.state.fit if dry_run else None)])
            return
        found = await fit_to(network.graph, network.id, today=today(), dry_run=dry_run, progress=progress)
        if as_json:
            console.echo_json(_data(found, dry=dry_run))
        else:
            console.echo_lines(_said(found, dry=dry_run))

    run(do)


def _said(found: Calibration, *, dry: bool) -> Iterator[str]:
    trial = found.trial
    if trial is None:
        yield (
            f"Too few asks to learn from: of {found.asks:,} it is known whether they were answered, and it takes "
            f"{MIN_REQUESTS}. Nothing is changed; a longer mailbox holds more of them."
        )
        return
    yield (
        f"Of {trial.asks:,} asks it is known whether they were answered: {_percent(trial.answered / trial.asks)} were. "
        f"Fitted to {trial.known:,} of them, and tested on the {trial.held:,} from {format_day(trial.since)} on:"
    )
    yield f"  {'':42}{'shipped':>9}{'fitted':>9}"
    for name, told in _TOLD.items():
        yield f"  {told:42}{getattr(trial.shipped, name):9.4f}{getattr(trial.fitted, name):9.4f}"
    yield _verdict(found, trial, dry=dry)
    yield sentences.fit_note(found.previous_fit if dry else found.fit)


def _verdict(found: Calibration, trial: Trial, *, dry: bool) -> str:
    if not trial.helps:
        back = "would go" if dry else "went"
        then = f"The network {back} back to the model that ships." if found.changed else "Nothing is changed."
        return f"Fitting does not make the odds truer there. {then}"
    even = 1 / (1 + exp(-trial.shift))
    told = f"Fitting makes the odds truer: fitted to all of them, odds of 50 % become {_percent(even)}."
    if not found.changed:
        return f"{told} So it was before."
    return f"{told} Nothing is changed, since this is a dry run." if dry else f"{told} Every tie is derived anew."


def _data(found: Calibration, *, dry: bool) -> dict[str, Any]:
    """`fitted` is when the odds by which the network goes were fitted, None for the shipped model."""
    used = found.previous_fit if dry else found.fit
    return {
        "asks": found.asks,
        "needed": MIN_REQUESTS,
        "changed": found.changed and not dry,
        "fitted": used and date_of(used.day).isoformat(),
        "trial": found.trial and {**asdict(found.trial), "since": date_of(found.trial.since).isoformat()},
    }


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
