"""A real mail server for the tests, IMAP and SMTP: GreenMail on loopback, run by the Java that runs Neo4j.

Its one jar is fetched like Neo4j's, checked against the hash here, and kept in the same cache.
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
_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """Its ports; every test has a user of its own."""

    plain: int
    encrypted: int
    smtp: int
    smtps: int
    users: Iterator[str]


@dataclass(frozen=True, slots=True)
class Mail:
    """One user's mailbox, and a client that may write in it."""

    account: MailAccount
    client: Any

    def put(self, folder: str, letter: bytes, arrived: datetime | None = None, flags: tuple[bytes, ...] = ()) -> None:
        """Leave a letter in a folder, made where it is new."""
        if not self.client.folder_exists(folder):
            self.client.create_folder(folder)
        self.client.append(folder, letter, flags, arrived)


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Server]:
    """GreenMail, started for this run; skips where its jar cannot be had."""
    settings = Settings()
    where = jars.folder(settings)
    if not (where / GREENMAIL.path).is_file():
        try:
            with download._session() as session:
                download._Fetch(session, download._repository(settings), where)(GREENMAIL)
        except DownloadError:
            pytest.skip("GreenMail's jar is not on this machine and cannot be downloaded")
    plain, encrypted, smtp, smtps = (_free() for _ in range(4))
    people = [f"user{number}@home.example" for number in range(_USERS)]
    options = {
        "imap.hostname": HOST,
        "imap.port": plain,
        "imaps.hostname": HOST,
        "imaps.port": encrypted,
        "smtp.hostname": HOST,
        "smtp.port": smtp,
        "smtps.hostname": HOST,
        "smtps.port": smtps,
        "users": ",".join(f"{who.replace('@', f':{PASSWORD}@')}" for who in people),
        "users.login": "email",
    }
    given = [f"-Dgreenmail.{name}={value}" for name, value in options.items()]
    command = [str(java()), "-Xmx64m", *given, "-jar", str(where / GREENMAIL.path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await(process, plain, people[-1])
            yield Server(plain, encrypted, smtp, smtps, iter(people[:-1]))
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
    with closing(socket.socket()) as door:
        door.bind((HOST, 0))
        port: int = door.getsockname()[1]
        return port


def _await(process: "subprocess.Popen[bytes]", port: int, last: str) -> None:
    """Wait until the last user is let in: GreenMail opens its ports before it knows anybody."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with IMAPClient(HOST, port, ssl=False, timeout=10) as client:
                client.login(last, PASSWORD)
        except (OSError, IMAPClientError):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("GreenMail did not start") from None
            time.sleep(0.1)
        else:
            return
