"""Measures the route search, and compares it with a variable-length pattern and with k shortest paths in memory."""

import random
from collections.abc import AsyncIterator
from importlib import import_module
from importlib.util import find_spec
from math import isclose, log

import neo4j
import neo4j.exceptions

from benchmarks.figures import Figure, spread, timed
from benchmarks.ties import Drawn
from graph.database.client import Graph
from graph.introductions.routes import search_routes

PATTERN = """
MATCH (me:Person {{network: $network, id: $asker}}), (target:Person {{network: $network, id: $target}})
MATCH path = (me)<-[:KNOWS*2..{hops}]-(target)
WHERE ALL(k IN relationships(path) WHERE k.audience IN $audiences)
WITH nodes(path)[1] AS first, relationships(path) AS ties, target
WHERE first <> target
WITH first, max(reduce(score = ties[-1].mutual_strength, k IN ties[..-1] | score * k.strength)) AS score
RETURN first.id AS first, score ORDER BY score DESC LIMIT 5
"""
Pair = tuple[str, str]


async def routes(
    graph: Graph,
    driver: neo4j.AsyncDriver,
    drawn: Drawn,
    return_1: float,
    *,
    pairs: int,
    comparisons: int,
    pattern_seconds: float,
) -> AsyncIterator[Figure]:
    """Measure `pairs` searches of each kind, and `comparisons` of the slow comparisons.

    A variable-length pattern may need hours. Each is cut off after `pattern_seconds`.
    """
    rng = random.Random(7)
    ordinary = [(rng.choice(drawn.people), rng.choice(drawn.people)) for _ in range(pairs)]
    ordinary = [(asker, target) for asker, target in ordinary if asker != target]
    askers = {"ordinary": ordinary}
    for what, hub in drawn.hubs.items():
        askers[what] = [(hub, target) for _, target in ordinary]
    medians: dict[tuple[str, int], float] = {}
    for what, asked in askers.items():
        for introducers in (1, 2, 3):

            async def ask(pair: Pair, introducers: int = introducers) -> None:
                asker, target = pair
                await search_routes(graph, drawn.viewer(asker), targets=[target], max_introducers=introducers)

            await timed(ask, asked[: pairs // 10])
            label = f"routes in Neo4j, {len(drawn.people):,} people, asker {what}, {introducers} introducers"
            figure = spread(label, await timed(ask, asked), return_1)
            medians[what, introducers] = figure.values["p50"]
            yield figure
    for introducers in (1, 2, 3):
        asked = ordinary[: comparisons if introducers == 3 else 4 * comparisons]
        figure = await _pattern(graph, driver, drawn, return_1, asked, introducers, pattern_seconds)
        figure.values["times the search"] = figure.values["p50"] / medians["ordinary", introducers]
        yield figure
    if find_spec("igraph"):  # make bench installs it
        yield spread(
            "the same as igraph's 5 shortest paths, asker ordinary",
            await _shortest(drawn, ordinary[:comparisons]),
            return_1,
        )


async def _pattern(
    graph: Graph,
    driver: neo4j.AsyncDriver,
    drawn: Drawn,
    return_1: float,
    pairs: list[Pair],
    introducers: int,
    seconds: float,
) -> Figure:
    """The times of the pattern. Where it finishes in time, the search must find its best score and no higher ones.

    The pattern has no rule against dominated routes, so its further scores may be higher.
    """
    finished: dict[Pair, list[float]] = {}

    async def run_pattern(pair: Pair) -> None:
        view = drawn.viewer(pair[0])
        query = neo4j.Query(PATTERN.format(hops=introducers + 1), timeout=seconds)
        try:
            rows, _, _ = await driver.execute_query(
                query, network=view.network, asker=pair[0], target=pair[1], audiences=list(view.audiences)
            )
        except neo4j.exceptions.ClientError:
            return
        finished[pair] = [row["score"] for row in rows]

    durations = await timed(run_pattern, pairs)
    for (asker, target), scores in finished.items():
        answer = await search_routes(graph, drawn.viewer(asker), targets=[target], max_introducers=introducers)
        found_scores = [route.score for route in answer.routes]
        is_best = all(isclose(one, other) for one, other in zip(found_scores[:1], scores[:1], strict=True))
        if not is_best or any(one > other * (1 + 1e-9) for one, other in zip(found_scores, scores, strict=False)):
            raise RuntimeError(f"the pattern and the search differ for {asker} and {target} of {drawn.network}")
    figure = spread(
        f"the same as a variable-length pattern, asker ordinary, {introducers} introducers", durations, return_1
    )
    figure.values["cut off"] = len(pairs) - len(finished)
    return figure


async def _shortest(drawn: Drawn, pairs: list[Pair]) -> list[float]:
    """The times of k shortest paths of any length. This is easier: it need not find each introducer's best route."""
    places = {name: place for place, name in enumerate(drawn.people)}
    igraph_network = import_module("igraph").Graph(
        n=len(drawn.people) + len(drawn.hubs), edges=[(a, b) for b, a, _ in drawn.ties], directed=True
    )
    weights = [-log(strength) for _, _, strength in drawn.ties]

    async def ask(pair: Pair) -> None:
        igraph_network.get_k_shortest_paths(places[pair[0]], places[pair[1]], k=5, weights=weights)

    return await timed(ask, pairs)
