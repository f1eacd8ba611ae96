"""The sample network is what its script makes, looks like an export, and names nobody real."""

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

INVENTED = re.compile(r"([\w-]+\.)*(example|example\.(com|net|org))")
LINKEDIN_PROFILE = re.compile(r"www\.linkedin\.com/in/[\w-]+-example")


def tables() -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(ARCHIVE) as files:
        for name in files.namelist():
            yield name, files.read(name).decode()


def rows(name: str) -> list[dict[str, str]]:
    text = dict(tables())[name]
    return list(csv.DictReader(io.StringIO(text[text.find("First Name,Last Name,") :])))


@pytest.fixture(scope="module")
def mails() -> list[EmailMessage]:
    box = mailbox.mbox(MBOX, create=False)
    try:
        return [message_from_bytes(box.get_bytes(key), policy=default) for key in box.iterkeys()]
    finally:
        box.close()


def test_a_fresh_generation_is_the_committed_one_to_the_byte(tmp_path: Path) -> None:
    make(tmp_path)

    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in EXPORTS.iterdir()}
    assert {ARCHIVE.name, MBOX.name} == committed.keys() == fresh.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in EXPORTS.iterdir()) < 400_000


def test_no_address_or_link_leads_anywhere_real() -> None:
    for text in (MBOX.read_text("utf-8"), *(text for _, text in tables())):
        for domain in re.findall(r"@([\w.-]*\w)", text):
            assert INVENTED.fullmatch(domain) or domain == "xxx"
        for link in re.findall(r"(?:https?://)?((?:www\.|(?<=//))[^\s\",]+)", text):
            assert LINKEDIN_PROFILE.fullmatch(link) or INVENTED.fullmatch(link.partition("/")[0])


def test_the_archive_is_a_sound_zip_of_even_tables() -> None:
    with zipfile.ZipFile(ARCHIVE) as files:
        assert files.testzip() is None
    for name, text in tables():
        table = text.split("\n\n", 1)[1] if text.startswith("Notes:") else text
        header, *lines = csv.reader(io.StringIO(table))
        assert lines, name
        assert {len(line) for line in lines} == {len(header)}, name


def test_every_connection_has_a_profile_of_its_own() -> None:
    profiles = [row["URL"] for row in rows("Connections.csv") if row["URL"]]

    assert len(profiles) > 200
    assert len(set(profiles)) == len(profiles)


def test_the_mailbox_is_whole(mails: list[EmailMessage]) -> None:
    ids = [mail["Message-ID"] for mail in mails]

    assert len(mails) > 700
    assert len(set(ids)) == len(ids)
    assert {mail["In-Reply-To"] for mail in mails} <= {None, *ids}
    assert all(mail["From"].addresses and mail["To"].addresses for mail in mails)
    assert not any(mail.defects for mail in mails)


def test_ana_is_in_nearly_every_mail(mails: list[EmailMessage]) -> None:
    everybody = [
        {one.addr_spec for field in ("From", "To", "Cc") if mail[field] for one in mail[field].addresses}
        for mail in mails
    ]

    assert sum(MEMBER in people for people in everybody) > 0.9 * len(mails)


def test_both_exports_end_on_the_same_day(mails: list[EmailMessage]) -> None:
    days = [parsedate_to_datetime(mail["Date"]).astimezone(UTC).date() for mail in mails]

    assert max(days) == LAST_DAY
    assert min(days).year == 2022
    assert max(row["DATE"] for row in csv.DictReader(io.StringIO(dict(tables())["messages.csv"])))[:10] == str(LAST_DAY)
