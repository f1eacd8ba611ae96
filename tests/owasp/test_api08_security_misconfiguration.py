"""API8: by default the service shows no debug information and no names of programs, and it accepts few methods."""

import re

import pytest

from tests.owasp.conftest import Service, signed

METHODS = ("TRACE", "TRACK", "DEBUG", "CONNECT", "PROPFIND", "PATCH", "DELETE", "OPTIONS", "HEAD")
PATHS = ("/", "/graphql", "/healthz", "/about-me", "/targets", "/uploads/x", "/join", "/mcp")
REVEALING = re.compile(
    r"Traceback|File \"|\.py|site-packages|neo4j\.|Neo\.|uvicorn|starlette|strawberry", re.IGNORECASE
)
BROKEN = (
    ("POST", "/graphql", b"{"),
    ("POST", "/graphql", b"\xff"),
    ("POST", "/graphql", b'{"query": "{ nothing }"}'),
    ("POST", "/graphql", b'{"query": "{ node(id: 1.5) { id } }"}'),
    ("POST", "/graphql?debug=true&trace=1&pretty=1", b'{"query": "{ nothing }", "extensions": {"tracing": true}}'),
    ("POST", "/targets", b"\x00"),
    ("POST", "/join", b"[]"),
    ("POST", "/mcp", b"{"),
    ("POST", "/mcp", b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 1}}'),
    ("PUT", "/uploads/%00", b"x"),
    ("GET", "/auth/callback?code=%ff", b""),
    ("GET", "/../../etc/passwd", b""),
    ("GET", "/%2e%2e/%2e%2e/etc/passwd", b""),
)


@pytest.mark.parametrize("method", METHODS)
async def test_an_unused_http_method_is_refused_and_not_echoed(service: Service, method: str) -> None:
    for path in PATHS:
        response = await service.client.request(method, path, headers={**signed("ben"), "X-Canary": "quill"})
        assert response.status_code in (400, 404, 405), path
        assert "quill" not in response.text + str(response.headers)


async def test_an_error_reveals_nothing_of_the_program(service: Service) -> None:
    for method, path, content in BROKEN:
        headers = {**signed("ben"), "Content-Type": "application/json", "X-Debug": "1", "Apollo-Tracing": "1"}
        response = await service.client.request(method, path, content=content, headers=headers)
        assert not REVEALING.search(response.text), path
        assert "server" not in response.headers
        assert "x-powered-by" not in response.headers
        assert response.status_code < 500
        if "json" in response.headers.get("content-type", ""):
            assert "tracing" not in response.json().get("extensions", {})
