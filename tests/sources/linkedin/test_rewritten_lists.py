"""LinkedIn's lists as spreadsheets save them again, and files that an archive may contain."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from graph.records import BadRow, Connection, Interaction, Record
from sources import find_exports, read_export

HEADER = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
MESSAGES = ["CONVERSATION ID", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "CONTENT"]
ANA, BEN = "https://www.linkedin.com/in/ana", "https://www.linkedin.com/in/ben"
MESSAGE = ["2-a", "Ben Ek", BEN, "Ana Ek", ANA, "2026-09-01 10:00:00 UTC", "hello, there"]
IMPORTED = "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,FullName,BookmarkedAt,Profiles\n"


def read(path: Path) -> list[Record]:
    (export,) = find_exports([path]).exports
    assert export.kind == "linkedin"
    return [*read_export(export)]


def connected_on(folder: Path, *dates: str) -> list[date | None]:
    rows = "".join(f'A{number},Ek,,a{number}@a.example,,,"{text}"\n' for number, text in enumerate(dates))
    (folder / "Connections.csv").write_text(f"{','.join(HEADER)}\n{rows}", "utf-8")
    return [record.since for record in read(folder / "Connections.csv") if isinstance(record, Connection)]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_lists_with_other_delimiters_are_linkedins(tmp_path: Path, delimiter: str) -> None:
    tables = {"c.csv": [HEADER, ["Jo", "Ek", BEN, "", "", "", "03 Feb 2021"]], "m.csv": [MESSAGES, MESSAGE]}
    for name, rows in tables.items():
        (tmp_path / name).write_text("".join(f"{delimiter.join(row)}\r\n" for row in rows))

    assert [type(record) for record in read(tmp_path / "c.csv")][:1] == [Connection]
    assert any(isinstance(record, Interaction) for record in read(tmp_path / "m.csv"))


@pytest.mark.parametrize(
    "text",
    [
        *("2021-05-03", "03.05.2021", "3. Mai 2021", "03 mai 2021", "03-May-21", "May 3, 2021", "03 mayo 2021"),
        *("3 de maio de 2021", "03 maj 2021", "2021年5月3日", "2021.05.03", "2021-05-03T10:00:00Z", "3 maggio 2021"),
    ],
)
def test_dates_of_other_languages_are_read(tmp_path: Path, text: str) -> None:
    assert connected_on(tmp_path, text) == [date(2021, 5, 3)]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("03 févr. 2021", 2),
        ("03 März 2021", 3),
        ("03 ago 2021", 8),
        ("03 juil. 2021", 7),
        ("03 gru 2021", 12),
        ("03 Sept 2021", 9),
    ],
)
def test_names_of_months_are_read_with_accents_and_abbreviations(tmp_path: Path, text: str, month: int) -> None:
    assert connected_on(tmp_path, text) == [date(2021, month, 3)]


def test_all_dates_of_a_list_have_one_order(tmp_path: Path) -> None:
    assert connected_on(tmp_path, "03/04/2024", "05/06/2024") == [date(2024, 3, 4), date(2024, 5, 6)]
    assert connected_on(tmp_path, "03/04/2024", "15/06/2024") == [date(2024, 4, 3), date(2024, 6, 15)]


def test_a_date_is_not_guessed_where_a_list_shows_both_orders(tmp_path: Path) -> None:
    dates = connected_on(tmp_path, "03/04/2024", "15/06/2024", "06/15/2024", "05/05/2024")

    assert dates == [None, date(2024, 6, 15), date(2024, 6, 15), date(2024, 5, 5)]
    (bad,) = [record for record in read(tmp_path / "Connections.csv") if isinstance(record, BadRow)]
    assert bad.reason == "the order of day and month is unclear; the connection is loaded without a date"


@pytest.mark.parametrize(
    "media", ["Rich_Media/photo.webp", "Rich_Media/slides.pptx", "photo.heic", "Articles/one.html"]
)
def test_an_archive_may_contain_any_media(tmp_path: Path, media: str) -> None:
    with ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("Connections.csv", f"{','.join(HEADER)}\nJo,Ek,{BEN},,,,03 Feb 2021\n")
        archive.writestr(media, "x")

    assert isinstance(read(tmp_path / "archive.zip")[0], Connection)


def test_imported_contacts_are_connections_without_a_date(tmp_path: Path) -> None:
    row = 'MOBILE,Heinz,Rohr,Rohr AG,,heinz@rohr.example,+49 1512 3456789,"1/5/20, 9:00 AM",,,\n'
    (tmp_path / "ImportedContacts.csv").write_text(IMPORTED + row)

    (contact,) = [record for record in read(tmp_path / "ImportedContacts.csv") if isinstance(record, Connection)]

    assert (contact.person.name, contact.since, contact.part) == ("Heinz Rohr", None, "imported contacts")
    assert [handle.text for handle in contact.person.handles] == ["heinz@rohr.example", "+49 1512 3456789"]
