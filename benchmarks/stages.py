"""The stages of the benchmarks, in the order of a complete run."""

from collections.abc import AsyncIterator, Callable

from benchmarks import plans
from benchmarks.bench import FULL, Bench
from benchmarks.command_line import command_line
from benchmarks.figures import Figure
from benchmarks.freshness import freshness
from benchmarks.http import mcp
from benchmarks.insights import insights
from benchmarks.loading import loading
from benchmarks.oracle import oracle
from benchmarks.past import past
from benchmarks.reading import reading
from benchmarks.refusals import profile, refusals
from benchmarks.route_index import compare_engines, read_index, route_index
from benchmarks.routes import routes
from benchmarks.scale import scale
from benchmarks.slack import slack
from benchmarks.targets import lists
from benchmarks.throughput import throughput
from benchmarks.ties import draw

Stage = Callable[[Bench], AsyncIterator[Figure]]


async def _loads(bench: Bench) -> AsyncIterator[Figure]:
    for age in ("a young server", "a warm server"):
        async for figure in loading(bench.graph, age, people=bench.size.loaded, network=f"{age}-{bench.run}"):
            yield figure


async def _http(bench: Bench) -> AsyncIterator[Figure]:
    network, size = await bench.contacts(), bench.size
    async for figure in throughput(
        bench.address,
        bench.folder,
        network,
        friends=size.friends,
        requests=size.requests,
        return_1=bench.return_1,
        server=bench.server,
    ):
        yield figure


def _scale(bench: Bench) -> AsyncIterator[Figure]:
    size = bench.size
    return scale(bench.graph, size.scale, bench.return_1, searches=size.searches, server=bench.server)


async def _command_line(bench: Bench) -> AsyncIterator[Figure]:
    network, size = await bench.contacts(), bench.size
    commands = min(size.commands, 20)
    async for figure in command_line(
        bench.address, bench.folder, network, friends=size.friends, commands=commands, return_1=bench.return_1
    ):
        yield figure


async def _surfaces(bench: Bench) -> AsyncIterator[Figure]:
    network, size = await bench.contacts(), bench.size
    service = (bench.address, bench.folder, network)
    async for figure in slack(bench.graph, *service, commands=size.commands, return_1=bench.return_1):
        yield figure
    async for figure in mcp(*service, friends=size.friends, calls=size.commands, return_1=bench.return_1):
        yield figure


async def _route_index(bench: Bench) -> AsyncIterator[Figure]:
    drawn = await bench.drawn()
    async for figure in route_index(bench.graph, bench.driver, drawn, bench.return_1, pairs=bench.size.searches):
        yield figure
    yield await compare_engines(bench.graph, drawn, await read_index(bench.graph, drawn), bench.size.compared)


async def _target_lists(bench: Bench) -> AsyncIterator[Figure]:
    drawn, listed = await bench.drawn(), bench.size.targets
    index = await read_index(bench.graph, drawn)
    async for figure in lists(
        bench.graph, drawn, index, bench.return_1, listed=listed, comparisons=max(1, listed // 50)
    ):
        yield figure


async def _routes(bench: Bench) -> AsyncIterator[Figure]:
    drawn, size = await bench.drawn(), bench.size
    async for figure in routes(
        bench.graph,
        bench.driver,
        drawn,
        bench.return_1,
        pairs=size.searches,
        comparisons=size.patterns,
        pattern_seconds=size.pattern_seconds,
    ):
        yield figure


async def _refusals(bench: Bench) -> AsyncIterator[Figure]:
    network, size = await bench.listed(), bench.size
    async for figure in refusals(
        bench.graph,
        network,
        bench.return_1,
        listed=size.listed,
        correspondents=size.correspondents,
        there=size.listed // 3,
        requests=size.searches,
        company_searches=size.company_searches,
    ):
        yield figure


async def _freshness(bench: Bench) -> AsyncIterator[Figure]:
    yield await freshness(bench.graph, f"fresh-{bench.run}", times=min(bench.size.searches, 10))


async def _reading(bench: Bench) -> AsyncIterator[Figure]:
    size = bench.size
    for figure in reading(bench.folder, size.kinds, messages=size.messages, rows=size.rows, body=size.body):
        yield figure


def _timing(bench: Bench) -> AsyncIterator[Figure]:
    service = (bench.address, bench.folder, f"oracle_{bench.run}")
    return oracle(bench.graph, *service, people_count=bench.size.timings, requests=bench.size.timings)


def _insights(bench: Bench) -> AsyncIterator[Figure]:
    size, network = bench.size, f"insights-{bench.run}"
    counts = {"listed": size.listed, "interactions": size.interactions, "requests": size.reports}
    return insights(bench.graph, network, bench.return_1, **counts)


async def _plans(bench: Bench) -> AsyncIterator[Figure]:
    """Write the plans of one request, and count their queries."""
    drawn, targets = await bench.drawn(), min(bench.size.targets, 1_000)
    people = {
        await bench.contacts(): ["o1@far7.example"],
        await bench.listed(): ["s7@far0.example", profile(7)],
    }
    sections = [
        *await plans.route_plans(bench.driver, drawn),
        *await plans.answer_plans(bench.driver, people),
        *await plans.list_plans(bench.driver, drawn, targets),
    ]
    if bench.size is FULL:
        plans.OUTPUT.parent.mkdir(exist_ok=True)
        plans.OUTPUT.write_text("\n".join([plans.HEADING, *sections, ""]), "utf-8")
    yield Figure("query plans of one request", "", {"queries": len(sections)})


async def _past(bench: Bench) -> AsyncIterator[Figure]:
    async for figure in past(bench.graph, await bench.drawn(), bench.return_1, requests=bench.size.past_answers):
        yield figure


async def _equality(bench: Bench) -> AsyncIterator[Figure]:
    size = bench.size
    name = f"equality_{bench.run}"
    drawn = await draw(bench.driver, name, size.compared_people, 20, has_evidence=False)
    yield await compare_engines(bench.graph, drawn, await read_index(bench.graph, drawn), 10 * size.compared)


COMPLETE: dict[str, Stage] = {
    "loads": _loads,
    "http": _http,
    "command_line": _command_line,
    "surfaces": _surfaces,
    "route_index": _route_index,
    "target_lists": _target_lists,
    "routes": _routes,
    "refusals": _refusals,
    "freshness": _freshness,
    "reading": _reading,
    "timing": _timing,
    "plans": _plans,
    "past": _past,
    "insights": _insights,
}
"""`loads` is first, because its server must be young. `past` derives ties again, so it uses the network last."""
STAGES: dict[str, Stage] = {**COMPLETE, "equality": _equality, "scale": _scale}
"""All stages by their key in latest.json. Those that a complete run leaves out run only if they are named."""
