"""Downloads Neo4j's files once into the user's cache folder.

Twelve files are downloaded at a time. Each is written under a temporary name, checked against jars.lock and renamed,
so an interrupted download continues with the files that are missing.
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
from tertius.localdb.jars import LICENCE, Jar, folder, locked_jars, missing
from tertius.settings import Settings

_PARALLEL = 12
TRIES = 3
_CHUNK_BYTES = 256 * 1024
_RESERVED_BYTES = 100 * 2**20
"""Free bytes that a download leaves on the disk."""
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def download_jars(settings: Settings, progress: Progress = SILENT) -> None:
    """Download the missing files. Raises DownloadError."""
    if missing(settings):
        try:
            _fetch_missing(settings, progress)
        except OSError as error:
            raise _disk_error(settings, error) from error


def _fetch_missing(settings: Settings, progress: Progress) -> None:
    jars = locked_jars()
    target = folder(settings)
    target.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.cache / "download.lock"):  # another command may be downloading
        wanted = missing(settings)
        present = sum((target / jar.path).stat().st_size for jar in jars.files if jar not in wanted)
        _check_disk(target, jars.size - present)
        stage = (
            f"Downloading Neo4j Community {jars.version} into {settings.cache}, once: "
            f"{jars.size / 1e6:.0f} MB, under the {LICENCE}, run as a separate process"
        )
        with _session() as session, ThreadPoolExecutor(_PARALLEL) as pool:
            fetch = _Fetch(session, _repository(settings), target)
            try:
                _fetch_all(pool, fetch, wanted, lambda done: progress.report(stage, present + done, jars.size))
            finally:
                fetch.stopped = True
                pool.shutdown(cancel_futures=True)


def _session() -> requests.Session:
    """Return a session that honours HTTPS_PROXY, NO_PROXY, REQUESTS_CA_BUNDLE and SSL_CERT_FILE."""
    session = requests.Session()
    session.verify = os.environ.get("SSL_CERT_FILE") or True
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=_PARALLEL))
    return session


def _fetch_all(pool: ThreadPoolExecutor, fetch: "_Fetch", wanted: list[Jar], report: Callable[[int], None]) -> None:
    done = 0
    report(done)
    for fetched in as_completed([pool.submit(fetch, jar) for jar in wanted]):
        done += fetched.result()
        report(done)


class _Fetch:
    """Downloads one jar, from any thread."""

    def __init__(self, session: requests.Session, repository: str, folder: Path) -> None:
        self.stopped = False
        self._session = session
        self._repository = repository
        self._folder = folder

    def __call__(self, jar: Jar) -> int:
        """Return the number of downloaded bytes. Raises DownloadError."""
        target = self._folder / jar.path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        try:
            for attempt in range(TRIES):
                try:
                    digest, size = self._write(jar, part)
                    break
                except requests.RequestException as error:
                    if attempt == TRIES - 1 or not _is_transient(error):
                        raise self._unreachable(error) from error
                    time.sleep(2**attempt / 2)
            if digest != jar.sha256:
                raise DownloadError(
                    f"The checksum of {target.name} from {self._host} differs from jars.lock, so the file was deleted. "
                    "Try again, or set TERTIUS_MIRROR to a repository you trust."
                )
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return size

    def _write(self, jar: Jar, part: Path) -> tuple[str, int]:
        digest = hashlib.sha256()
        url = f"{self._repository}/{jar.path}"
        with self._session.get(url, stream=True, timeout=30) as response, part.open("wb") as file:
            response.raise_for_status()
            for chunk in response.iter_content(_CHUNK_BYTES):
                if self.stopped:
                    raise DownloadError("The download was stopped.")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            return digest.hexdigest(), file.tell()

    @property
    def _host(self) -> str:
        return urlsplit(self._repository).hostname or self._repository

    def _unreachable(self, error: requests.RequestException) -> DownloadError:
        if error.response is not None:
            reason = f"{self._host} responds with status {error.response.status_code}"
        elif isinstance(error, requests.exceptions.SSLError):
            reason = f"the certificate of {self._host} is not trusted on this machine (see SSL_CERT_FILE)"
        elif isinstance(error, requests.exceptions.ProxyError):
            reason = "the proxy in HTTPS_PROXY does not respond"
        else:
            reason = f"{self._host} does not respond"
        return DownloadError(
            f"Neo4j could not be downloaded: {reason}. Try again, set TERTIUS_MIRROR to another repository, or set "
            "TERTIUS_NEO4J__URI to a Neo4j of your own."
        )


def _is_transient(error: requests.RequestException) -> bool:
    """Whether a retry may succeed."""
    if isinstance(error, requests.exceptions.SSLError):
        return False
    return error.response is None or error.response.status_code in (408, 429, 500, 502, 503, 504)


def _repository(settings: Settings) -> str:
    if settings.mirror:
        return settings.mirror
    from jgo.constants import MAVEN_CENTRAL_URL  # noqa: PLC0415 half a second, needed only once

    return str(MAVEN_CENTRAL_URL)


def _check_disk(target: Path, needed: int) -> None:
    free = shutil.disk_usage(target).free
    if free < needed + _RESERVED_BYTES:
        raise DownloadError(
            f"The disk of {target} has {free / 1e6:.0f} MB left, and Neo4j's files need {needed / 1e6:.0f} MB. Make "
            "room, or set TERTIUS_CACHE to a folder on another disk."
        )


def _disk_error(settings: Settings, error: OSError) -> DownloadError:
    if error.errno in _DISK_FULL:
        return DownloadError(
            f"The disk of {settings.cache} is full. Make room, or set TERTIUS_CACHE to a folder on another disk."
        )
    return DownloadError(
        f"{settings.cache} is not writable ({error.strerror or 'no reason given'}). Set TERTIUS_CACHE to a writable "
        "folder."
    )
