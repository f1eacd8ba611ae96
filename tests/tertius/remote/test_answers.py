"""A question has the same answer and exit code from a server as from the local database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tertius.remote.credentials import Credentials
from tests.tertius.cli.test_app import Tertius

UNNEEDED = {"neo4j", "strawberry", "fastapi", "mcp", "numpy", "phonenumbers", "pydantic", "psutil"} | {
    "asyncio",
    "cypher",
    "operations",
    "pygments",
    "sources",
    "tertius.session",
    "tertius.settings",
}
"""What takes longer to import than a server takes to answer."""

QUESTIONS = (
    ("who", "Jane Okonkwo"),
    ("who", "Jane Okonkwo", "--details", "--limit", "1"),
    ("who", "Jane Okonkwo", "--limit", "10"),
    ("who", "Grace Mwangi", "--team"),
    ("who", "Grace Mwangi", "--as-of", "2026-06-01"),
    ("who", "Priya Raman", "--details"),
    ("who", "Helena Brandt"),
    ("who", "Ulrike Neumann"),
    ("who", "Wei Chen"),
    ("who", "Wei Chen at Lotus Optics"),
    ("who", "Sofie Falk at Northwind Grid"),
    ("who", "Jnae Okonkwo"),
    ("who", "me"),
    ("who", "Ulrike Neumann", "--max-introducers", "3"),
    ("people", "Ma"),
    ("people", "Jnae"),
    ("company", "Tidewater"),
    ("company", "Northwind Grid", "--details"),
    ("company", "Nortwind"),
    ("tie", "me", "Noor Haddad", "--details"),
    ("tie", "Noor Haddad", "Jane Okonkwo", "--as-of", "2026-07-15"),
    ("tie", "me", "Brad Keller"),
    ("fading", "--within", "90"),
    ("fading", "--within", "1"),
)


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_a_server_answers_as_the_local_database_does(
    here: Tertius, there: Tertius, words: tuple[str, ...], *, as_json: bool
) -> None:
    options = ("--json",) if as_json else ()
    local, remote = here(*words, *options), there(*words, *options)

    assert remote.stdout == local.stdout
    assert (remote.exit_code, remote.stderr) == (local.exit_code, local.stderr)
    assert local.stdout


@pytest.mark.parametrize(
    "options", [(), ("--json",), ("--team", "--max-introducers", "1"), ("--out", "out.csv")], ids=str
)
def test_a_server_answers_a_list_of_targets_as_the_local_database_does(
    here: Tertius, there: Tertius, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ["Ref,Name", "1,Jane Okonkwo", "2,Noor Haddad", "3,Wei Chen", "4,Helena Brandt", "5,Jnae Okonkwo", "6,"]
    Path("list.csv").write_text("\n".join(rows), "utf-8")
    printed = []

    for run in (here, there):
        result = run("targets", "list.csv", *options)
        written = Path("out.csv").read_bytes() if "--out" in options else b""
        printed.append((result.stdout, result.exit_code, written))

    assert printed[1] == printed[0]
    assert printed[0][0]


@pytest.mark.parametrize(("url", "code"), [(None, 0), ("http://127.0.0.1:9", 1)], ids=["answered", "unreachable"])
def test_a_question_to_a_server_imports_nothing_that_it_does_not_need(
    server: tuple[str, str], tmp_path: Path, url: str | None, code: int
) -> None:
    Credentials(tmp_path).store(url or server[0], "demo", server[1])
    program = (
        "import atexit, sys; sys.argv[0] = 'tertius'; from tertius.cli.app import main; "
        f"atexit.register(lambda: print(*sorted({UNNEEDED!r} & sys.modules.keys()), file=sys.stderr)); main()"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")}
    environment["TERTIUS_HOME"] = str(tmp_path)

    command = [sys.executable, "-c", program, "who", "Jane", "Okonkwo", "--limit", "2"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    assert (ended.returncode, "Jane Okonkwo" in ended.stdout) == (code, code == 0)
    assert ended.stderr.splitlines()[-1] == ""
