"""Validation compares no unknown name with the names of the schema, which takes long and may reveal them."""

from typing import Any

import graphql
import pytest
from graphql.validation.rules import fields_on_correct_type, known_argument_names, known_type_names

from api.graphql.request.validation import validation_errors
from api.graphql.schema import schema

WRONG = {
    "a field": "{ vewer { role } }",
    "an argument": '{ node(di: "1", id: "1") { id } }',
    "a type of a fragment": "{ ... on Persn { id } }",
    "a type of a variable": "query($a: Strng) { viewer { role } }",
    "a directive's argument": "{ viewer @include(iff: true, if: true) { role } }",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_an_unknown_name_is_compared_with_no_other(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def compared(name: str, *_: Any) -> list[str]:
        raise AssertionError(name)

    for rules in (fields_on_correct_type, known_argument_names, known_type_names):
        monkeypatch.setattr(rules, "suggestion_list", compared)

    errors = validation_errors(schema().definition, graphql.parse(text), tuple(graphql.specified_rules))

    assert errors
    assert not any("Did you mean" in error.message for error in errors)
