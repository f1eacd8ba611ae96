"""No cell of a written CSV is a formula, whatever text it contains."""

import csv
import io
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.names.visible_text import visible_text
from presentation.csv_cells import csv_cell, csv_lines

TEXT = st.text() | st.builds(
    "".join, st.tuples(st.sampled_from(["", " ", "\u00a0", "\u200b", "\ufeff", "\t"]), st.text())
)
STARTED = st.builds("".join, st.tuples(st.sampled_from(list("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫⁼⁺⁻")), st.text()))


@example([["\x1b\n"], ["\u200b\t=1"]])
@given(st.lists(st.lists(TEXT | STARTED, min_size=1), max_size=5))
def test_every_cell_reads_as_text_and_keeps_its_visible_content(rows: list[list[str]]) -> None:
    written = "".join(csv_lines(rows))
    visible = [[visible_text(one) for one in row] for row in rows]
    read = list(csv.reader(io.StringIO(written, newline="")))

    assert [
        [one.removeprefix("'") if one != was else was for one, was in zip(*pair, strict=True)]
        for pair in zip(read, visible, strict=True)
    ] == visible
    for one in (one for row in read for one in row):
        assert not one.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert not normalize("NFKC", one.strip()[:1]).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", " =1", "\u200b=1", "\u00a0@x", "\u22121"]
)
def test_a_formula_becomes_text(text: str) -> None:
    assert csv_cell(text) == f"'{visible_text(text)}"
    assert next(iter(csv_lines([[text]]))).startswith(f"\"'{visible_text(text)[0]}")


@pytest.mark.parametrize("hidden", list("\x00\x0b\x1b\x1c\x85\u00ad\u034f\u115f\u200b\u202e\u2028\u2061\u3164\ufeff"))
def test_a_formula_behind_an_invisible_character_becomes_text(hidden: str) -> None:
    assert csv_cell(f"{hidden}=1") in ("'=1", "' =1")
    assert csv_cell(f"A{hidden}B") in ("AB", "A B")


@pytest.mark.parametrize("value", ["Ada Ek", "a=b", "", 5, None, "'x", "1-2"])
def test_other_values_do_not_change(value: object) -> None:
    assert csv_cell(value) == ("" if value is None else str(value))
