"""The documentation: complete, in one form, and without broken links."""

import re
from pathlib import Path

import pytest

from benchmarks.published import PAGES as PAGES_OF_BENCHMARKS
from benchmarks.published import fill_page, latest, without_tables
from benchmarks.stages import STAGES
from tertius.cli import command_entries, command_table
from tertius.cli.lazy_group import path_of

REPOSITORY = Path(__file__).parents[1]
DECISIONS = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))
SECTIONS = ["## Context", "## Decision", "## Consequences", "## Alternatives considered"]
PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
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
CODE = sorted(file for folder in FOLDERS for kind in ("*.py", "*.cypher") for file in (REPOSITORY / folder).rglob(kind))
FIGURE = re.compile(
    r"\b\d[\d.,]*\s*"
    r"(?:[nµum]?s|[KMG]i?B|(?:\w+ )?/s|%|seconds?|minutes?|hours?|bytes?|times|hits|requests|pairs|people)(?!\w)"
)
"""A number with a unit, as a measurement has it."""
COMMAND = re.compile(r"(?<![\w-])tertius ((?!at )[a-z][\w-]*)(?: ([a-z][\w-]*))?")


@pytest.mark.parametrize("section", command_table.SECTIONS, ids=lambda section: section.heading)
def test_the_reference_has_every_command(section: command_entries.Section) -> None:
    headings = anchors(REPOSITORY / "docs" / "cli.md")

    assert {f"tertius-{path_of(section, entry)}".replace(" ", "-") for entry in section.commands} <= headings


def test_commands_that_pages_and_code_name_exist() -> None:
    """A page or a message that named an old command would send its reader to an error."""
    unknown = {
        f"{file.relative_to(REPOSITORY)}: {name}"
        for file in [*PAGES, *CODE]
        if file.name != "CHANGELOG.md" and REPOSITORY / "tests" not in file.parents
        for span in re.findall(r"`[^`\n]+`|^\$ .*$", file.read_text("utf-8"), re.MULTILINE)
        for name in (" ".join(filter(None, match)) for match in COMMAND.findall(span))
        if not is_command(name)
    }

    assert unknown == set()


def is_command(words: str) -> bool:
    """Whether `tertius` with these one or two words runs a command or a group."""
    first, _, second = words.partition(" ")
    return first in command_table.entries_of("") or (
        first in command_table.GROUPS and (not second or second in command_table.entries_of(first))
    )


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_record_has_the_four_sections_in_order(page: Path) -> None:
    sections = re.findall(r"^## .+$", page.read_text("utf-8"), re.MULTILINE)

    assert [section for section in sections if section in SECTIONS] == SECTIONS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_a_relative_link_points_to_an_existing_file_and_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text("utf-8")):
        name, _, anchor = link.partition("#")
        linked = (page.parent / name).resolve() if name else page
        if not linked.exists() or (anchor and anchor not in anchors(linked)):
            broken.append(link)

    assert broken == []


def test_pages_named_in_code_exist() -> None:
    missing = {
        f"{file.relative_to(REPOSITORY)}: {name}"
        for file in CODE
        for name in re.findall(r"docs/[a-z0-9/-]+\.md", file.read_text("utf-8"))
        if not (REPOSITORY / name).exists()
    }

    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_files_named_on_a_page_exist(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        pytest.skip("it names files of earlier releases")
    named = re.findall(
        rf"\b(?:{'|'.join(FOLDERS)})/[\w/.-]+\.(?:py|cypher|json|txt|lock|graphql)\b", page.read_text("utf-8")
    )

    assert [name for name in named if not (REPOSITORY / name).exists()] == []


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_tests_that_the_security_page_names_exist() -> None:
    page = (REPOSITORY / "docs" / "security.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)

    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (REPOSITORY / file).is_file()
        or (test and not re.search(rf"^(async )?def {test}\(", (REPOSITORY / file).read_text("utf-8"), re.MULTILINE))
    ]

    assert missing == []
    rows = re.findall(r"^\| (API\d+) \|.*`tests/", page, re.MULTILINE)
    assert rows == [f"API{number}" for number in range(1, 11)]


def test_the_pages_of_the_benchmarks_show_the_latest_runs() -> None:
    for page in PAGES_OF_BENCHMARKS:
        text = page.read_text("utf-8")

        assert fill_page(text, latest()) == text


def test_the_text_of_the_performance_page_has_no_figure() -> None:
    """A typed figure would remain when the tables change. Experiments belong into decision records."""
    page = (REPOSITORY / "docs" / "performance.md").read_text("utf-8")
    text = without_tables(page)

    assert FIGURE.findall(text) == []
    assert FIGURE.findall(page), "the tables of goals have figures with units"
    assert set(re.findall(r"<!-- (\w+) -->", page)) - {"end", "goals"} == STAGES.keys() - {"scale", "equality", "plans"}
