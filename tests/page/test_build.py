"""The committed page is the one that `make web` built from the sources in `web/`."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from tests.page.build import BUILT, MANIFEST, WEB, built_hashes, source_hashes
from tests.page.speed import DOCS, FIGURES, MARKS, table

RUN = "The page is stale: run `make web` and commit api/page/built."


def test_the_committed_page_is_built_from_the_sources() -> None:
    manifest = json.loads((BUILT / MANIFEST).read_text("utf-8"))

    assert manifest["sources"] == source_hashes(), RUN
    assert manifest["files"] == built_hashes(BUILT), RUN


class Addresses(HTMLParser):
    """The addresses that a document loads, and its inline scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.addresses += [value for name in ("src", "href") if (value := attributes.get(name))]
        self.inline += [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self.inline.append(tag)


def test_the_document_loads_its_assets_and_the_session_only_and_has_nothing_inline() -> None:
    document = Addresses((BUILT / "index.html").read_text("utf-8"))
    assets = {f"/assets/{path.name}" for path in (BUILT / "assets").iterdir()}

    assert document.inline == []
    assert document.addresses
    assert [each for each in document.addresses if each not in assets] == ["/session"]


def test_the_documentation_names_the_oldest_browsers() -> None:
    (targets,) = re.findall(r"BROWSERS = (\[.+?\])", (WEB / "vite.config.ts").read_text("utf-8"))
    versions = dict(re.findall(r"([a-z]+)([\d.]+)", targets))

    assert versions["chrome"] == versions["edge"]
    sentence = f"Chrome or Edge {versions['chrome']}, Firefox {versions['firefox']}, or Safari {versions['safari']}"
    assert sentence in DOCS.read_text("utf-8")


def test_each_asset_has_a_hash_in_its_name() -> None:
    names = [path.name for path in (BUILT / "assets").iterdir()]

    assert [name for name in names if not re.fullmatch(r"[\w.-]+-[\w-]{8,}\.[a-z0-9]+", name)] == []


def test_the_figures_in_the_documentation_are_those_of_the_latest_run() -> None:
    figures = json.loads(FIGURES.read_text("utf-8"))

    assert table(figures).join(MARKS) in DOCS.read_text("utf-8")
    assert {scores["accessibility"] for scores in figures["scores"].values()} == {100}
    assert figures["most_answer_seconds"] <= 1


def test_no_registry_is_named_in_the_lock_file() -> None:
    lock = Path(__file__).parents[2] / "web" / "package-lock.json"

    assert '"resolved"' not in lock.read_text("utf-8")
