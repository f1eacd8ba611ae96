"""Tests that no HTTP request to any route causes an internal error. `make fuzz` sends more, with other random values.

Schemathesis would generate requests from an OpenAPI description. The routes read raw bodies, about which a description
would say nothing. GraphQL has a fuzzer of its own (tests/laws/test_graphql_fuzz.py).
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

import neo4j
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.sign_in.oidc import Client, Provider
from tests.api.conftest import LIMITS
from tests.owasp.conftest import READER, ROLES, Service, create_networks, listening
from tests.owasp.test_api09_improper_inventory_management import INVENTORY

pytestmark = pytest.mark.fuzz

EXAMPLES = os.environ.get("TERTIUS_TEST_EXAMPLES")
SERVED = sorted(path for path in INVENTORY if path != "/graphql/{name}")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

texts = st.text() | st.sampled_from(("ana", "1", "..", "%00", "\ud83d", "a" * 300, "ida@near.example", "=1+1"))
printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(
    st.sampled_from(("query", "variables", "operationName", "extensions", "name", "email")), values
)
bodies = st.one_of(
    st.binary(max_size=200),
    (values | objects).map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass")),
    st.dictionaries(st.sampled_from(("address", "form", "x")), texts).map(
        lambda form: "&".join(
            f"{name}={quote(text.encode('utf-8', 'replace'))}" for name, text in form.items()
        ).encode()
    ),
    st.lists(st.lists(texts, max_size=3).map(",".join), max_size=4).map(
        lambda rows: "\n".join(rows).encode("utf-8", "replace")
    ),
    st.sampled_from(
        (
            b'{"query": "{viewer{role}}"}',
            b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}',
            b"Name\nIda",
            b"address=ida@near.example",
            b"\xff\xfe\x00",
            b"PK\x03\x04",
        )
    ),
)
NAMES = """
Accept Accept-Encoding Content-Type Cookie Host If-None-Match Origin Range Referer X-Forwarded-For X-Forwarded-Proto
X-CSRF-Token Sec-Fetch-Site X-Request-Id Access-Control-Request-Method MCP-Protocol-Version Mcp-Method Mcp-Name
"""
headers = st.dictionaries(
    st.sampled_from(NAMES.split())
    | st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True).filter(
        lambda name: name.lower() not in ("content-length", "transfer-encoding", "connection", "expect", "upgrade")
    ),
    printable
    | st.sampled_from((JSON, FORM, "text/csv", "multipart/form-data; boundary=a", "*/*", "text/html", "same-origin"))
    | st.sampled_from(("tertius_about_me=a", "__Host-tertius-session=a")),
    max_size=5,
)
methods = st.sampled_from(("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE")) | st.from_regex(
    r"[A-Z]{1,12}", fullmatch=True
)
parts = st.text(max_size=20).map(lambda text: quote(text.encode("utf-8", "replace"), safe=""))
paths = st.sampled_from(SERVED).flatmap(
    lambda path: parts.map(lambda part: path.replace("{id}", part).replace("{secret}", part))
) | parts.map(lambda part: f"/{part}")
queries = st.just("") | st.dictionaries(
    st.sampled_from(("maxIntroducers", "start", "network", "state", "code")), parts
).map(lambda pairs: "?" + "&".join(f"{name}={value}" for name, value in pairs.items()))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(driver: neo4j.AsyncDriver, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    await create_networks(driver)
    # nobody listens at port 9: without a provider there would be no routes under /auth
    provider = Provider(Client("http://127.0.0.1:9", "a", "b", "http://127.0.0.1:9/auth/callback"))
    limits = replace(LIMITS, points_per_hour=10**9)
    async with listening(
        driver, tmp_path_factory.mktemp("uploads"), limits, provider=provider, public_url="http://tertius"
    ) as running:
        yield running


async def status_of(address: str, request: bytes) -> int:
    """Send these bytes on a connection of their own, and return the status of the answer."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    try:
        writer.write(request)
        async with asyncio.timeout(60):
            return int((await reader.readline()).split()[1])
    finally:
        writer.transport.abort()


@settings(
    max_examples=int(EXAMPLES or 200),
    derandomize=EXAMPLES is None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    token=st.sampled_from((*ROLES, READER, "", "quorwin")),
    method=methods,
    path=paths,
    query=queries,
    header=headers,
    body=bodies,
)
async def test_any_request_is_answered_or_refused(
    service: Service, token: str, method: str, path: str, query: str, header: dict[str, str], body: bytes
) -> None:
    lines = {"Host": "tertius", "Content-Type": JSON, "Authorization": f"Bearer {token}"} | header
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    start = f"{method} {path}{query} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"

    status = await status_of(str(service.client.base_url), start.encode("latin-1") + body)

    # without an answer of its provider, a sign-in is unavailable
    assert status < 500 or (status == 503 and path == "/auth/login"), (start, body)
