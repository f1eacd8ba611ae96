"""The page of a running service in a real Chromium, with browsers of two members."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import neo4j
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from graph.database.client import Graph
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.sessions import create_sign_in_code
from graph.networks.permissions import Role
from graph.networks.registry import find_or_create_network
from graph.networks.tokens import find_token_holder
from tests.api.conftest import TODAY, load_sample
from tests.browser import CHROMIUM, FLAGS
from tests.conftest import wipe
from tests.owasp.conftest import listening

SECONDS = 20
"""Most seconds for which a test waits for something on a page."""


@dataclass
class Site:
    """The page of a service with the sample network of Ana, and Bea, who joined it."""

    address: str
    graph: Graph
    network: str
    ana: str
    bea: str
    browser: Browser
    problems: list[str] = field(default_factory=list)
    """Errors of scripts, and violations of the content security policy, of all pages."""

    async def sign_in_link(self, member: str) -> str:
        return f"{self.address}/sign-in#{await create_sign_in_code(self.graph, self.network, member)}"

    async def open_link(self, page: Page, member: str) -> None:
        """Sign in by a link, and confirm it."""
        await page.goto(await self.sign_in_link(member))
        await page.get_by_role("button", name="Sign in", exact=True).click()

    @asynccontextmanager
    async def open_page(self, *, width: int = 1280, dark: bool = False) -> AsyncIterator[Page]:
        """A page of a new browser, which has no cookies."""
        context: BrowserContext = await self.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(SECONDS * 1000)
        try:
            page = await context.new_page()
            page.on("pageerror", lambda error: self.problems.append(str(error)))
            page.on("console", lambda message: self._note(message.type, message.text))
            yield page
        finally:
            await context.close()

    def _note(self, kind: str, text: str) -> None:
        # the browser reports each answer of 4xx as an error
        if kind == "error" and "Failed to load resource" not in text:
            self.problems.append(text)

    @asynccontextmanager
    async def signed_in_by_request(self, member: str) -> AsyncIterator[Page]:
        """A page that signed in by a request of its own, without a screen."""
        async with self.open_page() as page:
            await page.goto(f"{self.address}/")
            code = await create_sign_in_code(self.graph, self.network, member)
            await page.evaluate(
                "(code) => fetch('/session', {method: 'POST', body: JSON.stringify({code})}).then(() => null)", code
            )
            yield page

    @asynccontextmanager
    async def signed_in(self, member: str, *, width: int = 1280, dark: bool = False) -> AsyncIterator[Page]:
        """A page on which this member signed in by a link."""
        async with self.open_page(width=width, dark=dark) as page:
            await self.open_link(page, member)
            await page.get_by_role("combobox").first.wait_for()
            yield page


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A running Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(
    driver: neo4j.AsyncDriver, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The service over the sample network, for a module."""
    await wipe(driver)
    await load_sample(driver)
    graph = Graph(driver)
    network, ana = await find_or_create_network(graph, "demo", today=TODAY)
    invitation, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)
    _, token = await join_network(graph, invitation, name="Bea Lang", email=None)
    holder = await find_token_holder(graph, token)
    assert holder is not None
    async with listening(driver, tmp_path_factory.mktemp("uploads")) as service:
        yield Site(str(service.client.base_url).rstrip("/"), graph, network, ana, holder.member, chromium)
