"""Runs the benchmarks with a temporary Neo4j (`make bench`), and publishes the figures of each stage.

Without a stage, `make bench` runs a complete run. `ARGS="--http --loads"` runs these stages of benchmarks/stages.py
only. `ARGS=--small` only checks that all stages run, and publishes nothing. `ARGS="--scale 12500 50000"` loads networks
of these sizes, without numbers of the default sizes.

A stage that fails does not end the run. The figures that it measured before are published, and the exit code is 1.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import neo4j
from rich.console import Console
from rich.table import Table

from benchmarks.bench import FULL, SMALL, Bench
from benchmarks.figures import Figure, spread, timed
from benchmarks.goals import rows
from benchmarks.published import GOALS_HEAD, latest, publish
from benchmarks.stages import COMPLETE, STAGES
from graph.database.client import create_driver
from graph.database.gc_tuning import reduce_gc_frequency
from graph.database.migrations import migrate
from tertius.localdb import lifecycle
from tertius.settings import Memory, Neo4j, Settings

SERVER = "TERTIUS_BENCH_NEO4J_URI"
_STAGE_SECONDS = 1_200
"""Time after which a stage fails, if it is part of a complete run."""

Address = tuple[str, str, str]
Server = tuple[Address, int | None]
"""The address of a Neo4j, and the process id of a temporary one."""


class Report(Protocol):
    """What receives the figures of a stage."""

    def __call__(
        self, stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool
    ) -> None: ...


async def run_stage(bench: Bench, stage: str, address: Address, report: Report) -> None:
    """Measure a stage, and report its figures each time there is one more, and when it is complete."""
    migrate(*address)
    async with create_driver(*address) as driver, asyncio.timeout(_STAGE_SECONDS if stage in COMPLETE else None):
        bench.connect(driver, address)
        bench.return_1 = (await _return_1(driver, bench.size.searches)).values["p50"]
        start = time.perf_counter()
        measured: list[Figure] = []
        async for figure in STAGES[stage](bench):
            measured.append(figure)
            report(stage, measured, bench.return_1, time.perf_counter() - start, is_complete=False)
        report(stage, measured, bench.return_1, time.perf_counter() - start, is_complete=True)


async def _return_1(driver: neo4j.AsyncDriver, times: int) -> Figure:
    """The unit of the other figures."""

    async def return_1(_: int) -> None:
        await driver.execute_query("RETURN 1", routing_=neo4j.RoutingControl.READ)

    await timed(return_1, range(2 * times))
    return spread("RETURN 1", await timed(return_1, range(times)), 1.0)


@contextmanager
def server(folder: Path) -> Iterator[Callable[[], Server]]:
    """Yield what returns the Neo4j that TERTIUS_BENCH_NEO4J_URI names (without a password), or a temporary one.

    The temporary one is started again if it has ended.
    """
    if uri := os.environ.get(SERVER):
        yield lambda: ((uri, "neo4j", "neo4j"), None)
        return
    memory = Memory(heap="1500m", page_cache="700m")
    settings = Settings(home=folder, neo4j=Neo4j(), memory=memory, network="home")

    def running() -> Server:
        address = lifecycle.ensure_running(settings)
        return (address.uri, address.user, address.password.get_secret_value()), lifecycle.status(settings).pid

    try:
        yield running
    finally:
        lifecycle.stop(settings)


def run_stages(stages: Iterable[str], bench: Bench, find_server: Callable[[], Server], report: Report) -> list[str]:
    """Run the stages, log each figure and the time of each stage, and return the stages that failed."""
    console = Console()
    failed = []

    def log(stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool) -> None:
        if not is_complete:
            console.log(measured[-1].what, f"{measured[-1].values}", highlight=False)
        report(stage, measured, return_1, seconds, is_complete=is_complete)

    for stage in stages:
        start = time.perf_counter()
        try:
            address, bench.server = find_server()
            asyncio.run(run_stage(bench, stage, address, log))
        except Exception:  # noqa: BLE001 - the other stages have figures too
            console.print_exception()
            failed.append(stage)
        outcome = "failed" if stage in failed else "complete"
        console.log(f"stage {stage}: {outcome} after {time.perf_counter() - start:.0f} s", highlight=False)
    return failed


def _print_goals() -> None:
    table = Table(*GOALS_HEAD, box=None)
    for row in rows(latest()):
        table.add_row(*row)
    Console().print(table)


def _ignore(stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool) -> None:
    """Publish nothing."""


if __name__ == "__main__":
    options = {f"--{stage.replace('_', '-')}": stage for stage in STAGES}
    if unknown := [each for each in sys.argv[1:] if not each.isdigit() and each not in (*options, "--small")]:
        sys.exit(f"Unknown: {', '.join(unknown)}. Stages: {', '.join(options)}. `--small` only checks that they run.")
    is_small = "--small" in sys.argv
    named = [stage for option, stage in options.items() if option in sys.argv]
    sizes = tuple(int(each) for each in sys.argv[1:] if each.isdigit())
    full = replace(FULL, scale=sizes) if sizes else FULL
    reduce_gc_frequency()
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as find_server:
        bench = Bench(SMALL if is_small else full, Path(folder))
        stages = named or (STAGES if is_small else COMPLETE)
        failed = run_stages(stages, bench, find_server, _ignore if is_small else publish)
    if not is_small:
        _print_goals()
    if failed:
        sys.exit(f"These stages failed: {', '.join(failed)}.")
