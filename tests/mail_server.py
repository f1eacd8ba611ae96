"""A real IMAP and SMTP server for the tests: GreenMail on loopback, run by the Java that runs Neo4j.

Its jar is downloaded like those of Neo4j, checked against the hash here, and stored in the same cache.
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from sources.mailbox.imap import MailAccount
from tertius.errors import DownloadError
from tertius.localdb import download, jars
from tertius.localdb.jars import Jar
from tertius.localdb.process import java
from tertius.settings import Settings

GREENMAIL = Jar(
    "0381392f3a44e4d8ae78051778440f58820d01acaf5757c3f43649deda8c1d23",
    "com/icegreen/greenmail-standalone/2.1.14/greenmail-standalone-2.1.14.jar",
)
HOST, PASSWORD = "127.0.0.1", "secret"
_USERS = 40
_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    """The ports of the server, and the users that no test has used yet."""

    plain: int
    encrypted: int
    smtp: int
    smtps: int
    users: Iterator[str]


@dataclass(frozen=True, slots=True)
class Mail:
    """The mailbox of one user, and a client that may write in it."""

    account: MailAccount
    client: Any

    def put(self, folder: str, message: bytes, arrived: datetime | None = None, flags: tuple[bytes, ...] = ()) -> None:
        """Add a message to a folder, and create the folder if it does not exist."""
        if not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        self.client.append(folder, message, flags, arrived)


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Server]:
    """GreenMail, started for this run. Skips the test if the jar cannot be downloaded."""
    settings = Settings()
    folder = jars.folder(settings)
    if not (folder / GREENMAIL.path).is_file():
        try:
            with download._session() as session:
                download._Fetch(session, download._repository(settings), folder)(GREENMAIL)
        except DownloadError:
            pytest.skip("GreenMail's jar is not on this machine and cannot be downloaded")
    plain, encrypted, smtp, smtps = (_free() for _ in range(4))
    users = [f"user{number}@home.example" for number in range(_USERS)]
    options = {
        "startup.timeout": _START_SECONDS * 1000,  # GreenMail's own limit is 2 s, too short for a busy machine
        "imap.hostname": HOST,
        "imap.port": plain,
        "imaps.hostname": HOST,
        "imaps.port": encrypted,
        "smtp.hostname": HOST,
        "smtp.port": smtp,
        "smtps.hostname": HOST,
        "smtps.port": smtps,
        "users": ",".join(f"{user.replace('@', f':{PASSWORD}@')}" for user in users),
        "users.login": "email",
    }
    properties = [f"-Dgreenmail.{name}={value}" for name, value in options.items()]
    command = [str(java()), "-Xmx64m", *properties, "-jar", str(folder / GREENMAIL.path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(process, plain, users[-1])
            yield Server(plain, encrypted, smtp, smtps, iter(users[:-1]))
        finally:
            process.terminate()


@pytest.fixture
def mail(mail_server: Server) -> Iterator[Mail]:
    """An empty mailbox."""
    user = next(mail_server.users)
    with IMAPClient(HOST, mail_server.plain, ssl=False, timeout=60) as client:
        client.login(user, PASSWORD)
        yield Mail(MailAccount(HOST, mail_server.plain, user, PASSWORD, tls=False), client)


def _free() -> int:
    with closing(socket.socket()) as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _await(process: "subprocess.Popen[bytes]", port: int, last: str) -> None:
    """Wait until the last user can sign in: GreenMail opens its ports before it creates the users."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with IMAPClient(HOST, port, ssl=False, timeout=10) as client:
                client.login(last, PASSWORD)
        except (OSError, IMAPClientError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("GreenMail did not start") from None
            time.sleep(0.1)
        else:
            return
