"""Lists of targets: whatever their columns are called, kept as they are written."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Handle, HandleKind
from sources.archives.files import File, file_on_disk
from sources.errors import InvalidTargetList
from sources.tables.target_list import TargetList, TargetRow, read_target_list

SAMPLES = Path(__file__).parents[2] / "samples"


def listed(text: str | bytes, most: int = 100) -> TargetList:
    body = text.encode() if isinstance(text, str) else text
    return read_target_list(File("list", lambda: BytesIO(body)), max_rows=most)


def email(text: str) -> Handle:
    return Handle(HandleKind.EMAIL, text)


def test_columns_are_found_by_the_header_and_all_are_kept() -> None:
    found = listed('Row,Prospect,Work Email,Employer,Note\r\n7,Ada Ek,ada@ek.example,Ek AB,"a, b"\r\n')

    assert found.header == ("Row", "Prospect", "Work Email", "Employer", "Note")
    assert found.rows == (
        TargetRow(2, ("7", "Ada Ek", "ada@ek.example", "Ek AB", "a, b"), (email("ada@ek.example"),), "Ada Ek", "Ek AB"),
    )


@pytest.mark.parametrize(
    ("text", "handles", "name", "company"),
    [
        ("First Name;Last Name;Firma\nAda;Ek;Ek AB", (), "Ada Ek", "Ek AB"),
        ("Name\nEk, Ada", (), "Ek, Ada", ""),
        ("Target\nada@ek.example", (email("ada@ek.example"),), "", ""),
        (
            "URL\nhttps://www.linkedin.com/in/ada-ek",
            (Handle(HandleKind.LINKEDIN, "https://www.linkedin.com/in/ada-ek"),),
            "",
            "",
        ),
        ("Ada Ek at Ek AB", (), "Ada Ek at Ek AB", ""),
        ("Ada Ek <ada@ek.example>", (email("ada@ek.example"),), "Ada Ek", ""),
        ("ada@ek.example", (email("ada@ek.example"),), "", ""),
        ("Ada Ek\tada@ek.example\tEk AB", (email("ada@ek.example"),), "Ada Ek", "Ek AB"),
        ("Ada Ek\tEk AB", (), "Ada Ek", "Ek AB"),
    ],
)
def test_a_row_means_somebody(text: str, handles: tuple[Handle, ...], name: str, company: str) -> None:
    (row,) = listed(text).rows

    assert (row.handles, row.name, row.company) == (handles, name, company)


def test_an_export_of_linkedin_is_a_list_too() -> None:
    found = read_target_list(file_on_disk(SAMPLES / "linkedin" / "archive-2026" / "Connections.csv"), max_rows=100)

    assert found.header[:4] == ("First Name", "Last Name", "URL", "Email Address")
    assert all(row.handles or row.name for row in found.rows if any(row.cells[:2]))


def test_a_row_that_cannot_be_read_says_why_and_the_rest_stays() -> None:
    found = listed('Name,Email\nAda Ek,ada@ek.example\nBo,bo@b.example,more\nCy Om,"never closed\n')

    assert [row.error for row in found.rows] == [
        "",
        "Tertius cannot read this row: the row has more columns than the header.",
        "Tertius cannot read this row: a quotation mark is never closed.",
    ]


@pytest.mark.parametrize(
    ("text", "says"), [("", "is empty"), ("Name\n", "is empty"), ("Name\nA\nB\nC\n", "more than 2 rows")]
)
def test_a_list_without_rows_or_with_too_many_is_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidTargetList, match=says):
        listed(text, most=2)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_there_is_a_list_or_a_sentence(body: bytes) -> None:
    try:
        found = listed(body)
    except InvalidTargetList:
        return
    assert all(len(row.cells) == len(found.header) for row in found.rows)
