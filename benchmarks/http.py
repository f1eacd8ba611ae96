"""Runs the service on a network of contacts of contacts, and measures MCP."""

import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from benchmarks.figures import Figure, spread
from benchmarks.loading import NEWEST, OWNER
from graph.records import Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record

EACH = 5
"""Targets behind each contact of the asker."""
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


def contacts_of_contacts(friends: int) -> Iterator[Record]:
    """Messages of the owner's contacts, and of their contacts, who write to them with the owner in copy."""
    yield Owner(OWNER)
    for number in range(friends):
        friend = PersonMention((Handle(HandleKind.EMAIL, f"f{number}@circle{number}.example"),), f"Friend {number}")
        at = NEWEST - timedelta(days=number % _QUARTER)
        yield Interaction(OWNER, (friend,), at, Channel.MAIL, f"{number}")
        yield Interaction(friend, (OWNER,), at + timedelta(hours=1), Channel.MAIL, f"{number}.back")
        for other in range(EACH):
            further = PersonMention(
                (Handle(HandleKind.EMAIL, target_address(number, other)),), f"Further {number} {other}"
            )
            yield Interaction(further, (friend, OWNER), at, Channel.MAIL, f"{number}.{other}")
            yield Interaction(friend, (further,), at + timedelta(hours=1), Channel.MAIL, f"{number}.{other}.back")


def target_address(number: int, other: int) -> str:
    """The address of a target behind a contact of the owner."""
    return f"o{other}@far{number}.example"


async def mcp(
    address: tuple[str, str, str], folder: Path, network: str, *, friends: int, calls: int, return_1: float
) -> AsyncIterator[Figure]:
    """The durations of one client of MCP, and its wrong answers."""
    with served(address, folder, network) as (url, token):
        durations = await _call(url.replace("/graphql", "/mcp"), token, friends, range(calls))
    figure = spread("introductions by MCP, 1 client", durations, return_1)
    yield Figure(figure.what, figure.unit, {**figure.values, "errors": calls - len(durations)})


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
            target = target_address(turn * 7 % friends, turn % EACH)
            start = time.perf_counter()
            result = await client.call_tool("find_introductions", {"target": target})
            duration = (time.perf_counter() - start) * 1000
            if not result.is_error and result.structured_content.get("routes"):
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
        "TERTIUS_LIMITS__REQUEST_SECONDS": "60",
        "TERTIUS_LIMITS__SEARCH_SECONDS": "50",
        "TERTIUS_NETWORK": network,
        "TERTIUS_HOME": str(folder / "service"),
    }
    command: list[Path | str] = [Path(sys.executable).with_name("tertius"), "up"]
    folder.mkdir(exist_ok=True)
    with (
        (folder / "service.log").open("w+", encoding="utf-8") as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            output = ""
            while "Your token is in" not in output and process.stdout and (line := process.stdout.readline()):
                output += line
            urls = re.findall(r"^GraphQL: (.+)$", output, re.MULTILINE)
            token_files = re.findall(r"^Your token is in (.+)\.$", output, re.MULTILINE)
            if not urls or not token_files:
                log.seek(0)
                raise RuntimeError(f"The service did not start: {output}{log.read()[-2_000:]}")
            yield urls[0], Path(token_files[0]).read_text("ascii")
        finally:
            process.terminate()
            process.wait(30)
