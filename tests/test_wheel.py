"""The wheel, built, installed where nothing else is, and used."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HOUSE = Path(__file__).parents[1]
ROOMS = ("api", "operations", "presentation", "sources", "graph", "cypher")
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run(build, cwd=HOUSE)
    return next(folder.glob("tertius-*.whl"))


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are of an environment that holds the wheel, and what it asks for."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    python = environment / "bin" / "python"
    run([str(UV), "venv", "--quiet", "--python", sys.executable, str(environment)])
    lock = str(HOUSE / "requirements.lock")
    run([str(UV), "pip", "install", "--quiet", "--python", str(python), "--constraint", lock, str(wheel)])
    return environment / "bin"


def run(command: list[str], cwd: Path | None = None) -> str:
    """What it prints. It sees no virtual environment and no path of ours."""
    ours = ("PYTHONPATH", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def data_files(room: str) -> set[str]:
    """Everything in a room of the checkout that is no Python."""
    return {
        path.relative_to(HOUSE).as_posix()
        for path in (HOUSE / room).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }


def test_the_wheel_holds_every_file_of_every_room(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())

    wanted = {f"tertius/_rooms/{name}" for room in ROOMS for name in data_files(room)}
    assert wanted | data_files("tertius") <= held
    assert "tertius/localdb/jars.lock" in held
    assert any(name.endswith(".cypher") for name in held)
    assert "tertius/_rooms/graph/strength/model.json" in held


def test_the_wheel_puts_nothing_but_tertius_where_everybody_can_see_it(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"tertius"}


def test_the_command_runs_where_nothing_else_is_installed(bin_folder: Path, tmp_path: Path) -> None:
    tertius = str(bin_folder / "tertius")

    assert "0." in run([tertius, "--version"], cwd=tmp_path)
    assert "who" in run([tertius, "--help"], cwd=tmp_path)


def test_every_module_can_be_imported_from_the_wheel(bin_folder: Path, tmp_path: Path) -> None:
    names = sorted(
        ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        for room in ("tertius", *ROOMS)
        for path in (HOUSE / room).rglob("*.py")
    )
    program = f"import importlib, tertius\nfor name in {names}: importlib.import_module(name)\n"
    place = "import cypher; print(cypher.__file__); print(len(cypher.names()) > 0)"

    told = run([str(bin_folder / "python"), "-c", program + place], cwd=tmp_path).splitlines()

    assert told[0].endswith("/tertius/_rooms/cypher/__init__.py")
    assert told[1] == "True"
