"""Excel workbooks (.xlsx, .xlsm) as text: each visible sheet as rows of cells. Formulas are read as their values.

A workbook is a zip of XML. Its unpacked size and the numbers of rows and cells are limited, so that a small file cannot
take much memory or time.
"""

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from sources.archives.files import File
from sources.errors import InvalidTargetList, is_out_of_memory

_WORKBOOK = "xl/workbook.xml"
_MAX_PARTS = 1_000
_MAX_UNPACKED = 32 * 2**20
_MAX_ROWS = 20_000
_MAX_COLUMNS = 201
"""One more than a table may have, so that a row with more is reported."""
_MAX_CELLS = 500_000
_MAX_TEXT = 16 * 2**20
_HEAD = 4096
_NO_VALUES = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_DAMAGE = (
    *(BadZipFile, zlib.error, ParseError, EOFError, OSError, NotImplementedError),
    *(LookupError, ValueError, TypeError, AttributeError),
)
"""What openpyxl raises for a damaged workbook."""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet with its rows, which end at their last filled cell."""

    title: str
    rows: tuple[tuple[str, ...], ...]

    def as_csv(self) -> bytes:
        """The sheet as CSV in UTF-8. A row of the sheet is a row of the CSV."""
        lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in self.rows)
        return "\n".join(lines).encode("utf-8", "replace")

    def as_lines(self) -> bytes:
        """The rows as they are pasted into a text: one line each, cells separated by tabs."""
        lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in self.rows)
        return "\n".join(lines).encode("utf-8", "replace")


def is_workbook(file: File) -> bool:
    """Whether the file is a workbook in the format of Excel 2007 and later."""
    try:
        with file.open() as stream, ZipFile(stream) as archive:
            return _WORKBOOK in archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if is_out_of_memory(error):
            raise
        return False


def read_sheets(file: File) -> list[WorkbookSheet]:
    """The visible sheets that contain something. Raises InvalidTargetList if the workbook is damaged or too large."""
    try:
        with file.open() as stream:
            _check_parts(file, stream)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about formats of cells that openpyxl does not know
                return [*_sheets(file, stream)]
    except _DAMAGE as error:
        raise InvalidTargetList(f"Tertius cannot read {file.name}: the workbook is damaged. Save it again.") from error


def _check_parts(file: File, stream: IO[bytes]) -> None:
    with ZipFile(stream) as archive:
        parts = archive.infolist()
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
            raise _too_large(file, f"it unpacks to more than {_MAX_UNPACKED // 2**20} MB")
        for part in parts:
            with archive.open(part) as content:
                if b"<!DOCTYPE" in content.read(_HEAD):
                    raise InvalidTargetList(f"Tertius cannot read {file.name}: it declares its own XML entities.")


def _sheets(file: File, stream: IO[bytes]) -> Iterator[WorkbookSheet]:
    from openpyxl import load_workbook  # noqa: PLC0415 # 200 ms, needed only here

    workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    cells = characters = 0
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # files state wrong ones
        rows = []
        for row in islice(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), _MAX_ROWS + 1):
            texts = [_text(value) for value in row]
            while texts and not texts[-1].strip():
                texts.pop()
            cells, characters = cells + len(texts), characters + sum(map(len, texts))
            if cells > _MAX_CELLS or characters > _MAX_TEXT:
                raise _too_large(file, f"it has more than {_MAX_CELLS:,} cells or {_MAX_TEXT // 2**20} MB of text")
            rows.append(tuple(texts))
        while rows and not rows[-1]:
            rows.pop()
        if len(rows) > _MAX_ROWS:
            raise _too_large(file, f"the sheet “{sheet.title}” has more than {_MAX_ROWS:,} rows")
        if rows:
            yield WorkbookSheet(sheet.title, tuple(rows))


def _too_large(file: File, what: str) -> InvalidTargetList:
    return InvalidTargetList(f"Tertius cannot read {file.name}: {what}. Save the list alone as a workbook or as CSV.")


def _text(value: Any) -> str:
    """The value of a cell as a CSV shows it."""
    if value is None or value in _NO_VALUES:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)
