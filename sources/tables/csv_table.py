"""Read a CSV file row by row, and recognise its kind by its header.

Any bytes yield rows and BadRows; no exception is raised. Lines count from 1 and include the notes above the header and
every line of a multi-line cell. The line of a row is its first line. A charset that is a guess is noted.
"""

import codecs
import csv
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import IO
from unicodedata import normalize

from graph.records import BadRow, ReadingNote
from sources.archives.files import File
from sources.errors import InvalidRow
from sources.text.charset_detection import DetectedCharset, detect_charset, marked_charset

MAX_ROW_LENGTH = 1_000_000
_MAX_COLUMNS = 200
_HEAD = 16_384  # bytes that contain the header: at most a few lines of notes are above it
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_UTF_8 = "utf-8-sig"
_NOT_ASCII = bytes(range(0x80, 0x100))
_ADVICE = "If names look wrong, save the file as UTF-8 and load it again."


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
    among the rows, counted from 1. `charset` is None if the head of the file is ASCII. `notes` receives what is found
    uncertain while rows are read.
    """

    file: File
    kind: TableKind
    columns: dict[str, int]
    width: int
    header_row: int
    delimiter: str
    charset: DetectedCharset | None
    notes: dict[ReadingNote, None] = field(default_factory=dict)

    def column_cells(self, names: Iterable[str]) -> Iterator[str]:
        """The cells of these columns, row by row; "" where a row has no such cell. Invalid rows are left out."""
        indexes = [self.columns.get(column_key(name), _MAX_COLUMNS) for name in names]
        for record in islice(self.raw_rows(), 1, None):
            if not isinstance(record, BadRow) and not self._defect(record[1]):
                cells = record[1]
                for index in indexes:
                    yield cells[index].strip() if index < len(cells) else ""

    def rows(self) -> Iterator[CsvRow | BadRow]:
        for record in islice(self.raw_rows(), 1, None):
            yield record if isinstance(record, BadRow) else self.parse_row(*record)

    def raw_rows(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        """The header and all rows below it, unchanged, each with its line."""
        charset = self.charset or _charset_of(self.file)
        if not charset.is_certain:
            self._note(f"Read with the character set {_shown(charset)}, which is a guess. {_ADVICE}")
        replaced = _replacements.count
        with self.file.open() as stream, _decoded(stream, charset.name) as text:
            records = _csv_rows(self.file.name, text, self.delimiter, self.kind.max_row_length)
            yield from islice(records, self.header_row - 1, None)
        if _replacements.count > replaced:
            self._note(f"Some characters are not valid in the character set {_shown(charset)}. {_ADVICE}")

    def _note(self, text: str) -> None:
        self.notes[ReadingNote(self.file.name, text)] = None

    def parse_row(self, line: int, cells: list[str]) -> CsvRow | BadRow:
        if defect := self._defect(cells):
            return BadRow(self.file.name, line, defect)
        columns = self.columns
        if len(cells) < self.width:
            columns = {name: index for name, index in columns.items() if index < len(cells)}
        return CsvRow(self.file.name, line, {name: cells[index].strip() for name, index in columns.items()})

    def _defect(self, cells: list[str]) -> str:
        """Why a row cannot be read; "" if it can."""
        if len(cells) > _MAX_COLUMNS:
            return f"the row has more than {_MAX_COLUMNS} columns"
        if len(cells) <= self.kind.last_required:
            return "the row ends before the last required column"
        return "the row has more columns than the header" if any(cells[self.width :]) else ""


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
    if head.startswith(_ZIP):  # a zip that is not compressed contains the headers of its files
        return None
    charset = _charset(head)
    encoding = charset.name if charset else _UTF_8
    for delimiter in delimiters:
        if delimiter != delimiters[0] and delimiter.encode() not in head:
            continue
        records = _csv_rows(file.name, _decoded(io.BytesIO(head), encoding), delimiter, MAX_ROW_LENGTH)
        for header_row, record in enumerate(islice(records, max_header_row), 1):
            if isinstance(record, BadRow):
                continue
            columns: dict[str, int] = {}
            for index, cell in enumerate(record[1][:_MAX_COLUMNS]):
                columns.setdefault(column_key(cell), index)
            if kind := recognise(columns):
                return CsvTable(file, kind, columns, min(len(record[1]), _MAX_COLUMNS), header_row, delimiter, charset)
    return None


def text_lines(file: File) -> Iterator[tuple[int, str]]:
    """The lines of a file without a header that are not empty, trimmed, each with its number."""
    with file.open() as stream, _decoded(stream, _charset_of(file).name) as text:
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


def _charset(data: bytes) -> DetectedCharset | None:
    """The charset that these bytes show; None if they are ASCII."""
    if marked := marked_charset(data):
        return DetectedCharset(marked)
    if data.isascii():
        return None
    if len(data) >= _HEAD:
        data = data.rstrip(_NOT_ASCII)  # the end may cut a character
    valid = data.decode("utf-8", "ignore").encode()
    multi_byte = len(valid) - len(valid.translate(None, _NOT_ASCII))
    return detect_charset(data) if len(data) - len(valid) > multi_byte else DetectedCharset(_UTF_8)


def _shown(charset: DetectedCharset) -> str:
    """The name of a charset as spreadsheets show it."""
    if charset.name == _UTF_8:
        return "UTF-8"
    return charset.name.replace("cp125", "Windows-125").replace("_", "-")


def _charset_of(file: File) -> DetectedCharset:
    """The charset of a file, by the first part of it that is not ASCII."""
    with file.open() as stream:
        while chunk := stream.read(_CHUNK):
            if charset := _charset(chunk):
                return charset
    return DetectedCharset(_UTF_8)


class _Replacements(threading.local):
    """The number of invalid bytes that this thread has replaced."""

    count = 0


_replacements = _Replacements()


def _decoded(stream: IO[bytes], encoding: str) -> io.TextIOWrapper:
    """The stream as text. Invalid bytes of UTF-8 are read as Windows-1252; those of other charsets are replaced."""
    return io.TextIOWrapper(stream, encoding, "windows-1252" if encoding == _UTF_8 else "counted-replace", newline="")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _replacements.count += 1
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _replacements.count += 1
    return "\ufffd", error.end


codecs.register_error("windows-1252", _as_windows_1252)
codecs.register_error("counted-replace", _replaced)
