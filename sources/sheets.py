"""Sheets of people and of what they did: CSVs whose header sheets.toml knows, or whose columns the user names.

All kinds are told apart here, so that no two sources claim one file: the first shape in sheets.toml that a header fits
is the one, unless the user's map fits it; what is LinkedIn's is LinkedIn's.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from graph.records import BadRow, Record
from sources.archive import File, on_disk
from sources.errors import UnclearMap
from sources.linkedin.headers import recognise as is_linkedin
from sources.tables import Known, Row, Table, folded
from sources.tables import recognise as recognise_table

DELIMITERS = ",;\t"
ROWS_ABOVE = 10  # in which the header must stand: further down a row of somebody's could pass for one
_SEVERAL = " ::: "  # what Google puts between the values of one cell
_NUMBER = re.compile(r"\d+")

Map = Mapping[str, str]
"""What the user calls the columns: field → header."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of sheet. `fields` says which column, folded, means what.

    Of each of `needs` one field is there; `mapped` are the needs where the user has named the columns, if they can.
    """

    name: str
    source: str
    needs: tuple[frozenset[str], ...]
    mapped: tuple[frozenset[str], ...] | None
    fields: dict[str, tuple[str, ...]]

    def meanings(self, columns: Iterable[str], named: Map) -> dict[str, tuple[str, ...]]:
        """The columns that say each field, in the order of the header. What the user named stands alone."""
        theirs = {meaning: folded(column) for meaning, column in named.items()}
        found: dict[str, tuple[str, ...]] = {}
        for column in columns:
            for meaning in self.fields.get(_NUMBER.sub("#", column), ()):
                if meaning not in theirs and column not in theirs.values():
                    found[meaning] = (*found.get(meaning, ()), column)
        return found | {meaning: (column,) for meaning, column in theirs.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row by what its columns mean: `entry["email"]` is the first that is not empty, `all` has every one."""

    row: Row
    columns: Mapping[str, tuple[str, ...]]

    def __getitem__(self, meaning: str) -> str:
        return next(self.all(meaning), "")

    def all(self, *meanings: str) -> Iterator[str]:
        for meaning in meanings:
            for column in self.columns.get(meaning, ()):
                yield from filter(None, map(str.strip, self.row.cells.get(column, "").split(_SEVERAL)))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose columns are understood."""

    shape: Shape
    table: Table
    columns: Mapping[str, tuple[str, ...]]

    @property
    def name(self) -> str:
        return self.table.file.name

    def entries(self) -> Iterator[Entry | BadRow]:
        for row in self.table.rows():
            yield row if isinstance(row, BadRow) else Entry(row, self.columns)


@dataclass(slots=True)
class SheetSource:
    """A source of the house (sources.Source) for all sheets of one kind; `map` is the user's."""

    name: str
    tell: Callable[[Sheet], Iterator[Record]]
    map: Map = field(default_factory=dict)

    def identify(self, path: Path) -> bool:
        return path.is_file() and self._sheet(path) is not None

    def read(self, paths: Sequence[Path]) -> Iterator[Record]:
        for path in paths:
            if sheet := self._sheet(path):
                yield from self.tell(sheet)

    def _sheet(self, path: Path) -> Sheet | None:
        file = on_disk(path)
        sheet = recognise(file, self.map)
        return sheet if sheet and sheet.shape.source == self.name and not is_linkedin(file) else None


def recognise(file: File, named: Map) -> Sheet | None:
    """What a file's header says it is: first by what the user named, then by what is known."""

    def known(columns: dict[str, int]) -> Known | None:
        return next((Known(shape.name) for shape in shapes().values() if _fits(shape.needs, shape, columns, {})), None)

    def mapped(columns: dict[str, int]) -> Known | None:
        fits = {*map(folded, named.values())} <= columns.keys() and _fits(shape.mapped or (), shape, columns, named)
        return Known(shape.name) if fits else None

    if named:
        shape = mappable(named)
        if table := recognise_table(file, mapped, delimiters=DELIMITERS, within=ROWS_ABOVE):
            return Sheet(shape, table, shape.meanings(table.columns, named))
    if table := recognise_table(file, known, delimiters=DELIMITERS, within=ROWS_ABOVE):
        return Sheet(shapes()[table.kind], table, shapes()[table.kind].meanings(table.columns, {}))
    return None


def mappable(named: Map) -> Shape:
    """The kind of sheet that the user's names speak of. Raises UnclearMap where there is none."""
    there = {
        shape.name: [*dict.fromkeys(chain.from_iterable(shape.fields.values()))]
        for shape in shapes().values()
        if shape.mapped
    }
    for name, fields in there.items():
        if named.keys() <= {*fields}:
            return shapes()[name]
    raise UnclearMap(named, there)


@cache
def shapes() -> dict[str, Shape]:
    """Every kind of sheet in the order in which they are tried, by name."""
    told = tomllib.loads(files("sources").joinpath("sheets.toml").read_text("utf-8"))
    return {name: _shape(name, said) for name, said in told.items()}


def _shape(name: str, said: dict[str, Any]) -> Shape:
    fields: dict[str, tuple[str, ...]] = {}
    for meaning in (meaning for meaning in said if meaning not in ("needs", "mapped", "source")):
        for alias in map(_folded, said[meaning]):
            fields[alias] = (*fields.get(alias, ()), meaning)
    return Shape(
        name=name,
        source=said.get("source", name),
        needs=_needs(said["needs"]),
        mapped=_needs(said["mapped"]) if "mapped" in said else None,
        fields=fields,
    )


def _needs(said: list[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(need.split("|")) for need in said)


def _folded(alias: str) -> str:
    """A header of sheets.toml, folded; its `#` stands for any number."""
    return "#".join(map(folded, alias.split("#")))


def _fits(needs: tuple[frozenset[str], ...], shape: Shape, columns: Iterable[str], named: Map) -> bool:
    there = shape.meanings(columns, named).keys()
    return all(need & there for need in needs)
