"""A mailbox fetched by IMAP, from a real server: it says what an mbox of the same letters says."""

import socket
import socketserver
from base64 import b64decode
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from graph.records import Bookmark, Interaction, Record, SkippedRow
from sources import mailbox
from sources.errors import SyncFailed
from sources.mailbox import imap
from sources.mailbox.headers import first_value, gmail_labels, parse_headers
from sources.mailbox.mail_files import message_heads
from tests.mail_server import Mail, Server
from tests.sources.mailbox.messages import MIDDAY, letter

ARRIVED = MIDDAY.replace(hour=0)  # GreenMail keeps the day of it
SAMPLES = Path(__file__).parents[2] / "samples" / "mailbox"


def on(days: int, id: str, **more: str) -> bytes:
    """A letter so many days after MIDDAY."""
    return letter(Date=format_datetime(MIDDAY + timedelta(days=days)), Message_ID=f"<{id}>", **more).encode()


def read(mail: Mail, before: list[Record] | None = None, **changes: Any) -> list[Record]:
    """What a fetch yields, after what an earlier one did."""
    bookmarks = {record.place: record.position for record in before or [] if isinstance(record, Bookmark)}
    return list(imap.sync_mailbox(replace(mail.account, **changes), bookmarks))


def ids(records: list[Record]) -> list[str]:
    return sorted(str(record.id) for record in records if isinstance(record, Interaction))


@pytest.mark.parametrize("sample", ["Inbox", "takeout.mbox"])
def test_the_same_letters_by_imap_and_in_an_mbox_say_the_same(mail: Mail, tmp_path: Path, sample: str) -> None:
    found = [one for one in message_heads(SAMPLES / sample) if one.block.isascii()]  # GreenMail's are
    for one in found:
        mail.put("INBOX", b"\r\n".join([*one.block.splitlines(), b"", b"Seen by nobody.", b""]), ARRIVED)
    envelope = b"From - " + format_datetime(ARRIVED).encode()
    box = [
        replace(one, file="INBOX", number=number, envelope=envelope, labels=frozenset({"inbox"}))
        for number, one in enumerate(found, 1)
    ]

    said = [record for record in read(mail) if not isinstance(record, Bookmark)]

    assert said == list(mailbox.mail_records(box))
    assert any(isinstance(record, Interaction) for record in said)


def test_what_has_no_date_is_dated_by_its_arrival(mail: Mail) -> None:
    mail.put("INBOX", letter(Date="soon").encode(), ARRIVED)

    (found, _) = read(mail)

    assert isinstance(found, Interaction)
    assert found.at == ARRIVED


def test_nothing_is_changed_on_the_server(mail: Mail) -> None:
    mail.put("INBOX", on(0, "one"))

    read(mail)

    mail.client.select_folder("INBOX")
    assert mail.client.search("UNSEEN") == [1]


def test_a_later_fetch_brings_the_new_letters_and_all_others_of_their_days_from_every_folder(mail: Mail) -> None:
    mail.put("INBOX", on(0, "first day"))
    mail.put("INBOX", on(20, "that day"))
    mail.put("Sent", on(20, "that day, sent"))
    before = read(mail)
    mail.put("Archive", on(20, "late, and elsewhere"))
    mail.put("INBOX", on(40, "new"))

    after = read(mail, before)

    assert ids(before) == ["first day", "that day", "that day, sent"]
    assert ids(after) == ["late, and elsewhere", "new", "that day", "that day, sent"]
    assert ids(read(mail, after)) == []


def test_a_folder_that_was_made_anew_is_read_anew(mail: Mail) -> None:
    mail.put("Work", on(0, "old"))
    mail.put("INBOX", on(90, "else"))
    before = read(mail)
    mail.client.delete_folder("Work")
    mail.put("Work", on(50, "one"))
    mail.put("Work", on(50, "two"))

    assert ids(read(mail, before)) == ["one", "two"]


def test_far_days_are_not_looked_for_together(mail: Mail) -> None:
    days = {date(2022, 1, 1), date(2022, 1, 5), date(2022, 3, 1)}
    many = {date(2022, 1, 1) + timedelta(days=10 * n) for n in range(40)}

    assert imap._spans(days) == [(date(2022, 1, 1), date(2022, 1, 5)), (date(2022, 3, 1), date(2022, 3, 1))]
    assert imap._spans(many) == [(min(many), max(many))]


def test_what_was_thrown_away_is_not_fetched_and_named_folders_alone_are(mail: Mail) -> None:
    mail.put("INBOX", on(0, "one"), flags=(b"\\Deleted",))
    mail.put("INBOX", on(0, "two"))
    mail.put("Trash", on(0, "three"))
    mail.put("Work", on(0, "four"))
    mail.put("Entwürfe, später", on(0, "five"))

    assert ids(read(mail)) == ["five", "four", "two"]
    assert SkippedRow("INBOX", "trash") in read(mail)
    assert ids(read(mail, folders=("Work", "Work"))) == ["four"]
    with pytest.raises(SyncFailed, match=r"there is no folder “Wrok”; check its name\.$"):
        read(mail, folders=("Wrok",))


def test_a_wrong_password_does_not_let_in_and_is_not_told(mail: Mail) -> None:
    with pytest.raises(
        SyncFailed, match=r"^Tertius cannot read the mailbox at 127\.0\.0\.1: the server rejected the user name"
    ) as no:
        read(mail, password="wrong-one")
    assert "wrong-one" not in str(no.value)


def test_a_server_that_is_not_there_or_not_trusted_is_said_in_a_sentence(mail: Mail, mail_server: Server) -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        with pytest.raises(SyncFailed, match=r"the server does not respond; check its name and port\.$"):
            read(mail, port=nobody.getsockname()[1])
    with pytest.raises(SyncFailed, match="certificate is not trusted"):
        read(mail, port=mail_server.encrypted, tls=True)
    with pytest.raises(SyncFailed, match="does not offer TLS"):
        read(mail, tls=True)


def test_on_gmail_everything_is_read_once_under_its_labels() -> None:
    there = [((b"\\HasNoChildren",), b"/", "INBOX"), ((b"\\All",), b"/", "[Gmail]/All Mail")]
    there += [((b"\\Noselect",), b"/", "[Gmail]"), ((b"\\Junk",), b"/", "[Gmail]/Spam")]

    def chosen(*capabilities: str) -> list[str]:
        client = SimpleNamespace(list_folders=lambda: there, has_capability=capabilities.__contains__)
        return [name for name, _ in imap._folders(client, imap.MailAccount("mail.example", 993, "ana"))]

    assert chosen("X-GM-EXT-1") == ["[Gmail]/All Mail"]
    assert chosen() == ["INBOX"]


def test_gmails_labels_are_those_of_its_own_export() -> None:
    head = imap._labels_header([b"\\Sent", b"\\Inbox", b'Caf&AOk-, "old"'], is_automated=True)

    assert gmail_labels(first_value(parse_headers(head), b"x-gmail-labels")) == {
        "sent",
        "inbox",
        "café, old",
        "category updates",
    }


class Script(socketserver.StreamRequestHandler):
    """Says what was written for it, "done" to every other command, and remembers what it heard."""

    server: "Scripted"

    def handle(self) -> None:
        self.wfile.write(self.server.greeting)
        tag = b""
        for line in self.rfile if self.server.answers else ():
            self.server.heard.append(line)
            words = line.split()
            tag = words[0] if len(words) > 1 else tag
            answer = self.server.answers.get(words[1] if len(words) > 1 else b"", b"TAG OK done\r\n")
            self.wfile.write(answer.replace(b"TAG", tag))


class Scripted(socketserver.TCPServer):
    """A server for one conversation, for what GreenMail cannot say."""

    def __init__(self, greeting: bytes, **answers: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Script)
        self.greeting, self.heard = greeting, list[bytes]()
        self.answers = {command.encode(): answer for command, answer in answers.items()}

    def fetched(self, **how: Any) -> list[Record]:
        thread = Thread(target=self.handle_request)
        thread.start()
        try:
            return list(
                imap.sync_mailbox(imap.MailAccount("127.0.0.1", self.server_address[1], "ana", tls=False, **how), {})
            )
        finally:
            thread.join()
            self.server_close()


def test_a_token_is_sent_as_xoauth2() -> None:
    server = Scripted(
        b"* OK hello\r\n",
        CAPABILITY=b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK done\r\n",
        AUTHENTICATE=b"+ \r\n",
        LOGOUT=b"* BYE\r\nTAG OK done\r\n",
    )

    assert server.fetched(token="a-token") == []
    assert b64decode(server.heard[2]) == b"user=ana\1auth=Bearer a-token\1\1"


@pytest.mark.parametrize("words", [b"", b"220 smtp.example ESMTP\r\n", b"\xff" * 100 + b"\r\n", b"* BYE\r\n"])
def test_a_server_that_speaks_something_else_is_said_in_a_sentence(words: bytes) -> None:
    with pytest.raises(SyncFailed, match=r"^Tertius cannot read the mailbox at 127\.0\.0\.1: .*\.$"):
        Scripted(words).fetched(password="secret")
