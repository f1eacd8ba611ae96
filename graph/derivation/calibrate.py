"""Fits the strength model to a network's own history, if that helps: `tertius admin calibrate`.

It learns from asks between people whose answer a source would contain. Outcomes of introduction requests will be asks
of the same kind, and `collect_asks` is where to add them.
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
from graph.networks.state import NetworkState, read_state
from graph.people.build import stored_digests
from graph.progress import SILENT, Progress
from graph.strength.intercept_fit import MIN_REQUESTS, Asks, Fit, Trial, try_fit
from graph.strength.model import Model, model
from graph.ties.derive import owners, seen

_READ_ASKS = cypher.load("derivation/read_asks_for_fit")
_SET_FIT = cypher.load("derivation/set_fit")
_PEOPLE_PER_QUERY = 200


@dataclass(frozen=True, slots=True)
class Calibration:
    """The result of `calibrate`.

    Fields:
        asks: how many asks count.
        trial: None if there were too few asks.
        previous_fit: the fit before; None if the network used the shipped model.
        fit: the fit from now on; None for the shipped model.
        changed: whether `fit` differs from `previous_fit`. A dry run stores nothing nevertheless.
    """

    asks: int
    trial: Trial | None
    previous_fit: Fit | None
    fit: Fit | None
    changed: bool


async def calibrate_network(
    graph: Graph,
    network: str,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Calibration:
    """Fit the shipped model to this network's asks, and use the fit if it helps; otherwise use the shipped model.

    With too few asks nothing changes. A repetition changes nothing. The fit and the stale mark of the ties are stored
    in one transaction, so the next command completes an interrupted calibration.
    """
    current = await read_state(graph, network)
    asks = await collect_asks(graph, current, progress)
    if len(asks) < MIN_REQUESTS:
        return Calibration(len(asks), None, current.fit, current.fit, changed=False)
    trial = try_fit(asks)
    fit = None
    if trial.helps:
        fit = Fit(trial.shift, day_of(today), model().version, trial.asks, trial.shipped, trial.fitted)
        if current.fit and replace(fit, day=current.fit.day) == current.fit:
            fit = current.fit
    changed = fit != current.fit
    if changed and not dry_run:
        await use_fit(graph, network, fit, progress=progress)
    return Calibration(len(asks), trial, current.fit, fit, changed)


async def use_fit(graph: Graph, network: str, fit: Fit | None, *, progress: Progress = SILENT) -> None:
    """Use this fit, or the shipped model if it is None, and derive the network's ties again."""
    async with rederive_after(graph, network, people_unchanged=True, progress=progress):
        await store_fit(graph, network, fit)


async def store_fit(graph: Graph, network: str, fit: Fit | None) -> None:
    """Store a network's fit and mark its ties as stale. The caller derives them."""
    stored = fit and {
        "shift": fit.shift,
        "day": fit.day,
        "version": fit.version,
        "asks": fit.asks,
        "shipped": list(astuple(fit.shipped)),
        "fitted": list(astuple(fit.fitted)),
    }
    await graph.run(_SET_FIT, network=network, fit=stored)


async def collect_asks(graph: Graph, current: NetworkState, progress: Progress = SILENT) -> Asks:
    """All asks that count towards answer rates and are old enough that a source would contain an answer."""
    shared = current.sources_for_rates()
    coverage = {source: min(day, current.as_of) for source, day in seen(shared).items()}
    digests = await stored_digests(graph, current.network)
    asks = Asks()
    for people in batches(sorted(digests), _PEOPLE_PER_QUERY):
        rows = await graph.run(
            _READ_ASKS,
            network=current.network,
            people=people,
            sources=[source.id for source in shared],
            owners=owners(current, shared),
            stating=list(model().stating),
        )
        for row in rows:
            _add_asks(asks, row, coverage, model())
        progress.report("asks", len(asks))
    return asks


@dataclass(slots=True)
class _Ask:
    """One ask to a person.

    `sender` is None if it was sent from a shared mailbox. `day` is the day of the ask, `answer_day` that of the answer
    or the first day on which none counts any more. `coverage_until` is the last day on which a source could contain
    the answer.
    """

    sender: str | None
    day: int
    answer_day: int
    coverage_until: int


def _add_asks(asks: Asks, row: Mapping[str, Any], coverage: Mapping[str, int], numbers: Model) -> None:
    """Add the asks to one person, each with the strength of the day before it."""
    within = numbers.answer_within
    received = _distinct_asks(row["asks"], coverage)
    counted = [ask for ask in received if ask.sender and ask.day + within <= ask.coverage_until]
    days = sorted({ask.day - 1 for ask in counted})
    half_life = numbers.rate_half_life
    outcomes = [(ask, min(ask.answer_day, ask.day + within)) for ask in received]
    ask_weights = [(day, 2.0 ** ((ask.day - day) / half_life)) for ask, day in outcomes]
    answer_weights = [(day, 2.0 ** ((ask.day - day) / half_life)) for ask, day in outcomes if day == ask.answer_day]
    sums = zip(_decayed_sums(ask_weights, days, half_life), _decayed_sums(answer_weights, days, half_life), strict=True)
    sums_by_day = dict(zip(days, sums, strict=True))
    contact = _contact_sums(row["given"], counted, numbers)
    for ask in counted:
        asked, answered = sums_by_day[ask.day - 1]
        strength = numbers.strength(contact.get((ask.sender, ask.day - 1), 0.0), got=asked, answered=answered)
        asks.add(ask.day, log(strength / (1.0 - strength)), answered=ask.answer_day <= ask.day + within)


def _distinct_asks(edges: Iterable[Sequence[Any]], coverage: Mapping[str, int]) -> list[_Ask]:
    """Each ask once, by its day, channel and identities. It counts as answered if any of its sources has an answer."""
    asks: dict[tuple[str, str, str, int], _Ask] = {}
    for sender, is_person, i, j, source, channel, days, answer_days in edges:
        for day, answer_day in zip(days, answer_days, strict=True):
            new = _Ask(sender if is_person else None, day, answer_day, coverage[source])
            ask = asks.setdefault((i, j, channel, day), new)
            ask.answer_day = min(ask.answer_day, answer_day)
            ask.coverage_until = max(ask.coverage_until, coverage[source])
    return list(asks.values())


def _contact_sums(
    edges: Iterable[Sequence[Any]], asks: Iterable[_Ask], numbers: Model
) -> dict[tuple[str | None, int], float]:
    """I(v→u) of docs/strength.md on the days before those on which u asked v, by u and day."""
    days_by_sender: dict[str | None, set[int]] = defaultdict(set)
    for ask in asks:
        days_by_sender[ask.sender].add(ask.day - 1)
    weights_by_sender: dict[str, dict[tuple[str, str, str, int], float]] = defaultdict(dict)
    for sender, j, i, channel, days, weights in edges:
        if sender in days_by_sender:
            by_day = weights_by_sender[sender]
            for day, weight in zip(days, weights, strict=True):
                slot = j, i, channel, day
                by_day[slot] = max(by_day.get(slot, 0.0), weight)
    sums: dict[tuple[str | None, int], float] = {}
    for sender, by_day in weights_by_sender.items():
        events = [(slot[-1], weight) for slot, weight in by_day.items()]
        wanted_days = sorted(days_by_sender[sender])
        short, long = (
            _decayed_sums(events, wanted_days, half_life) for half_life in (numbers.half_life, numbers.long_half_life)
        )
        for day, short_sum, long_sum in zip(wanted_days, short, long, strict=True):
            sums[sender, day] = short_sum + numbers.long_share * long_sum
    return sums


def _decayed_sums(events: Iterable[tuple[int, float]], days: Iterable[int], half_life: float) -> Iterator[float]:
    """The decayed sum of these `(day, weight)` events on each of `days`, which ascend. One pass through both."""
    upcoming = sorted(events, reverse=True)
    total, total_day = 0.0, None
    for day in days:
        while upcoming and upcoming[-1][0] <= day:
            event_day, weight = upcoming.pop()
            decayed = total * 2.0 ** ((total_day - event_day) / half_life) if total_day is not None else 0.0
            total, total_day = weight + decayed, event_day
        yield total * 2.0 ** ((total_day - day) / half_life) if total_day is not None else 0.0
