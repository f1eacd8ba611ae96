"""docs/cli.md contains the help of every command as it is. TERTIUS_TEST_REWRITE=1 writes it."""

import os
from collections.abc import Iterator
from pathlib import Path

from tertius.cli.command_table import SECTIONS
from tertius.cli.lazy_group import path_of
from tests.tertius.cli.command_tree import contexts

PAGE = Path(__file__).parents[3] / "docs" / "cli.md"
MARKER = "<!-- reference: "


def reference() -> Iterator[str]:
    """The sections of the page: each command with its help."""
    help_texts = {path: command.get_help(context) for path, _, command, context in contexts()}
    for section in SECTIONS:
        yield f"## {section.heading}"
        for entry in section.commands:
            path = path_of(section, entry)
            yield f"### tertius {path}\n```\n{help_texts[path].strip()}\n```"


def test_the_reference_is_the_help_of_the_commands() -> None:
    page = PAGE.read_text("utf-8")
    introduction, marker, _ = page.partition(MARKER)
    first_line = page[len(introduction) :].partition("\n")[0]
    current = f"{introduction}{first_line}\n\n" + "\n\n".join(reference()) + "\n"

    assert marker
    if os.environ.get("TERTIUS_TEST_REWRITE"):
        PAGE.write_text(current, "utf-8")
    assert PAGE.read_text("utf-8") == current
