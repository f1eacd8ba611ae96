"""`make demo-team`: three colleagues with different sharing levels ask the same, and each answer keeps to these."""

import json
from collections.abc import Callable
from pathlib import Path

import neo4j
import pytest
from typer.testing import CliRunner

from tertius.cli.app import app

Tertius = Callable[..., str]


@pytest.fixture
def tertius(migrated: tuple[str, str, str], tmp_path: Path) -> Tertius:
    """The command, on an emptied database, as who began the team's network."""
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    env = {"TERTIUS_NEO4J__URI": uri, "TERTIUS_NEO4J__USER": user, "TERTIUS_NEO4J__PASSWORD": password}
    env |= {"TERTIUS_HOME": str(tmp_path), "TERTIUS_NETWORK": "demo_team"}

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words, env=env)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def shown(tertius: Tertius) -> list[str]:
    """The answer to each, in turn."""
    return tertius("demo", "--team", "--no-serve").split(" asks: ")[1:]


def test_three_colleagues_are_given_three_right_answers(tertius: Tertius) -> None:
    lena, omar, pia, output = shown(tertius)
    *_, again = shown(tertius)

    assert "Ask Kaya Demir" in lena
    assert "Ask Sven Aalto" in pia
    assert "Tomas Weiss knows you: ask directly." in omar
    for answer in (lena, pia):
        before = answer.partition("As of")[0]
        assert "route to Tomas Weiss starts at a colleague" in before
        assert "Omar" not in before
    assert "Sven" not in lena
    assert "Kaya" not in pia + output.partition("Only Lena")[0]
    assert "Ask Omar Nasser" in output
    assert "colleague  Omar Nasser is in your team: " in output
    assert "Omar Nasser knows Tomas Weiss: only the strength is shared" in output
    assert "starts at a colleague" not in output
    assert again == output


def about(tertius: Tertius) -> list[list[object]]:
    """What was asked about somebody, newest first."""
    entries = json.loads(tertius("privacy", "audit", "--json"))
    return [[entry["action"], [each["name"] for each in entry["people"]]] for entry in entries if entry["people"]]


def test_the_command_skips_excluded_people_and_names_colleagues_by_setting(tertius: Tertius) -> None:
    shown(tertius)

    def asked() -> tuple[list[str], str | None]:
        answer = json.loads(tertius("who", "Tomas Weiss", "--team", "--json"))
        return [route["firstIntroducer"]["name"] for route in answer["routes"]], answer["withheldStrengthLabel"]

    assert asked() == (["Kaya Demir"], "STRONG")
    assert "1. Kaya Demir, since" in tertius("team", "exclude", "Kaya", "Demir")
    assert asked() == ([], "STRONG")
    assert "You exclude nobody" in tertius("team", "unexclude", "1")
    noted = about(tertius)
    tertius("request", "create", "Tomas", "Weiss", "--purpose", "I want to learn.")
    assert about(tertius) == [["INTRODUCTIONS", ["Tomas Weiss"]], *noted]
    assert "immediately" in tertius("team", "visibility", "immediate")
    assert asked() == (["Omar Nasser", "Pia Lund", "Kaya Demir"], None)
    assert "colleague  Omar Nasser is in your team: " in tertius("who", "Tomas Weiss", "--team")
