"""Build the wheel, install it in an empty environment, and use it."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("api", "operations", "presentation", "sources", "graph", "cypher")
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    run(build, cwd=REPOSITORY)
    return next(folder.glob("tertius-*.whl"))


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands in an environment with only the wheel and its dependencies."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    python = environment / "bin" / "python"
    run([str(UV), "venv", "--quiet", "--python", sys.executable, str(environment)])
    lock = str(REPOSITORY / "requirements.lock")
    run([str(UV), "pip", "install", "--quiet", "--python", str(python), "--constraint", lock, str(wheel)])
    return environment / "bin"


def run(command: list[str], cwd: Path | None = None) -> str:
    """Return the output of a command. It does not see this virtual environment or its import path."""
    excluded = ("PYTHONPATH", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in excluded}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def data_files(package: str) -> set[str]:
    """Files of a package in the checkout that are not Python."""
    return {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / package).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }


def test_the_wheel_contains_every_data_file_of_every_package(wheel: Path) -> None:
    files = set(zipfile.ZipFile(wheel).namelist())

    expected = {f"tertius/_packages/{name}" for package in PACKAGES for name in data_files(package)}
    assert expected | data_files("tertius") <= files
    assert "tertius/localdb/jars.lock" in files
    assert any(name.endswith(".cypher") for name in files)
    assert "tertius/_packages/graph/strength/model.json" in files


def test_the_wheel_adds_only_one_top_level_package(wheel: Path) -> None:
    top_level = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {name for name in top_level if not name.endswith(".dist-info")} == {"tertius"}


def test_the_description_has_no_relative_link(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        description = archive.read(name).decode().partition("\n\n")[2]

    assert "who can genuinely introduce me" in description
    assert re.findall(r"\]\((?!https?://)[^)]*\)", description) == []


def test_the_command_runs_in_an_empty_environment(bin_folder: Path, tmp_path: Path) -> None:
    tertius = str(bin_folder / "tertius")

    assert "0." in run([tertius, "--version"], cwd=tmp_path)
    assert "who" in run([tertius, "--help"], cwd=tmp_path)


def test_the_page_is_served_from_the_wheel(bin_folder: Path, tmp_path: Path) -> None:
    program = """
import asyncio, re, httpx
from fastapi import FastAPI
from api.page.routes import page_router

async def main():
    app = FastAPI()
    app.include_router(page_router())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tertius") as client:
        page = await client.get("/", headers={"Accept": "text/html"})
        (asset, *_) = re.findall('="(/assets/[^"]+)"', page.text)
        print(page.status_code, (await client.get(asset)).status_code)

asyncio.run(main())
"""

    assert run([str(bin_folder / "python"), "-c", f"import tertius\n{program}"], cwd=tmp_path).split() == ["200", "200"]


def test_every_module_can_be_imported_from_the_wheel(bin_folder: Path, tmp_path: Path) -> None:
    names = sorted(
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")
        for package in ("tertius", *PACKAGES)
        for path in (REPOSITORY / package).rglob("*.py")
    )
    program = f"import importlib, tertius\nfor name in {names}: importlib.import_module(name)\n"
    print_path = "import cypher; print(cypher.__file__); print(len(cypher.names()) > 0)"

    output = run([str(bin_folder / "python"), "-c", program + print_path], cwd=tmp_path).splitlines()

    assert output[0].endswith("/tertius/_packages/cypher/__init__.py")
    assert output[1] == "True"
