"""A list of people whom somebody would meet: a CSV with columns of its own, or one name, address or profile a line.

Nothing of it becomes a record or is kept. The columns are understood by the header, in the words that sheets.toml has
for every kind of sheet; rows and cells stay as they are written, for the answer to stand beside them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from graph.records import BadRow, Handle, HandleKind
from sources import handles
from sources.archive import File
from sources.errors import UnfitList
from sources.people import person
from sources.sheets import DELIMITERS, ROWS_ABOVE, Entry, Shape, shapes
from sources.tables import Known, Row, Table, folded, lines, recognise

_BY = ("name", "candidate", "first", "last", "as", "email", "phone", "linkedin", "website")
_SAYING = {*_BY, "middle", "company"}
_ALSO = {
    "name": ("Target", "Target Name", "Prospect", "Prospect Name", "Who", "Person"),
    "website": ("URL", "Link", "Profile"),
    "company": ("Company Name", "Organization", "Organisation", "Employer", "Current Employer", "Account"),
}
"""What a list of targets calls its columns, and no sheet that holds ties or candidates."""
LINES = ("target",)
"""The header that a list without one gets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row: its cells as they are written, and whom they mean. `wrong` says why nobody can tell."""

    line: int
    cells: tuple[str, ...]
    handles: tuple[Handle, ...] = ()
    name: str = ""
    company: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list with its header."""

    header: tuple[str, ...]
    rows: tuple[Wanted, ...]


def read(file: File, *, most: int) -> List:
    """Read a list. Raises UnfitList where there is nothing in it, or more than so many rows."""
    table = recognise(file, _known, delimiters=DELIMITERS, within=ROWS_ABOVE)
    header, found = (LINES, _lines(file)) if table is None else _columns(table)
    rows = tuple(islice(found, most + 1))
    if not rows:
        raise UnfitList("There is nobody in this list: give it a name, an address or a profile a row.")
    if len(rows) > most:
        raise UnfitList(f"A list has {most:,} rows at most, and this one has more: give it in parts.")
    return List(header, rows)


def _known(columns: dict[str, int]) -> Known | None:
    return Known("targets") if _shape().meanings(columns, {}).keys() & {*_BY} else None


@cache
def _shape() -> Shape:
    """Whatever any sheet calls its names, addresses and companies."""
    fields: dict[str, tuple[str, ...]] = {}
    told = [
        (alias, meaning) for shape in shapes().values() for alias, found in shape.fields.items() for meaning in found
    ]
    told += [(folded(alias), meaning) for meaning, aliases in _ALSO.items() for alias in aliases]
    for alias, meaning in told:
        if meaning in _SAYING and meaning not in fields.get(alias, ()):
            fields[alias] = (*fields.get(alias, ()), meaning)
    return Shape("targets", "targets", (frozenset(_BY),), None, fields)


def _columns(table: Table) -> tuple[tuple[str, ...], Iterator[Wanted]]:
    written = table.written()
    head = next(written)
    header = () if isinstance(head, BadRow) else tuple(head[1])
    return header, (_row(table, record, len(header)) for record in written)


def _row(table: Table, record: tuple[int, list[str]] | BadRow, width: int) -> Wanted:
    if isinstance(record, BadRow):
        return Wanted(record.line or 0, ("",) * width, wrong=_cannot(record))
    line, cells = record
    if width == 1:
        cells = [table.delimiter.join(cells)]  # `Doe, Jane`
    row = table.row(line, cells)
    kept = (*cells, *[""] * (width - len(cells)))[:width]
    if not isinstance(row, Row):
        return Wanted(line, kept, wrong=_cannot(row))
    entry = Entry(row, _shape().meanings(table.columns, {}))
    who = person(entry, set())
    called = (who and who.name) or ""
    exact = tuple(handle for handle in who.handles if handle.kind is not HandleKind.NAME) if who else ()
    if not exact and (typed := tuple(handles.handles(called))):
        return Wanted(line, kept, typed)  # a column of targets, each by whatever there is
    return Wanted(line, kept, exact, called, entry["company"])


def _cannot(row: BadRow) -> str:
    return f"This row cannot be read: {row.reason}."


def _lines(file: File) -> Iterator[Wanted]:
    """A line means what the same words mean to `tertius who`; pasted from a spreadsheet it has tabs."""
    for number, line in lines(file):
        exact = tuple(handles.handles(line))
        name, company, *_ = [cell.strip() for cell in line.split("\t") if not [*handles.handles(cell)]] + ["", ""]
        if exact and not name and (who := handles.person(line)) and "," not in (who.name or ""):
            name = who.name or ""
        yield Wanted(number, (line,), exact, name, company)
