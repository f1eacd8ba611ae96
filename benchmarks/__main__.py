"""Runs all benchmarks with a temporary Neo4j (`make bench`).

`ARGS=--small` only checks that they run. `ARGS=--surfaces` measures Slack and MCP only, `ARGS=--route-index` the route
index only, `ARGS=--insights` the reports about a network only, `ARGS=--http` answers over HTTP only, and `ARGS=--loads`
loads, and a member with very many connections, only.
`ARGS="--scale 12500 50000"` loads networks of these sizes, without numbers of the default sizes. It publishes the
figures after each size, so that you can stop it.
"""

import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import neo4j
from rich.console import Console
from rich.table import Table

from benchmarks import plans
from benchmarks.exports import GENERATED_EXPORTS
from benchmarks.figures import Figure, spread, timed
from benchmarks.freshness import freshness
from benchmarks.http import http
from benchmarks.insights import insights
from benchmarks.loading import TimedGraph, loading
from benchmarks.oracle import oracle
from benchmarks.past import past
from benchmarks.published import publish, publish_part
from benchmarks.reading import reading
from benchmarks.refusals import profile, refusals
from benchmarks.route_index import route_index
from benchmarks.routes import routes
from benchmarks.scale import SIZES, scale
from benchmarks.slack import slack
from benchmarks.targets import lists
from benchmarks.throughput import throughput
from benchmarks.ties import draw
from graph.database.client import Graph, create_driver
from graph.database.gc_tuning import reduce_gc_frequency
from graph.database.migrations import migrate
from tertius.localdb import lifecycle
from tertius.settings import Memory, Neo4j, Settings

SERVER = "TERTIUS_BENCH_NEO4J_URI"


@dataclass(frozen=True, slots=True)
class Size:
    """The sizes of the networks, and the number of repetitions of each measurement."""

    networks: tuple[tuple[int, int], ...]
    pairs: int
    comparisons: int
    pattern_seconds: float
    loaded: int
    listed: int
    correspondents: int
    messages: int
    body: int
    friends: int
    requests: int
    targets: int
    interactions: int
    kinds: tuple[str, ...] = tuple(GENERATED_EXPORTS)


FULL = Size(
    ((50_000, 48), (200_000, 15)),
    pairs=300,
    comparisons=5,
    pattern_seconds=30.0,
    loaded=20_000,
    listed=30_000,
    correspondents=100_000,
    messages=100_000,
    body=10_000,
    friends=2_000,
    requests=2_000,
    targets=5_000,
    interactions=300_000,
)
ROUTE_INDEX = replace(FULL, networks=((100_000, 20),), pairs=300, requests=10_000)
"""The size of a run of the route index only: `requests` are the searches that are compared with Neo4j."""
HTTP = replace(FULL, friends=1_000)
"""The size of a run of answers over HTTP only, which takes five minutes."""
SMALL = Size(
    ((2_100, 3),),
    pairs=5,
    comparisons=1,
    pattern_seconds=1.0,
    loaded=100,
    listed=90,
    correspondents=90,
    messages=200,
    body=2_000,
    friends=10,
    requests=8,
    targets=30,
    interactions=300,
    kinds=("mailbox", "linkedin"),
)


async def figures(size: Size, uri: str, user: str, password: str, folder: Path) -> AsyncIterator[Figure]:
    """Yield each figure when it is measured."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        graph = TimedGraph(driver)
        run = f"{datetime.now(UTC):%H%M%S}"
        yield unit
        return_1 = unit.values["p50"]
        async for figure in _loads(graph, size, run):
            yield figure
        for figure in reading(folder, size.kinds, rows=size.messages, body=size.body):
            yield figure
        yield await freshness(graph, f"fresh-{run}", times=min(size.pairs, 10))
        service = ((uri, user, password), folder)
        in_order = (
            _surfaces(graph, service, size, f"http_{run}", return_1),
            oracle(graph, *service, f"oracle_{run}", people_count=size.requests, requests=size.requests),
        )
        of_one_member = (
            _refusals(graph, size, f"refused-{run}", return_1),
            _insights(graph, size, f"insights-{run}", return_1),
            past(graph, driver, f"past-{run}", size.networks[0], return_1, requests=size.pairs),
        )
        for several in (*in_order, *of_one_member):
            async for figure in several:
                yield figure
        plan_sections: list[str] = []
        for people, each in size.networks:
            drawn = await draw(driver, f"drawn-{people}-{run}", people, each)
            async for figure in routes(
                graph,
                driver,
                drawn,
                return_1,
                pairs=size.pairs,
                comparisons=size.comparisons,
                pattern_seconds=size.pattern_seconds,
            ):
                yield figure
            async for figure in route_index(
                graph,
                driver,
                drawn,
                return_1,
                pairs=10 * size.pairs,
                compared=10 * size.pairs,
                listed=size.targets,
            ):
                yield figure
            if not plan_sections:
                async for figure in lists(
                    graph, driver, drawn, return_1, listed=size.targets, comparisons=max(1, size.targets // 50)
                ):
                    yield figure
                targets_by_network = {
                    f"http_{run}": ["o1@far7.example"],
                    f"refused-{run}": ["s7@far0.example", profile(7)],
                }
                plan_sections = [
                    *await plans.route_plans(driver, drawn),
                    *await plans.answer_plans(driver, targets_by_network),
                ]
                plan_sections += await plans.list_plans(driver, drawn, size.targets)
        if size is FULL:
            plans.OUTPUT.parent.mkdir(exist_ok=True)
            plans.OUTPUT.write_text("\n".join([plans.HEADING, *plan_sections, ""]), "utf-8")


async def surface_figures(size: Size, uri: str, user: str, password: str, folder: Path) -> AsyncIterator[Figure]:
    """Yield the figures of HTTP, Slack and MCP only."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        service = ((uri, user, password), folder)
        async for figure in _surfaces(TimedGraph(driver), service, size, "surfaces", unit.values["p50"]):
            yield figure


async def route_index_figures(size: Size, uri: str, user: str, password: str, _: Path) -> AsyncIterator[Figure]:
    """Yield the figures of the route index only."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        yield unit
        for people, each in size.networks:
            drawn = await draw(driver, f"drawn-{people}", people, each)
            async for figure in route_index(
                TimedGraph(driver),
                driver,
                drawn,
                unit.values["p50"],
                pairs=size.pairs,
                compared=size.requests,
                listed=size.targets,
            ):
                yield figure


async def insights_figures(size: Size, uri: str, user: str, password: str, _: Path) -> AsyncIterator[Figure]:
    """Yield the figures of the reports about a network only."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        yield unit
        async for figure in _insights(TimedGraph(driver), size, "insights", unit.values["p50"]):
            yield figure


async def loads_figures(size: Size, uri: str, user: str, password: str, _: Path) -> AsyncIterator[Figure]:
    """Yield the figures of loads, and of a member with very many connections, only."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        graph = TimedGraph(driver)
        yield unit
        for several in (_loads(graph, size, "loads"), _refusals(graph, size, "refused", unit.values["p50"])):
            async for figure in several:
                yield figure


async def http_figures(size: Size, uri: str, user: str, password: str, folder: Path) -> AsyncIterator[Figure]:
    """Yield the figures of answers over HTTP only."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        yield unit
        async for figure in throughput(
            TimedGraph(driver),
            (uri, user, password),
            folder,
            "throughput",
            friends=size.friends,
            requests=size.requests,
            return_1=unit.values["p50"],
            server=lifecycle.status(_settings(folder)).pid,
        ):
            yield figure


async def scale_figures(size: Size, uri: str, user: str, password: str, folder: Path) -> AsyncIterator[Figure]:
    """Yield the figures of one network of each size."""
    async with _measured_database(size, uri, user, password) as (driver, unit):
        pid = lifecycle.status(_settings(folder)).pid
        sizes = [int(each) for each in sys.argv[1:] if each.isdigit()] or SIZES
        async for figure in scale(TimedGraph(driver), sizes, unit.values["p50"], searches=size.pairs, server=pid):
            yield figure


async def _loads(graph: TimedGraph, size: Size, run: str) -> AsyncIterator[Figure]:
    for age in ("a young server", "a warm server"):
        async for figure in loading(graph, age, people=size.loaded, network=f"{age}-{run}"):
            yield figure


def _refusals(graph: Graph, size: Size, network: str, return_1: float) -> AsyncIterator[Figure]:
    return refusals(
        graph,
        network,
        return_1,
        listed=size.listed,
        correspondents=size.correspondents,
        there=size.listed // 3,
        requests=size.pairs,
    )


def _insights(graph: Graph, size: Size, network: str, return_1: float) -> AsyncIterator[Figure]:
    requests = min(size.pairs, 10)
    return insights(graph, network, return_1, listed=size.listed, interactions=size.interactions, requests=requests)


@asynccontextmanager
async def _measured_database(
    size: Size, uri: str, user: str, password: str
) -> AsyncIterator[tuple[neo4j.AsyncDriver, Figure]]:
    """Open the migrated database, and measure `RETURN 1`, the unit of the other figures."""
    migrate(uri, user, password)
    async with create_driver(uri, user, password) as driver:
        yield driver, await _return_one(driver, size)


async def _return_one(driver: neo4j.AsyncDriver, size: Size) -> Figure:
    async def return_one(_: int) -> None:
        await driver.execute_query("RETURN 1", routing_=neo4j.RoutingControl.READ)

    await timed(return_one, range(size.pairs * 10))
    durations = await timed(return_one, range(size.pairs * 3))
    return spread("RETURN 1", durations, sorted(durations)[len(durations) // 2])


async def _surfaces(
    graph: Graph, service: tuple[tuple[str, str, str], Path], size: Size, network: str, return_1: float
) -> AsyncIterator[Figure]:
    requests = size.requests
    async for figure in http(graph, *service, network, friends=size.friends, requests=requests, return_1=return_1):
        yield figure
    async for figure in slack(graph, *service, network, commands=requests, return_1=return_1):
        yield figure


@contextmanager
def server(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The Neo4j that TERTIUS_BENCH_NEO4J_URI names (without a password), or a temporary one."""
    if uri := os.environ.get(SERVER):
        yield uri, "neo4j", "neo4j"
        return
    settings = _settings(folder)
    address = lifecycle.ensure_running(settings)
    try:
        yield address.uri, address.user, address.password.get_secret_value()
    finally:
        lifecycle.stop(settings)


def _settings(folder: Path) -> Settings:
    memory = Memory(heap="1500m", page_cache="700m")
    return Settings(home=folder, neo4j=Neo4j(), memory=memory, network="home")


async def main(
    size: Size,
    measure: Callable[..., AsyncIterator[Figure]] = figures,
    report: Callable[[list[Figure]], None] = lambda _: None,
) -> list[Figure]:
    """Measure, log and report each figure, and print the table."""
    results = []
    console = Console()
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as address:
        async for figure in measure(size, *address, Path(folder)):
            console.log(figure.what, f"{figure.values}", highlight=False)
            results.append(figure)
            report(results)
    table = Table("what", "unit", "values", box=None)
    for figure in results:
        table.add_row(
            figure.what, figure.unit, "  ".join(f"{name} {value:,.1f}" for name, value in figure.values.items())
        )
    console.print(table)
    return results


PART_FIGURES = {
    "route_index": route_index_figures,
    "insights": insights_figures,
    "http": http_figures,
    "loads": loads_figures,
    "scale": scale_figures,
}
"""What measures one part of the benchmarks, by its key in latest.json."""

if __name__ == "__main__":
    small, surfaces = "--small" in sys.argv, "--surfaces" in sys.argv
    part = next((each for each in PART_FIGURES if f"--{each.replace('_', '-')}" in sys.argv), None)
    reduce_gc_frequency()
    sizes = {"route_index": ROUTE_INDEX, "http": HTTP}
    full = replace(FULL, requests=400) if surfaces else sizes.get(part or "", FULL)
    measure = surface_figures if surfaces else PART_FIGURES[part] if part else figures

    def publish_run(measured: list[Figure]) -> None:
        machine = {"cores": os.cpu_count(), "load": os.getloadavg(), "python": platform.python_version()}
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        if part:
            publish_part(part, today, machine, measured)
        else:
            publish(today, machine, measured, is_complete=not surfaces)

    reports = [publish_run] if part == "scale" and not small else []
    complete = asyncio.run(main(SMALL if small else full, measure, *reports))
    if not small:
        publish_run(complete)
