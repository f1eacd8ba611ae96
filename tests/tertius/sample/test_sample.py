"""The sample exports equal the output of their script, have the form of real exports, and name no real person."""

import csv
import io
import mailbox
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tertius.sample import EXPORTS, MEMBER
from tertius.sample.make import make

ARCHIVE = EXPORTS / "Complete_LinkedInDataExport_11-20-2026.zip"
MBOX = EXPORTS / "All mail Including Spam and Trash.mbox"
LAST_DAY = date(2026, 11, 20)

RESERVED_DOMAIN = re.compile(r"([\w-]+\.)*(example|example\.(com|net|org))")
LINKEDIN_PROFILE = re.compile(r"www\.linkedin\.com/in/[\w-]+-example")


def tables() -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(ARCHIVE) as files:
        for name in files.namelist():
            yield name, files.read(name).decode()


def rows(name: str) -> list[dict[str, str]]:
    text = dict(tables())[name]
    return list(csv.DictReader(io.StringIO(text[text.find("First Name,Last Name,") :])))


@pytest.fixture(scope="module")
def messages() -> list[EmailMessage]:
    box = mailbox.mbox(MBOX, create=False)
    try:
        return [message_from_bytes(box.get_bytes(key), policy=default) for key in box.iterkeys()]
    finally:
        box.close()


def test_a_new_generation_equals_the_committed_exports(tmp_path: Path) -> None:
    make(tmp_path)

    generated = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in EXPORTS.iterdir()}
    assert {ARCHIVE.name, MBOX.name} == committed.keys() == generated.keys()
    assert [name for name in generated if generated[name] != committed[name]] == []


def test_the_sample_exports_are_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.iterdir()) < 450_000


def test_no_address_or_link_exists_in_reality() -> None:
    for text in (MBOX.read_text("utf-8"), *(text for _, text in tables())):
        for domain in re.findall(r"@([\w.-]*\w)", text):
            assert RESERVED_DOMAIN.fullmatch(domain) or domain == "xxx"
        for link in re.findall(r"(?:https?://)?((?:www\.|(?<=//))[^\s\",]+)", text):
            assert LINKEDIN_PROFILE.fullmatch(link) or RESERVED_DOMAIN.fullmatch(link.partition("/")[0])


def test_the_archive_is_valid_and_its_rows_fit_their_headers() -> None:
    with zipfile.ZipFile(ARCHIVE) as files:
        assert files.testzip() is None
    for name, text in tables():
        table = text.split("\n\n", 1)[1] if text.startswith("Notes:") else text
        header, *lines = csv.reader(io.StringIO(table))
        assert lines, name
        assert {len(line) for line in lines} == {len(header)}, name


def test_every_connection_has_a_different_profile() -> None:
    profiles = [row["URL"] for row in rows("Connections.csv") if row["URL"]]

    assert len(profiles) > 200
    assert len(set(profiles)) == len(profiles)


def test_the_mailbox_is_complete_and_valid(messages: list[EmailMessage]) -> None:
    ids = [message["Message-ID"] for message in messages]

    assert len(messages) > 700
    assert len(set(ids)) == len(ids)
    assert {message["In-Reply-To"] for message in messages} <= {None, *ids}
    assert all(message["From"].addresses and message["To"].addresses for message in messages)
    assert not any(message.defects for message in messages)


def test_ana_takes_part_in_most_messages(messages: list[EmailMessage]) -> None:
    participants = [
        {one.addr_spec for field in ("From", "To", "Cc") if message[field] for one in message[field].addresses}
        for message in messages
    ]

    assert sum(MEMBER in people for people in participants) > 0.9 * len(messages)


def test_both_exports_end_on_the_same_day(messages: list[EmailMessage]) -> None:
    days = [parsedate_to_datetime(message["Date"]).astimezone(UTC).date() for message in messages]

    assert max(days) == LAST_DAY
    assert min(days).year == 2022
    assert max(row["DATE"] for row in csv.DictReader(io.StringIO(dict(tables())["messages.csv"])))[:10] == str(LAST_DAY)
