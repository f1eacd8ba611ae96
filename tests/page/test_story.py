"""From an empty network to an introduction that was made, by two members in two browsers."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import neo4j
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from graph.database.client import Graph
from graph.membership.roles import rename_member
from graph.networks.controller import DataController
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.privacy.retention import set_controller
from graph.sharing.share import share_source
from tertius.sample import TEAM
from tests.browser import needs_chromium
from tests.conftest import wipe
from tests.graph.worlds import TODAY, home
from tests.owasp.conftest import listening
from tests.page.conftest import Site

pytestmark = [needs_chromium, pytest.mark.slow]


@pytest_asyncio.fixture(loop_scope="session")
async def site(
    driver: neo4j.AsyncDriver, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Site]:
    """The page of an empty network, whose owner is Omar."""
    await wipe(driver)
    graph = Graph(driver)
    network, omar = await home(graph)
    await rename_member(graph, network, omar, "Omar Nasser")
    controller = DataController("Juniper", "privacy@juniper.example", "legitimate interest", 0)
    await set_controller(graph, network, controller, today=TODAY)
    async with listening(driver, tmp_path_factory.mktemp("uploads")) as service:
        yield Site(str(service.client.base_url).rstrip("/"), graph, network, omar, "", chromium)


async def choose(page: Page, file: Path) -> None:
    """Choose a file with the button."""
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Choose files").click()
    await (await chooser.value).set_files(file)


async def drop(page: Page, file: Path) -> None:
    """Drop a file on the page, as the browser does after a drag from a folder."""
    place = await page.get_by_role("region", name="Drop files here").bounding_box()
    assert place is not None
    devtools = await page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        await devtools.send(
            "Input.dispatchDragEvent", {"type": kind, "x": place["x"] + 20, "y": place["y"] + 20, "data": data}
        )


async def load(page: Page, name: str, file: Path, take: Callable[[Page, Path], Awaitable[None]]) -> None:
    """Load the mailbox of this colleague on the screen of sources."""
    await page.get_by_role("link", name="Sources", exact=True).click()
    await page.get_by_role("region", name="Drop files here").wait_for()
    await take(page, file)
    await page.get_by_text("Options for this load").click()
    await page.get_by_label("Your address in the export").fill(f"{name}@juniper.example")
    await page.get_by_role("button", name="Load 1 file").click()
    await page.get_by_text(re.compile("rows were read")).first.wait_for(timeout=60_000)


NOTE_PROGRESS = """() => {
    globalThis.progress = [];
    new MutationObserver(() => {
        for (const bar of document.querySelectorAll("progress")) progress.push(bar.getAttribute("aria-label"));
    }).observe(document.body, {childList: true, subtree: true});
}"""
"""Notes the name of each progress bar that the page shows."""


async def press(page: Page, *names: str) -> None:
    for name in names:
        await page.get_by_role("button", name=name, exact=True).first.click()


async def test_two_members_make_an_introduction(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "omar.csv"
    file.write_text((TEAM / "omar.csv").read_text("utf-8") + "nobody,nothing,never,mail\n", "utf-8")
    async with site.signed_in(site.ana) as omar, site.open_page() as pia:
        await omar.get_by_role("link", name=re.compile("[Ll]oad|[Ss]ource")).first.wait_for()
        await omar.evaluate(NOTE_PROGRESS)
        await load(omar, "omar", file, drop)
        progress: list[str] = await omar.evaluate("progress")
        report = omar.get_by_role("region", name=re.compile("^Report")).first
        await report.get_by_text("Rows that could not be read: 1").click()
        unread: str = await report.get_by_role("listitem").inner_text()
        viewer = build_viewer(await read_state(site.graph, site.network), site.ana)
        await share_source(site.graph, viewer, "interactions", SharingLevel.STRENGTH, third_party_ties=False)
        await omar.get_by_role("link", name="Team", exact=True).click()
        await press(omar, "Invite somebody", "Create the invitation")
        link: str = await omar.get_by_text("/join#").inner_text()

        await pia.goto(f"{site.address}/join#{link.partition('#')[2]}")
        await pia.get_by_label("Your name").fill("Pia Lund")
        await pia.locator("form button[type=submit]").click()
        await pia.get_by_role("combobox").first.wait_for()
        await load(pia, "pia", TEAM / "pia.csv", choose)
        await pia.goto(f"{site.address}/#to=Tomas+Weiss&start=TEAM")
        await press(pia, "Ask the unnamed colleague")
        await pia.get_by_label("Why do you want to meet them?").fill("I want to learn how you choose suppliers.")
        await press(pia, "Draft the texts", "Send the request")
        await pia.get_by_text("The request is sent.").wait_for()

        await omar.goto(f"{site.address}/requests")
        await omar.get_by_role("tab", name="To you").click()
        await press(omar, "Accept", "The target was asked", "The target agreed", "They were introduced")
        await omar.get_by_text("Introduced", exact=True).first.wait_for()

        await pia.goto(f"{site.address}/requests")
        card: str = await pia.get_by_role("listitem").filter(has_text="Tomas Weiss").first.inner_text()

    assert "Uploading" in progress
    assert re.fullmatch(r"omar\.csv, line \d+: .+", unread)
    assert "Omar Nasser" in card
    assert "Introduced" in card
    assert site.problems == []
