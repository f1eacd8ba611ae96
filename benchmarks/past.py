"""Measures as-of answers and fading ties on generated evidence, for ordinary askers and for one hub."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace

from benchmarks.figures import Figure, spread, timed
from benchmarks.ties import AS_OF, HUB_WITH_EVIDENCE, SINCE, Drawn
from graph.answers import Refusal
from graph.database.client import Graph
from graph.insights.fading import list_fading_ties
from graph.introductions.answer import introductions
from graph.lookup.resolve import ExactReference
from graph.networks.state import read_state
from graph.ties.derive import derive_ties

_FADING = 5


async def past(graph: Graph, drawn: Drawn, return_1: float, *, requests: int) -> AsyncIterator[Figure]:
    """Measure `requests` as-of answers for each kind of asker, and the ties that fade within 90 days."""
    rng = random.Random(9)
    state = await read_state(graph, drawn.network)
    hubs = {what: id for what, id in drawn.hubs.items() if what == HUB_WITH_EVIDENCE}
    for what, asker in {"ordinary": "", **hubs}.items():
        pairs_asked = [(asker or one, other) for one, other in (rng.sample(drawn.people, 2) for _ in range(requests))]
        refused = 0

        async def ask(pair: tuple[str, str]) -> None:
            nonlocal refused
            past_viewer = drawn.viewer(pair[0]).as_of_day(AS_OF - SINCE // 2)
            refused += isinstance(
                await introductions(graph, past_viewer, ExactReference(pair[1]), state_for_past=state), Refusal
            )

        async def list_fading(person: str) -> None:
            await list_fading_ties(graph, state, drawn.viewer(person), within=90)

        await timed(ask, pairs_asked[: requests // 10])
        refused = 0
        figure = spread(
            f"as of an earlier day, {len(drawn.people):,} people, asker {what}",
            await timed(ask, pairs_asked),
            return_1,
        )
        if refused == len(pairs_asked):
            raise AssertionError("Every answer is a refusal, so the measurement is meaningless.")
        yield replace(figure, values={**figure.values, "refused": refused})
        fading_for = [one for one, _ in pairs_asked[:_FADING]]
        await derive_ties(graph, state, fading_for)
        yield spread(f"ties that fade within 90 days, asker {what}", await timed(list_fading, fading_for), return_1)
