"""`--json` prints objects of the GraphQL schema: every object with a `__typename` has the fields of that type."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import GraphQLObjectType, build_schema

from tests.tertius.cli.test_app import HOUSE, Tertius

SCHEMA = build_schema((HOUSE / "api" / "schema.graphql").read_text("utf-8"))
COMMAND_LINE_TYPES = {"LoadResult", "LoadReport"}
"""Reports of a command that waits for the load, where the API has a job."""
ON_REQUEST = {
    "Person": {"tie", "identities"},
    "Tie": {"history"},
    "AmbiguousTarget": set(),
    "Company": {"introductions"},
    "IntroductionRequest": {"nextRoute"},
}
"""Fields that GraphQL reads only on request."""


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """All objects with a type in JSON data."""
    if isinstance(data, list):
        for item in data:
            yield from objects(item)
    elif isinstance(data, dict):
        if "__typename" in data:
            yield data
        for value in data.values():
            yield from objects(value)


def check(data: Any) -> None:
    for each in objects(data):
        name = each["__typename"]
        if name not in COMMAND_LINE_TYPES:
            described = SCHEMA.type_map[name]
            assert isinstance(described, GraphQLObjectType)
            expected = described.fields.keys() - ON_REQUEST.get(name, set())
            assert each.keys() - {"__typename"} == expected, name


def test_objects_have_the_fields_of_the_schema(here: Tertius, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("from,to,at\nme,lou@maar.example,2026-01-01T10:00\nlou@maar.example,me,2026-01-02T10:00\n", "utf-8")
    printed: set[str] = set()

    def run(words: str, code: int = 0, option: str = "--json") -> Any:
        result = here(*words.split(), *filter(None, [option]), network="as_json")
        assert result.exit_code == code, (words, result.output, result.exception)
        data = json.loads(result.stdout)
        check(data)
        printed.update(each["__typename"] for each in objects(data))
        return data

    run(f"load {book} --as ana@example.com")
    lou = "lou@maar.example"
    run("privacy settings --controller Ana --contact ana@home.example --basis consent --months 12")
    for words in (
        "source list",
        f"say {lou} knows me",
        "statements list",
        f"duplicates split {lou}",
        "duplicates list",
        "duplicates decisions",
        "team members",
        "team rename Ana",
        "team leaving-policy keep",
        "team visibility immediate",
        "team invite",
        "team invitations",
        "team create-token importer",
        "team tokens",
        f"team hide {lou}",
        f"team exclude {lou}",
        "privacy notices",
        "privacy audit",
        "privacy erasure-requests",
        f"privacy unmark-notified {lou}",
        "admin refresh",
        "admin calibrate --dry-run",
        "fading",
        f"insights keep-in-touch {lou} --every 30 --note Tea",
        "insights nurture",
        f"insights snooze-suggestion {lou}",
        "insights contact-plans",
        "insights balance",
        "insights delete-contact-plan 1",
        "insights health",
        "insights connections",
        "statements withdraw 1",
        "team unhide 1",
        "team unexclude 1",
        "team revoke-token 1",
        "team withdraw-invitation 1",
    ):
        run(words)
    assert run(f"privacy export {lou}", option="")["data"]["identities"]
    preview = run("source share interactions strength", code=1)
    assert not preview["isApplied"]
    assert run("source share interactions strength --yes")["isApplied"]
    assert not run(f"privacy erase {lou}", code=1)["isApplied"]
    run("privacy erase nobody@nowhere.example --yes")
    assert run(f"privacy erase {lou} --yes")["isApplied"]
    run("who Nobody Atall", code=5)
    run("source remove interactions")

    assert {"LoadReport", "Source", "Statement", "Identity", "Member", "Invitation", "Token", "HiddenContact"} < printed
    assert {"ExcludedIntroducer", "Network", "PrivacySettings", "PersonErasure", "DataSubjectExport"} < printed
