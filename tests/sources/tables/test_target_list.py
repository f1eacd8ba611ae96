"""Target lists: columns are recognised by many names, and cells are kept unchanged."""

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


def read_text(text: str | bytes, max_rows: int = 100) -> TargetList:
    body = text.encode() if isinstance(text, str) else text
    return read_target_list(File("list", lambda: BytesIO(body)), max_rows=max_rows)


def email(text: str) -> Handle:
    return Handle(HandleKind.EMAIL, text)


def test_the_header_determines_the_columns_and_cells_are_kept() -> None:
    target_list = read_text('Row,Prospect,Work Email,Employer,Note\r\n7,Ada Ek,ada@ek.example,Ek AB,"a, b"\r\n')

    assert target_list.header == ("Row", "Prospect", "Work Email", "Employer", "Note")
    assert target_list.rows == (
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
def test_a_row_gives_a_target(text: str, handles: tuple[Handle, ...], name: str, company: str) -> None:
    (row,) = read_text(text).rows

    assert (row.handles, row.name, row.company) == (handles, name, company)


def test_a_linkedin_table_is_a_target_list() -> None:
    target_list = read_target_list(
        file_on_disk(SAMPLES / "linkedin" / "archive-2026" / "Connections.csv"), max_rows=100
    )

    assert target_list.header[:4] == ("First Name", "Last Name", "URL", "Email Address")
    assert all(row.handles or row.name for row in target_list.rows if any(row.cells[:2]))


def test_an_unreadable_row_has_an_error() -> None:
    lines = "Ada Ek,ada@ek.example", "Bo,bo@b.example,more", "long name " * 60, 'Cy Om,"never closed'
    target_list = read_text("\n".join(["Name,Email", *lines, ""]))

    assert [row.error for row in target_list.rows] == [
        "",
        "Tertius cannot read this row: the row has more columns than the header.",
        "Tertius cannot read this row: name, company and addresses have more than 500 characters together.",
        "Tertius cannot read this row: a quotation mark is never closed.",
    ]


@pytest.mark.parametrize(
    ("text", "reason"), [("", "is empty"), ("Name\n", "is empty"), ("Name\nA\nB\nC\n", "more than 2 rows")]
)
def test_empty_and_oversized_lists_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidTargetList, match=reason):
        read_text(text, max_rows=2)


@given(st.binary(max_size=300))
def test_any_bytes_yield_a_list_or_an_error(body: bytes) -> None:
    try:
        target_list = read_text(body)
    except InvalidTargetList:
        return
    assert all(len(row.cells) == len(target_list.header) for row in target_list.rows)


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1", b"{\\rtf1", b"\x1f\x8b\x08"])
def test_a_file_that_is_no_text_is_refused(head: bytes) -> None:
    with pytest.raises(InvalidTargetList, match=r"^Tertius cannot read list: it is .*\. Save the list as .xlsx"):
        read_text(head + b" Jane Okonkwo\n")
