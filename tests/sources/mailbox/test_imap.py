"""A mailbox synced by IMAP from a real server gives the same records as an mbox of the same messages."""

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

from graph.records import BadRow, Bookmark, Interaction, ReadingNote, Record, SkippedRow, UnreachableHandles
from sources import mailbox
from sources.errors import SyncFailed
from sources.mailbox import imap
from sources.mailbox.headers import first_value, gmail_labels, parse_headers
from sources.mailbox.mail_files import message_heads
from tests.mail_server import Mail, Server
from tests.sources.mailbox.messages import MIDDAY, message_text
from tests.sources.mailbox.test_delivery_reports import REPORT, report

ARRIVED = MIDDAY.replace(hour=0)  # GreenMail stores only the day
SAMPLES = Path(__file__).parents[2] / "samples" / "mailbox"


def on(days: int, id: str, **more: str) -> bytes:
    """A message sent so many days after MIDDAY."""
    return message_text(Date=format_datetime(MIDDAY + timedelta(days=days)), Message_ID=f"<{id}>", **more).encode()


def read(mail: Mail, before: list[Record] | None = None, **changes: Any) -> list[Record]:
    """The records of a sync after an earlier one."""
    bookmarks = {record.place: record.position for record in before or [] if isinstance(record, Bookmark)}
    return list(imap.sync_mailbox(replace(mail.account, **changes), bookmarks))


def ids(records: list[Record]) -> list[str]:
    return sorted(str(record.id) for record in records if isinstance(record, Interaction))


@pytest.mark.parametrize("sample", ["Inbox", "takeout.mbox"])
def test_imap_and_an_mbox_give_the_same_records(mail: Mail, tmp_path: Path, sample: str) -> None:
    heads = [one for one in message_heads(SAMPLES / sample) if one.block.isascii()]  # as GreenMail requires
    for one in heads:
        mail.put("INBOX", b"\r\n".join([*one.block.splitlines(), b"", b"Body.", b""]), ARRIVED)
    envelope = b"From - " + format_datetime(ARRIVED).encode()
    box = [
        replace(one, file="INBOX", number=number, envelope=envelope, labels=frozenset({"inbox"}))
        for number, one in enumerate(heads, 1)
    ]

    records = [record for record in read(mail) if not isinstance(record, Bookmark | ReadingNote)]

    assert records == list(mailbox.mail_records(box))
    assert any(isinstance(record, Interaction) for record in records)


def test_a_message_without_a_date_has_its_time_of_arrival(mail: Mail) -> None:
    mail.put("INBOX", message_text(Date="soon").encode(), ARRIVED)

    (record, *_) = read(mail)

    assert isinstance(record, Interaction)
    assert record.at == ARRIVED


def test_a_sync_does_not_mark_messages_as_read(mail: Mail) -> None:
    mail.put("INBOX", on(0, "one"))

    read(mail)

    mail.client.select_folder("INBOX")
    assert mail.client.search("UNSEEN") == [1]


def test_a_later_sync_rereads_the_days_of_new_messages(mail: Mail) -> None:
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


def test_a_recreated_folder_is_read_again(mail: Mail) -> None:
    mail.put("Work", on(0, "old"))
    mail.put("INBOX", on(90, "else"))
    before = read(mail)
    mail.client.delete_folder("Work")
    mail.put("Work", on(50, "one"))
    mail.put("Work", on(50, "two"))

    assert ids(read(mail, before)) == ["one", "two"]


def test_distant_days_are_searched_separately(mail: Mail) -> None:
    days = {date(2022, 1, 1), date(2022, 1, 5), date(2022, 3, 1)}
    many = {date(2022, 1, 1) + timedelta(days=10 * n) for n in range(40)}

    assert imap._spans(days) == [(date(2022, 1, 1), date(2022, 1, 5)), (date(2022, 3, 1), date(2022, 3, 1))]
    assert imap._spans(many) == [(min(many), max(many))]


def test_a_sync_skips_discarded_mail_and_reads_named_folders(mail: Mail) -> None:
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


def test_a_rejected_password_is_an_error_without_the_password(mail: Mail) -> None:
    with pytest.raises(
        SyncFailed, match=r"^Tertius cannot read the mailbox at 127\.0\.0\.1: the server rejected the user name"
    ) as error:
        read(mail, password="wrong-one")
    assert "wrong-one" not in str(error.value)


def test_a_missing_or_untrusted_server_is_an_error(mail: Mail, mail_server: Server) -> None:
    with closing(socket.socket()) as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(SyncFailed, match=r"the server does not respond; check its name and port\.$"):
            read(mail, port=closed.getsockname()[1])
    with pytest.raises(SyncFailed, match="certificate is not trusted"):
        read(mail, port=mail_server.encrypted, tls=True)
    with pytest.raises(SyncFailed, match="does not offer TLS"):
        read(mail, tls=True)


def test_gmail_syncs_read_the_folder_of_all_mail() -> None:
    folders = [((b"\\HasNoChildren",), b"/", "INBOX"), ((b"\\All",), b"/", "[Gmail]/All Mail")]
    folders += [((b"\\Noselect",), b"/", "[Gmail]"), ((b"\\Junk",), b"/", "[Gmail]/Spam")]

    def folder_names(*capabilities: str) -> list[str]:
        client = SimpleNamespace(list_folders=lambda: folders, has_capability=capabilities.__contains__)
        return [name for name, _ in imap._folders(client, imap.MailAccount("mail.example", 993, "ana"))[0]]

    assert folder_names("X-GM-EXT-1") == ["[Gmail]/All Mail"]
    assert folder_names() == ["INBOX"]


def test_gmail_labels_are_converted_to_the_header_of_an_export() -> None:
    head = imap._labels_header([b"\\Sent", b"\\Inbox", b'Caf&AOk-, "old"'], is_automated=True)

    assert gmail_labels(first_value(parse_headers(head), b"x-gmail-labels")) == {
        "sent",
        "inbox",
        "café, old",
        "category updates",
    }


class Script(socketserver.StreamRequestHandler):
    """Sends the scripted response to a command, "done" to any other, and stores the commands."""

    server: "Scripted"

    def handle(self) -> None:
        self.wfile.write(self.server.greeting)
        tag = b""
        for line in self.rfile if self.server.responses else ():
            self.server.commands.append(line)
            parts = line.split()
            tag = parts[0] if len(parts) > 1 else tag
            command, argument = (*parts[1:3], b"", b"")[:2]
            response = self.server.responses.get(command, b"TAG OK done\r\n")
            response = self.server.responses.get(command + b" " + argument, response)
            self.wfile.write(response.replace(b"TAG", tag))


class Scripted(socketserver.TCPServer):
    """A server for one connection, for responses that GreenMail cannot send."""

    def __init__(self, greeting: bytes, **responses: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Script)
        self.greeting, self.commands = greeting, list[bytes]()
        self.responses = {command.encode(): response for command, response in responses.items()}

    def sync(self, **account: Any) -> list[Record]:
        thread = Thread(target=self.handle_request)
        thread.start()
        try:
            return list(
                imap.sync_mailbox(
                    imap.MailAccount("127.0.0.1", self.server_address[1], "ana", tls=False, **account), {}
                )
            )
        finally:
            thread.join()
            self.server_close()


FOLDERS = b"".join(
    b'* LIST (%b) "/" "%b"\r\n' % folder
    for folder in [
        (b"", b"INBOX"), (b"", b"Broken"), (b"\\Sent", b"Sent"), (b"\\Junk", b"Odd name"), (b"", b"Trash/2020"),
        (b"", b"Shared/Team"), (b"", b"Others/ben"),
    ]
)  # fmt: skip
CAPABILITY = b"* CAPABILITY IMAP4rev1 NAMESPACE\r\nTAG OK done\r\n"
EXAMINE = b"* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 1] next\r\nTAG OK [READ-ONLY] done\r\n"
NAMESPACE = b'* NAMESPACE (("" "/")) (("Others/" "/")) (("Shared/" "/"))\r\nTAG OK done\r\n'


def server_with_folders(**responses: bytes) -> "Scripted":
    given = {"CAPABILITY": CAPABILITY, "LIST": FOLDERS + b"TAG OK done\r\n", "NAMESPACE": NAMESPACE, "EXAMINE": EXAMINE}
    return Scripted(b"* OK hello\r\n", **given | responses)


def test_a_folder_that_fails_is_reported_and_the_others_are_read() -> None:
    records = server_with_folders(**{'EXAMINE "Broken"': b"TAG NO [SERVERBUG] internal error\r\n"}).sync(password="x")

    assert BadRow("Broken", 1, "the server did not return this folder; the next sync tries again") in records
    assert len([record for record in records if isinstance(record, Bookmark)]) == 2


def test_a_sync_reads_delivery_reports_as_an_mbox_does(tmp_path: Path) -> None:
    text = report()
    (tmp_path / "report.eml").write_text(text)
    header, _, _ = text.encode().replace(b"\n", b"\r\n").partition(b"\r\n\r\n")
    fields = REPORT.partition("delivery-status\n\n")[2].partition("\n--x")[0].encode()
    literals = b" ".join(
        b"%b<0> {%d}\r\n%b" % (name, len(part), part)
        for name, part in ((b"BODY[HEADER.FIELDS (FROM)]", header), (b"BODY[2]", fields))
    )
    server = server_with_folders(
        LIST=b'* LIST () "/" "INBOX"\r\nTAG OK done\r\n',
        EXAMINE=EXAMINE.replace(b"UIDNEXT 1", b"UIDNEXT 2"),
        **{"UID SEARCH": b"* SEARCH 1\r\nTAG OK done\r\n"},
        **{"UID FETCH": b"* 1 FETCH (UID 1 %b)\r\nTAG OK done\r\n" % literals},
    )

    returned = [record for record in server.sync(password="x") if isinstance(record, UnreachableHandles)]

    assert returned == [record for record in mailbox.read([tmp_path / "report.eml"]) if record in returned]
    assert len(returned) == 2
    fetched = [command for command in server.commands if b"FETCH" in command]
    assert sum(b"BODY.PEEK[2]<0.16384>" in command for command in fetched) == 1


def test_a_sync_reports_the_folders_that_it_read_and_passed_over() -> None:
    records = server_with_folders().sync(password="x")

    notes = {record.file: record.text for record in records if isinstance(record, ReadingNote)}
    shared = "This folder was passed over: it is shared; name it in the settings to read it."
    assert notes == {
        **dict.fromkeys(("INBOX", "Broken", "Sent"), "This folder was read."),
        **dict.fromkeys(("Shared/Team", "Others/ben"), shared),
        "Odd name": "This folder was passed over: it holds spam.",
        "Trash/2020": "This folder was passed over: it holds trash.",
    }


def test_a_shared_folder_is_read_if_the_settings_name_it() -> None:
    records = server_with_folders().sync(password="x", folders=("Shared/Team",))

    assert [record for record in records if isinstance(record, ReadingNote)] == [
        ReadingNote("Shared/Team", "This folder was read.")
    ]


def test_a_lost_connection_ends_the_sync() -> None:
    with pytest.raises(SyncFailed, match="the connection was interrupted"):
        server_with_folders(**{'EXAMINE "Broken"': b"* BYE\r\n"}).sync(password="x")


def test_a_token_is_sent_as_xoauth2() -> None:
    server = Scripted(
        b"* OK hello\r\n",
        CAPABILITY=b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\nTAG OK done\r\n",
        AUTHENTICATE=b"+ \r\n",
        LOGOUT=b"* BYE\r\nTAG OK done\r\n",
    )

    assert server.sync(token="a-token") == []
    assert b64decode(server.commands[2]) == b"user=ana\1auth=Bearer a-token\1\1"


@pytest.mark.parametrize("parts", [b"", b"220 smtp.example ESMTP\r\n", b"\xff" * 100 + b"\r\n", b"* BYE\r\n"])
def test_a_server_of_another_protocol_is_an_error(parts: bytes) -> None:
    with pytest.raises(SyncFailed, match=r"^Tertius cannot read the mailbox at 127\.0\.0\.1: .*\.$"):
        Scripted(parts).sync(password="secret")
