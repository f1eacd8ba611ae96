"""`make soak`: loads, questions and hostile requests in a loop against `tertius up`, and the memory that they take.

The figures are written to FIGURES and, from there, to docs/security.md.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil

from tests.api.graphql.request.test_validation import HOSTILE, UNREADABLE

TERTIUS = Path(sys.executable).with_name("tertius")
FIGURES = Path(__file__).with_name("soak.json")
PAGE = Path(__file__).parents[2] / "docs" / "security.md"
START, END = "<!-- soak -->", "<!-- end of soak -->"
NO_RUN = f"{START}\nNo run is recorded yet.\n{END}"
REST_SECONDS = 100
"""Time without requests before memory is read: longer than the minute after which the service returns free memory."""
WARM_SECONDS = 60
"""Time of ordinary loads and questions before the level of the memory is read."""
STAFF = 400
"""People at one company whom the member knows."""
SETTINGS = {"TERTIUS_HTTP__PORT": "0", "TERTIUS_NETWORK": "soak", "TERTIUS_LIMITS__POINTS_PER_HOUR": "1000000000"}
ME = "ana@home.example"
LOAD = """mutation($name: String!, $owner: String!) {
  createLoadJob(input: {fileName: $name, ownerEmail: $owner}) { job { id uploadPath } } }"""
STATUS = "query($id: ID!) { loadJob(id: $id) { status } }"
HISTORY = "history(months: 60) { explanation months { until strength outbound { count } inbound { count } } }"
QUESTIONS = (
    '{ introductions(to: {email: "p7@big.example"}, limit: 20) { __typename } }',
    '{ people(search: "person", first: 50) { edges { node { name tie { strengthLabel evidence } } } } }',
    '{ company(name: "Big") { currentContacts { person { name tie { evidence } } } } }',
    "{ fadingTies(first: 20) { nodes { __typename } } }",
    f'{{ tie(to: {{email: "p3@big.example"}}) {{ ... on Tie {{ {HISTORY} }} }} }}',
)
DEAREST = (
    f'{{ company(name: "Big") {{ currentContacts {{ person {{ tie {{ {HISTORY} }} }} }} }} }}',
    "{ "
    + " ".join(
        f'a{n}: people(search: "person", first: 50) {{ edges {{ node {{ name tie {{ evidence }} }} }} }}'
        for n in range(4)
    )
    + " }",
)
"""Questions that use most of the points of a request (`amplify` of the attack scripts)."""


@dataclass
class Figures:
    """What a run measured. Memory in MB, times in seconds."""

    day: str
    minutes: float
    start: int = 0
    warm: int = 0
    peak: int = 0
    end: int = 0
    readers_peak: int = 0
    loads: int = 0
    questions: int = 0
    hostile: int = 0
    hostile_bytes: int = 0
    slowest_answer: float = 0.0
    slowest_health_check: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)


class Soak:
    """One run against a service."""

    def __init__(self, address: str, token: str, process: psutil.Process, minutes: float) -> None:
        self.address, self.process = address, process
        self.figures = Figures(datetime.now(UTC).date().isoformat(), minutes)
        self.errors: Counter[str] = Counter()
        headers = {"Authorization": f"Bearer {token}"}
        self.client = httpx.AsyncClient(base_url=address, headers=headers, timeout=120, trust_env=False)
        self.random = random.Random(1)

    def memory(self) -> int:
        return int(self.process.memory_info().rss // 2**20)

    async def send(self, method: str, path: str, **options: object) -> httpx.Response | None:
        """Send a request and note how long the answer took. None if the service closed the connection."""
        began = time.monotonic()
        try:
            response = await self.client.request(method, path, **options)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            self.errors[type(error).__name__] += 1
            return None
        self.figures.slowest_answer = max(self.figures.slowest_answer, time.monotonic() - began)
        if response.status_code >= 500:
            self.errors[f"status {response.status_code}"] += 1
        return response

    async def ask(self, query: str, **variables: object) -> Any:
        """The data of an answer, None without any."""
        response = await self.send("POST", "/graphql", json={"query": query, "variables": variables})
        answer = {} if response is None else response.json()
        for error in answer.get("errors", ()):
            if (code := error["extensions"]["code"]) in ("SERVICE_UNAVAILABLE", "TIMEOUT"):
                self.errors[code] += 1
        return answer.get("data")

    async def load(self, name: str, content: bytes) -> None:
        """Upload an export and wait until its load has ended."""
        created = (await self.ask(LOAD, name=name, owner=ME) or {}).get("createLoadJob")
        if created is None:
            return
        job = created["job"]
        await self.send("PUT", job["uploadPath"], content=content)
        for _ in range(1_200):
            status = (await self.ask(STATUS, id=job["id"]) or {}).get("loadJob")
            if status is not None and status["status"] in ("DONE", "FAILED"):
                break
            await asyncio.sleep(0.5)
        self.figures.loads += 1

    async def load_something(self) -> None:
        await self.load("mail.csv", table(self.random.randrange(STAFF), 200))
        await self.load("book.vcf", cards(self.random.randrange(1, STAFF)))
        await asyncio.sleep(1)

    async def ask_something(self) -> None:
        await self.ask(self.random.choice(QUESTIONS))
        self.figures.questions += 1
        await asyncio.sleep(0.1)

    async def attack(self) -> None:
        """Send one hostile input."""
        kind = self.random.randrange(8)
        self.figures.hostile += 1
        if kind == 0:
            await self.ask(self.random.choice(DEAREST))
        elif kind == 1:
            await self.load("rules.ics", calendar(300))
        elif kind == 2:
            await self.hold_connections(40)
        elif kind == 3:
            text = "Name\n" + "Person Nr1\n" * 4_999
            self.figures.hostile_bytes += len(text)
            await self.send("POST", "/targets", content=text)
        elif kind == 4:
            body = self.random.choice([*UNREADABLE.values()])
            self.figures.hostile_bytes += len(body)
            await self.send("POST", "/graphql", content=body, headers={"Content-Type": "application/json"})
        else:
            query = self.random.choice([*HOSTILE.values()])
            self.figures.hostile_bytes += len(query)
            await self.ask(query)

    async def hold_connections(self, number: int) -> None:
        """Clients that never finish their request (`slow` of the attack scripts)."""
        place = urlsplit(self.address)
        held = []
        for _ in range(number):
            with suppress(OSError):
                _, writer = await asyncio.open_connection(place.hostname, place.port)
                writer.write(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n{")
                held.append(writer)
        await asyncio.sleep(2)
        for writer in held:
            writer.transport.abort()

    async def sample(self) -> None:
        """Note the memory of the service and of its readers, and ask whether it lives."""
        self.figures.peak = max(self.figures.peak, self.memory())
        with suppress(psutil.Error):
            readers = sum(child.memory_info().rss for child in self.process.children()) // 2**20
            self.figures.readers_peak = max(self.figures.readers_peak, int(readers))
        began = time.monotonic()
        await self.send("GET", "/healthz")
        self.figures.slowest_health_check = max(self.figures.slowest_health_check, time.monotonic() - began)
        await asyncio.sleep(0.5)

    async def run(self) -> Figures:
        """Load a network, warm up, measure, attack until the time is over, rest, and measure again."""
        await self.load("mail.csv", table(0, STAFF))
        await self.load("book.vcf", cards(STAFF))
        for query in QUESTIONS:
            await self.ask(query)
        self.figures.start = self.memory()
        ordinary = (self.load_something, self.ask_something, self.sample)
        await repeat_together(ordinary, WARM_SECONDS)
        await asyncio.sleep(REST_SECONDS)
        self.figures.warm = self.memory()
        await repeat_together((*ordinary, self.attack, self.attack), self.figures.minutes * 60)
        await asyncio.sleep(REST_SECONDS)
        self.figures.end = self.memory()
        self.figures.errors = dict(self.errors)
        await self.client.aclose()
        return self.figures


async def repeat_together(actions: Iterable[Callable[[], Awaitable[None]]], seconds: float) -> None:
    """Repeat each of these actions until the time is over, all at the same time."""
    ends_at = time.monotonic() + seconds

    async def repeat(action: Callable[[], Awaitable[None]]) -> None:
        while time.monotonic() < ends_at:
            await action()

    await asyncio.gather(*map(repeat, actions))


def table(first: int, number: int) -> bytes:
    """Messages between the member and these people."""
    rows = ["from,to,at,channel"]
    for person in range(first, first + number):
        who = f"p{person}@big.example"
        for month in range(1, 11):
            rows += [f"{a},{b},2026-{month:02}-11T09:00:00+00:00,mail" for a, b in ((ME, who), (who, ME))]
    return "\n".join((*rows, "")).encode()


def cards(number: int) -> bytes:
    """An address book of people at one company."""
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person Nr{n}\r\nEMAIL:p{n}@big.example\r\nORG:Big\r\nEND:VCARD\r\n"
        for n in range(number)
    ).encode()


def calendar(number: int) -> bytes:
    """Meetings of every day for years (`starve` of the attack scripts)."""
    events = (
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20240101T000000Z\r\nDTSTAMP:20261101T000000Z\r\nRRULE:FREQ=DAILY\r\n"
        f"ORGANIZER:mailto:{ME}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a{n}@b.example\r\nEND:VEVENT\r\n"
        for n in range(number)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


async def soak(folder: Path, minutes: float) -> Figures:
    """Run against a service of its own, with a Neo4j of its own in the folder."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("TERTIUS_")}
    environment |= SETTINGS | {"TERTIUS_HOME": str(folder)}
    service = await asyncio.create_subprocess_exec(
        TERTIUS, "up", env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        assert service.stdout is not None
        output = ""
        while "Your token is in" not in output:
            line = await service.stdout.readline()
            assert line, output
            output += line.decode()
        (address,) = re.findall(r"^GraphQL: (.+)/graphql$", output, re.MULTILINE)
        token = (folder / "soak.token").read_text("ascii").strip()
        return await Soak(address, token, psutil.Process(service.pid), minutes).run()
    finally:
        service.send_signal(signal.SIGTERM)
        await service.wait()
        down = await asyncio.create_subprocess_exec(TERTIUS, "down", env=environment)
        await down.wait()


def markdown(figures: Figures) -> str:
    """The figures as a table."""
    errors = ", ".join(f"{number} × {kind}" for kind, number in sorted(figures.errors.items())) or "none"
    growth = figures.end / max(figures.warm, 1)
    rows = {
        "day": figures.day,
        "duration": f"{figures.minutes:g} min",
        "memory of the service after the first loads": f"{figures.start:,} MB",
        "after a minute of ordinary requests, and a rest": f"{figures.warm:,} MB",
        "at most": f"{figures.peak:,} MB",
        "after the hostile requests, and a rest": f"{figures.end:,} MB ({growth:.2f} times)",
        "of the child processes that read exports, at most": f"{figures.readers_peak:,} MB",
        "loads": f"{figures.loads:,}",
        "questions": f"{figures.questions:,}",
        "hostile inputs": f"{figures.hostile:,} ({figures.hostile_bytes / 2**20:.1f} MB)",
        "slowest answer": f"{figures.slowest_answer:.1f} s",
        "slowest `/healthz`": f"{figures.slowest_health_check:.2f} s",
        "answers with `TIMEOUT`, `SERVICE_UNAVAILABLE` or a status of 5xx": errors,
    }
    lines = "\n".join(f"| {name} | {text} |" for name, text in rows.items())
    return f"{START}\n| figure | value |\n| --- | --- |\n{lines}\n{END}"


def read_figures() -> Figures:
    return Figures(**json.loads(FIGURES.read_text("utf-8")))


def main() -> None:
    """Run, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--dry", action="store_true", help="print the figures and write nothing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(soak(Path(folder), arguments.minutes))
    print(json.dumps(asdict(figures), indent=2))
    if arguments.dry:
        return
    FIGURES.write_text(json.dumps(asdict(figures), indent=2) + "\n", "utf-8")
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(f"{before}{markdown(figures)}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
