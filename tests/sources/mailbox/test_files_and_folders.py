"""How mail programs write files and folders: separators, packages, encoded names, and the owner's sent mail."""

from collections import Counter
from pathlib import Path

import pytest

from graph.records import BadRow, Interaction, Owner, Record, SkippedRow
from sources import find_exports, mailbox, read_export
from sources.mailbox.folders import decode_utf7
from tests.sources.mailbox.messages import message_text

LINE = "From ana@a.example Thu Mar  3 12:00:00 2022\n"


def ids(records: list[Record]) -> list[str | None]:
    return [record.id for record in records if isinstance(record, Interaction)]


def read(*paths: Path) -> list[Record]:
    return list(mailbox.read(paths))


def load(folder: Path) -> list[Record]:
    """The records of all exports in a folder, as a load finds them."""
    return [record for export in find_exports([folder]).exports for record in read_export(export)]


def letters(count: int) -> list[str]:
    return [message_text(Message_ID=f"<{number}>") for number in range(count)]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "line", [LINE, "From - Thu Mar 03 12:00:00 2022\n", "From 0@x Thu Mar  3 12:00:00 +0000 2022\n"]
)
def test_messages_without_a_blank_line_between_them_are_read(tmp_path: Path, line: str, newline: str) -> None:
    (tmp_path / "Inbox").write_text("".join(line + letter for letter in letters(3)), newline=newline)

    assert ids(read(tmp_path / "Inbox")) == ["0", "1", "2"]


@pytest.mark.parametrize("second", [">From - Sat Apr 12 2025 15:59:28\n", "From - \n", LINE, f">{LINE}{LINE}"])
def test_a_second_separator_costs_no_message(tmp_path: Path, second: str) -> None:
    (tmp_path / "Inbox").write_text("\n\n".join(LINE + second + letter for letter in letters(2)))

    assert mailbox.identify(tmp_path / "Inbox")
    assert ids(read(tmp_path / "Inbox")) == ["0", "1"]


def test_a_message_quoted_in_a_message_of_gmail_is_not_read(tmp_path: Path) -> None:
    first, second = letters(2)
    quoted = f"\n{LINE}From: eve@e.example\nTo: dan@d.example\nDate: Thu, 3 Mar 2022 12:00:00 +0000\n\nquoted\n\n"
    gmail = "From {}@xxx Thu Mar 03 12:00:00 +0000 2022\n"
    (tmp_path / "All.mbox").write_text(gmail.format(1) + first + quoted + gmail.format(2) + second)

    assert ids(read(tmp_path / "All.mbox")) == ["0", "1"]


def test_mailboxes_of_two_programs_in_one_file_are_read(tmp_path: Path) -> None:
    first, second = letters(2)
    (tmp_path / "All.mbox").write_text(f"From 1@xxx Thu Mar 03 12:00:00 +0000 2022\n{first}\n{LINE}{second}")

    assert ids(read(tmp_path / "All.mbox")) == ["0", "1"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_mail_in_utf_16_is_read(tmp_path: Path, charset: str) -> None:
    (tmp_path / "letter.eml").write_bytes(message_text(Message_ID="<0>", From="Zoë <z@z.example>").encode(charset))
    (tmp_path / "Inbox").write_bytes("".join(LINE + letter + "\n" for letter in letters(3)).encode(charset))

    assert mailbox.identify(tmp_path / "letter.eml")
    assert ids(read(tmp_path / "letter.eml")) == ["0"]
    assert ids(read(tmp_path / "Inbox")) == ["0", "1", "2"]


def test_a_message_of_apple_mail_begins_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "1.emlx").write_text(f"140\n{message_text(Message_ID='<0>')}<?xml version='1.0'?>\n<plist/>")

    assert mailbox.identify(tmp_path / "1.emlx")
    assert ids(read(tmp_path / "1.emlx")) == ["0"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Deleted Messages.mbox/mbox", "trash"),
        ("Junk.mbox/mbox", "spam"),
        ("Drafts.mbox/mbox", "draft"),
        ("Junk.mbox/0A1B/Data/Messages/1.emlx", "spam"),
        ("Trash.mbox/Old.mbox/mbox", "trash"),
        ("Trash.sbd/2020", "trash"),
        ("Trash.sbd/Old.sbd/2020", "trash"),
        ("Junk.directory/2020", "spam"),
        ("Papierkorb/2020", "trash"),
        ("Entw&APw-rfe", "draft"),
        ("Gel&APY-schte Elemente.sbd/2020", "trash"),
        ("&BCEEPwQwBDw-", "spam"),
    ],
)
def test_discarded_mail_in_subfolders_is_skipped(tmp_path: Path, name: str, reason: str) -> None:
    for place in (name, "INBOX.mbox/mbox"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        prefix = "140\n" if place.endswith(".emlx") else LINE
        (tmp_path / place).write_text(prefix + message_text(Message_ID=f"<{place}>"))

    records = load(tmp_path)

    assert ids(records) == ["INBOX.mbox/mbox"]
    assert [record.reason for record in records if isinstance(record, SkippedRow)] == [reason]


@pytest.mark.parametrize("folder", ["trash", "bin", "Spam"])
def test_a_folder_around_the_export_is_no_folder_of_mail(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "Inbox").write_text(LINE + message_text(Message_ID="<0>"))
    (tmp_path / folder / "Sent").write_text(LINE + message_text(Message_ID="<1>"))

    assert sorted(map(str, ids(load(tmp_path / folder)))) == ["0", "1"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".Entw&APw-rfe", "draft"),
        (".Gel&APY-schte Elemente", "trash"),
        (".Trash.2020", "trash"),
        (".INBOX.Junk", "spam"),
    ],
)
def test_discarded_mail_in_maildirs_is_skipped(tmp_path: Path, name: str, reason: str) -> None:
    for maildir in ("", name, ".Posteingang"):
        for folder in ("cur", "new", "tmp"):
            (tmp_path / maildir / folder).mkdir(parents=True)
            (tmp_path / maildir / folder / ".keep").touch()
            (tmp_path / maildir / folder / "empty").touch()
    (tmp_path / name / "cur" / "1:2,S").write_text(message_text())
    (tmp_path / ".Posteingang" / "cur" / "1:2,S").write_text(message_text())

    records = load(tmp_path)

    assert [record.reason for record in records if isinstance(record, SkippedRow)] == [reason]
    assert Counter(map(type, records)) == {SkippedRow: 1, Interaction: 1}


def test_modified_utf_7_is_decoded_and_other_names_stay() -> None:
    names = ("Entw&APw-rfe", "A&-B", "A & B", "&AP-x", "&!-")

    assert list(map(decode_utf7, names)) == ["Entwürfe", "A&B", "A & B", "&AP-x", "&!-"]


def owners(records: list[Record]) -> list[list[str]]:
    return [[handle.text for handle in record.person.handles] for record in records if isinstance(record, Owner)]


@pytest.mark.parametrize(
    "folder", ["Sent", "Sent Messages.mbox", "Gesendet", "Envoy&AOk-s", "送信済みメール", "Sent.sbd/2020"]
)
def test_the_senders_in_a_folder_of_sent_mail_are_the_owner(tmp_path: Path, folder: str) -> None:
    sent = [("Mia Ember <me@a.example>", 1), ("Mia Ember <mia@firm.example>", 3), ("Ben Berg <ben@b.example>", 1)]
    text = "\n".join(LINE + message_text(From=by, To="c@c.example") for by, count in sent for _ in range(count))
    (tmp_path / folder).parent.mkdir(exist_ok=True)
    (tmp_path / folder).write_text(text)
    (tmp_path / "Inbox").write_text(LINE + message_text(From="Gus Orr <gus@g.example>", To="me@a.example"))

    assert owners(load(tmp_path)) == [["me@a.example"], ["mia@firm.example"]]


def test_a_folder_of_sent_mail_without_a_main_sender_shows_no_owner(tmp_path: Path) -> None:
    text = "\n".join(LINE + message_text(From=f"p{number}@a.example") for number in range(4))
    (tmp_path / "Sent").write_text(text)

    assert owners(read(tmp_path / "Sent")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"To": "Mia <me+work@a.example>", "Delivered_To": "me@a.example"},
        {"To": "list@l.example", "X_Original_To": "me+work@a.example", "Delivered_To": "me@a.example"},
    ],
)
def test_a_tagged_address_delivered_to_the_owner_belongs_to_the_owner(tmp_path: Path, fields: dict[str, str]) -> None:
    plain = LINE + message_text(To="me@a.example", Delivered_To="me@a.example", From="ben+x@b.example")
    (tmp_path / "Inbox").write_text(f"{plain}\n{LINE}{message_text(From='ben@b.example', **fields)}")

    assert owners(read(tmp_path / "Inbox")) == [["me@a.example"], ["me@a.example", "me+work@a.example"]]


def test_a_message_without_an_id_is_known_again_by_its_headers(tmp_path: Path) -> None:
    (tmp_path / "Inbox").write_text(LINE + message_text(From="Ana <ana@a.example>"))
    (tmp_path / "Copy").write_text("From \n" + message_text(From="Ana  <ana@a.example>", Received="by x; later"))
    (tmp_path / "Other").write_text(LINE + message_text(From="Ana <ana@a.example>", Cc="cleo@c.example"))

    first, copy, other = (ids(read(tmp_path / name))[0] for name in ("Inbox", "Copy", "Other"))

    assert first == copy != other
    assert first is not None


def test_an_apple_message_without_a_date_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "1.emlx").write_text("120\nFrom: a@b.example\nTo: c@d.example\n\nx")

    assert read(tmp_path / "1.emlx") == [BadRow("1.emlx", 1, "the date is missing or unreadable")]
