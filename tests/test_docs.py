"""What a user can do is written down where they look for it."""

from pathlib import Path

import pytest
import typer.main

from tertius.cli.app import app

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text("utf-8")
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`tertius {command}" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_explained(command: str) -> None:
    options = typer.main.get_command(app).commands[command].params  # type: ignore[attr-defined]

    assert [option.name for option in options if option.param_type_name == "option" and not option.help] == []


def test_every_decision_follows_the_one_form() -> None:
    for page in sorted((HOUSE / "docs" / "decisions").glob("*.md")):
        text = page.read_text("utf-8")
        assert [
            part for part in ("## Context", "## Decision", "## Consequences", "## Refused") if part not in text
        ] == [], page
