"""Target lists in Excel workbooks."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from graph.records import Handle, HandleKind
from sources.archives.files import File
from sources.errors import InvalidTargetList
from sources.tables.target_list import TargetList, read_target_list

PEOPLE = [["Name", "Email"], ["Ada Ek", "ada@ek.example"]]


def read(body: bytes, max_rows: int = 100) -> TargetList:
    return read_target_list(File("list.xlsx", lambda: BytesIO(body)), max_rows=max_rows)


def workbook(*sheets: list[list[Any]], change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    change(book)
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def with_part(body: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added."""
    changed = BytesIO()
    with ZipFile(BytesIO(body)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return changed.getvalue()


def test_the_first_visible_sheet_whose_header_names_people_is_read() -> None:
    def hide(book: Workbook) -> None:
        book["S1"].sheet_state = "hidden"

    targets = read(workbook(PEOPLE, [["Revenue"], [7]], PEOPLE, [["More"]], [], change=hide))

    assert targets.header == ("Name", "Email")
    assert [(row.line, row.name, row.handles) for row in targets.rows] == [
        (2, "Ada Ek", (Handle(HandleKind.EMAIL, "ada@ek.example"),))
    ]
    assert targets.notes == ("The sheet “S3” was read. Not read: “S2”, “S4”.",)


def test_notes_above_the_header_and_empty_rows_are_passed_over() -> None:
    targets = read(workbook([["Targets 2026"], [], *PEOPLE, [], [None, "bo@b.example"]]))

    assert [(row.line, row.cells) for row in targets.rows] == [
        (4, ("Ada Ek", "ada@ek.example")),
        (6, ("", "bo@b.example")),
    ]


def test_a_sheet_without_a_header_has_one_target_per_row() -> None:
    targets = read(workbook([["Ada Ek", "Ek AB"], ["bo@b.example"]]))

    assert [(row.name, row.company, row.handles) for row in targets.rows] == [
        ("Ada Ek", "Ek AB", ()),
        ("", "", (Handle(HandleKind.EMAIL, "bo@b.example"),)),
    ]


def test_values_are_read_as_a_csv_shows_them() -> None:
    cells = [
        "Ada Ek",
        491712345678,
        1.5,
        True,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 3, 4, tzinfo=UTC).replace(tzinfo=None),
        "#N/A",
        "two\nlines",
    ]
    targets = read(workbook([["Name", *"abcdefg"], cells]))

    shown = ("Ada Ek", "491712345678", "1.5", "TRUE", "2026-01-02", "2026-01-02T03:04:00", "", "two\nlines")
    assert targets.rows[0].cells == shown


def test_a_formula_is_read_as_its_value() -> None:
    body = workbook([["Name"], ["Ada Ek"]])
    with ZipFile(BytesIO(body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    formula = b'<row r="3"><c r="A3" t="str"><f>A2&amp;"!"</f><v>Bo Falk</v></c></row></sheetData>'
    body = with_part(body, "xl/worksheets/sheet1.xml", sheet.replace(b"</sheetData>", formula))

    assert [row.name for row in read(body).rows] == ["Ada Ek", "Bo Falk"]


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("sheet", "part", "reason"),
    [
        ([], None, "The list is empty"),
        ([["Name"], *[["Ada Ek"]] * 31], None, "more than 30 rows"),
        ([["Name"], *[["Ada Ek"]] * 50], None, "the sheet “S1” has more than 50 rows"),
        ([["Name", *["x"] * 19]] * 30, None, "more than 500 cells"),
        (PEOPLE, ("xl/media/bomb", bytes(2**25)), "unpacks to more than 32 MB"),
        (PEOPLE, (SHEET, DOCTYPE), "declares its own XML entities"),
        (PEOPLE, (SHEET, b"<worksheet><sheetData>"), "the workbook is damaged"),
        (PEOPLE, ("[Content_Types].xml", b""), "the workbook is damaged"),
    ],
)
def test_a_damaged_or_oversized_workbook_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, sheet: list[list[Any]], part: tuple[str, bytes] | None, reason: str
) -> None:
    monkeypatch.setattr("sources.tables.workbook._MAX_ROWS", 50)
    monkeypatch.setattr("sources.tables.workbook._MAX_CELLS", 500)
    body = workbook(sheet)

    with pytest.raises(InvalidTargetList, match=reason):
        read(with_part(body, *part) if part else body, max_rows=30)


DRAWN = workbook(PEOPLE, [["Other"]])


@given(st.lists(st.tuples(st.integers(0, len(DRAWN) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_workbook_with_any_damage_yields_a_list_or_an_error(damage: list[tuple[int, int]]) -> None:
    body = bytearray(DRAWN)
    for position, byte in damage:
        body[position] = byte
    try:
        read(bytes(body))
    except InvalidTargetList:
        return
