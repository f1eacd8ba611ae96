"""Measures answers over HTTP for few and many clients, with one and with two workers.

The clients run in a process of their own. Each target is asked for once in a stage, so no answer repeats another.
"""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import httpx
import psutil

from benchmarks.figures import Figure, spread
from benchmarks.http import CLIENTS, QUERY, contacts_of_contacts, served, target_address
from benchmarks.loading import TODAY
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.networks.registry import find_or_create_network

WORKERS = (1, 2)
_EACH = 5
"""Targets behind each contact of the asker."""
_INDEX_SECONDS = 12.0
"""Time in which each worker reads its route index after the first requests."""


async def throughput(
    graph: Graph,
    address: tuple[str, str, str],
    folder: Path,
    network: str,
    *,
    friends: int,
    requests: int,
    return_1: float,
) -> AsyncIterator[Figure]:
    """Durations, requests a second, processor time of the service and errors, by workers and clients."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    records = contacts_of_contacts(friends, _EACH)
    await load_records(
        graph, home, member, kind="mailbox", records=records, today=TODAY, stated_owner="ana@home.example"
    )
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for workers in WORKERS:
            with served(address, folder / f"{workers}", network, workers=workers) as (url, token):
                for pause in (_INDEX_SECONDS, 0.0):
                    await _run(pool, url, token, friends, max(CLIENTS), range(requests // 4))
                    await asyncio.sleep(min(pause, requests / 100))
                for clients in CLIENTS:
                    turns = range(requests // 4 if clients == 1 else requests)
                    used, start = _processor_seconds(), time.perf_counter()
                    durations = await _run(pool, url, token, friends, clients, turns)
                    seconds, used = time.perf_counter() - start, _processor_seconds() - used
                    name = f"introductions over HTTP, {clients} clients, {workers} workers"
                    figure = spread(name, durations, return_1)
                    added = {
                        "a second": len(durations) / seconds,
                        "processor ms": used * 1000 / len(turns),
                        "errors": len(turns) - len(durations),
                    }
                    yield Figure(figure.what, figure.unit, {**figure.values, **added})


def _processor_seconds() -> float:
    """The processor time of the service of this benchmark."""
    total = 0.0
    for process in psutil.Process().children(recursive=True):
        if process.cmdline()[-1:] == ["up"]:
            times = process.cpu_times()
            total += times.user + times.system
    return total


async def _run(
    pool: ProcessPoolExecutor, url: str, token: str, friends: int, clients: int, turns: range
) -> list[float]:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, send_requests, url, token, friends, clients, turns)


def send_requests(url: str, token: str, friends: int, clients: int, turns: range) -> list[float]:
    """The milliseconds of each correct answer, of clients that each send one request after the other."""
    return asyncio.run(_send(url, token, friends, clients, turns))


async def _send(url: str, token: str, friends: int, clients: int, turns: range) -> list[float]:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(headers=headers, limits=limits, timeout=60, trust_env=False) as client:
        shares = await asyncio.gather(*(_ask(client, url, friends, turns[first::clients]) for first in range(clients)))
    return [duration for share in shares for duration in share]


async def _ask(client: httpx.AsyncClient, url: str, friends: int, turns: Sequence[int]) -> list[float]:
    durations = []
    for turn in turns:
        target = target_address(turn * 7 % friends, turn // friends % _EACH)
        start = time.perf_counter()
        answer = await client.post(url, json={"query": QUERY, "variables": {"to": {"email": target}}})
        duration = (time.perf_counter() - start) * 1000
        data = answer.json().get("data") or {}  # none if the request was refused
        if (data.get("introductions") or {}).get("routes"):
            durations.append(duration)
    return durations
