"""Profiles the queries of one request on the benchmark networks, and formats their plans as Markdown."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.loading import TODAY
from benchmarks.targets import view
from benchmarks.ties import Drawn, address
from cypher import Query
from graph.database.client import Graph
from graph.insights.fading import list_fading_ties
from graph.introductions.answer import introductions
from graph.introductions.routes import RouteQuestion, SearchDirection, search_in_database
from graph.introductions.target_list import answer_target_list
from graph.lookup.resolve import PersonReference
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state

OUTPUT = Path(__file__).parent / "build" / "plans.md"
"""Where `make bench` writes the plans: a folder that git ignores."""
HEADING = """# Query plans

The queries of one request, profiled by `make bench`. Each line is an operator with its rows and database hits. The
operator that runs last is first; branches are indented.
"""
WIDTH = 90


class RecordingGraph(Graph):
    """Records the first run of each query with its parameters."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.recorded: dict[str, tuple[Query, dict[str, Any]]] = {}

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        """Run a query as Graph does."""
        self.recorded.setdefault(query.name, (query, params))
        return await super().run(query, **params)


async def answer_plans(driver: neo4j.AsyncDriver, networks: dict[str, list[str]]) -> list[str]:
    """The plans of current and as-of answers about these people, and of fading ties, for the member of each network."""
    graph = RecordingGraph(driver)
    for name, people in networks.items():
        home, member = await find_or_create_network(graph, name, today=TODAY, create=False)
        state = await read_state(graph, home)
        viewer = build_viewer(state, member)
        for target in people:
            await introductions(graph, viewer, target, max_introducers=3)
            await introductions(graph, viewer.as_of_day(viewer.as_of - 90), target, state_for_past=state)
        await list_fading_ties(graph, state, viewer, within=90)
    return await _profiles(driver, graph)


async def route_plans(driver: neo4j.AsyncDriver, drawn: Drawn) -> list[str]:
    """The plans of route searches: from both ends for an ordinary asker, inwards for a hub."""
    graph = RecordingGraph(driver)
    rng = random.Random(11)
    hub = next(iter(drawn.hubs.values()), drawn.people[0])
    for asker, form in ((rng.choice(drawn.people), SearchDirection.MEETING), (hub, SearchDirection.INWARDS)):
        target = rng.choice(drawn.people)
        question = RouteQuestion(drawn.viewer(asker), [target], limit=20, max_introducers=3)
        await search_in_database(graph, question, form=form)
    return await _profiles(driver, graph)


async def list_plans(driver: neo4j.AsyncDriver, drawn: Drawn, listed: int) -> list[str]:
    """The plans of a target list of `listed` targets for one member of a team."""
    graph = RecordingGraph(driver)
    targets: list[PersonReference] = [address(id) for id in random.Random(11).sample(drawn.people, listed)]
    await answer_target_list(graph, view(drawn), targets, team=True)
    return await _profiles(driver, graph)


async def _profiles(driver: neo4j.AsyncDriver, graph: RecordingGraph) -> list[str]:
    """Profile each recorded query; return a heading and a block of lines for each."""
    sections = []
    for name, (query, params) in sorted(graph.recorded.items()):
        result = await driver.execute_query("PROFILE " + query.text, params)
        if result.summary.profile is None:
            raise RuntimeError(f"{name} has no profile")
        steps = list(_steps(result.summary.profile, 0))
        hits = sum(hits for _, _, hits in steps)
        lines = [f"{text[:WIDTH]:<{WIDTH}} {rows:>9,} {db_hits:>9,}" for text, rows, db_hits in steps]
        sections.append("\n".join([f"### {name}: {hits:,} hits", "```", *lines, "```"]))
    return sections


def _steps(plan: dict[str, Any], depth: int) -> Iterator[tuple[str, int, int]]:
    """The operators with their rows and hits, last first; branches are indented."""
    name = plan["operatorType"].partition("@")[0]
    details = " ".join(plan["args"].get("Details", "").split())
    yield f"{'  ' * depth}{name} {details}", plan["args"].get("Rows", 0), plan["args"].get("DbHits", 0)
    children = plan.get("children", [])
    for child in children:
        yield from _steps(child, depth + (len(children) > 1))
