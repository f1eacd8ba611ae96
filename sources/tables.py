"""A CSV as rows: what it is by its header, and where each row stands.

Whatever the bytes are, reading them yields rows and BadRows and raises nothing. Lines count from 1,
the notes above the header and every line of a long cell included; a row is named by its first line.
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
from sources.archive import File

LONGEST_ROW = 1_000_000
_MOST_COLUMNS = 200
_HEAD = 16_384  # bytes in which the header stands: the notes above it are a few lines at most
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(ValueError):
    """What is wrong with a row, as a clause that names nothing private."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `row["First Name"]` however the header writes it, "" where it has no such column."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(_asked_for(column), "")


@dataclass(frozen=True, slots=True)
class Known:
    """What a header says its table is. A row reaches its column `needed`, and has `longest` characters at most."""

    kind: str
    needed: int = 0
    longest: int = LONGEST_ROW


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a header that is known. `columns` are its places by folded names, `above` the rows up to it."""

    file: File
    known: Known
    columns: dict[str, int]
    width: int
    above: int
    delimiter: str
    charset: str

    @property
    def kind(self) -> str:
        return self.known.kind

    def rows(self) -> Iterator[Row | BadRow]:
        for record in islice(self.written(), 1, None):
            yield record if isinstance(record, BadRow) else self.row(*record)

    def written(self) -> Iterator[tuple[int, list[str]] | BadRow]:
        """The header and all below it as they are written, each with its line."""
        with self.file.open() as stream, _text(stream, self.charset) as text:
            records = _records(self.file.name, text, self.delimiter, self.known.longest)
            yield from islice(records, self.above - 1, None)

    def row(self, line: int, cells: list[str]) -> Row | BadRow:
        if len(cells) > _MOST_COLUMNS:
            return BadRow(self.file.name, line, f"more than {_MOST_COLUMNS} columns")
        if len(cells) <= self.known.needed:
            return BadRow(self.file.name, line, "it ends before its last column")
        if any(cells[self.width :]):
            return BadRow(self.file.name, line, "it has more columns than the header")
        said = {name: place for name, place in self.columns.items() if place < len(cells)}
        return Row(self.file.name, line, {name: cells[place].strip() for name, place in said.items()})


def recognise(
    file: File, known: Callable[[dict[str, int]], Known | None], *, delimiters: str = ",", within: int | None = None
) -> Table | None:
    """The table in this file: the first of its rows (of the first `within`) whose names, folded, are `known`."""
    with file.open() as stream:
        head = stream.read(_HEAD)
    charset = _charset(head)
    for delimiter in delimiters:
        records = _records(file.name, _text(io.BytesIO(head), charset), delimiter, LONGEST_ROW)
        for above, record in enumerate(islice(records, within), 1):
            if isinstance(record, BadRow):
                continue
            columns: dict[str, int] = {}
            for place, cell in enumerate(record[1][:_MOST_COLUMNS]):
                columns.setdefault(folded(cell), place)
            if found := known(columns):
                return Table(file, found, columns, min(len(record[1]), _MOST_COLUMNS), above, delimiter, charset)
    return None


def lines(file: File) -> Iterator[tuple[int, str]]:
    """What a file without a header has on each line that is not empty, with its number."""
    with file.open() as stream:
        charset = _charset(stream.read(2))
    with file.open() as stream, _text(stream, charset) as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield number, line.strip()


def folded(column: str) -> str:
    """A column's name without what varies: case, spaces, hyphens, how an accent is written."""
    return "".join(letter for letter in normalize("NFC", column).lower() if letter.isalnum())


_asked_for = cache(folded)  # the columns that the house names: few


def _records(
    name: str, text: io.TextIOWrapper, delimiter: str, longest: int
) -> Iterator[tuple[int, list[str]] | BadRow]:
    lines = _Lines(text, longest)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = lines.number + 1
        lines.room = longest
        usual = csv.field_size_limit(longest)  # one limit for the whole process: held for one row
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, Unreadable) as error:
            reason = str(error) if isinstance(error, Unreadable) else "not a row of CSV"
            yield BadRow(name, line, reason)
            continue
        finally:
            csv.field_size_limit(usual)
        if lines.ended:
            yield BadRow(name, line, "a quotation mark that is never closed")
        elif any(cells):
            yield line, cells


class _Lines:
    """The lines of a text, counted and bounded: no more than `longest` of it for one row."""

    def __init__(self, text: io.TextIOWrapper, longest: int) -> None:
        self.number = 0
        self.ended = False
        self.room = longest
        self._text = text
        self._longest = longest

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._longest)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        rest = line
        while len(rest) == self._longest and not rest.endswith(("\r", "\n")):
            rest = self._text.readline(self._longest)
        self.room -= len(line)
        if self.room < 0 or rest is not line:
            raise Unreadable(f"longer than {self._longest // 1_000_000} MB")
        return line


def _charset(head: bytes) -> str:
    return "utf-16" if head.startswith(_UTF_16) else "utf-8-sig"


def _text(stream: IO[bytes], charset: str) -> io.TextIOWrapper:
    """As UTF-8, and what is none as Windows-1252: one pass, whatever the file. UTF-16 says itself what it is."""
    return io.TextIOWrapper(stream, charset, "replace" if charset == "utf-16" else "windows-1252", newline="")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
