"""The documentation: complete, in one form, and without broken links."""

import re
from pathlib import Path

import pytest
import typer.main

from tertius.cli.app import app

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text("utf-8")
DECISIONS = sorted((HOUSE / "docs" / "decisions").glob("*.md"))
SECTIONS = ["## Context", "## Decision", "## Consequences", "## Alternatives considered"]
PAGES = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
FOLDERS = (
    "api",
    "benchmarks",
    "cypher",
    "evaluation",
    "graph",
    "operations",
    "presentation",
    "sources",
    "tertius",
    "tests",
)
CODE = sorted(file for folder in FOLDERS for kind in ("*.py", "*.cypher") for file in (HOUSE / folder).rglob(kind))
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`tertius {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_explained(command: str) -> None:
    options = typer.main.get_command(app).commands[command].params  # type: ignore[attr-defined]

    assert [option.name for option in options if option.param_type_name == "option" and not option.help] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_record_has_the_four_sections_in_order(page: Path) -> None:
    sections = re.findall(r"^## .+$", page.read_text("utf-8"), re.MULTILINE)

    assert [section for section in sections if section in SECTIONS] == SECTIONS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_a_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        name, _, anchor = link.partition("#")
        linked = (page.parent / name).resolve() if name else page
        if not linked.exists() or (anchor and anchor not in anchors(linked)):
            broken.append(link)

    assert broken == []


def test_a_page_that_code_names_exists() -> None:
    missing = {
        f"{file.relative_to(HOUSE)}: {name}"
        for file in CODE
        for name in re.findall(r"docs/[a-z0-9/-]+\.md", file.read_text("utf-8"))
        if not (HOUSE / name).exists()
    }

    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_a_file_that_a_page_names_exists(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        pytest.skip("it names files of earlier releases")
    named = re.findall(
        rf"\b(?:{'|'.join(FOLDERS)})/[\w/.-]+\.(?:py|cypher|json|txt|lock|graphql)\b", page.read_text("utf-8")
    )

    assert [name for name in named if not (HOUSE / name).exists()] == []


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
