"""What a real browser does with the session: its cookie, requests of other sites, and frames."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from api.sign_in.browser_session import session_cookie
from tests.browser import needs_chromium
from tests.page.conftest import Site

pytestmark = [needs_chromium, pytest.mark.slow]

SEND = """async ([method, path, body, headers]) => {
    const response = await fetch(path, {method, headers: {"Content-Type": "application/json", ...headers},
        body: body === null ? undefined : JSON.stringify(body), credentials: "include"});
    const text = await response.text();
    return {status: response.status, body: text.startsWith("{") ? JSON.parse(text) : null};
}"""
VIEWER = {"query": "{ viewer { role } }"}


async def send(
    page: Page, method: str, path: str, body: dict[str, Any] | None = None, **headers: str
) -> dict[str, Any]:
    """Send a request as a script of the page does."""
    answer: dict[str, Any] = await page.evaluate(SEND, [method, path, body, headers])
    return answer


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_browser_keeps_the_session_on_this_machine_out_of_reach_of_scripts(site: Site, host: str) -> None:
    address = site.address.replace("127.0.0.1", host)
    async with site.open_page() as page:
        await page.goto(f"{address}/sign-in")
        code = (await site.sign_in_link(site.ana)).partition("#")[2]
        began = await send(page, "POST", "/session", {"code": code})
        token = began["body"]["csrfToken"]
        asked = await send(page, "POST", "/graphql", VIEWER, **{"X-CSRF-Token": token})
        without_token = await send(page, "POST", "/graphql", VIEWER)
        (cookie,) = await page.context.cookies()
        visible: str = await page.evaluate("document.cookie")
        ended = await send(page, "DELETE", "/session", **{"X-CSRF-Token": token})
        left = await page.context.cookies()

    assert (began["status"], asked["status"], without_token["status"], ended["status"]) == (201, 200, 401, 204)
    assert (cookie["name"], cookie["httpOnly"], cookie["secure"], cookie["sameSite"], cookie["path"]) == (
        session_cookie(address, address),
        True,
        False,
        "Strict",
        "/",
    )
    assert (visible, left) == ("", [])


@asynccontextmanager
async def other_site(html: str) -> AsyncIterator[int]:
    """Serve this document on another port of this machine."""
    app = Starlette(routes=[Route("/", lambda _: HTMLResponse(html))])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"], ids=["another site", "another port of the same site"])
async def test_a_page_of_another_origin_cannot_use_the_session(site: Site, host: str) -> None:
    async with site.signed_in_by_request(site.ana) as page, other_site("<h1>Other</h1>") as port:
        before = await page.context.cookies()
        await page.goto(f"http://{host}:{port}/")
        statuses = [
            await status_of_other_origin(page, f"{site.address}{path}", body)
            for path, body in (
                ("/graphql", '{"query": "{ viewer { role } }"}'),
                ("/targets", "Name\nIda"),
                ("/session", '{"token": "x"}'),
            )
        ]
        after = await page.context.cookies()
        await page.goto(f"{site.address}/")
        shown = await send(page, "GET", "/session")

    assert statuses == [401, 401, 403]
    assert after == before
    assert shown["body"]["signedIn"] is True


async def status_of_other_origin(page: Page, address: str, body: str) -> int:
    """The status of a request that a script may send to any address, without reading the answer."""
    script = "([address, body]) => { fetch(address, {method: 'POST', body, mode: 'no-cors', credentials: 'include'}) }"
    async with page.expect_response(address) as response:
        await page.evaluate(script, [address, body])
    status: int = (await response.value).status
    return status


async def test_no_page_can_frame_the_page(site: Site) -> None:
    async with site.open_page() as page, other_site(f'<iframe src="{site.address}/"></iframe>') as port:
        await page.goto(f"http://localhost:{port}/", wait_until="networkidle")
        (frame,) = page.frames[1:]
        address: str = frame.url
    site.problems.clear()  # the violation

    assert address.startswith("chrome-error:")
