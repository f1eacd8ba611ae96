"""Read a CSV file row by row, and recognise its kind by its header.

Any bytes yield rows and BadRows; no exception is raised. Lines count from 1 and include the notes above the header and
every line of a multi-line cell. The line of a row is its first line.
"""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import IO
from unicodedata import normalize

from graph.records import BadRow
from sources.archives.files import File
from sources.errors import InvalidRow

MAX_ROW_LENGTH = 1_000_000
_MAX_COLUMNS = 200
_HEAD = 16_384  # bytes that contain the header: at most a few lines of notes are above it
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row. `row["First Name"]` is the cell of that column, by `column_key`; "" if there is no such column."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(_cached_column_key(column), "")


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind of a table, recognised by its header.

    A row must reach the column at index `last_required`, and may have `max_row_length` characters.
    """

    name: str
    last_required: int = 0
    max_row_length: int = MAX_ROW_LENGTH


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file whose header is recognised.

    `columns` maps column keys to indexes, `width` is the number of columns, and `header_row` the header's position
    among the rows, counted from 1.
    """

    file: File
    kind: TableKind
    columns: dict[str, int]
    width: int
    header_row: int
    delimiter: str
    encoding: str

    def rows(self) -> Iterator[CsvRow | BadRow]:
        for record in islice(self.raw_rows(), 1, None):
            yield record if isinstance(record, BadRow) else self.parse_row(*record)

    def raw_rows(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        """The header and all rows below it, unchanged, each with its line."""
        with self.file.open() as stream, _decoded(stream, self.encoding) as text:
            records = _csv_rows(self.file.name, text, self.delimiter, self.kind.max_row_length)
            yield from islice(records, self.header_row - 1, None)

    def parse_row(self, line: int, cells: list[str]) -> CsvRow | BadRow:
        if len(cells) > _MAX_COLUMNS:
            return BadRow(self.file.name, line, f"the row has more than {_MAX_COLUMNS} columns")
        if len(cells) <= self.kind.last_required:
            return BadRow(self.file.name, line, "the row ends before the last required column")
        if any(cells[self.width :]):
            return BadRow(self.file.name, line, "the row has more columns than the header")
        present = {name: index for name, index in self.columns.items() if index < len(cells)}
        return CsvRow(self.file.name, line, {name: cells[index].strip() for name, index in present.items()})


def find_table(
    file: File,
    recognise: Callable[[dict[str, int]], TableKind | None],
    *,
    delimiters: str = ",",
    max_header_row: int | None = None,
) -> CsvTable | None:
    """The table in this file; None if no row is a header that `recognise` accepts.

    `recognise` gets each row's column keys with their indexes. Only the first `max_header_row` rows are tried.
    """
    with file.open() as stream:
        head = stream.read(_HEAD)
    encoding = _encoding_of(head)
    for delimiter in delimiters:
        records = _csv_rows(file.name, _decoded(io.BytesIO(head), encoding), delimiter, MAX_ROW_LENGTH)
        for header_row, record in enumerate(islice(records, max_header_row), 1):
            if isinstance(record, BadRow):
                continue
            columns: dict[str, int] = {}
            for index, cell in enumerate(record[1][:_MAX_COLUMNS]):
                columns.setdefault(column_key(cell), index)
            if kind := recognise(columns):
                return CsvTable(file, kind, columns, min(len(record[1]), _MAX_COLUMNS), header_row, delimiter, encoding)
    return None


def text_lines(file: File) -> Iterator[tuple[int, str]]:
    """The lines of a file without a header that are not empty, trimmed, each with its number."""
    with file.open() as stream:
        encoding = _encoding_of(stream.read(2))
    with file.open() as stream, _decoded(stream, encoding) as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield number, line.strip()


def column_key(column: str) -> str:
    """A column's name for comparison: in lower case and NFC, letters and digits only."""
    return "".join(letter for letter in normalize("NFC", column).lower() if letter.isalnum())


_cached_column_key = cache(column_key)  # for the few names that the code contains


def _csv_rows(
    name: str, text: io.TextIOWrapper, delimiter: str, max_length: int
) -> Iterator[tuple[int, list[str]] | BadRow]:
    lines = _BoundedLines(text, max_length)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = lines.number + 1
        lines.remaining = max_length
        previous_limit = csv.field_size_limit(max_length)  # the limit is process-wide, so it is set for one row only
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, InvalidRow) as error:
            reason = str(error) if isinstance(error, InvalidRow) else "the row is not valid CSV"
            yield BadRow(name, line, reason)
            continue
        finally:
            csv.field_size_limit(previous_limit)
        if lines.is_exhausted:
            yield BadRow(name, line, "a quotation mark is never closed")
        elif any(cells):
            yield line, cells


class _BoundedLines:
    """The lines of a text, counted, and limited to `max_length` characters for one row."""

    def __init__(self, text: io.TextIOWrapper, max_length: int) -> None:
        self.number = 0
        self.is_exhausted = False
        self.remaining = max_length
        self._text = text
        self._max_length = max_length

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._max_length)
        if not line:
            self.is_exhausted = True
            raise StopIteration
        self.number += 1
        rest = line
        while len(rest) == self._max_length and not rest.endswith(("\r", "\n")):
            rest = self._text.readline(self._max_length)
        self.remaining -= len(line)
        if self.remaining < 0 or rest is not line:
            raise InvalidRow(f"the row is longer than {self._max_length // 1_000_000} MB")
        return line


def _encoding_of(head: bytes) -> str:
    return "utf-16" if head.startswith(_UTF_16) else "utf-8-sig"


def _decoded(stream: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The stream as UTF-8, with invalid bytes read as Windows-1252, in one pass; or as UTF-16 after its BOM."""
    return io.TextIOWrapper(stream, encoding, "replace" if encoding == "utf-16" else "windows-1252", newline="")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
