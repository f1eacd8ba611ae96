"""The built page as the service serves it: its files, its headers, and addresses without a screen."""

import gzip
import re

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from api.http.errors import on_http_error
from api.http.request_bounds import RequestBounds
from api.http.waiting import unavailable_app
from api.page.routes import page_router
from api.paths import SCREENS
from api.security_headers import SecurityHeaders
from tests.page.build import BUILT

ASSETS = sorted(path.name for path in (BUILT / "assets").iterdir())
INDEX = (BUILT / "index.html").read_text("utf-8")
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def without_preloads(document: str) -> str:
    return re.sub('<link rel="modulepreload".*?>\\s*', "", document)


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.include_router(page_router())
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_middleware(RequestBounds)
    app.add_middleware(SecurityHeaders)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tertius")


@pytest.mark.parametrize("path", ["/", "/sign-in", "/join", *SCREENS, "/requests/r-1", "/network/prune"])
async def test_each_screen_is_the_page(client: httpx.AsyncClient, path: str) -> None:
    page = await client.get(path, headers=HTML)

    preloaded = re.findall('<link rel="modulepreload" crossorigin href="/assets/(screen-.+)">\n', page.text)
    assert len(preloaded) == (0 if path == "/join" else 1)
    assert {*preloaded} <= {*ASSETS}
    assert (page.status_code, without_preloads(page.text)) == (200, without_preloads(INDEX))
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["cross-origin-opener-policy"] == "same-origin"
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_the_policy_allows_the_services_own_files_only(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/", headers=HTML)).headers["content-security-policy"]

    sources = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert sources["default-src"] == sources["base-uri"] == sources["frame-ancestors"] == "'none'"
    assert sources["script-src"] == sources["style-src"] == sources["connect-src"] == "'self'"
    assert {word for value in sources.values() for word in value.split()} == {"'none'", "'self'", "data:", "blob:"}


@pytest.mark.parametrize("name", ASSETS)
async def test_an_asset_is_kept_forever_and_sent_compressed(client: httpx.AsyncClient, name: str) -> None:
    plain = await client.get(f"/assets/{name}", headers={"Accept-Encoding": "br, gzip;q=0"})
    async with client.stream("GET", f"/assets/{name}", headers={"Accept-Encoding": "br, gzip"}) as response:
        compressed = b"".join([piece async for piece in response.aiter_raw()])

    assert plain.content == gzip.decompress(compressed) == (BUILT / "assets" / name).read_bytes()
    assert response.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    for each in (plain, response):
        assert each.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert (each.headers["vary"], each.headers["x-content-type-options"]) == ("Accept-Encoding", "nosniff")
        assert re.match(r"text/(javascript|css)|image/|font/|application/json", each.headers["content-type"])


@pytest.mark.parametrize("path", ["/nowhere", "/requests/a/b", "/assets/", "/index.html", "/manifest.json"])
async def test_an_unknown_address_is_a_page_for_browsers_and_an_error_for_programs(
    client: httpx.AsyncClient, path: str
) -> None:
    page = await client.get(path, headers=HTML)
    error = await client.get(path)

    assert (page.status_code, error.status_code) == (404, 404)
    assert 'href="/"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert error.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("name", ["..%2findex.html", "../routes.py", "manifest.json", "%00", "a" * 5000])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/assets/{name}")).status_code == 404


async def test_a_program_gets_no_screen(client: httpx.AsyncClient) -> None:
    assert (await client.get("/", headers={"Accept": "*/*"})).status_code == 404


async def test_a_browser_sees_that_the_service_waits_for_the_database() -> None:
    transport = httpx.ASGITransport(unavailable_app(()))
    async with httpx.AsyncClient(transport=transport, base_url="http://tertius") as waiting:
        page, error = await waiting.get("/", headers=HTML), await waiting.get("/")

    assert (page.status_code, page.headers["refresh"], error.json()["errors"][0]["message"] in page.text) == (
        503,
        "2",
        True,
    )
