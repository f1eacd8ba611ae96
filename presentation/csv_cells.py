"""Every CSV that the house writes, so that no spreadsheet takes anybody's name for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, normalize

_BEGINS = "=+-@"
_CUTS = "\t\r\n"


def cell(value: object) -> str:
    """The text of one cell, with a `'` before what a spreadsheet would compute.

    That is what begins with = + - @, a tab or the end of a line; behind blanks and what is not seen, too, which some
    pass over, and in wide letters, which Excel in Japanese and Numbers take for the narrow ones.
    """
    text = "" if value is None else str(value)
    seen = text.lstrip()
    while seen and category(seen[0]) in ("Cf", "Cc", "Zs"):
        seen = seen[1:].lstrip()
    return f"'{text}" if text[:1] in [*_CUTS] or normalize("NFKC", seen[:1])[:1] in [*_BEGINS] else text


def table(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as lines of CSV, every cell quoted."""
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow(map(cell, row))
        yield line.getvalue()
        line.seek(0)
        line.truncate()
