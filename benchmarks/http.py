"""Measures the service over loopback with several concurrent clients, each sending one request after the other."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from benchmarks.figures import Figure, spread
from benchmarks.loading import NEWEST, OWNER, TODAY
from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.networks.registry import find_or_create_network
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record

CLIENTS = (1, 16, 64)
QUERY = """
query($to: PersonRef!) {
  introductions(to: $to) {
    __typename
    ... on Introductions {
      routes { introducers { name } summary score steps { strengthLabel evidence } messageToForward }
    }
  }
}
"""
_QUARTER = 90
"""Days over which the messages of the network are spread: routes over older single messages score too low."""


def contacts_of_contacts(friends: int, each: int) -> Iterator[Record]:
    """Messages of the owner's contacts, and of their contacts, who write to them with the owner in copy."""
    yield Owner(OWNER)
    for number in range(friends):
        friend = PersonMention((Handle(HandleKind.EMAIL, f"f{number}@circle{number}.example"),), f"Friend {number}")
        at = NEWEST - timedelta(days=number % _QUARTER)
        yield Interaction(OWNER, (friend,), at, Channel.MAIL, f"{number}")
        yield Interaction(friend, (OWNER,), at + timedelta(hours=1), Channel.MAIL, f"{number}.back")
        for other in range(each):
            further = PersonMention(
                (Handle(HandleKind.EMAIL, target_address(number, other)),), f"Further {number} {other}"
            )
            yield Interaction(further, (friend, OWNER), at, Channel.MAIL, f"{number}.{other}")
            yield Interaction(friend, (further,), at + timedelta(hours=1), Channel.MAIL, f"{number}.{other}.back")


def target_address(number: int, other: int) -> str:
    """The address of a target behind a contact of the owner."""
    return f"o{other}@far{number}.example"


async def http(
    graph: Graph,
    address: tuple[str, str, str],
    folder: Path,
    network: str,
    *,
    friends: int,
    requests: int,
    return_1: float,
) -> AsyncIterator[Figure]:
    """Requests a second and their durations, for one client and for many."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    await load_records(
        graph,
        home,
        member,
        kind="mailbox",
        records=contacts_of_contacts(friends, 5),
        today=TODAY,
        stated_owner="ana@home.example",
    )
    with served(address, folder, network) as (url, token):
        headers = {"Authorization": f"Bearer {token}"}
        limits = httpx.Limits(max_connections=max(CLIENTS))
        async with httpx.AsyncClient(headers=headers, limits=limits, timeout=60, trust_env=False) as client:
            await _ask(client, url, friends, range(requests // 10))
            for clients in CLIENTS:
                start = time.perf_counter()
                shares = [range(first, requests, clients) for first in range(clients)]
                results = await asyncio.gather(*(_ask(client, url, friends, share) for share in shares))
                seconds = time.perf_counter() - start
                durations = [duration for result in results for duration in result]
                figure = spread(f"introductions over HTTP, {clients} clients", durations, return_1)
                errors = requests - len(durations)
                yield Figure(
                    figure.what, figure.unit, {**figure.values, "a second": requests / seconds, "errors": errors}
                )
        durations = await _call(url.replace("/graphql", "/mcp"), token, friends, range(requests // 2))
        figure = spread("introductions by MCP, 1 client", durations, return_1)
        yield Figure(figure.what, figure.unit, {**figure.values, "errors": requests // 2 - len(durations)})


async def _call(url: str, token: str, friends: int, turns: range) -> list[float]:
    """The milliseconds of each correct answer to a client of the MCP SDK; wrong answers are omitted."""
    headers = {"Authorization": f"Bearer {token}"}
    durations = []
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60, trust_env=False) as connection,
        Client(streamable_http_client(url, http_client=connection)) as client,
    ):
        await client.list_tools()
        for turn in turns:
            target = target_address(turn * 7 % friends, turn % 5)
            start = time.perf_counter()
            result = await client.call_tool("find_introductions", {"target": target})
            duration = (time.perf_counter() - start) * 1000
            if not result.is_error and result.structured_content.get("routes"):
                durations.append(duration)
    return durations


async def _ask(client: httpx.AsyncClient, url: str, friends: int, turns: range) -> list[float]:
    """The milliseconds of each correct answer; wrong answers are omitted."""
    durations = []
    for turn in turns:
        body = {"query": QUERY, "variables": {"to": {"email": target_address(turn * 7 % friends, turn % 5)}}}
        start = time.perf_counter()
        answer = await client.post(url, json=body)
        duration = (time.perf_counter() - start) * 1000
        data = answer.json().get("data") or {}  # none if the time of the request ended
        if (data.get("introductions") or {}).get("routes"):
            durations.append(duration)
    return durations


@contextmanager
def served(address: tuple[str, str, str], folder: Path, network: str, *, workers: int = 1) -> Iterator[tuple[str, str]]:
    """Run `tertius up` on the network; yield its URL and a token."""
    uri, user, password = address
    environment = os.environ | {
        "TERTIUS_NEO4J__URI": uri,
        "TERTIUS_NEO4J__USER": user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_HTTP__PORT": "0",
        "TERTIUS_HTTP__WORKERS": str(workers),
        "TERTIUS_LIMITS__POINTS_PER_HOUR": str(10**9),
        "TERTIUS_NETWORK": network,
        "TERTIUS_HOME": str(folder / "service"),
    }
    command: list[Path | str] = [Path(sys.executable).with_name("tertius"), "up"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            output = ""
            while "Your token is in" not in output and process.stdout and (line := process.stdout.readline()):
                output += line
            (url,) = re.findall(r"^GraphQL: (.+)$", output, re.MULTILINE)
            (token_file,) = re.findall(r"^Your token is in (.+)\.$", output, re.MULTILINE)
            yield url, Path(token_file).read_text("ascii")
        finally:
            process.terminate()
            process.wait(30)
