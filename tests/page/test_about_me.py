"""The pages for people who are not members, in a real browser: accessible, and no wider than a phone."""

from collections.abc import Awaitable, Callable

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Route
from starlette.responses import HTMLResponse

from api.self_service import pages
from graph.privacy.proof_links import NetworkController
from tests.browser import needs_chromium

pytestmark = needs_chromium

CONTROLLER = NetworkController("home", "Juniper GmbH", "privacy@juniper.example")
ADDRESS = "a-long-name.of-a-person@department.of-a-company.example"
DATA = {
    "asOf": "2026-11-30",
    "identities": [ADDRESS],
    "isClaimedByMember": False,
    "names": [{"source": "linkedin", "identity": ADDRESS, "name": "Ida Holm", "title": "CTO", "company": "Holm"}],
    "lists": [{"source": "linkedin", "identity": ADDRESS, "since": "2020-01-01"}],
    "evidence": [{"source": "mailbox", "channel": "mail", "by": ADDRESS, "towards": "Ana", "days": ["2026-01-02"]}],
}
SHOWN = {
    "the request": pages.request_form([CONTROLLER]),
    "an invalid address": pages.invalid_address(),
    "the link": pages.redeem("secret"),
    "the data": pages.export([(CONTROLLER, DATA)], [], [], {"token": f"email:{ADDRESS}"}, "form"),
    "the erasure": pages.confirm_erasure(7, "form"),
}


def answer_with(response: HTMLResponse) -> Callable[[Route], Awaitable[None]]:
    """Answers each request with this page, and with its headers, of which the browser enforces the policy."""

    async def answer(route: Route) -> None:
        await route.fulfill(headers=dict(response.headers), body=bytes(response.body))

    return answer


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_each_page_is_accessible_and_fits(chromium: Browser, dark: bool) -> None:
    violations_by_page: dict[str, object] = {}
    problems: list[str] = []
    context = await chromium.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark" if dark else "light"
    )
    try:
        page = await context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        for name, response in SHOWN.items():
            await page.route("**/*", answer_with(response))
            await page.goto("http://service.example/about-me")
            results = await Axe().run(page)
            overflow: int = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
            ground: str = await page.evaluate("getComputedStyle(document.body).backgroundColor")
            violations = [f"{each['id']}: {each['nodes'][0]['target']}" for each in results.response["violations"]]
            if violations or overflow > 0 or ground == "rgba(0, 0, 0, 0)":
                violations_by_page[name] = [*violations, overflow, ground]
            await page.unroute_all()
    finally:
        await context.close()

    assert violations_by_page == {}
    assert problems == []
