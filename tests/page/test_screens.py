"""The page in a real browser: signing in and out, asking by keyboard, and accessibility of each screen."""

from itertools import product
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from graph.membership.sessions import end_sessions
from graph.networks.tokens import grant_token
from tests.browser import needs_chromium
from tests.page.conftest import Site
from tests.page.screens import SCREENS, show

pytestmark = [needs_chromium, pytest.mark.slow]


MAX_FIRST_VIEW = 90_000
"""Most bytes of compressed JavaScript that the first view loads."""
WIDTHS = (320, 2560)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TRANSITIONS_END = """
new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))
"""
"""Waits until the colours of the other theme are shown."""


@pytest.fixture(autouse=True)
def _no_problem(site: Site) -> None:
    site.problems.clear()


async def heading(page: Page) -> str:
    """The heading of the screen, once there is one."""
    text: str = await page.get_by_role("heading", level=1).inner_text()
    return text


async def test_a_link_signs_in_and_is_not_in_the_address_any_more(site: Site) -> None:
    async with site.signed_in(site.ana) as page:
        assert await heading(page) == "Who can introduce you?"
        assert "tertius_sign_in_" not in page.url
        history: int = await page.evaluate("history.length")
        stored: int = await page.evaluate("localStorage.length + sessionStorage.length")
        stored_text: str = await page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")

    assert history <= 2
    assert "tertius_" not in stored_text, stored
    assert site.problems == []


async def test_a_link_asks_before_it_signs_in_and_says_so_if_it_was_used(site: Site) -> None:
    link = await site.sign_in_link(site.ana)
    async with site.open_page() as page, site.open_page() as later:
        await page.goto(link)
        await page.get_by_text("This link signs you in to the network demo").wait_for()
        before = await page.context.cookies()
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_role("combobox").first.wait_for()
        await later.goto(link)
        text: str = await later.get_by_role("alert").inner_text()

    assert before == [], "opening a link signed in, and another site may have opened it"
    assert "was used" in text


async def test_a_pasted_token_signs_in_until_the_sign_out(site: Site) -> None:
    await grant_token(site.graph, site.network, site.bea, "the token of Bea")
    async with site.open_page() as page:
        await page.goto(f"{site.address}/sign-in")
        await page.get_by_label("Token").fill("not a token")
        await page.get_by_role("button", name="Sign in", exact=True).click()
        assert "not valid" in await page.get_by_role("alert").inner_text()
        await page.get_by_label("Token").fill("the token of Bea")
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_role("combobox").first.wait_for()
        await page.locator("summary", has_text="Account").click()
        await page.get_by_role("button", name="Sign out", exact=True).click()
        await page.get_by_label("Token").wait_for()
        assert await page.context.cookies() == []

    assert site.problems == []


async def test_an_ended_session_leads_to_the_sign_in(site: Site) -> None:
    async with site.signed_in(site.bea) as page:
        await end_sessions(site.graph, site.network, site.bea)
        await page.get_by_role("link", name="Sources").first.click()
        await page.get_by_text("Your session has ended").wait_for()


async def test_the_first_view_loads_little_and_nothing_from_other_hosts(site: Site) -> None:
    requested: list[str] = []
    async with site.open_page() as page:
        page.on("request", lambda request: requested.append(request.url))
        await site.open_link(page, site.ana)
        await page.get_by_role("combobox").first.wait_for()
        await page.wait_for_load_state("networkidle")
        sizes: dict[str, int] = await page.evaluate(
            "Object.fromEntries(performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize]))"
        )

    assert [url for url in requested if not url.startswith((site.address, "data:", "blob:"))] == []
    assert 0 < sum(size for url, size in sizes.items() if url.endswith(".js")) <= MAX_FIRST_VIEW


async def test_a_person_asks_with_the_keyboard_alone(site: Site) -> None:
    async with site.signed_in(site.ana) as page:
        await page.get_by_role("combobox").first.focus()
        await page.keyboard.type("jane oko", delay=20)
        await page.get_by_role("option").first.wait_for()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await page.get_by_text("Ask Noor Haddad").first.wait_for()
        assert "Jane" not in page.url.partition("#")[0]

    assert site.problems == []


async def test_a_refusal_shows_the_broken_chain(site: Site) -> None:
    async with site.signed_in(site.ana) as page:
        await page.get_by_role("combobox").first.fill("Helena Brandt")
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="No genuine route to Helena Brandt").wait_for()
        assert "Victor Lang" in await page.locator("main").inner_text()

    assert site.problems == []


async def test_each_screen_is_accessible_and_fits(site: Site) -> None:
    """At each width, light and dark. A screen is loaded once, because its colours and its layout are styles."""
    violations_by_screen: dict[str, object] = {}
    async with site.signed_in(site.ana) as page:
        for name in SCREENS:
            await show(page, site.address, name)
            for width, theme in product(WIDTHS, THEMES):
                await page.set_viewport_size({"width": width, "height": 800})
                await page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                await page.evaluate(TRANSITIONS_END)
                results = await Axe().run(page)
                overflow: int = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
                violations = [
                    f"{each['id']}: {node['target']}"
                    for each in results.response["violations"]
                    for node in each["nodes"]
                ]
                if violations or overflow > 0:
                    violations_by_screen[f"{name}, {width}, {theme}"] = [*violations, overflow]

    assert violations_by_screen == {}
    assert site.problems == []
