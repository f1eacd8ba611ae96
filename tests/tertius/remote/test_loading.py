"""`tertius load` and `tertius source …` on a server."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from socket import SHUT_RDWR, create_connection, socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from time import monotonic, sleep
from urllib.parse import urlsplit

import pytest

from sources.errors import PathNotFound
from tertius.errors import RemoteError
from tertius.remote import uploads
from tertius.remote.credentials import Credentials
from tests.tertius.cli.test_app import Tertius
from tests.tertius.remote.transcripts import compare, cypher

LOU = "lou@maar.example"
ROWS = ["from,to,at", f"me,{LOU},2026-01-01T10:00", f"{LOU},me,2026-01-02T10:00"]


def test_exports_are_loaded_into_a_server_as_into_the_local_database(
    here: Tertius, there: Tertius, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book, other, folder, sheet = Path("book.csv"), Path("notes.pdf"), Path("exports"), Path("sheet.csv")
    folder.mkdir()
    sheet.write_text("Wer,Wo,Post\nLou Maar,Maar Ltd,lou@maar.example\n", "utf-8")
    columns = [word for pair in ("name=Wer", "company=Wo", "email=Post") for word in ("--map", pair)]
    for path in (book, folder / "book.csv"):
        path.write_text("\n".join([*ROWS, "only one cell", ""]), "utf-8")
    other.write_bytes(b"%PDF-1.7 nothing to read")

    compare(
        here,
        there,
        (
            ("load", str(book), "--as", "ana@example.com"),
            ("load", str(folder), "--as", "ana@example.com"),
            ("load", str(book), "--as", "ana@example.com", "--json"),
            ("source", "list"),
            ("source", "list", "--json"),
            ("source", "share", "interactions", "evidence", "--others", "--json"),
            ("source", "share", "linkedin", "strength", "--json"),
            ("source", "share", "linkedin", "strength", "--yes"),
            ("source", "share", "linkedin", "private"),
            ("source", "share", "nothing", "private"),
            ("load", str(other)),
            ("load", "missing.zip"),
            ("load", str(sheet)),
            ("load", str(sheet), *columns, "--kind", "connections", "--as", "ana@example.com"),
            ("load", str(sheet), *columns, "--as", "ana@example.com", "--json"),
            ("load", str(sheet), "--map", "name=Wer", "--map", "shoe_size=Wo"),
            ("load", str(sheet), "--map", "name"),
            ("source", "list"),
            ("source", "remove", "contacts"),
            ("source", "remove", "nothing"),
            ("source", "remove", "interactions"),
        ),
    )


class Cutting(BaseRequestHandler):
    """Forwards bytes to a server, and breaks the connection when the client has sent a number of bytes.

    It first waits until the server has stored most of them, since a server drops what it has not read from a
    connection that breaks.
    """

    place: tuple[str, int]
    uploads: Path
    limit: int | None
    sent = 0

    def handle(self) -> None:
        """Forward one connection in both directions."""
        with create_connection(self.place) as upstream:
            back = threading.Thread(target=self._forward_answer, args=(upstream,))
            back.start()
            while data := self._receive(self.request):
                type(self).sent += len(data)
                upstream.sendall(data)
                if self.limit is not None and self.sent > self.limit:
                    self._wait_until_stored(self.limit * 3 // 4)
                    self.request.shutdown(SHUT_RDWR)
                    break
            upstream.shutdown(SHUT_RDWR)
            back.join()

    def _wait_until_stored(self, size: int) -> None:
        deadline = monotonic() + 60
        while monotonic() < deadline and all(path.stat().st_size < size for path in self.uploads.rglob("large.csv")):
            sleep(0.05)

    def _forward_answer(self, upstream: socket) -> None:
        while data := self._receive(upstream):
            self.request.sendall(data)

    @staticmethod
    def _receive(connection: socket) -> bytes:
        try:
            return connection.recv(65_536)
        except OSError:
            return b""


@pytest.fixture
def broken_network(server: tuple[str, str], sample_environment: dict[str, str]) -> Iterator[tuple[str, type[Cutting]]]:
    """The address of a server behind a network that breaks connections, and the class of the network."""
    parts = urlsplit(server[0])
    place = (parts.hostname or "", parts.port or 0)
    uploads = Path(sample_environment["TERTIUS_HOME"]) / "uploads"
    handler = type("Handler", (Cutting,), {"place": place, "uploads": uploads, "limit": None})
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}", handler
        proxy.shutdown()


def test_the_reports_before_a_failure_are_printed(there: Tertius, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("\n".join([*ROWS, ""]), "utf-8")
    words = ("load", str(book), str(tmp_path / "missing.zip"), "--as", "ana@example.com")

    text, as_json = there(*words), there(*words, "--json")

    assert [isinstance(result.exception, PathNotFound) for result in (text, as_json)] == [True, True]
    assert text.stdout.splitlines()[0] == "List of interactions: loaded"
    assert [each["title"] for each in json.loads(as_json.stdout)["reports"]] == ["List of interactions"]
    assert there("source", "remove", "interactions").exit_code == 0


def wait_until_expected(environment: dict[str, str]) -> None:
    """Wait until the server has noticed that an upload broke off. It refuses a continuation before."""
    deadline = monotonic() + 60
    while monotonic() < deadline and cypher(environment, "MATCH (j:LoadJob {status: 'receiving'}) RETURN j.id"):
        sleep(0.05)


@pytest.mark.parametrize("loads_before", [0, 2])
def test_the_next_command_continues_an_interrupted_upload(
    server: tuple[str, str],
    broken_network: tuple[str, type[Cutting]],
    sample_environment: dict[str, str],
    tmp_path: Path,
    there: Tertius,
    monkeypatch: pytest.MonkeyPatch,
    loads_before: int,
) -> None:
    """Also if the same file was loaded before on the same day."""
    url, network = broken_network
    Credentials(tmp_path).store(url, "demo", server[1])
    large = tmp_path / "large.csv"
    large.write_text(
        "\n".join([*ROWS, *(f"me,{LOU},2026-02-0{1 + loads_before}T10:00" for _ in range(60_000)), ""]), "utf-8"
    )
    size = large.stat().st_size
    words = ("load", str(large), "--as", "ana@example.com", "--json")

    for _ in range(loads_before):
        assert there(*words, "--server", url).exit_code == 0
    network.sent, network.limit = 0, size // 2
    with monkeypatch.context() as patched:
        patched.setattr(uploads, "_RETRIES", 0)
        broken = there(*words, "--server", url)
    assert isinstance(broken.exception, RemoteError)
    wait_until_expected(sample_environment)
    sent, network.limit = network.sent, None
    continued = there(*words, "--server", url)

    assert continued.exit_code == 0, continued.exception
    assert sent > size // 2
    assert network.sent - sent < size * 3 // 4
    (report,) = json.loads(continued.stdout)["reports"]
    assert report["rows"]["total"] == 60_002
    assert there("source", "remove", report["title"], "--server", url).exit_code == 0
