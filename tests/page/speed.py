"""`make lighthouse`: measures the page with Lighthouse, and the time to an answer over a slow connection.

It serves the sample network of `make demo`, writes the figures to FIGURES, and fills the table in docs/page.md.
"""

import asyncio
import json
import re
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from api.paths import sign_in_link
from tests.browser import CHROMIUM, FLAGS
from tests.page.build import REPOSITORY, npm
from tests.page.screens import serving_sample

FIGURES = Path(__file__).with_name("speed.json")
DOCS = REPOSITORY / "docs" / "page.md"
MARKS = ("<!-- figures of make lighthouse -->\n", "<!-- end of figures -->")
_LIGHTHOUSE = "lighthouse@12.8.2"
_PORT = 9222
_CATEGORIES = {"accessibility": "accessibility", "best-practices": "best practices", "performance": "performance"}
_SCREENS = {"Sign-in": "/sign-in", "Ask": "/", "Answer": "/#to=Jane+Okonkwo", "My network": "/network"}
FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 188_743, "uploadThroughput": 88_473}
"""Fast 3G of the developer tools of Chromium: milliseconds, and bytes a second."""
_REPETITIONS = 5
# the time from the click until the frame after the answer is in the document
_ANSWER = """() => new Promise((resolve) => {
    const began = performance.now();
    const look = () => document.getElementById("best-route")
        ? requestAnimationFrame(() => resolve(performance.now() - began)) : requestAnimationFrame(look);
    [...document.querySelectorAll("form button")].find((each) => each.type === "submit").click();
    look();
})"""


def table(figures: dict[str, Any]) -> str:
    """The table of docs/page.md."""
    rows = [
        f"| {screen} | " + " | ".join(str(scores[name]) for name in _CATEGORIES) + " |"
        for screen, scores in figures["scores"].items()
    ]
    seconds, most = figures["answer_seconds"], figures["most_answer_seconds"]
    return (
        f"| screen | {' | '.join(_CATEGORIES.values())} |\n| --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n\nWith the connection “Fast 3G” of Chromium, an answer is painted "
        f"{seconds} s after the click (median of {_REPETITIONS}; at most {most} s).\n"
    )


async def _scores(address: str, screen: str, folder: Path) -> dict[str, int]:
    report = folder / "report.json"
    flags = [f"--port={_PORT}", "--disable-storage-reset", "--output=json", f"--output-path={report}", "--quiet"]
    await asyncio.to_thread(npm, "exec", "--yes", "--", _LIGHTHOUSE, f"{address}{_SCREENS[screen]}", *flags)
    categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * categories[name]["score"]) for name in _CATEGORIES}


async def _answer_seconds(page: Page, address: str) -> float:
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", FAST_3G)
    await page.goto("about:blank")
    await page.goto(f"{address}/")
    await page.get_by_role("combobox").first.fill("Jane Okonkwo")
    await page.get_by_role("option").first.wait_for()
    milliseconds: float = await page.evaluate(_ANSWER)
    await devtools.detach()
    return milliseconds / 1000


async def measure(address: str, code: str) -> dict[str, Any]:
    """Measure the page at this address, signed in with this code."""
    scores: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                f"{folder}/profile", executable_path=CHROMIUM, args=[*FLAGS, f"--remote-debugging-port={_PORT}"]
            )
            page = await context.new_page()
            for screen in _SCREENS:
                if screen == "Ask":
                    await page.goto(sign_in_link(address, code))
                    await page.get_by_role("button", name="Sign in", exact=True).click()
                    await page.get_by_role("combobox").first.wait_for()
                scores[screen] = await _scores(address, screen, Path(folder))
            seconds = [await _answer_seconds(page, address) for _ in range(_REPETITIONS)]
            await context.close()
    return {
        "scores": scores,
        "answer_seconds": round(statistics.median(seconds), 2),
        "most_answer_seconds": round(max(seconds), 2),
    }


def main() -> None:
    """Measure, and write the figures and the table."""
    with serving_sample() as (address, code):
        figures = asyncio.run(measure(address, code))
    FIGURES.write_text(f"{json.dumps(figures, indent=1)}\n", "utf-8")
    begin, end = map(re.escape, MARKS)
    text = DOCS.read_text("utf-8")
    shown = re.sub(f"(?<={begin}).*?(?={end})", lambda _: table(figures), text, flags=re.DOTALL)
    DOCS.write_text(shown, "utf-8")


if __name__ == "__main__":
    main()
