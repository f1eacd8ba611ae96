"""MCP over HTTP: authentication, metadata, host names, limits and headers."""

import json
from typing import Any

import httpx
import pytest

from api.request_limits import MAX_BODY_BYTES
from api.sign_in.browser_session import session_cookie
from graph.networks.permissions import Scope
from graph.networks.tokens import grant_token
from tests.api.conftest import TOKEN, Counting
from tests.api.mcp.conftest import serving
from tests.graph.worlds import home

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
METADATA = "/.well-known/oauth-protected-resource/mcp"


async def send(address: str, token: str | None = TOKEN, body: Any = INITIALIZE, **headers: str) -> httpx.Response:
    accepted = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    signed = {"authorization": f"Bearer {token}"} if token is not None else {}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        return await client.post("/mcp", content=content, headers={**accepted, **signed, **headers})


async def test_a_client_without_a_valid_token_learns_how_to_authenticate(address: str, sample: Counting) -> None:
    for token in (None, "wrong"):
        response = await send(address, token)
        assert response.status_code == 401, token
        assert f'resource_metadata="{address}{METADATA}"' in response.headers["www-authenticate"]

    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        metadata = (await client.get(METADATA)).json()
    assert metadata["resource"] == f"{address}/mcp"
    assert metadata["scopes_supported"] == ["read"]
    assert metadata["bearer_methods_supported"] == ["header"]


async def test_a_token_needs_the_scope_read(address: str, sample: Counting) -> None:
    network, member = await home(sample, "demo")
    await grant_token(sample, network, member, "writer", scopes=[Scope.WRITE, Scope.ADMIN])
    await grant_token(sample, network, member, "reader", scopes=[Scope.READ])

    assert (await send(address, "writer")).status_code == 403
    assert (await send(address, "reader")).status_code == 200


async def test_a_cookie_does_not_authenticate(address: str) -> None:
    origin = {"Origin": address}
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        began = await client.post("/session", json={"token": TOKEN}, headers=origin)
    cookie = began.headers["set-cookie"].partition(";")[0]
    own_page = {**origin, "cookie": cookie, "x-csrf-token": began.json()["csrfToken"]}

    asked = await send(address, None, **own_page)
    with_token = await send(address, None, cookie=f"{session_cookie(address, address)}={TOKEN}")

    assert (began.status_code, asked.status_code, with_token.status_code) == (201, 401, 401)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])
async def test_another_host_name_is_refused_with_the_remedy(address: str, host: str) -> None:
    response = await send(address, host=host)

    assert response.status_code == 421
    assert "TERTIUS_HTTP__PUBLIC_URL" in response.json()["errors"][0]["message"]
    assert "evil" not in response.text


async def test_the_public_address_and_loopback_are_served(sample: Counting) -> None:
    async with serving(
        sample, public_url="https://tertius.example.org", origins=["https://app.example.org"]
    ) as address:
        for host in ("tertius.example.org", "tertius.example.org:443", "localhost", "127.0.0.1:1", "[::1]:8787"):
            assert (await send(address, host=host)).status_code == 200, host
        assert (await send(address, origin="https://app.example.org")).status_code == 200
        assert (await send(address, origin="https://evil.example")).status_code == 403
        response = await send(address, None)
    async with serving(sample, origins=["*"]) as address:
        page = await send(address, origin="https://any.example")

    assert (page.status_code, page.headers["access-control-allow-origin"]) == (200, "*")
    assert f'"https://tertius.example.org{METADATA}"' in response.headers["www-authenticate"]


async def test_responses_have_the_headers_and_limits_of_the_service(address: str) -> None:
    answered = await send(address)
    too_large = await send(address, body=b" " * (MAX_BODY_BYTES + 1))
    unreadable = await send(address, body=b"{")
    async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
        other = [(await client.request(method, "/mcp")).status_code for method in ("GET", "DELETE", "PUT")]

    assert answered.status_code == 200
    assert answered.json()["result"]["protocolVersion"] == "2025-11-25"
    for response in (answered, too_large, unreadable):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-request-id"]
    assert (too_large.status_code, unreadable.status_code) == (413, 400)
    assert other == [405, 405, 405]
