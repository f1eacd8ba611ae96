"""Finds the people whose ties to the viewer may have been strong on earlier days, without computing the strengths.

graph.ties.past needs tens of microseconds for the strength of one tie on one day. Here an upper bound for thousands of
ties is one operation on arrays, and only the others are computed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from math import log

import numpy as np

import cypher
from graph.database.client import Graph
from graph.insights.listed_people import ListedPerson
from graph.networks.state import NetworkState
from graph.strength.model import Model

COUNT_REQUESTS_TO_PEOPLE = cypher.load("insights/count_requests_to_people")

_ROUNDING = 1e-6


async def find_possibly_strong(
    graph: Graph, state: NetworkState, people: Sequence[ListedPerson], days: Sequence[int], *, least: float
) -> frozenset[str]:
    """Return the ids of all people whose strength may be at least `least` on one of these days, and of some others."""
    if not people:
        return frozenset()
    (row,) = await graph.run(
        COUNT_REQUESTS_TO_PEOPLE,
        network=state.network,
        ids=[one.person.id for one in people],
        sources=[source.id for source in state.sources_for_rates()],
    )
    coverage = {source.id: source.coverage_until for source in state.stored_sources}
    requests = dict(row["people"])
    return await asyncio.to_thread(possibly_strong, people, days, state.model, coverage, requests, least=least)


def possibly_strong(
    people: Sequence[ListedPerson],
    days: Sequence[int],
    model: Model,
    coverage: Mapping[str, int | None],
    requests: Mapping[str, int],
    *,
    least: float,
) -> frozenset[str]:
    """Return the ids of the people whose bound reaches `least` on one of these days.

    The bound counts evidence that several sources contain several times, lets it fade up to the earliest end of the
    coverage of its sources only, and counts all requests as answered.
    """
    amounts = [(place, *amount) for place, one in enumerate(people) for amount in one.inwards.amounts]
    sizes = [len(of_days) for _, _, of_days, _ in amounts]
    whose = np.repeat(np.array([place for place, *_ in amounts], dtype=np.int64), sizes)
    on = np.array([day for _, _, of_days, _ in amounts for day in of_days], dtype=np.int64)
    weights = np.array([weight for _, _, _, of_weights in amounts for weight in of_weights], dtype=np.float64)
    covered = np.full(len(people), np.iinfo(np.int64).max)
    for place, source, _, _ in amounts:
        end = coverage.get(source)
        covered[place] = covered[place] if end is None else min(covered[place], end)
    answered = np.array([requests.get(one.person.id, 0) for one in people])
    is_possible = np.zeros(len(people), dtype=bool)
    for day in days:
        age = np.maximum(0, np.minimum(day, covered[whose]) - on)
        left = 2.0 ** (-age / model.half_life) + model.long_share * 2.0 ** (-age / model.long_half_life)
        contact = np.bincount(whose, np.where(on <= day, weights * left, 0.0), minlength=len(people))
        log_odds = model.contact * np.log1p(contact) + model.rate * np.log1p(answered) - model.intercept
        is_possible |= log_odds >= log(least / (1.0 - least)) - _ROUNDING
    return frozenset(one.person.id for one, possible in zip(people, is_possible, strict=True) if possible)
