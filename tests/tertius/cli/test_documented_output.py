"""The output that documentation shows: blocks of text in its pages, and two pictures.

`TERTIUS_TEST_REWRITE=1` writes both anew.
"""

import os
import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from tests.tertius.cli.test_app import HOUSE, Tertius

DOCS = HOUSE / "docs"
PLAIN_TERMINAL = {"TTY_COMPATIBLE": "1", "TERM": "dumb", "COLUMNS": "80"}
COLOUR_TERMINAL = {"TTY_COMPATIBLE": "1", "TERM": "xterm-256color", "COLORTERM": "", "COLUMNS": "80"}
BLOCK = re.compile(r"```\n\$ tertius (?P<words>.*)\n(?P<output>(?s:.*?))```\n")
PAGES = (DOCS / "sample.md", DOCS / "calibrate.md", HOUSE / "README.md")
BLOCKS = {match["words"]: page for page in PAGES for match in BLOCK.finditer(page.read_text("utf-8"))}
PICTURES = {"answer.svg": "Jane Okonkwo", "refusal.svg": "Helena Brandt"}
AS_OF = "2026-11-22"


def test_pages_show_output() -> None:
    assert {*BLOCKS.values()} == {*PAGES}


@pytest.mark.parametrize("words", BLOCKS)
def test_a_block_is_what_the_command_prints(here: Tertius, words: str) -> None:
    page = BLOCKS[words]
    is_of_a_day = words.startswith("insights")
    if is_of_a_day:
        here("admin", "refresh", "--as-of", AS_OF)
    printed = here(*(quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', words)), **PLAIN_TERMINAL).stdout
    if is_of_a_day:
        here("admin", "refresh")
    block = f"```\n$ tertius {words}\n" + "".join(f"{line.rstrip()}\n" for line in printed.splitlines()) + "```\n"
    text = page.read_text("utf-8")

    if os.environ.get("TERTIUS_TEST_REWRITE"):
        page.write_text(BLOCK.sub(lambda match: block if match["words"] == words else match.group(), text), "utf-8")
        return
    assert block in text


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_a_terminal_shows(here: Tertius, name: str) -> None:
    target = PICTURES[name]
    result = here("who", target, "--limit", "1", "--as-of", AS_OF, **COLOUR_TERMINAL)
    assert result.exit_code in (0, 3), result.exception
    picture = drawn(result.stdout, title=f"tertius who {target}", unique_id=name.partition(".")[0])
    file: Path = DOCS / name

    if os.environ.get("TERTIUS_TEST_REWRITE"):
        file.write_text(picture, "utf-8")
        return
    assert file.read_text("utf-8") == picture


def drawn(printed: str, *, title: str, unique_id: str) -> str:
    """The output of a terminal as an SVG that loads no font from elsewhere."""
    console = Console(record=True, width=80, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(printed.rstrip()), soft_wrap=True)
    picture = console.export_svg(title=title, unique_id=unique_id)
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL).replace("Fira Code, monospace", "monospace")
