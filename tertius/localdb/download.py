"""Neo4j's files, fetched once into the user's cache folder.

Twelve at a time, each written under another name, checked against tertius/jars.lock and renamed:
what bears its own name is whole, so an interrupted download goes on where it was.
"""

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from urllib.parse import urlsplit

import requests
from filelock import FileLock
from requests.adapters import HTTPAdapter

from graph.progress import SILENT, Progress
from tertius.errors import DownloadError
from tertius.localdb.jars import LICENCE, Jar, locked
from tertius.settings import Settings

AT_ONCE = 12
TRIES = 3
_CHUNK = 256 * 1024
_ROOM_LEFT = 100 * 2**20  # of the disk, for everybody else
_FULL = (errno.ENOSPC, errno.EDQUOT)


def folder(settings: Settings) -> Path:
    """Where the jars lie, in the layout of a Maven repository, several versions side by side."""
    return settings.cache / "jars"


def missing(settings: Settings) -> list[Jar]:
    """The files that are not here yet."""
    return [jar for jar in locked().files if not (folder(settings) / jar.path).is_file()]


def class_path(settings: Settings) -> str:
    """Java's class path for the server."""
    return os.pathsep.join(str(folder(settings) / jar.path) for jar in locked().files)


def fetch(settings: Settings, progress: Progress = SILENT) -> None:
    """Bring what is missing. Raises DownloadError."""
    if missing(settings):
        try:
            _fetch_missing(settings, progress)
        except OSError as error:
            raise _of_the_disk(settings, error) from error


def _fetch_missing(settings: Settings, progress: Progress) -> None:
    jars = locked()
    where = folder(settings)
    where.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.cache / "download.lock"):  # another command may be at it
        wanted = missing(settings)
        here = sum((where / jar.path).stat().st_size for jar in jars.files if jar not in wanted)
        _refuse_full_disk(where, jars.size - here)
        stage = (
            f"Fetching Neo4j Community {jars.version} into {settings.cache}, once: "
            f"{jars.size / 1e6:.0f} MB, under the {LICENCE}, run as a separate process"
        )
        with _session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
            fetch = _Fetch(session, _repository(settings), where)
            try:
                _together(pool, fetch, wanted, lambda done: progress.report(stage, here + done, jars.size))
            finally:
                fetch.stopped = True
                pool.shutdown(cancel_futures=True)


def _session() -> requests.Session:
    """Heeds HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE and SSL_CERT_FILE."""
    session = requests.Session()
    session.verify = os.environ.get("SSL_CERT_FILE") or True
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=AT_ONCE))
    return session


def _together(pool: ThreadPoolExecutor, fetch: "_Fetch", wanted: list[Jar], told: Callable[[int], None]) -> None:
    done = 0
    told(done)
    for fetched in as_completed([pool.submit(fetch, jar) for jar in wanted]):
        done += fetched.result()
        told(done)


class _Fetch:
    """Brings one jar, from any thread."""

    def __init__(self, session: requests.Session, repository: str, where: Path) -> None:
        self.stopped = False
        self._session = session
        self._repository = repository
        self._where = where

    def __call__(self, jar: Jar) -> int:
        """Return the bytes brought. Raises DownloadError."""
        target = self._where / jar.path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        try:
            for patience in range(TRIES):
                try:
                    found, size = self._write(jar, part)
                    break
                except requests.RequestException as error:
                    if patience == TRIES - 1 or not _passing(error):
                        raise self._unreachable(error) from error
                    time.sleep(2**patience / 2)
            if found != jar.sha256:
                raise DownloadError(
                    f"{self._host} sent another {target.name} than tertius/jars.lock names, and it "
                    "was thrown away: try again, or set TERTIUS_MIRROR to a repository you trust."
                )
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return size

    def _write(self, jar: Jar, part: Path) -> tuple[str, int]:
        found = hashlib.sha256()
        url = f"{self._repository}/{jar.path}"
        with self._session.get(url, stream=True, timeout=30) as answer, part.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_content(_CHUNK):
                if self.stopped:
                    raise DownloadError("The download was stopped.")
                found.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            return found.hexdigest(), file.tell()

    @property
    def _host(self) -> str:
        return urlsplit(self._repository).hostname or self._repository

    def _unreachable(self, error: requests.RequestException) -> DownloadError:
        if error.response is not None:
            why = f"{self._host} answers {error.response.status_code}"
        elif isinstance(error, requests.exceptions.SSLError):
            why = f"the certificate of {self._host} is not trusted here (see SSL_CERT_FILE)"
        elif isinstance(error, requests.exceptions.ProxyError):
            why = "the proxy that HTTPS_PROXY names does not answer"
        else:
            why = f"{self._host} does not answer"
        return DownloadError(
            f"Neo4j could not be downloaded: {why}. Try again, set TERTIUS_MIRROR to another "
            "repository, or TERTIUS_NEO4J__URI to a Neo4j of your own."
        )


def _passing(error: requests.RequestException) -> bool:
    """Whether it may be better in a second."""
    if isinstance(error, requests.exceptions.SSLError):
        return False
    return error.response is None or error.response.status_code in (408, 429, 500, 502, 503, 504)


def _repository(settings: Settings) -> str:
    if settings.mirror:
        return settings.mirror
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 takes half a second, needed once

    return str(MAVEN_CENTRAL_URL)


def _refuse_full_disk(where: Path, needed: int) -> None:
    free = shutil.disk_usage(where).free
    if free < needed + _ROOM_LEFT:
        raise DownloadError(
            f"The disk of {where} has {free / 1e6:.0f} MB left, and Neo4j's files need "
            f"{needed / 1e6:.0f} MB: make room, or set TERTIUS_CACHE to a folder on another disk."
        )


def _of_the_disk(settings: Settings, error: OSError) -> DownloadError:
    if error.errno in _FULL:
        return DownloadError(
            f"The disk of {settings.cache} is full: make room, or set TERTIUS_CACHE to a folder on another disk."
        )
    return DownloadError(
        f"{settings.cache} cannot be written to ({error.strerror or 'no reason given'}): set "
        "TERTIUS_CACHE to a folder that can."
    )
