"""Sheets: CSV files of people or of interactions, recognised by their header or by the user's column map.

Every kind of sheet is recognised here, so no two readers claim one file. The first format in sheet_formats.toml that a
header fits is the sheet's format, unless the user's column map fits. LinkedIn's tables are not sheets.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from graph.records import BadRow, Record
from sources.archives.files import File, file_on_disk
from sources.errors import InvalidColumnMap
from sources.tables.csv_table import CsvRow, CsvTable, TableKind, column_key, find_table
from sources.tables.linkedin_headers import DELIMITERS, find_linkedin_table
from sources.tables.phone_labels import is_own_number, own_phone_columns
from sources.tables.plain_cells import plain_cell

MAX_HEADER_ROW = 10  # further down, a row of data could look like a header
_VALUE_SEPARATOR = " ::: "  # Google puts it between several values in one cell
_NUMBER = re.compile(r"\d+")
_PROPERTIES = {"required", "required_when_mapped", "reader", "lists", "is_certain", "columns_of"}
"""The keys of a format that are not fields."""
_OF_PEOPLE = "people"
"""The table with the columns of every list of people."""

ColumnMap = Mapping[str, str]
"""The user's names for columns: field → header."""


class ListKind(StrEnum):
    """Whom a list of people contains: people whom its owner knows, contacts of a company, or candidates."""

    CONNECTIONS = "connections"
    CONTACTS = "contacts"
    CANDIDATES = "candidates"


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """One kind of sheet. `fields` maps column keys to field names.

    A header must have one field of each set in `required`. `required_when_mapped` replaces it for a column map; it is
    None if users cannot map columns to this format. `reader` is the name of the reader. `lists` is whom the sheet
    lists; it is None for interactions. `is_certain` is False if the header does not show whom it lists.
    """

    name: str
    reader: str
    lists: ListKind | None
    is_certain: bool
    required: tuple[frozenset[str], ...]
    required_when_mapped: tuple[frozenset[str], ...] | None
    fields: dict[str, tuple[str, ...]]

    def columns_by_field(self, columns: Iterable[str], column_map: ColumnMap) -> dict[str, tuple[str, ...]]:
        """The columns of each field, in the order of the header. A mapped field has its mapped column only."""
        mapped = {name: column_key(column) for name, column in column_map.items()}
        by_field: dict[str, tuple[str, ...]] = {}
        for column in columns:
            for name in self.fields.get(_NUMBER.sub("#", column), ()):
                if name not in mapped and column not in mapped.values():
                    by_field[name] = (*by_field.get(name, ()), column)
        return by_field | {name: (column,) for name, column in mapped.items()}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row by field: `row["email"]` is the field's first value that is not empty, `values` yields all of them.

    `phone_labels` maps the columns of numbers to the columns that label them.
    """

    csv_row: CsvRow
    columns: Mapping[str, tuple[str, ...]]
    phone_labels: Mapping[str, str | None]

    def __getitem__(self, name: str) -> str:
        for column in self.columns.get(name, ()):
            if values := self._values(column):
                return values[0]
        return ""

    def values(self, *names: str) -> Iterator[str]:
        for name in names:
            for column in self.columns.get(name, ()):
                yield from self._values(column)

    def phones(self) -> Iterator[str]:
        """The numbers of the person's own: not those whose label or header says that they are of a place or a fax."""
        for column, label in self.phone_labels.items():
            if label is None or is_own_number(column_key(self.csv_row.cells.get(label, ""))):
                yield from self._values(column)

    def _values(self, column: str) -> Sequence[str]:
        cell = self.csv_row.cells.get(column)
        if not cell:
            return ()
        if "&" in cell or cell[0] in "='":
            cell = plain_cell(cell)
        if _VALUE_SEPARATOR in cell:
            return [value for part in cell.split(_VALUE_SEPARATOR) if (value := part.strip())]
        return (cell,) if cell else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file with its format. `columns` are the columns of each field, `kind` is whom the user says it lists."""

    format: SheetFormat
    table: CsvTable
    columns: Mapping[str, tuple[str, ...]]
    kind: ListKind | None = None

    @property
    def name(self) -> str:
        return self.table.file.name

    @property
    def lists(self) -> ListKind | None:
        return self.kind or self.format.lists

    @property
    def reader(self) -> str:
        """The name of the reader. What the user says decides the reader of a list of people."""
        if self.kind is None or self.format.lists in (None, self.kind):
            return self.format.reader
        return "candidates" if self.kind is ListKind.CANDIDATES else "contacts"

    def rows(self) -> Iterator[SheetRow | BadRow]:
        phone_labels = own_phone_columns(self.columns.get("phone", ()), self.table.columns)
        for row in self.table.rows():
            yield row if isinstance(row, BadRow) else SheetRow(row, self.columns, phone_labels)


@dataclass(frozen=True, slots=True)
class SheetHints:
    """The user's statements about sheets: which column has which field, and whom lists of people contain."""

    column_map: ColumnMap = field(default_factory=dict)
    list_kind: ListKind | None = None


NO_HINTS = SheetHints()


def parse_hints(columns: Iterable[str], list_kind: str | None) -> SheetHints:
    """The hints with these columns, each as `field=column`."""
    pairs = (each.partition("=") for each in columns)
    return SheetHints({name: column for name, _, column in pairs}, ListKind(list_kind) if list_kind else None)


@dataclass(slots=True)
class SheetReader:
    """The reader (sources.registry.Reader) of all sheets of one kind."""

    name: str
    records: Callable[[Sheet], Iterator[Record]]
    hints: SheetHints = NO_HINTS

    def identify(self, path: Path) -> bool:
        return path.is_file() and self._sheet(path) is not None

    def read(self, paths: Sequence[Path]) -> Iterator[Record]:
        for path in paths:
            if sheet := self._sheet(path):
                yield from self.records(sheet)
                yield from sheet.table.notes

    def _sheet(self, path: Path) -> Sheet | None:
        file = file_on_disk(path)
        sheet = find_sheet(file, self.hints.column_map)
        if sheet is None:
            return None
        sheet = replace(sheet, kind=self.hints.list_kind)
        return sheet if sheet.reader == self.name and not find_linkedin_table(file) else None


def find_sheet(file: File, column_map: ColumnMap) -> Sheet | None:
    """The sheet in a file: by the column map first, then by the known formats. None if neither fits."""

    def recognise(columns: dict[str, int]) -> TableKind | None:
        fitting = (kind.name for kind in sheet_formats().values() if _fits(kind.required, kind, columns, {}))
        return next(map(TableKind, fitting), None)

    def recognise_mapped(columns: dict[str, int]) -> TableKind | None:
        if not {*map(column_key, column_map.values())} <= columns.keys():
            return None
        fits = _fits(mapped_format.required_when_mapped or (), mapped_format, columns, column_map)
        return TableKind(mapped_format.name) if fits else None

    if column_map:
        mapped_format = format_for(column_map)
        if table := find_table(file, recognise_mapped, delimiters=DELIMITERS, max_header_row=MAX_HEADER_ROW):
            return Sheet(mapped_format, table, mapped_format.columns_by_field(table.columns, column_map))
    if table := find_table(file, recognise, delimiters=DELIMITERS, max_header_row=MAX_HEADER_ROW):
        sheet_format = sheet_formats()[table.kind.name]
        return Sheet(sheet_format, table, sheet_format.columns_by_field(table.columns, {}))
    return None


def check_columns(column_map: ColumnMap) -> None:
    """Raise InvalidColumnMap if columns are stated that fit no kind of sheet."""
    if column_map:
        format_for(column_map)


def format_for(column_map: ColumnMap) -> SheetFormat:
    """The format whose fields a column map names. Raises InvalidColumnMap if there is none."""
    accepted = {
        kind.name: [*dict.fromkeys(chain.from_iterable(kind.fields.values()))]
        for kind in sheet_formats().values()
        if kind.required_when_mapped
    }
    fitting = [sheet_formats()[name] for name, fields in accepted.items() if column_map.keys() <= {*fields}]
    if not fitting:
        raise InvalidColumnMap(column_map, accepted)
    required = (kind for kind in fitting if any(column_map.keys() & names for names in kind.required_when_mapped or ()))
    return next(required, fitting[0])


@cache
def sheet_formats() -> dict[str, SheetFormat]:
    """Every format by name, in the order in which headers are tried."""
    definitions = tomllib.loads(files(__package__).joinpath("sheet_formats.toml").read_text("utf-8"))
    of_people = definitions.pop(_OF_PEOPLE)
    for definition in definitions.values():
        if "lists" in definition:
            definition.update(of_people)
    return {name: _sheet_format(name, definition, definitions) for name, definition in definitions.items()}


def _sheet_format(name: str, definition: dict[str, Any], definitions: dict[str, dict[str, Any]]) -> SheetFormat:
    fields: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (definition, definitions.get(definition.get("columns_of", "")))):
        for field_name in (key for key in part if key not in _PROPERTIES):
            for header in map(_header_key, part[field_name]):
                if field_name not in fields.get(header, ()):
                    fields[header] = (*fields.get(header, ()), field_name)
    mapped = definition.get("required_when_mapped")
    lists = definition.get("lists")
    return SheetFormat(
        name=name,
        reader=definition.get("reader", name),
        lists=ListKind(lists) if lists else None,
        is_certain=definition.get("is_certain", True),
        required=_alternatives(definition["required"]),
        required_when_mapped=None if mapped is None else _alternatives(mapped),
        fields=fields,
    )


def _alternatives(required: list[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fields.split("|")) for fields in required)


def _header_key(header: str) -> str:
    """The column key of a header in sheet_formats.toml; its `#` stands for any number."""
    return "#".join(map(column_key, header.split("#")))


def _fits(
    required: tuple[frozenset[str], ...], kind: SheetFormat, columns: Iterable[str], column_map: ColumnMap
) -> bool:
    present = kind.columns_by_field(columns, column_map).keys()
    return all(fields & present for fields in required)
