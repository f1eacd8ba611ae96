"""Neo4j servers for the tests, which may delete all data in them. They never use the server of the settings."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import neo4j
import psutil
import pytest
from filelock import FileLock

from graph.database.migrations import migrate
from tertius.localdb import aot_cache, jars, lifecycle, process
from tertius.localdb.process import Paths
from tertius.sample import EXPORTS
from tertius.service_settings import Http, LimitSettings, Metrics, Oidc, Traces
from tertius.settings import Imap, Memory, Neo4j, Settings

IMAGE = "neo4j:2026-community"  # docker-compose.yml's
# Each test plans queries that run a few times. Compiling Java code a second time took half of the server's CPU time.
_FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1"
# With one compiler, Java reserves 48 MB for compiled code instead of 240, and collects garbage whenever a few of them
# are filled.
_ROOM_FOR_COMPILED_CODE = "-XX:ReservedCodeCacheSize=240m"
# Plans are short-lived garbage. With the small default for it, Java collected it so often that this took 8 % of the
# CPU time of a server that plans.
_ROOM_FOR_PLANS = ("-Xms512m", "-Xmn256m")
# Each test empties and fills the store. So Neo4j would discard its plans every minute, plan each query again after
# ten uses, and make further plans for lists and texts of other sizes. Planning took most of the server's CPU time.
_KEPT_PLANS = """\
internal.cypher.expression_recompilation_limit=2147483647
internal.cypher.use_parameter_size=false
server.memory.query_cache.per_db_cache_num_entries=5000
"""
_TRAINING = (["load", str(EXPORTS)], ["who", "Victor Lang"])
_UNUSED_SECONDS = 24 * 60 * 60
SHARED_SERVER = "TERTIUS_TEST_NEO4J_URI"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two worker processes, each with its own Neo4j; none for a single file or a given database.

    A server takes 15 seconds to start and 1 GB, so a second one is not worthwhile for a few tests.
    """
    one_file = len(config.args) == 1 and Path(config.args[0].partition("::")[0]).is_file()
    return 0 if one_file or SHARED_SERVER in os.environ else 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files with long tests first, and tests without a database last.

    Tests that delete all plans of the server come before the other tests with a database, which would need them again.
    Tests of one folder follow each other, because they need the same plans.
    Each process of pytest-xdist begins with one half. So while the first prepares Neo4j for both, the second runs tests
    without a database; then it takes over tests of the first, and both end at the same time.
    """
    long = {item.path for item in items if item.get_closest_marker("slow") or "laws" in item.path.parts}
    folders = {folder: place for place, folder in enumerate(dict.fromkeys(item.path.parent for item in items))}
    items.sort(
        key=lambda item: (
            not item.get_closest_marker("database"),
            not item.get_closest_marker("replans"),
            item.path not in long,
            folders[item.path.parent],
        )
    )


def local_settings(folder: Path) -> Settings:
    """Settings of a local database in this folder. They ignore the environment, except for the cache of downloads."""
    return Settings(
        home=folder,
        neo4j=Neo4j(),
        memory=Memory(),
        http=Http(),
        limits=LimitSettings(),
        imap=Imap(),
        oidc=Oidc(),
        metrics=Metrics(),
        traces=Traces(),
        network="home",
    )


@pytest.fixture(scope="session", autouse=True)
def _quick_java() -> Iterator[None]:
    """Start every Neo4j of this process with options for a server that lives for seconds or minutes."""
    options = (*process._JAVA_OPTIONS, _FIRST_COMPILER_ONLY, _ROOM_FOR_COMPILED_CODE, *_ROOM_FOR_PLANS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "_JAVA_OPTIONS", options)
        yield


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """Address, user and password of a Neo4j that this test process may empty.

    That is the server in TERTIUS_TEST_NEO4J_URI (with TERTIUS_TEST_NEO4J_USER and TERTIUS_TEST_NEO4J_PASSWORD). Without
    it, each worker process of pytest-xdist starts a server of its own: in a container where a Docker engine answers,
    otherwise a local one. Tests in two processes do not share data, so each may count nodes or delete everything.
    """
    if uri := os.environ.get(SHARED_SERVER):
        if os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
            pytest.exit(f"{SHARED_SERVER} names one server, which two test processes cannot share: use -n 0.", 4)
        user = os.environ.get("TERTIUS_TEST_NEO4J_USER", "neo4j")
        yield uri, user, os.environ.get("TERTIUS_TEST_NEO4J_PASSWORD", "neo4j")
        return
    if engine_answers():
        from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415 half a second, seldom needed

        with Neo4jContainer(IMAGE) as container:
            yield container.get_connection_url(), container.username, container.password
        return
    settings = local_settings(tmp_path_factory.mktemp("neo4j"))
    copy_migrated_store(settings)
    with pytest.MonkeyPatch.context() as patch:
        kept_for_a_day = process._CONFIGURATION.replace("min_replan_interval=1m", "min_replan_interval=1d")
        patch.setattr(process, "_CONFIGURATION", kept_for_a_day + _KEPT_PLANS)
        address = lifecycle.ensure_running(settings)
    yield address.uri, address.user, address.password.get_secret_value()
    lifecycle.stop(settings)


def copy_migrated_store(settings: Settings) -> None:
    """Fill a new home with an empty store after all migrations, which took ten seconds of CPU time in a new server.

    The first tests on a machine create the store, in the folder of downloads. It has a password of its own.
    """
    digest = hashlib.sha256(jars.locked_jars().digest.encode())
    for migration in sorted(files("cypher").joinpath("migrations").iterdir(), key=lambda entry: entry.name):
        digest.update(migration.name.encode())  # a renumbered migration needs a new store
        digest.update(migration.read_bytes())
    settings.cache.mkdir(parents=True, exist_ok=True)
    stored = Paths(settings.cache / f"tests-{digest.hexdigest()[:12]}")
    paths = Paths(settings.home)
    paths.create()
    with FileLock(settings.cache / "tests-store.lock"):
        if not stored.home.exists():
            _delete_unused_stores(settings.cache)
            with tempfile.TemporaryDirectory(dir=settings.cache) as folder:
                created = local_settings(Path(folder) / "home")
                _create_store(created)
                shutil.rmtree(Paths(created.home).neo4j / "logs")
                created.home.rename(stored.home)
        os.utime(stored.home)
        shutil.copytree(stored.data, paths.data, dirs_exist_ok=True)
        shutil.copy(stored.password, paths.password)


def _create_store(settings: Settings) -> None:
    """Create an empty store after all migrations and, on a new machine, the ahead-of-time cache of Java.

    The cache halves the start time of servers and the CPU time of their first queries. The server records the classes
    of a first load and a first question, most of which plan queries. It records nothing while a server outside the
    tests does: that one writes its recording only when it is stopped.
    """
    records = not aot_cache.is_ready(settings) and not aot_cache._partials(settings)
    address = lifecycle.ensure_running(settings)
    try:
        migrate(address.uri, address.user, address.password.get_secret_value())
        if records:
            _train(address, settings.home.with_name("training"))
    finally:
        lifecycle.stop(settings)
    deadline = time.monotonic() + 180
    while records and not aot_cache.is_ready(settings) and time.monotonic() < deadline:
        time.sleep(0.5)


def _train(address: lifecycle.Address, home: Path) -> None:
    """Load the sample and ask a question, each in a command with this home; then delete everything loaded."""
    password = address.password.get_secret_value()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TERTIUS_")} | {
        "TERTIUS_NEO4J__URI": address.uri,
        "TERTIUS_NEO4J__USER": address.user,
        "TERTIUS_NEO4J__PASSWORD": password,
        "TERTIUS_HOME": str(home),
    }
    for words in _TRAINING:
        command = [sys.executable, "-c", "from tertius.cli.app import main; main()", *words]
        subprocess.run(command, env=environment, capture_output=True, check=False, timeout=300)
    with neo4j.GraphDatabase.driver(address.uri, auth=(address.user, password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")


def _delete_unused_stores(cache: Path) -> None:
    """Delete the migrated stores that no test has copied for a day: those of other versions of Tertius."""
    for store in cache.glob("tests-*/"):
        if time.time() - store.stat().st_mtime > _UNUSED_SECONDS:
            shutil.rmtree(store)


def engine_answers() -> bool:
    """Return True if this user can reach a Docker engine."""
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=60).returncode == 0


def end_servers_in(folder: Path) -> None:
    """End the servers whose home is in this folder, after an interrupted run (.ci/run)."""
    for running in psutil.process_iter():
        try:
            if any(argument.startswith(f"--home-dir={folder}/") for argument in running.cmdline()):
                running.terminate()
                running.wait(60)
        except psutil.Error:
            continue


if __name__ == "__main__":
    end_servers_in(Path(sys.argv[1]))
