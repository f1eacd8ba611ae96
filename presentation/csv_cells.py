"""Writes CSV whose cells no spreadsheet reads as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, normalize

_FORMULA_STARTS = frozenset("=+-@")
_SEPARATORS = frozenset("\t\r\n")


def csv_cell(value: object) -> str:
    """Return the text of one cell, with a `'` before text that a spreadsheet would compute.

    Such text begins with = + - @, a tab or a line break. Some spreadsheets skip blanks and invisible characters before
    the sign. Excel in Japanese and Numbers also accept full-width signs.
    """
    text = "" if value is None else str(value)
    visible = text.lstrip()
    while visible and category(visible[0]) in ("Cf", "Cc", "Zs"):
        visible = visible[1:].lstrip()
    is_formula = text[:1] in _SEPARATORS or normalize("NFKC", visible[:1])[:1] in _FORMULA_STARTS
    return f"'{text}" if is_formula else text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the rows as lines of CSV with every cell quoted."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow(map(csv_cell, row))
        yield line.getvalue()
        line.seek(0)
        line.truncate()
