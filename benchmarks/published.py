"""Writes the figures of stages into benchmarks/latest.json and the pages in docs/.

Each table is between the marker of its stage, such as `<!-- http -->`, and `<!-- end -->`. Everything between them is
overwritten.
"""

import json
import os
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from benchmarks.goals import GOALS, Report, count_met, number, rows

LATEST = Path(__file__).with_name("latest.json")
_DOCS = Path(__file__).parents[1] / "docs"
PAGES = (_DOCS / "performance.md", _DOCS / "scale.md")
GOALS_MARKER = "goals"
GOALS_HEAD = ("goal", "limit", "measured", "of `RETURN 1`", "run of")
SCALE = "scale"
"""The stage whose table has a column for each figure, which is a size of a network."""


def publish(stage: str, measured: Sequence[Figure], return_1: float, seconds: float, *, is_complete: bool) -> None:
    """Store the figures of a stage in latest.json, and write the tables."""
    report = latest()
    report[stage] = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg(), "python": platform.python_version()},
        "return_1": return_1,
        "seconds": round(seconds),
        "complete": is_complete,
        "figures": [asdict(each) for each in measured],
    }
    LATEST.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    for page in PAGES:
        page.write_text(fill_page(page.read_text("utf-8"), report), "utf-8")


def latest() -> dict[str, Any]:
    """The latest run of each stage."""
    report: dict[str, Any] = json.loads(LATEST.read_text("utf-8"))
    return report


def fill_page(text: str, report: Report) -> str:
    """A page with the tables of a report that it has markers for."""
    text = _fill_table(text, GOALS_MARKER, _goals_table(report))
    for stage, part in report.items():
        table = _table_by_size(part) if stage == SCALE else "\n".join(_part_tables(part))
        text = _fill_table(text, stage, f"{table}\n{_origin(part)}\n")
    return text


def without_tables(text: str) -> str:
    """The text of a page outside of its generated tables."""
    return re.sub(r"<!-- (\w+) -->\n.*?<!-- end -->", "", text, flags=re.DOTALL)


def _fill_table(text: str, marker: str, table: str) -> str:
    between = re.compile(rf"(?<=<!-- {marker} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    return between.sub(lambda _: table, text, count=1)


def _goals_table(report: Report) -> str:
    cores = ", ".join(sorted({str(part["machine"]["cores"]) for part in report.values()}))
    met = f"{count_met(report)} of {len(GOALS)} goals are met, on a machine with {cores} cores. Missed goals are bold."
    return f"{_table(GOALS_HEAD, rows(report))}\n{met}\n"


def _part_tables(part: Report) -> Iterator[str]:
    """A table for each series of figures with the same values."""
    for (unit, *names), figures in groupby(part["figures"], key=lambda each: (each["unit"], *each["values"])):
        yield _table((unit, *names), ((each["what"], *map(number, each["values"].values())) for each in figures))


def _table_by_size(part: Report) -> str:
    sizes = part["figures"]
    names = dict.fromkeys(name for each in sizes for name in each["values"])
    return _table(
        ("", *(each["what"] for each in sizes)),
        ((name, *(_number_if_any(each["values"].get(name)) for each in sizes)) for name in names),
    )


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table, and an empty line."""
    written = [f"|{''.join(f' {cell} |' if cell else ' |' for cell in cells)}" for cells in (head, *lines)]
    return "\n".join((written[0], "|" + " --- |" * len(head), *written[1:], ""))


def _number_if_any(value: float | None) -> str:
    return "" if value is None else number(value)


def _origin(part: Report) -> str:
    load = f"{part['machine']['load'][0]:.1f}"
    text = f"Run of {part['on']} on {part['machine']['cores']} cores, with a load average of {load} in the last minute."
    if part.get("return_1"):
        text += f" `RETURN 1` took {number(part['return_1'])} ms at the median."
    return text if part.get("complete", True) else f"{text} The run did not end, so figures are missing."
