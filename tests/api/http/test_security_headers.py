"""The headers that every answer has, and answers that do not repeat the header Host."""

from typing import Any

import httpx

from tests.api.conftest import SIGNED, Counting, served

ALWAYS = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
REQUESTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("GET", "/healthz", {}),
    ("GET", "/nowhere", {}),
    ("GET", "/about-me", {}),
    ("GET", "/about-me/", {}),
    ("GET", "/auth/callback", {}),
    ("DELETE", "/graphql", {}),
    ("POST", "/graphql", {"content": b"{"}),
    ("POST", "/graphql", {"headers": SIGNED, "json": {"query": "{viewer{asOf}}"}}),
    ("POST", "/graphql", {"headers": SIGNED, "content": b" " * 100_001}),
    ("PUT", "/uploads/x", {"headers": SIGNED}),
    ("POST", "/targets", {"headers": SIGNED, "content": b""}),
    ("POST", "/join", {"json": []}),
    ("POST", "/mcp", {"headers": SIGNED, "json": {}}),
)


async def test_every_answer_forbids_sniffing_storing_and_scripts(sample: Counting) -> None:
    async with served(sample) as client:
        for method, path, options in REQUESTS:
            response = await client.request(method, path, **options)
            assert {name: response.headers[name] for name in ALWAYS} == ALWAYS, path
            assert "default-src 'none'" in response.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
            assert len(response.headers.get_list("content-security-policy")) == 1
            assert "strict-transport-security" not in response.headers


async def test_an_answer_over_tls_demands_tls_for_later_requests(client: httpx.AsyncClient) -> None:
    response = await client.get("https://tertius/healthz")

    assert response.headers["strict-transport-security"] == "max-age=31536000"


async def test_no_answer_repeats_the_header_host(client: httpx.AsyncClient) -> None:
    for path in ("/about-me", "/about-me/", "/graphql/", "/healthz/", "/nowhere"):
        response = await client.get(path, headers={"Host": "evil.example"})
        assert not response.is_redirect
        assert "evil.example" not in response.text + str(response.headers)
