"""The screens of the page, each in a state with content. `make screenshots` writes pictures of them.

`python -m tests.page.screens FOLDER` serves the sample network of `make demo`. It writes each screen at two widths,
light and dark.
"""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright

from api.paths import sign_in_link
from graph.membership.sessions import create_sign_in_code
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork
from tests.browser import CHROMIUM, FLAGS

SCREENS = {
    "ask": "/",
    "routes": "/#to=Jane+Okonkwo",
    "refusal": "/#to=Helena+Brandt",
    "possible-connectors": "/#to=Ulrike+Neumann",
    "already-known": "/#to=Noor+Haddad",
    "unknown": "/#to=Jnae+Okonkwo",
    "requests": "/requests",
    "sources": "/sources",
    "network": "/network",
    "this-week": "/network/nurture",
    "archive": "/network/prune",
    "map": "/map",
    "team": "/team",
    "target-list": "/team/targets",
    "settings": "/settings",
}
"""The address of each screen with the sample network."""
WIDTHS = (360, 1280)


async def show(page: Page, address: str, name: str) -> None:
    """Open a screen, and wait until it is complete."""
    await page.goto("about:blank")  # an address that differs in its fragment only would not load again
    await page.goto(f"{address}{SCREENS[name]}")
    await page.get_by_role("heading", level=1).wait_for()
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("!document.querySelector('[aria-busy=true]')")


async def write_pictures(address: str, code: str, folder: Path) -> None:
    """Write a picture of each screen, signed in with this code."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = await browser.new_context(reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(sign_in_link(address, code))
        await page.get_by_role("button", name="Sign in", exact=True).click()
        await page.get_by_role("combobox").first.wait_for()
        for name in SCREENS:
            for width in WIDTHS:
                await page.set_viewport_size({"width": width, "height": 800})
                for theme in ("light", "dark"):
                    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                    await show(page, address, name)
                    await page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
        await browser.close()


async def _create_code(network: OpenNetwork, _: ConsoleProgress) -> str:
    return await create_sign_in_code(network.graph, network.id, network.member)


@contextmanager
def serving_sample() -> Iterator[tuple[str, str]]:
    """Serve the sample network of `make demo`. Yields the address, and a code that signs in once."""
    tertius = Path(sys.executable).with_name("tertius")
    subprocess.run([tertius, "demo", "--no-serve"], stdout=subprocess.DEVNULL, check=True)
    environment = {**os.environ, "TERTIUS_NETWORK": "demo", "TERTIUS_HTTP__PORT": "0"}
    environment["TERTIUS_LIMITS__POINTS_PER_HOUR"] = "1000000"  # all screens at once cost more than an hour of use
    with subprocess.Popen([tertius, "up"], env=environment, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout is not None
            lines = iter(service.stdout.readline, "")
            (address,) = re.findall("Page: (.+)", next(line for line in lines if line.startswith("Page:")))
            next(line for line in lines if "Ctrl-C" in line)
            yield address, run(_create_code, name="demo")
        finally:
            service.terminate()


def main() -> None:
    """Write the pictures into the folder of the command line."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with serving_sample() as (address, code):
        asyncio.run(write_pictures(address, code, folder))


if __name__ == "__main__":
    main()
