"""Cells and bytes that spreadsheets and web pages write."""

from pathlib import Path

import pytest

from graph.records import Connection, HandleKind, Job, ReadingNote, Record, RosterEntry
from sources import find_exports, read_export


def read(folder: Path, data: bytes) -> list[Record]:
    (folder / "list.csv").write_bytes(data)
    (export,) = find_exports([folder / "list.csv"]).exports
    return [*read_export(export)]


def names(records: list[Record]) -> list[str | None]:
    return [record.person.name for record in records if isinstance(record, Connection | RosterEntry)]


def phones(records: list[Record]) -> list[list[str]]:
    people = [record.person for record in records if isinstance(record, Connection | RosterEntry)]
    return [[handle.text for handle in person.handles if handle.kind is HandleKind.PHONE] for person in people]


def guesses(records: list[Record]) -> list[str]:
    return [note.text for note in records if isinstance(note, ReadingNote) and "character set" in note.text]


@pytest.mark.parametrize(
    ("charset", "lines"),
    [
        ("cp1252", ["Jérôme Lefèvre", "Jörg Großmann", "François Ündel"]),
        ("cp1250", ["Świętosława Łęcka", "Zdeněk Dvořák", "Michał Żółw"]),
        ("iso8859_2", ["Tomáš Žižka", "Jiří Šťastný"]),
        ("cp1251", ["Иван Петров", "Ольга Шевченко"]),
        ("koi8_r", ["Иван Петров", "Ольга Сидорова"]),
        ("cp1253", ["Γιώργος Παπαδόπουλος", "Ελένη Νικολάου"]),
        ("cp1256", ["محمد علي", "فاطمة حسن"]),
        ("gb18030", ["张伟", "王秀英", "李娜"]),
        ("cp932", ["山田 太郎", "たなか はなこ"]),
        ("cp949", ["김민준", "박지성", "이서연"]),
        ("big5", ["林志玲", "陳大文"]),
        ("utf-16-le", ["Théo Nil"]),
        ("utf-16-be", ["Théo Nil"]),
        ("utf-32", ["Théo Nil"]),
    ],
)
def test_names_are_read_in_the_charset_of_the_file(tmp_path: Path, charset: str, lines: list[str]) -> None:
    text = "Name,Email\n" + "".join(f"{name},p{number}@a.example\n" for number, name in enumerate(lines))

    assert names(read(tmp_path, text.encode(charset))) == lines


def test_an_old_mac_file_is_read_in_mac_roman(tmp_path: Path) -> None:
    records = read(tmp_path, "Name;Email;Company\rJérôme Lefèvre;j@l.example;Lefèvre & Fils\r".encode("mac_roman"))

    assert names(records) == ["Jérôme Lefèvre"]
    assert [record.company for record in records if isinstance(record, Job)] == ["Lefèvre & Fils"]


def test_a_charset_that_is_a_guess_is_reported(tmp_path: Path) -> None:
    records = read(tmp_path, "Name,Email\nZoë Ek,zoe@a.example\n".encode("cp1252"))

    (guess,) = guesses(records)
    assert guess.startswith("Read with the character set Windows-1252, which is a guess.")


def test_a_charset_that_only_later_rows_show_is_detected(tmp_path: Path) -> None:
    rows = "".join(f"Ana Ek,ana{number}@a.example\n" for number in range(2_000))

    assert names(read(tmp_path, f"Name,Email\n{rows}Łucja Żak,l@z.example\n".encode("cp1250")))[-1] == "Łucja Żak"


def test_bytes_that_the_charset_does_not_have_are_reported(tmp_path: Path) -> None:
    assert (
        len(guesses(read(tmp_path, "Name,Email\nJörg Müller,j@m.example\nZoë, ".encode() + b"\xeb@b.example\n"))) == 1
    )
    assert guesses(read(tmp_path, "Name,Email\nJörg Müller,j@m.example\n".encode())) == []


def test_html_entities_are_read_as_characters(tmp_path: Path) -> None:
    records = read(
        tmp_path,
        b"Name,Email,Company\nSean O&#039;Brien,s@o.example,M&uuml;ller &amp; S&ouml;hne\nAda,a@b.example,AT&T\n",
    )

    assert names(records) == ["Sean O'Brien", "Ada"]
    assert [record.company for record in records if isinstance(record, Job)] == ["Müller & Söhne", "AT&T"]


def test_formulas_that_keep_text_are_read_as_text(tmp_path: Path) -> None:
    una, hooft = b'"=""Una Vey""",u@v.example,"=""+49 1512 3456781"""', b"'t Hooft,h@v.example,'+49 1512 3456782"
    sheet = b"\n".join([b"Name,Email,Phone", una, hooft])

    records = read(tmp_path, sheet)

    assert names(records) == ["Una Vey", "'t Hooft"]
    assert phones(records) == [["+49 1512 3456781"], ["+49 1512 3456782"]]


def test_a_number_is_no_name(tmp_path: Path) -> None:
    assert names(read(tmp_path, b'Name,Email\n"=""+49""",x@a.example\n')) == [None]


def test_a_phone_number_that_a_spreadsheet_shortened_is_reported(tmp_path: Path) -> None:
    records = read(tmp_path, b"Name,Phone\nZed One,4.91512E+12\nZed Two,0049 1512 3456789\nZed Three,(415) 555-2671\n")

    assert phones(records) == [[], ["+49 1512 3456789"], []]
    assert any(isinstance(record, ReadingNote) and "4.9E+12" in record.text for record in records)


def test_numbers_of_places_and_machines_identify_nobody(tmp_path: Path) -> None:
    outlook = (
        "First Name,Last Name,Business Phone,Business Fax,Home Phone,Mobile Phone,E-mail Address\n"
        "Iris,Ek,+49 30 901820,+49 30 901821,+49 30 901822,+49 1512 3456781,\n"
    )
    google = (
        "First Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value\n"
        "Iris,Work Fax,+49 30 901820,Mobile,+49 1512 3456781,Work,+49 30 901822\n"
        "Ada,mobil geschäftlich,+49 1512 3456782,,+49 1512 3456783,Accueil (bureau),+33 1 23 45 67 89\n"
    )
    others = "Name,Phone 1,Phone 1 Type,Phone 2,Phone 2 Type,Fax,Email\nIris Ek,+49 30 901820,Office,+49 1512 3456781,Cell,+49 30 9,\n"  # noqa: E501

    assert phones(read(tmp_path, outlook.encode())) == [["+49 1512 3456781"]]
    assert phones(read(tmp_path, google.encode())) == [["+49 1512 3456781"], ["+49 1512 3456782", "+49 1512 3456783"]]
    assert phones(read(tmp_path, others.encode())) == [["+49 1512 3456781"]]


def test_what_several_people_share_identifies_none_of_them(tmp_path: Path) -> None:
    records = read(tmp_path, b"Name,Email\nAnn Doe,family@home.example\nBen Doe,family@home.example\n")

    handles = [record.person.handles for record in records if isinstance(record, RosterEntry)]
    assert [[handle.kind for handle in several] for several in handles] == [[HandleKind.NAME]] * 2


@pytest.mark.parametrize(
    "other", ["Castellan, Iris", "Iris CASTELLAN", "Prof. Dr. Iris Castellán", "Iris M. Castellan", "Iris"]
)
def test_two_spellings_of_one_name_keep_their_address_and_number(tmp_path: Path, other: str) -> None:
    text = (
        f'Name,Email,Phone\nDr. Iris Castellan,i@b.example,+49 1512 3456789\n"{other}",i@b.example,+49 1512 3456789\n'
    )
    people = [record.person for record in read(tmp_path, text.encode()) if isinstance(record, RosterEntry)]

    assert [len(person.handles) for person in people] == [2, 2]


@pytest.mark.parametrize(
    "address", ["noemail@noemail.com", "test@test.com", "none@acme.example", "na@na.com", "unknown@x.example"]
)
def test_a_placeholder_is_no_address(tmp_path: Path, address: str) -> None:
    (person,) = [
        record.person
        for record in read(tmp_path, f"Name,Email\nAda Nox,{address}\n".encode())
        if isinstance(record, RosterEntry)
    ]

    assert [handle.kind for handle in person.handles] == [HandleKind.NAME]


def test_the_address_beside_an_exchange_name_is_read(tmp_path: Path) -> None:
    sheet = b"First Name,Last Name,E-mail Address,E-mail Type,E-mail Display Name\nRob,Vale,/o=X/cn=rvale,EX,Rob Vale (rob@corp.example)\n"  # noqa: E501
    (person,) = [record.person for record in read(tmp_path, sheet) if isinstance(record, Connection)]

    assert [handle.text for handle in person.handles] == ["rob@corp.example"]
