"""How `tertius say` parses a statement."""

import pytest
import typer

from tertius.cli.contributing.statements import parse_statement


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("me knows Jane Doe", ("me", "knows", "Jane Doe")),
        ("I know Jane Doe well", ("I", "knows_well", "Jane Doe")),
        ("Ben knows well Jane", ("Ben", "knows_well", "Jane")),
        ("I met Jane Well", ("I", "met", "Jane Well")),
        ("Ben says he knows Jane", ("Ben", "knows", "Jane")),
        ("Wei He says that she is out of touch with Jane", ("Wei He", "out_of_touch", "Jane")),
        ("I am out of touch with Ben Roe", ("I", "out_of_touch", "Ben Roe")),
        ("Ben Roe is no route to Jane Doe", ("Ben Roe", "do_not_route", "Jane Doe")),
    ],
)
def test_a_sentence_is_two_people_and_what_is_so_of_them(text: str, parsed: tuple[str, str, str]) -> None:
    assert parse_statement([text]) == parse_statement(text.split()) == parsed


@pytest.mark.parametrize("text", ["Ben", "knows Jane", "Ben knows", "Ben likes Jane", "Ben is out of touch with"])
def test_a_sentence_that_is_none_of_these_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="A is no route to B"):
        parse_statement(text.split())
