"""LinkedIn exports: real archives, single tables, and the detection of the owner."""

import zipfile
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from graph.records import (
    BadRow,
    Channel,
    Connection,
    Education,
    Handle,
    HandleKind,
    Interaction,
    InvitationRecord,
    Job,
    LatestDate,
    Owner,
    Part,
    PersonMention,
    Record,
    SkippedRow,
)
from sources import linkedin
from sources.errors import MultipleOwners
from sources.linkedin.archive_files import open_tables
from sources.tables.csv_table import CsvRow
from sources.tables.linkedin_headers import find_linkedin_table
from tests.sources.linkedin.files import DATE_AND_CONTENT, MESSAGES, OLD_MESSAGES, PROFILE, FileReader, by_url, url
from tests.sources.shared_exports import unpacked

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "tests" / "samples" / "linkedin"


@pytest.fixture
def read(tmp_path: Path) -> FileReader:
    return FileReader(tmp_path)


def owners(records: Iterable[Record]) -> set[str]:
    return {handle.text for record in records if isinstance(record, Owner) for handle in record.person.handles}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real exports made by others."""
    return unpacked("linkedin", tmp_path_factory.mktemp("linkedin"))


@pytest.fixture(scope="module")
def records_of_an_archive(real: Path) -> list[Record]:
    (path,) = real.rglob("sample_export.zip")
    assert linkedin.identify(path)
    return list(linkedin.read([path]))


def test_a_real_archive_is_read_completely(records_of_an_archive: list[Record]) -> None:
    records = records_of_an_archive

    kinds = Counter(type(record) for record in records)
    channels = Counter(record.channel for record in records if isinstance(record, Interaction))
    skipped = Counter(record.reason for record in records if isinstance(record, SkippedRow))
    assert kinds[Connection] == 2_000
    assert channels[Channel.LINKEDIN] + skipped["draft"] == 20_000
    assert skipped == {"draft": 41, "invitation without a note": 79}
    assert channels == {
        Channel.LINKEDIN: 19_959,
        Channel.INVITATION: 83,
        Channel.RECOMMENDATION: 21 + 27,
        Channel.ENDORSEMENT: 1_500 + 700,
    }
    assert (kinds[Job], kinds[Education]) == (2_000 + 11, 2)
    assert kinds[BadRow] == 0
    assert {record.part for record in records if isinstance(record, Part)} == {
        "connections",
        "education",
        "invitations",
        "positions",
    }
    since = [record.since for record in records if isinstance(record, Connection) and record.since]
    assert len(since) == 2_000
    assert min(since).year == 1833


def test_every_table_of_a_real_archive_has_all_its_rows(real: Path) -> None:
    (path,) = real.rglob("sample_export.zip")

    with open_tables(path) as files:
        tables = [table for file in files if (table := find_linkedin_table(file))]
        rows = Counter(table.kind.name for table in tables for row in table.rows() if isinstance(row, CsvRow))

    assert rows == {
        "connections": 2_000,
        "messages": 20_000,
        "invitations": 162,
        "recommendations": 21 + 27,
        "endorsements given": 1_500,
        "endorsements received": 700,
        "profile": 1,
        "emails": 2,
        "positions": 11,
        "education": 2,
        "job applications": 25,
        "saved jobs": 8,
        "company follows": 52,
        "reactions": 80,
    }


def test_the_owner_of_a_real_archive_takes_part_in_every_interaction(records_of_an_archive: list[Record]) -> None:
    records, profile = records_of_an_archive, by_url("fake-ada-byron-lovelace")

    assert owners(records) == {
        "Ada Byron-Lovelace",
        "ada.example@example.com",
        "ada.personal@example.com",
        profile[0].text,
    }
    interactions = [record for record in records if isinstance(record, Interaction)]
    assert all(profile in {who.handles for who in (each.by, *each.to)} for each in interactions)
    messages = [each for each in interactions if each.channel is Channel.LINKEDIN]
    assert sum(len(each.to) > 1 for each in messages) == 1_432 - 6  # drafts
    assert all(who.name for each in messages for who in each.to)


@pytest.mark.parametrize(
    ("owner", "file", "connections", "jobs"),
    [
        ("hirefrank", "Connections.csv", 10, 10),
        ("AbhiramJayasankar", "Connections.csv", 4, 3),
        ("agamm", "linkedin.csv", 5, 5),
        ("paarth-s", "Connections.csv", 3, 2),
        ("baptisteghostine", "Connections.csv", 4, 4),
    ],
)
def test_real_lists_of_connections_are_read_in_every_format(
    real: Path, owner: str, file: str, connections: int, jobs: int
) -> None:
    (path,) = (path for path in real.rglob(file) if f"/{owner}+" in path.as_posix())

    kinds = Counter(type(record) for record in linkedin.read([path]))

    assert linkedin.identify(path)
    assert (kinds[Connection], kinds[Job], kinds[BadRow]) == (connections, jobs, 0)


def test_a_zip_and_its_folder_give_the_same_records(tmp_path: Path) -> None:
    folder = SAMPLES / "archive-2026"
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, file.relative_to(folder))
        archive.writestr("__MACOSX/._Connections.csv", "First Name,Last Name,Connected On\nA,B,2020\n")

    assert linkedin.identify(path)
    assert list(linkedin.read([path])) == list(linkedin.read([folder]))


def test_single_tables_and_their_archive_give_the_same_records() -> None:
    folder = SAMPLES / "archive-2026"

    single_tables = linkedin.read(sorted(folder.rglob("*.csv")))

    def reprs(records: Iterable[Record]) -> list[str]:
        return [repr(each) for each in records if not isinstance(each, SkippedRow | BadRow)]

    assert reprs(single_tables) == reprs(linkedin.read([folder]))


def test_the_owner_takes_part_in_every_conversation(read: FileReader) -> None:
    records = read(
        messages=MESSAGES
        + f"1,Ben,{url('ben')},Ana,{url('ana')},{DATE_AND_CONTENT}\n"
        + f"2,Ana,{url('ana')},Cleo,{url('cleo')},{DATE_AND_CONTENT}\n"
    )

    assert owners(records) == {url("ana")}


def test_no_owner_is_chosen_between_two_candidates(read: FileReader) -> None:
    messages = MESSAGES + f"1,Ben Ek,{url('ben')},Ana Silva,{url('ana')},{DATE_AND_CONTENT}\n"

    assert owners(read(messages=messages)) == set()
    answered = messages + f"1,Ana Silva,{url('ana')},Ben Ek,{url('ben')},{DATE_AND_CONTENT}\n"
    assert owners(read(messages=answered, profile=PROFILE)) == {"Ana Silva", url("ana")}


def test_a_namesake_of_the_owner_is_not_the_owner(read: FileReader) -> None:
    records = read(
        profile=PROFILE,
        messages=MESSAGES
        + f"1,Ben Ek,{url('ben')},Ana Silva,{url('ana')},{DATE_AND_CONTENT}\n"
        + f"2,Ana Silva,{url('another')},Ana Silva,{url('ana')},{DATE_AND_CONTENT}\n",
    )

    assert owners(records) == {"Ana Silva", url("ana")}


def test_an_outgoing_invitation_identifies_the_owner(read: FileReader) -> None:
    records = read(
        invitations="From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'Ana,Ben,"2/3/19, 4:05 PM",,OUTGOING,{url("ana")},{url("ben")}\n'
    )

    assert owners(records) == {url("ana")}
    assert LatestDate(date(2019, 2, 3)) in records


def test_an_invitation_states_who_sent_it_and_whether_it_had_a_note(read: FileReader) -> None:
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    records = read(
        invitations=header + f'Ana,Ben,"2/3/19, 4:05 PM",,OUTGOING,{url("ana")},{url("ben")}\n'
        f'Cleo,Ana,"2/13/19, 4:05 PM",Hello Ana,INCOMING,{url("cleo")},{url("ana")}\n'
    )

    assert [each for each in records if isinstance(each, InvitationRecord)] == [
        InvitationRecord(PersonMention(by_url("ben"), "Ben"), date(2019, 2, 3), True, False, "invitations"),
        InvitationRecord(PersonMention(by_url("cleo"), "Cleo"), date(2019, 2, 13), False, True, "invitations"),
    ]
    assert [each.channel for each in records if isinstance(each, Interaction)] == [Channel.INVITATION]
    assert Part("invitations") in records
    assert "Hello" not in repr(records)


def test_names_identify_recipients_without_profiles(read: FileReader) -> None:
    records = read(
        profile=PROFILE,
        messages=OLD_MESSAGES
        + f"1,Ben Ek,{url('ben')},Ana Silva,{DATE_AND_CONTENT}\n"
        + f"1,Ana Silva,{url('ana')},Ben Ek,{DATE_AND_CONTENT}\n"
        + f"2,Ana Silva,{url('ana')},Ben Ek,{DATE_AND_CONTENT}\n",
    )

    sent = [(each.by.handles, each.to[0].handles) for each in records if isinstance(each, Interaction)]
    assert sent == [
        (by_url("ben"), by_url("ana")),
        (by_url("ana"), by_url("ben")),
        (by_url("ana"), (Handle(HandleKind.NAME, "Ben Ek"),)),
    ]


def test_an_unknown_owner_has_no_handles(read: FileReader) -> None:
    records = read(
        received="First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
        "Ben,Ek,Acme,Chair,Good,03 Feb 2021,VISIBLE\n"
    )

    (recommendation,) = records
    assert isinstance(recommendation, Interaction)
    assert recommendation.by == PersonMention((Handle(HandleKind.NAME, "Ben Ek"),), "Ben Ek")
    assert recommendation.to == (PersonMention(()),)


def test_archives_of_two_people_are_refused(read: FileReader) -> None:
    emails = "Email Address,Confirmed,Primary\n{}@a.example,Yes,Yes\n"

    with pytest.raises(MultipleOwners, match="different people"):
        read(one=emails.format("ana"), two=emails.format("ben"))
