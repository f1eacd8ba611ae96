"""Address books: what the samples do not cover."""

from pathlib import Path

import pytest

from graph.records import BadRow, Connection, Handle, HandleKind, PersonMention, RosterEntry, SkippedRow
from sources import READERS, find_exports, read_export
from sources.tables.address_books import ADDRESS_BOOK_READERS
from sources.tables.sheets import SheetReader
from tests.sources.shared_exports import unpacked

GOOGLE, OUTLOOK, CONTACTS = ADDRESS_BOOK_READERS


def handles(reader: SheetReader, path: Path) -> list[tuple[str, ...]]:
    people = [record for record in reader.read([path]) if isinstance(record, Connection | RosterEntry)]
    return [tuple(handle.text for handle in record.person.handles) for record in people]


def test_a_phone_number_shared_by_several_names_is_ignored(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(
        "Name,Email,Phone\n"
        "Ana Ek,ana@a.example,+41 44 668 18 00\n"
        "Ben Ek,ben@a.example,+41446681800\n"
        "Front desk,,+41 44 668 18 00\n"
        "Cleo Ito,cleo@a.example,+41 79 123 45 67\n"
        "Cleo Ito,cleo.ito@b.example,+41 79 123 45 67\n"
        ",,+41 44 668 18 00\n"
    )

    assert handles(CONTACTS, book) == [
        ("ana@a.example",),
        ("ben@a.example",),
        ("Front desk",),
        ("cleo@a.example", "+41 79 123 45 67"),
        ("cleo.ito@b.example", "+41 79 123 45 67"),
    ]


def test_delimiters_and_encodings_do_not_change_the_records(tmp_path: Path) -> None:
    rows = [["Full name", "E-mail", "Firma"], ["Zoë Ek", "zoe@a.example", "Köhler"]]
    variants = {"a.csv": (",", "utf-8"), "b.csv": (";", "cp1252"), "c.txt": ("\t", "utf-16"), "d": (",", "utf-8-sig")}
    for name, (delimiter, charset) in variants.items():
        text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
        (tmp_path / name).write_bytes(text.encode(charset))

    (export,) = find_exports([tmp_path]).exports
    people = [record.person for record in read_export(export) if isinstance(record, RosterEntry)]

    assert export.kind == "contacts"
    assert people == [PersonMention((Handle(HandleKind.EMAIL, "zoe@a.example"),), "Zoë Ek")] * len(variants)


def test_rows_over_the_limits_are_bad_rows(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(f"Name,Email\n{'x,' * 300}\nAna,{'x' * 1_100_000}\nBen,ben@b.example\n")

    assert [*CONTACTS.read([book])][:2] == [
        BadRow("book.csv", 2, "the row has more than 200 columns"),
        BadRow("book.csv", 3, "the row is longer than 1 MB"),
    ]
    assert handles(CONTACTS, book) == [("ben@b.example",)]


def test_a_header_after_30_rows_is_not_recognised(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("a,b\n" * 30 + "Name,Email\nBen,ben@b.example\n")

    assert find_exports([sheet]).unrecognised == (sheet,)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Real exports made by others."""
    return unpacked("contacts_csv", tmp_path_factory.mktemp("contacts"))


def test_real_sheets_are_identified_and_read(real: Path) -> None:
    result = find_exports([real])
    records_by_file = {
        path.name: [record for reader in READERS if reader.name == export.kind for record in reader.read([path])]
        for export in result.exports
        for path in export.paths
    }

    assert {path.name for path in result.unrecognised if path.suffix == ".csv"} == {
        "03-google-ads-leads.csv",  # no name
        "agency-chaos.csv",  # an address and a phone number in one column of another name
    }
    assert {export.kind: len(export.paths) for export in result.exports} == {
        "google contacts": 2,
        "outlook contacts": 1,
        "contacts": 22,
        "hubspot": 2,
        "salesforce": 1,
    }
    assert all(
        any(isinstance(record, Connection | RosterEntry) for record in records) for records in records_by_file.values()
    )
    assert {name for name, records in records_by_file.items() if any(isinstance(r, BadRow) for r in records)} == {
        "16-messy-formatting.csv"
    }
    assert {name for name, records in records_by_file.items() if any(isinstance(r, SkippedRow) for r in records)} >= {
        "excel-messy-export.csv"
    }


def test_a_profile_among_the_websites_is_a_handle(real: Path) -> None:
    (book,) = real.rglob("google-contacts.csv")

    first = next(record for record in GOOGLE.read([book]) if isinstance(record, Connection))

    assert first.person.handles[0] == Handle(HandleKind.LINKEDIN, "https://www.linkedin.com/in/jane-doe-example")
    assert first.person.handles[-1].kind is HandleKind.PHONE


def test_labels_of_google_are_groups_but_not_those_of_google(tmp_path: Path) -> None:
    book = tmp_path / "contacts.csv"
    book.write_text(
        "First Name,Labels,E-mail 1 - Value\nBen,Clients ::: * myContacts ::: Choir,b@b.example\nEva,,e@b.example\n"
    )

    groups = [record.groups for record in GOOGLE.read([book]) if isinstance(record, Connection)]

    assert groups == [("Clients", "Choir"), ()]
