"""`make demo-team`: three colleagues who share differently ask the same, and each is told what is theirs to know."""

from pathlib import Path

import neo4j
from typer.testing import CliRunner

from tertius.cli import app


def test_three_colleagues_are_given_three_right_answers(migrated: tuple[str, str, str], tmp_path: Path) -> None:
    uri, user, password = migrated
    with neo4j.GraphDatabase.driver(uri, auth=(user, password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")
    env = {"TERTIUS_NEO4J__URI": uri, "TERTIUS_NEO4J__USER": user, "TERTIUS_NEO4J__PASSWORD": password}

    def shown() -> list[str]:
        result = CliRunner().invoke(app, ["demo", "--team", "--no-serve"], env=env | {"TERTIUS_HOME": str(tmp_path)})
        assert result.exit_code == 0, result.output
        return result.stdout.split(" asks: ")

    _, lena, omar, pia, told = shown()
    _, _, _, again = shown()

    assert "Ask Kaya Demir" in lena
    assert "Ask Sven Aalto" in pia
    assert "Tomas Weiss knows you: ask directly." in omar
    for answer in (lena, pia):
        before = answer.partition("As of")[0]
        assert "way to Tomas Weiss leads through your team" in before
        assert "Omar" not in before
    assert "Sven" not in lena
    assert "Kaya" not in pia + told.partition("Lena alone")[0]
    assert "Ask Omar Nasser" in told
    assert "Omar Nasser: colleague." in told
    assert "Omar Nasser for Tomas Weiss: strong; only its strength is shared" in told
    assert "leads through your team" not in told
    assert again == told
