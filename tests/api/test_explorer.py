"""GraphiQL as the service serves it: from its own files, under a strict content security policy."""

import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.explorer.routes import explorer_router
from tests.browser import CHROMIUM, FLAGS, needs_chromium

STATIC = Path(__file__).parents[2] / "api" / "explorer" / "static"
HTML = {"Accept": "text/html"}


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.include_router(explorer_router())
    return app


@pytest.fixture
def client(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tertius")


async def test_the_page_loads_nothing_from_another_host(client: httpx.AsyncClient) -> None:
    page = await client.get("/graphql", headers=HTML)
    policy = dict(part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";"))
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page.text)

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not [address for address in addresses if ":" in address and not address.startswith("data:")]
    for address in addresses:
        if not address.startswith("data:"):
            assert (await client.get(f"/{address}")).status_code == 200


async def test_the_files_are_those_that_were_built(client: httpx.AsyncClient) -> None:
    lines = (line.split("  ") for line in (STATIC / "SHA256SUMS").read_text("ascii").splitlines())
    sums = {name: digest for digest, name in lines}

    assert sums.keys() == {path.name for path in STATIC.iterdir()} - {"SHA256SUMS"}
    assert {name: sha256((STATIC / name).read_bytes()).hexdigest() for name in sums} == sums
    for name, kind in (("graphiql.js", "text/javascript"), ("graphiql.css", "text/css")):
        response = await client.get(f"/graphql/{name}")
        assert response.headers["content-type"].startswith(kind)
        assert sha256(response.content).hexdigest() == sums[name]


@pytest.mark.parametrize("name", ["LICENCES.txt", "..%2froutes.py", "SHA256SUMS"])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/graphql/{name}")).status_code == 404


async def test_a_program_gets_no_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/graphql", headers={"Accept": "application/json"})).status_code == 405


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.slow
@needs_chromium
def test_a_browser_shows_the_editor_and_reports_no_violation(app: FastAPI, tmp_path: Path) -> None:
    with listening(app) as address:
        command = [
            str(CHROMIUM),
            "--headless=new",
            *FLAGS,
            "--enable-logging=stderr",
            f"--user-data-dir={tmp_path}",
            "--virtual-time-budget=20000",
            "--dump-dom",
            f"{address}/graphql",
        ]
        browser = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert "graphiql-query-editor" in browser.stdout, browser.stderr
    assert "Content Security Policy" not in browser.stderr
