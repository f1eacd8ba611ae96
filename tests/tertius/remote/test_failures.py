"""What a command says when a server refuses, fails or is not there. No database."""

import json
import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tertius.cli.app import app
from tertius.cli.command_entries import ServerUse
from tertius.errors import cli_message
from tertius.remote.credentials import Credentials
from tests.tertius.cli.test_commands import COMMANDS

TOKEN = "tertius_the_secret_token"


class Failing(BaseHTTPRequestHandler):
    """A server that answers each request with the status in its class, and remembers what it was sent."""

    status = 200
    headers_sent: tuple[tuple[str, str], ...] = ()
    body = b""
    paths: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).paths.append(self.path)
        self.send_response(self.status)
        for header in self.headers_sent:
            self.send_header(*header)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.fixture
def failing() -> Iterator[tuple[str, type[Failing]]]:
    """The address of a server that fails, and its class."""
    handler = type("Handler", (Failing,), {"paths": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()


def run(home: Path, *words: str, **variables: str) -> Result:
    return CliRunner().invoke(app, words, env={"TERTIUS_HOME": str(home), **variables}, input="y\n")


def sentence(result: Result) -> str:
    """What the command prints before it exits with 1."""
    assert result.exit_code == 1
    assert result.exception is not None
    return cli_message(result.exception)  # type: ignore[arg-type]


def error(message: str) -> bytes:
    return json.dumps({"errors": [{"message": message, "extensions": {"code": "X"}}]}).encode()


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (401, (), error("Send a token."), "no longer accepts your token. Run `tertius logout`"),
        (429, (("Retry-After", "600"),), error("Too many."), "no more requests for now. Try again in 10 minutes."),
        (429, (), b"", "Try again in a while."),
        (503, (), error("The database does not answer."), "is not available: The database does not answer."),
        (502, (), b"<html>", "is not available. Try again in a minute"),
        (301, (("Location", "https://elsewhere.example"),), b"", "redirects to another address"),
        (404, (), b"<html>", "answered with status 404. Is this the address of Tertius?"),
        (200, (), b"<html>", "is not a Tertius service"),
        (200, (), error("`limit` is 1 to 20."), "`limit` is 1 to 20."),
    ],
)
def test_a_failure_is_one_sentence_with_what_to_do(
    tmp_path: Path,
    failing: tuple[str, type[Failing]],
    status: int,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    expected: str,
) -> None:
    url, handler = failing
    handler.status, handler.headers_sent, handler.body = status, headers, body
    Credentials(tmp_path).store(url, "home", TOKEN)

    result = run(tmp_path, "who", "Jane")

    assert expected in sentence(result)
    assert TOKEN not in sentence(result)
    assert handler.paths == ["/graphql"]


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    Credentials(tmp_path).store("http://127.0.0.1:1", "home", TOKEN)

    assert "cannot be reached" in sentence(run(tmp_path, "who", "Jane"))
    result = run(tmp_path, "logout")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "was not revoked and is kept" in result.stderr
    assert Credentials(tmp_path).token("http://127.0.0.1:1") == TOKEN


def test_a_command_that_cannot_use_a_server_says_so(tmp_path: Path) -> None:
    Credentials(tmp_path).store("https://tertius.example.org", "home", TOKEN)

    refused = run(tmp_path, "admin", "refresh")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "cannot use the server https://tertius.example.org. It needs the local database" in refused.stderr
    named = run(tmp_path / "new", "admin", "refresh", TERTIUS_SERVER="https://named.example.org")
    assert "cannot use the server https://named.example.org. It needs the local database" in named.stderr


SUPPORTED = [path for path, (_, command, _) in COMMANDS.items() if command.server_use is ServerUse.SUPPORTED]


@pytest.mark.parametrize("path", SUPPORTED)
def test_a_command_for_a_server_does_not_answer_from_the_local_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    Credentials(tmp_path).store("http://127.0.0.1:1", "home", TOKEN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    _, command, _ = COMMANDS[path]
    words = shlex.split(command.examples[0])[1:]
    for word in words:
        if word.startswith("~/") or word.endswith(".csv"):
            file = Path(word).expanduser()
            file.parent.mkdir(exist_ok=True)
            file.write_text("Name\nJane Okonkwo\n", "utf-8")
    words = [str(Path(word).expanduser()) if word.startswith("~/") else word for word in words]

    assert "cannot be reached" in sentence(run(tmp_path, *words))


def test_a_server_without_a_token_receives_no_request(tmp_path: Path) -> None:
    result = run(tmp_path, "who", "Jane", "--server", "https://tertius.example.org")
    assert "There is no token for https://tertius.example.org. Run `tertius join LINK`" in sentence(result)


@pytest.mark.parametrize("address", ["http://tertius.example.org", "tertius.example.org", "https://a.example/path"])
def test_an_address_without_tls_or_with_a_path_is_refused(tmp_path: Path, address: str) -> None:
    assert "--server is invalid" in sentence(run(tmp_path, "who", "Jane", "--server", address))
    joining = run(tmp_path, "join", f"{address}/join#tertius_invitation_x", "--name", "Bea")
    assert (joining.exit_code, joining.stdout) == (2, "")
