"""One CSV of an archive as rows: what it is by its header, and where each row stands.

Whatever the bytes are, reading them yields rows and BadRows and raises nothing. Lines count from 1,
the notes above the header and every line of a message included; a row is named by its first line.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO

from graph.records import BadRow
from sources.archive import File

_MOST_COLUMNS = 200
_LONGEST_ROW = 1_000_000
_LONGEST_MESSAGE = 16_000_000
_HEAD = 16_384  # bytes in which the header stands: the notes above it are three lines at most

# Each list by the columns it cannot do without, in every shape it has had. Given and received
# recommendations share a header: there alone the file's name has to say which it is.
_HEADERS = (
    ("connections", "First Name, Last Name, Connected On"),
    ("messages", "Conversation ID, From, To, Date, Content"),
    ("messages", "From, To, Date, Subject, Content, Direction"),
    ("invitations", "From, To, Sent At, Message, Direction"),
    ("endorsements given", "Endorsement Date, Endorsee First Name, Endorsee Last Name"),
    ("endorsements received", "Endorsement Date, Endorser First Name, Endorser Last Name"),
    ("recommendations", "First Name, Last Name, Job Title, Text, Creation Date"),
    ("profile", "First Name, Last Name, Headline"),
    ("emails", "Email Address, Confirmed, Primary"),
    ("positions", "Company Name, Title, Started On, Finished On"),
    ("education", "School Name, Start Date, End Date"),
    ("job applications", "Application Date, Company Name, Job Title"),
    ("saved jobs", "Saved Date, Job Title"),
    ("company follows", "Organization, Followed On"),
    ("reactions", "Date, Type, Link"),
)


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
class Table:
    """A file whose header is one of LinkedIn's."""

    file: File
    kind: str
    columns: dict[str, int]
    needed: int

    def rows(self) -> Iterator[Row | BadRow]:
        longest = _LONGEST_MESSAGE if self.kind == "messages" else _LONGEST_ROW
        with self.file.open() as stream, _text(stream) as text:
            records = _records(self.file.name, text, longest)
            for record in records:
                if not isinstance(record, BadRow) and _header(record[1]):
                    break
            for record in records:
                yield record if isinstance(record, BadRow) else self._row(*record)

    def _row(self, line: int, cells: list[str]) -> Row | BadRow:
        if len(cells) > _MOST_COLUMNS:
            return BadRow(self.file.name, line, f"more than {_MOST_COLUMNS} columns")
        if len(cells) <= self.needed:
            return BadRow(self.file.name, line, "it ends before its last column")
        if any(cells[max(self.columns.values()) + 1 :]):
            return BadRow(self.file.name, line, "it has more columns than the header")
        said = {name: place for name, place in self.columns.items() if place < len(cells)}
        return Row(self.file.name, line, {name: cells[place].strip() for name, place in said.items()})


def recognise(file: File) -> Table | None:
    """The table in this file, from its first rows; None for anything that is not LinkedIn's."""
    with file.open() as stream:
        head = _text(io.BytesIO(stream.read(_HEAD)))
    for record in _records(file.name, head, _LONGEST_ROW):
        if not isinstance(record, BadRow) and (found := _header(record[1])):
            return Table(file, *found)
    return None


def _header(cells: list[str]) -> tuple[str, dict[str, int], int] | None:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells[:_MOST_COLUMNS]):
        columns.setdefault(_folded(cell), place)
    for kind, header in _HEADERS:
        needed = [_folded(column) for column in header.split(",")]
        if columns.keys() >= set(needed):
            return kind, columns, max(columns[column] for column in needed)
    return None


def _folded(column: str) -> str:
    return "".join(letter for letter in column.lower() if letter.isalnum())


_asked_for = cache(_folded)  # the columns that the house names: few


def _records(name: str, text: io.TextIOWrapper, longest: int) -> Iterator[tuple[int, list[str]] | BadRow]:
    lines = _Lines(text, longest)
    reader = csv.reader(lines)
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


def _text(stream: IO[bytes]) -> io.TextIOWrapper:
    """As UTF-8, and what is none as Windows-1252: one pass, whatever the file."""
    return io.TextIOWrapper(stream, "utf-8-sig", "windows-1252", newline="")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
