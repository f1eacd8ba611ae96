"""Measures answers over HTTP for few and many clients, with one and with two workers.

The clients run in a process of their own. Each target is asked for once in a stage, so no answer repeats another.
"""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from benchmarks.figures import Figure, spread
from benchmarks.http import EACH, QUERY, served, target_address
from benchmarks.http_client import Answers, ask_all

CLIENTS = (1, 16, 64)
WORKERS = (1, 2)
_INDEX_SECONDS = 12.0
"""Time in which each worker reads its route index after the first requests."""


async def throughput(
    address: tuple[str, str, str],
    folder: Path,
    network: str,
    *,
    friends: int,
    requests: int,
    return_1: float,
    server: int | None,
) -> AsyncIterator[Figure]:
    """Durations, requests a second, processor time of each process and errors, by workers and clients.

    `server` is the process of a local Neo4j, None for another one.
    """
    database = psutil.Process(server) if server else None
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for workers in WORKERS:
            with served(address, folder / f"{workers}", network, workers=workers) as (url, token):
                for pause in (_INDEX_SECONDS, 0.0):
                    await _run(pool, url, token, friends, max(CLIENTS), range(requests // 4))
                    await asyncio.sleep(min(pause, requests / 100))
                for clients in CLIENTS:
                    turns = range(requests // 4 if clients == 1 else requests)
                    used, start = _processor_seconds(database), time.perf_counter()
                    answers = await _run(pool, url, token, friends, clients, turns)
                    seconds = time.perf_counter() - start
                    name = f"introductions over HTTP, {clients} clients, {workers} workers"
                    figure = spread(name, answers.durations, return_1)
                    after = _processor_seconds(database)
                    shares = {each: after[each] - before for each, before in used.items()}
                    shares["client"] = answers.processor_seconds
                    added = {
                        "a second": len(answers.durations) / seconds,
                        **{f"{each} ms": share * 1000 / len(turns) for each, share in shares.items()},
                        "errors": len(turns) - len(answers.durations),
                    }
                    yield Figure(figure.what, figure.unit, {**figure.values, **added})


def _processor_seconds(database: psutil.Process | None) -> dict[str, float]:
    """The processor time of the service of this benchmark, and of Neo4j."""
    children = psutil.Process().children(recursive=True)
    service = sum(_seconds(process) for process in children if process.cmdline()[-1:] == ["up"])
    return {"service": service, **({"Neo4j": _seconds(database)} if database else {})}


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def _run(pool: ProcessPoolExecutor, url: str, token: str, friends: int, clients: int, turns: range) -> Answers:
    port = urlsplit(url).port or 80
    variables: Sequence[object] = [
        {"to": {"email": target_address(turn * 7 % friends, turn // friends % EACH)}} for turn in turns
    ]
    return await asyncio.get_running_loop().run_in_executor(pool, ask_all, port, token, QUERY, variables, clients)
