"""Fits the odds to a network's own history, where that helps: `tertius calibrate`.

It learns from asks between people whose answer a source would have seen. Outcomes of requested introductions will be
asks as these are: `seen_asks` is where they come in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from math import log
from typing import Any

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.rederive import rederive_after
from graph.networks.state import State, state
from graph.people.build import stored_digests
from graph.progress import SILENT, Progress
from graph.strength.intercept_fit import MIN_REQUESTS, Asks, Fit, Trial, try_fit
from graph.strength.model import Model, model
from graph.ties.derive import owners, seen

ASKS = cypher.load("derivation/read_asks_for_fit")
FIT = cypher.load("derivation/set_fit")

PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What came of it: `trial` is None where there were too few asks, `fit` what the network would use from now on.

    `changed` says whether that is another than before; in a dry run nothing is written.
    """

    asks: int
    trial: Trial | None
    before: Fit | None
    fit: Fit | None
    changed: bool


async def calibrate(
    graph: Graph,
    network: str,
    *,
    today: date,
    dry: bool = False,
    progress: Progress = SILENT,
) -> Calibrated:
    """Try the shipped model fitted to this network's asks; keep that where it helps, else go by the shipped one.

    With too few asks everything stays as it is. Repeated, it does nothing more; killed, it is finished by the next
    command or has not begun: the fit is kept and the ties made stale in one step.
    """
    found = await state(graph, network)
    asks = await seen_asks(graph, found, progress)
    if len(asks) < MIN_REQUESTS:
        return Calibrated(len(asks), None, found.fit, found.fit, changed=False)
    trial = try_fit(asks)
    fit = None
    if trial.helps:
        fit = Fit(trial.shift, day_of(today), model().version, trial.asks, trial.shipped, trial.fitted)
        if found.fit and replace(fit, day=found.fit.day) == found.fit:
            fit = found.fit
    changed = fit != found.fit
    if changed and not dry:
        await keep(graph, network, fit, progress=progress)
    return Calibrated(len(asks), trial, found.fit, fit, changed)


async def keep(graph: Graph, network: str, fit: Fit | None, *, progress: Progress = SILENT) -> None:
    """Let the network go by this fit, or by the shipped model, and derive its ties anew."""
    stored = fit and {
        "shift": fit.shift,
        "day": fit.day,
        "version": fit.version,
        "asks": fit.asks,
        "shipped": list(astuple(fit.shipped)),
        "fitted": list(astuple(fit.fitted)),
    }
    async with rederive_after(graph, network, people_unchanged=True, progress=progress):
        await graph.run(FIT, network=network, fit=stored)


async def seen_asks(graph: Graph, found: State, progress: Progress = SILENT) -> Asks:
    """All asks that count towards rates and are old enough that an answer would have been seen."""
    shared = found.shared()
    until = {source: min(day, found.as_of) for source, day in seen(shared).items()}
    digests = await stored_digests(graph, found.network)
    asks = Asks()
    for people in batches(sorted(digests), PEOPLE):
        rows = await graph.run(
            ASKS,
            network=found.network,
            people=people,
            sources=[source.id for source in shared],
            owners=owners(found, shared),
            stating=list(model().stating),
        )
        for row in rows:
            _take(asks, row, until, model())
        progress.report("asks", len(asks))
    return asks


@dataclass(slots=True)
class _Ask:
    """One ask of somebody; `by` is None where no person made it. `until`: as long as it was watched."""

    by: str | None
    day: int
    answered: int
    until: int


def _take(asks: Asks, row: Mapping[str, Any], until: Mapping[str, int], numbers: Model) -> None:
    """The asks of one person, each with the odds of the day before it."""
    within = numbers.answer_within
    got = _got(row["asks"], until)
    chosen = [ask for ask in got if ask.by and ask.day + within <= ask.until]
    days = sorted({ask.day - 1 for ask in chosen})
    half_life = numbers.rate_half_life
    ends = [(ask, min(ask.answered, ask.day + within)) for ask in got]
    counted = [(on, 2.0 ** ((ask.day - on) / half_life)) for ask, on in ends]
    answers = [(on, 2.0 ** ((ask.day - on) / half_life)) for ask, on in ends if on == ask.answered]
    rates = zip(_left(counted, days, half_life), _left(answers, days, half_life), strict=True)
    rate = dict(zip(days, rates, strict=True))
    contact = _contact(row["given"], chosen, numbers)
    for ask in chosen:
        received, answered = rate[ask.day - 1]
        odds = numbers.strength(contact.get((ask.by, ask.day - 1), 0.0), got=received, answered=answered)
        asks.add(ask.day, log(odds / (1.0 - odds)), answered=ask.answered <= ask.day + within)


def _got(edges: Iterable[Sequence[Any]], until: Mapping[str, int]) -> list[_Ask]:
    """Each ask once, by the day it was made: an answer that one of several sources saw is an answer."""
    found: dict[tuple[str, str, str, int], _Ask] = {}
    for by, person, i, j, source, channel, days, answered in edges:
        for day, answer in zip(days, answered, strict=True):
            slot = i, j, channel, day
            ask = found.setdefault(slot, _Ask(by if person else None, day, answer, until[source]))
            ask.answered, ask.until = min(ask.answered, answer), max(ask.until, until[source])
    return list(found.values())


def _contact(
    edges: Iterable[Sequence[Any]], asks: Iterable[_Ask], numbers: Model
) -> dict[tuple[str | None, int], float]:
    """I(v→u) of docs/strength.md on the days before those on which u asked v."""
    wanted: dict[str | None, set[int]] = defaultdict(set)
    for ask in asks:
        wanted[ask.by].add(ask.day - 1)
    given: dict[str, dict[tuple[str, str, str, int], float]] = defaultdict(dict)
    for towards, j, i, channel, days, weights in edges:
        if towards in wanted:
            slots = given[towards]
            for day, weight in zip(days, weights, strict=True):
                slot = j, i, channel, day
                slots[slot] = max(slots.get(slot, 0.0), weight)
    found: dict[tuple[str | None, int], float] = {}
    for towards, slots in given.items():
        events = [(slot[-1], weight) for slot, weight in slots.items()]
        on = sorted(wanted[towards])
        short, long = (_left(events, on, half_life) for half_life in (numbers.half_life, numbers.long_half_life))
        for day, fresh, old in zip(on, short, long, strict=True):
            found[towards, day] = fresh + numbers.long_share * old
    return found


def _left(events: Iterable[tuple[int, float]], days: Iterable[int], half_life: float) -> Iterator[float]:
    """How much of these `(day, weight)` is left on each of these days, which ascend: one walk through both."""
    coming = sorted(events, reverse=True)
    left, at = 0.0, None
    for day in days:
        while coming and coming[-1][0] <= day:
            on, weight = coming.pop()
            left = weight + (left * 2.0 ** ((at - on) / half_life) if at is not None else 0.0)
            at = on
        yield left * 2.0 ** ((at - day) / half_life) if at is not None else 0.0
