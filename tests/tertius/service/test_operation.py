"""The service in operation: logs, metrics, spans, its shutdown, and its start without Neo4j."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.test_app import Cable

TERTIUS = Path(sys.executable).with_name("tertius")
# a name, addresses and a secret that occur nowhere else
NAME, MAIL, OTHER, SECRET = (
    "Zenobia Quillfeather",
    "zenobia@canary.example",
    "quillfeather@canary.example",
    "hush-canary",
)
CANARIES = ("zenobia", "quillfeather", "canary", "hush")
MESSAGES = "".join(
    f"From x@y Thu Jan  1 00:00:00 2026\nFrom: {NAME} <{by}>\nTo: <{to}>\nDate: 12 Nov 2026 1{n}:00:00 +0000\n"
    f"Message-ID: <{n}@canary.example>\nSubject: hush\n\nhush\n"
    for n, (by, to) in enumerate([(MAIL, OTHER), (OTHER, MAIL)])
)


class Service:
    """A process of `tertius up` and its output."""

    def __init__(self, process: subprocess.Popen[str], errors: Path) -> None:
        self.process, self.errors, self.output = process, errors, ""
        self.address = self.token = ""

    def wait_until_ready(self) -> None:
        """Wait until it prints its address."""
        self.address = self.expect(r"^GraphQL: (.+)/graphql$")
        self.token = Path(self.expect(r"^Your token is in (.+)\.$")).read_text("ascii")

    def expect(self, pattern: str) -> str:
        """Wait for a line that matches, and return its first group."""
        assert self.process.stdout is not None
        while not (match := re.search(pattern, self.output, re.MULTILINE)):
            line = self.process.stdout.readline()
            assert line, self.output + self.errors.read_text("utf-8")
            self.output += line
        return match[match.re.groups and 1]

    def post(self, query: str, **variables: Any) -> httpx.Response:
        """Send a query, again after 503: the database of a busy machine may be too slow."""
        headers = {"Authorization": f"Bearer {self.token}"}
        body = {"query": query, "variables": variables}
        while True:
            response = httpx.post(f"{self.address}/graphql", json=body, headers=headers, timeout=60, trust_env=False)
            if response.status_code != 503:
                return response

    def end(self) -> str:
        """Stop it and return its whole output."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0
        assert self.process.stdout is not None
        return self.output + self.process.stdout.read() + self.errors.read_text("utf-8")


@contextmanager
def up(environment: dict[str, str], folder: Path) -> Iterator[Service]:
    errors = folder / "errors"
    with (
        errors.open("wb") as stderr,
        subprocess.Popen([TERTIUS, "up"], env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        try:
            yield Service(process, errors)
        finally:
            process.kill()


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """Add secrets that must not appear in any output."""
    return environment | {
        "TERTIUS_IMAP__PASSWORD": SECRET,
        "TERTIUS_OIDC__ISSUER": "http://127.0.0.1:9",
        "TERTIUS_OIDC__CLIENT_ID": "tertius",
        "TERTIUS_OIDC__CLIENT_SECRET": SECRET,
        "TERTIUS_OIDC__REDIRECT_URI": "http://127.0.0.1/auth/callback",
    }


class Collector(BaseHTTPRequestHandler):
    """Receives spans by OTLP."""

    def do_POST(self) -> None:
        self.server.received += self.rfile.read(int(self.headers["content-length"]))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def collector() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Collector)
    server.received = bytearray()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def load(service: Service, document: str, content: bytes) -> str:
    """Upload an export, and return the final status of its load, with the error of a failed one."""
    job = service.post(document, who=MAIL).json()["data"]["createLoadJob"]["job"]
    signed = {"Authorization": f"Bearer {service.token}"}
    httpx.put(f"{service.address}{job['uploadPath']}", content=content, headers=signed, trust_env=False)
    query = "query($id: ID!) { loadJob(id: $id) { status error } }"
    while (loaded := service.post(query, id=job["id"]).json()["data"]["loadJob"])["status"] not in ("DONE", "FAILED"):
        pass
    return f"{loaded['status']} {loaded['error'] or ''}".rstrip()


def test_logs_metrics_and_spans_contain_no_private_data(
    environment: dict[str, str], tmp_path: Path, collector: HTTPServer
) -> None:
    port = free_port()
    environment |= {
        "TERTIUS_METRICS__PORT": str(port),
        "TERTIUS_TRACES__ENDPOINT": f"http://127.0.0.1:{collector.server_port}/v1/traces",
    }
    announce = """mutation($who: String!) {
      createLoadJob(input: {fileName: "zenobia.mbox", ownerEmail: $who}) { job { id uploadPath } } }"""
    with up(environment, tmp_path) as service:
        service.wait_until_ready()
        assert load(service, announce, MESSAGES.encode()) == "DONE"
        assert load(service, announce, b"quillfeather").startswith("FAILED")
        response = service.post(
            "query($s: String!) { people(search: $s, first: 1) { edges { node { name } } } }", s=OTHER
        )
        assert "quillfeather" in response.text.casefold()
        for query in (f'{{ people(search: "{MAIL}", first: 99) {{ edges {{ cursor }} }} }}', f"{{ {NAME} }}", "{"):
            assert service.post(query).json()["errors"]
        for wrong in (
            f"/{MAIL}",
            f"/graphql?who={MAIL}",
            "/auth/login?invitation=hush-canary",
            f"/auth/callback?code={SECRET}",
        ):
            httpx.get(service.address + wrong, headers={"X-Who": NAME}, trust_env=False)
        with socket.create_connection(("127.0.0.1", urlsplit(service.address).port or 0)) as raw:
            raw.sendall(f"NOT HTTP {MAIL}\r\n\r\n".encode())
            raw.recv(4096)
        metrics = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
        assert httpx.get(f"{service.address}/metrics", trust_env=False).status_code == 404
        output = service.end()

    received = bytes(collector.received).decode("utf-8", "replace")  # type: ignore[attr-defined]
    for text in (output, metrics, received):
        assert [canary for canary in (*CANARIES, service.token) if canary in text.casefold()] == []
    lines = [json.loads(line) for line in service.errors.read_text("utf-8").splitlines()]
    answered = [line for line in lines if line["message"] == "answered"]
    assert {line["path"] for line in answered} == {"/graphql", "/uploads", "/auth/login", "/auth/callback", "elsewhere"}
    assert all(re.fullmatch("[0-9a-f]{32}", line["request"]) for line in answered)
    for metric in (
        'tertius_http_requests_total{path="/graphql",status="200"}',
        'tertius_http_request_duration_seconds_bucket{le="+Inf",path="/graphql"}',
        'tertius_query_points_total{outcome="charged"}',
        'tertius_loads_total{status="done"} 1.0',
        'tertius_loads_total{status="failed"} 1.0',
        "tertius_route_search_timeouts_total 0.0",
    ):
        assert metric in metrics
    for span in ("/graphql", "networks/read_state", "networks/update_load_job", "db.operation.name"):
        assert span in received


def test_a_stopping_service_answers_open_requests(environment: dict[str, str], tmp_path: Path) -> None:
    with up(environment, tmp_path) as service:
        service.wait_until_ready()
        port = urlsplit(service.address).port or 0
        body = b'{"query": "{ viewer { asOf } }"}'
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            head = f"POST /graphql HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {service.token}\r\n"
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n"
            client.sendall(head.encode())
            assert client.recv(4096).startswith(b"HTTP/1.1 100")  # from here on the request is open
            service.process.send_signal(signal.SIGTERM)
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                except ConnectionRefusedError:
                    break
            client.sendall(body)
            answer = b""
            while piece := client.recv(4096):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 200")
        assert b'"asOf"' in answer
        assert service.process.wait(10) == 0


async def test_a_service_waits_for_your_own_neo4j(environment: dict[str, str], tmp_path: Path) -> None:
    cable = Cable(environment["TERTIUS_NEO4J__URI"])
    await cable.plug()
    await cable.cut()
    port = free_port()
    environment |= {"TERTIUS_NEO4J__URI": f"bolt://127.0.0.1:{cable.port}", "TERTIUS_HTTP__PORT": str(port)}
    here = f"http://127.0.0.1:{port}"

    with up(environment, tmp_path) as service:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            await asyncio.to_thread(service.expect, "The service waits for it.")
            assert (await client.get(f"{here}/healthz")).status_code == 200
            unavailable = await client.post(f"{here}/graphql", json={"query": "{ viewer { asOf } }"})
            assert (unavailable.status_code, unavailable.json()["errors"][0]["extensions"]["code"]) == (
                503,
                "SERVICE_UNAVAILABLE",
            )
            assert (await client.get(f"{here}/readyz")).status_code == 503

            await cable.plug()
            await asyncio.to_thread(service.wait_until_ready)
            while (await client.get(f"{here}/readyz")).status_code != 200:
                pass
        service.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(service.process.wait, 30) == 0
    await cable.cut()
