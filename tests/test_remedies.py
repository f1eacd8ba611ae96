"""Errors of the inner packages name no command, option or setting; CLI and API have a text for every remedy."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from api.remedies import API_REMEDIES, api_message
from graph.errors import NoDataLoaded, Remedy, TertiusError
from tertius.errors import CLI_REMEDIES, cli_message

ROOT = Path(__file__).parents[1]
INNER = ("graph", "operations", "presentation", "sources")
SURFACE = re.compile(r"`tertius |TERTIUS_[A-Z]|(?<![\w-])--[a-z]{2,}")


def strings(path: Path) -> Iterator[str]:
    """Yield the string constants of a module; docstrings explain and may name anything."""
    tree = ast.parse(path.read_text("utf-8"))
    expressions = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in expressions:
            yield node.value


def test_inner_packages_name_no_command_option_or_setting() -> None:
    named = {
        f"{path.relative_to(ROOT)}: {text}"
        for package in INNER
        for path in (ROOT / package).rglob("*.py")
        for text in strings(path)
        if SURFACE.search(text)
    }

    assert named == set()


def test_cli_and_api_have_a_text_for_every_remedy() -> None:
    assert set(CLI_REMEDIES) == set(API_REMEDIES) == set(Remedy)


def test_a_message_has_the_error_and_its_remedy() -> None:
    plain, remedied = TertiusError("It failed."), NoDataLoaded("No data.", remedy=Remedy.LOAD_DATA)

    assert (cli_message(plain), api_message(plain)) == ("It failed.", "It failed.")
    assert cli_message(remedied) == "No data. Load an export with `tertius load`."
    assert api_message(remedied) == "No data. Upload one with the mutation `createLoadJob`."
