"""Writes CSV whose cells no spreadsheet reads as a formula, and without invisible characters."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from graph.names.visible_text import visible_text

_FORMULA_STARTS = frozenset("=+-@\u2212")
_SEPARATORS = frozenset("\t\r\n")


def csv_cell(value: object) -> str:
    """Return the text of one cell, with a `'` before text that a spreadsheet would compute.

    Such text begins with = + - @, a tab or a line break, also behind blanks. Excel in Japanese and Numbers also accept
    full-width signs. Invisible characters are removed: a spreadsheet skips them, and a terminal may obey them.
    """
    stored = "" if value is None else str(value)
    text = visible_text(stored)
    is_formula = (
        bool({stored[:1], text[:1]} & _SEPARATORS) or normalize("NFKC", text.lstrip()[:1])[:1] in _FORMULA_STARTS
    )
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
