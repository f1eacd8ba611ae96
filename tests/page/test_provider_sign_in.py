"""The sign-in at a provider in a real browser, in a network of its own, which ends those of other modules."""

from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from playwright.async_api import Browser

from api.sign_in.oidc import Client, Provider
from graph.database.client import Graph
from graph.membership.sign_in import expect_sign_in
from tests.browser import needs_chromium
from tests.conftest import wipe
from tests.graph.worlds import home
from tests.owasp.conftest import listening
from tests.page.conftest import Site
from tests.page.test_browser_session import send
from tests.provider import CLIENT, SECRET, running_issuer

pytestmark = [needs_chromium, pytest.mark.slow]


async def test_a_provider_signs_the_browser_in(driver: neo4j.AsyncDriver, chromium: Browser, tmp_path: Path) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network, ana = await home(graph)
    assert await expect_sign_in(graph, network, ana, ana, "ana@home.example")
    with running_issuer() as issuer:
        issuer.person = {"sub": "17", "name": "Ana", "email": "ana@home.example", "email_verified": True}
        provider = Provider(Client(issuer.address, CLIENT, SECRET, "http://127.0.0.1/auth/callback"))
        async with listening(driver, tmp_path, provider=provider) as service:
            address = str(service.client.base_url).rstrip("/")
            issuer.redirect = f"{address}/auth/callback"
            provider.client = replace(provider.client, redirect=issuer.redirect)
            site = Site(address, graph, network, ana, "", chromium)
            async with site.open_page() as page:
                await page.goto(f"{address}/sign-in")
                await page.get_by_role("button", name="Sign in with your organisation").click()
                await page.get_by_role("combobox").first.wait_for()
                shown = await send(page, "GET", "/session")
                url: str = page.url

    assert (shown["body"]["viewer"]["memberId"], url) == (ana, f"{address}/")
    assert site.problems == []
