"""A list of people whom a user wants to meet: a table with any columns, or one name, address or profile per line.

A table is a CSV or a sheet of a workbook.

A list is not converted to records, and nothing of it is stored. Columns are recognised by the headers of every format
in sheet_formats.toml. Rows and cells stay unchanged, so that the answer can repeat them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from itertools import islice

from graph.records import BadRow, Handle, HandleKind
from sources.archives.files import File
from sources.errors import InvalidTargetList
from sources.tables.csv_table import CsvRow, CsvTable, TableKind, column_key, find_table, text_lines
from sources.tables.linkedin_headers import DELIMITERS
from sources.tables.phone_labels import own_phone_columns
from sources.tables.sheet_people import NO_SHARED_HANDLES, person_in_row
from sources.tables.sheets import MAX_HEADER_ROW, SheetFormat, SheetRow, sheet_formats
from sources.tables.workbook import WorkbookSheet, is_workbook, read_sheets
from sources.text.handles import find_handles, parse_person

_IDENTIFYING = ("name", "candidate", "first", "last", "file_as", "email", "phone", "linkedin", "website")
_READ = {*_IDENTIFYING, "middle", "company"}
_MORE_HEADERS = {
    "name": ("Target", "Target Name", "Prospect", "Prospect Name", "Who", "Person"),
    "website": ("URL", "Link", "Profile"),
    "company": ("Company Name", "Organization", "Organisation", "Employer", "Current Employer", "Account"),
}
"""Headers of target lists that no sheet with ties or candidates has."""
_NO_TEXT = {
    b"PK\x03\x04": "a spreadsheet, a document or a zip (.ods, .numbers, .xlsb, .docx, .zip)",
    b"\xd0\xcf\x11\xe0": "an old Office file or one with a password (.xls, .doc, .msg)",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document (.rtf)",
    b"\x1f\x8b": "a compressed file (.gz)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"!BDN": "a mailbox of Outlook (.pst)",
}
"""The first bytes of files that contain no text, and what they are."""
_MAGIC_LENGTH = 8
MAX_TARGET_LENGTH = 500
"""Maximum number of characters of one target: of its name, its company and what identifies the person."""
_SAVE_AS_CSV = "Save the list as .xlsx or CSV (UTF-8), or paste one target per line into a text file."
DEFAULT_HEADER = ("target",)
"""The header of a list that has none."""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One row: its unchanged cells and its target. `error` is a sentence if the row cannot be read, else empty."""

    line: int
    cells: tuple[str, ...]
    handles: tuple[Handle, ...] = ()
    name: str = ""
    company: str = ""
    error: str = ""

    @property
    def text(self) -> str:
        """The target as one text: name, company and what identifies the person, between tabs."""
        return "\t".join((self.name, self.company, *(handle.text for handle in self.handles)))


@dataclass(frozen=True, slots=True)
class TargetList:
    """A list. `notes` are sentences on how it was read, where another reading is possible."""

    header: tuple[str, ...]
    rows: tuple[TargetRow, ...]
    notes: tuple[str, ...] = ()


def read_target_list(file: File, *, max_rows: int) -> TargetList:
    """Read a list. Raises InvalidTargetList if it is empty, too long, or neither a text nor a workbook."""
    notes: tuple[str, ...] = ()
    if is_workbook(file):
        lines, table, notes = _sheet_of_targets(file)
    else:
        _check_is_text(file)
        lines, table = file, _table(file, DELIMITERS)
    header, all_rows = (DEFAULT_HEADER, _rows_of_lines(lines)) if table is None else _rows_of_table(table)
    rows = tuple(_with_limited_length(row) for row in islice(all_rows, max_rows + 1))
    if not rows:
        raise InvalidTargetList("The list is empty. Give one name, e-mail address or LinkedIn profile per row.")
    if len(rows) > max_rows:
        raise InvalidTargetList(f"The list has more than {max_rows:,} rows. Split it into several lists.")
    return TargetList(header, rows, notes)


def _table(file: File, delimiters: str) -> CsvTable | None:
    return find_table(file, _recognise, delimiters=delimiters, max_header_row=MAX_HEADER_ROW)


def _sheet_of_targets(file: File) -> tuple[File, CsvTable | None, tuple[str, ...]]:
    """The first sheet of a workbook whose header names people, else the first sheet; and a note on the others."""
    sheets = read_sheets(file)
    tables = [(sheet, _table(File(file.name, partial(BytesIO, sheet.as_csv())), ",")) for sheet in sheets]
    chosen, table = next((one for one in tables if one[1]), tables[0] if tables else (WorkbookSheet("", ()), None))
    others = ", ".join(f"“{sheet.title}”" for sheet in sheets if sheet is not chosen)
    notes = (f"The sheet “{chosen.title}” was read. Not read: {others}.",) if others else ()
    return File(file.name, partial(BytesIO, chosen.as_lines())), table, notes


def _check_is_text(file: File) -> None:
    """Refuse spreadsheets and documents by name: their bytes would look like targets."""
    with file.open() as stream:
        head = stream.read(_MAGIC_LENGTH)
    for magic, what in _NO_TEXT.items():
        if head.startswith(magic):
            raise InvalidTargetList(f"Tertius cannot read {file.name}: it is {what}. {_SAVE_AS_CSV}")


def _recognise(columns: dict[str, int]) -> TableKind | None:
    fields = _target_format().columns_by_field(columns, {}).keys()
    return TableKind("targets") if fields & {*_IDENTIFYING} else None


@cache
def _target_format() -> SheetFormat:
    """The headers of names, handles and companies in any sheet, and those of target lists."""
    known = [
        (header, name) for kind in sheet_formats().values() for header, names in kind.fields.items() for name in names
    ]
    known += [(column_key(header), name) for name, headers in _MORE_HEADERS.items() for header in headers]
    fields: dict[str, tuple[str, ...]] = {}
    for header, name in known:
        if name in _READ and name not in fields.get(header, ()):
            fields[header] = (*fields.get(header, ()), name)
    return SheetFormat(
        name="targets",
        reader="targets",
        lists=None,
        is_certain=True,
        required=(frozenset(_IDENTIFYING),),
        required_when_mapped=None,
        fields=fields,
    )


def _rows_of_table(table: CsvTable) -> tuple[tuple[str, ...], Iterator[TargetRow]]:
    raw_rows = table.raw_rows()
    first = next(raw_rows)
    header = () if isinstance(first, BadRow) else tuple(first[1])
    return header, (_target_row(table, raw, len(header)) for raw in raw_rows)


def _target_row(table: CsvTable, raw: tuple[int, list[str]] | BadRow, width: int) -> TargetRow:
    if isinstance(raw, BadRow):
        return TargetRow(raw.line or 0, ("",) * width, error=_sentence(raw.reason))
    line, cells = raw
    if width == 1:
        cells = [table.delimiter.join(cells)]  # `Doe, Jane`
    row = table.parse_row(line, cells)
    shown = (*cells, *[""] * (width - len(cells)))[:width]
    if not isinstance(row, CsvRow):
        return TargetRow(line, shown, error=_sentence(row.reason))
    columns = _target_format().columns_by_field(table.columns, {})
    sheet_row = SheetRow(row, columns, own_phone_columns(columns.get("phone", ()), table.columns))
    person = person_in_row(sheet_row, NO_SHARED_HANDLES)
    name = (person and person.name) or ""
    handles = tuple(handle for handle in person.handles if handle.kind is not HandleKind.NAME) if person else ()
    if not handles and (handles_in_name := tuple(find_handles(name))):
        return TargetRow(line, shown, handles_in_name)  # a column of targets with names and handles
    return TargetRow(line, shown, handles, name, sheet_row["company"])


def _with_limited_length(row: TargetRow) -> TargetRow:
    """Return the row, with an error instead of a target if that is too long: the API accepts no such target."""
    if len(row.text) <= MAX_TARGET_LENGTH:
        return row
    reason = f"name, company and addresses have more than {MAX_TARGET_LENGTH} characters together"
    return TargetRow(row.line, row.cells, error=_sentence(reason))


def _sentence(reason: str) -> str:
    return f"Tertius cannot read this row: {reason}."


def _rows_of_lines(file: File) -> Iterator[TargetRow]:
    """One target a line, as a user types it for a single search. Lines copied from a spreadsheet contain tabs."""
    return (_row_of_line(number, line) for number, line in text_lines(file))


def _row_of_line(number: int, line: str) -> TargetRow:
    handles = tuple(find_handles(line))
    cells = (cell.strip() for cell in line.split("\t") if not [*find_handles(cell)])
    name, company, *_ = [*cells, "", ""]
    if handles and not name and (person := parse_person(line)) and "," not in (person.name or ""):
        name = person.name or ""
    return TargetRow(number, (line,), handles, name, company)


def list_of_targets(targets: Sequence[str]) -> TargetList:
    """The list of these targets, each as a user types it for a single search, or with tabs as in a list."""
    lines = ("\t".join(" ".join(cell.split()) for cell in target.split("\t")) for target in targets)
    return TargetList(DEFAULT_HEADER, tuple(_row_of_line(number, line) for number, line in enumerate(lines, 1)))
