"""Asks a service over plain connections.

It runs on the cores of the service that is measured, so it takes as little processor time as possible.
"""

import asyncio
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"
_SECONDS = 300
"""Time after which a service that does not answer ends the run."""


@dataclass(slots=True)
class Answers:
    """The milliseconds of each correct answer, and the processor seconds of the process that asked."""

    durations: list[float] = field(default_factory=list)
    processor_seconds: float = 0.0


def ask_all(port: int, token: str, query: str, variables: Sequence[object], clients: int) -> Answers:
    """Send a request for each of the variables. Each client sends one after the other over one connection.

    An answer counts as correct if it has a route.
    """
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
    bodies = [json.dumps({"query": query, "variables": each}).encode() for each in variables]
    requests = [b"%b%d\r\n\r\n%b" % (head, len(body), body) for body in bodies]
    answers = Answers()
    began = time.process_time()
    asyncio.run(_ask_all(port, requests, clients, answers))
    answers.processor_seconds = time.process_time() - began
    return answers


async def _ask_all(port: int, requests: Sequence[bytes], clients: int, answers: Answers) -> None:
    async with asyncio.timeout(_SECONDS):
        await asyncio.gather(*(_ask(port, requests[first::clients], answers) for first in range(clients)))


async def _ask(port: int, requests: Sequence[bytes], answers: Answers) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(_END_OF_HEAD)
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        duration = (time.perf_counter() - start) * 1000
        data = json.loads(body).get("data") or {}  # none if the request was refused
        if (data.get("introductions") or {}).get("routes"):
            answers.durations.append(duration)
    writer.close()
    await writer.wait_closed()
