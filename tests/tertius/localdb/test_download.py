"""Download of Neo4j's files from a mirror on this machine."""

import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tertius.errors import DownloadError
from tertius.localdb import download, jars
from tertius.localdb.jars import locked_jars
from tertius.settings import Settings
from tests.recorded_progress import RecordedProgress


class Mirror(ThreadingHTTPServer):
    """Serves the jars in the cache of this user, counts requests, and sends wrong bytes for one path."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_MirrorHandler, directory=str(folder)))
        self.requests: Counter[str] = Counter()
        self.wrong_path: str | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _MirrorHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Mirror

    def do_GET(self) -> None:
        path = self.path.removeprefix("/")
        self.server.requests[path] += 1
        if path == self.server.wrong_path:
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"wrong")
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name in the base class
        """Log nothing."""


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    settings = Settings()
    download.download_jars(settings)
    with Mirror(jars.folder(settings)) as mirror:
        serving = Thread(target=mirror.serve_forever)
        serving.start()
        yield mirror
        mirror.shutdown()
        serving.join()


def test_only_a_file_with_a_wrong_checksum_is_deleted(mirror: Mirror, tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path, mirror=mirror.address)
    wrong_path = locked_jars().files[40].path
    mirror.wrong_path = wrong_path

    with pytest.raises(DownloadError, match=r"The checksum of .*jar from 127\.0\.0\.1 differs from jars\.lock"):
        download.download_jars(settings)

    verified = len(locked_jars().files) - len(jars.missing(settings))
    assert wrong_path in {jar.path for jar in jars.missing(settings)}
    assert list(tmp_path.rglob("*.part")) == []

    mirror.wrong_path = None
    mirror.requests.clear()
    download.download_jars(settings)

    assert jars.missing(settings) == []
    assert mirror.requests.total() == len(locked_jars().files) - verified


def test_concurrent_downloads_fetch_each_file_once(mirror: Mirror, tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path, mirror=mirror.address)
    progress = RecordedProgress()

    with ThreadPoolExecutor(2) as commands:
        list(commands.map(lambda _: download.download_jars(settings, progress), range(2)))

    assert jars.missing(settings) == []
    assert set(mirror.requests.values()) == {1}
    assert progress.reports[-1][1:] == (locked_jars().size, locked_jars().size)
    assert "158 MB, under the GPLv3" in progress.reports[0][0]


def test_the_error_without_a_network_names_the_mirror_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings = Settings(cache=tmp_path, mirror=f"http://127.0.0.1:{closed.getsockname()[1]}")

        with pytest.raises(DownloadError) as refused:
            download.download_jars(settings)

    assert str(refused.value).startswith("Neo4j could not be downloaded: 127.0.0.1 does not respond.")
    assert "TERTIUS_MIRROR" in str(refused.value)
    assert {0.5, 1.0} <= set(pauses), "it tries again"


def test_the_error_of_an_unwritable_cache_names_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "cache"
    file.write_text("a file")

    with pytest.raises(DownloadError, match="Set TERTIUS_CACHE to a writable folder"):
        download.download_jars(Settings(cache=file, mirror="http://127.0.0.1:1"))


def test_the_lock_file_lists_each_file_once_without_a_host() -> None:
    jars = locked_jars()

    assert len({jar.path for jar in jars.files}) == len(jars.files)
    assert all(len(jar.sha256) == 64 and jar.path.endswith(".jar") for jar in jars.files)
    assert all("://" not in jar.path and not jar.path.startswith("/") for jar in jars.files)
