"""Writes the figures of single parts of the benchmarks into benchmarks/latest.json and the pages in docs/.

Each table is between its marker, such as `<!-- slack and mcp -->`, and `<!-- end -->`; everything between them is
overwritten.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure

LATEST = Path(__file__).with_name("latest.json")
_DOCS = Path(__file__).parents[1] / "docs"
PAGES = (_DOCS / "performance.md", _DOCS / "scale.md")
PUBLISHED = {
    "/intro, acknowledged": "`/intro`, acknowledged",
    "/intro, answered": "`/intro`, answered",
    "/intro, acknowledged while Neo4j and Slack stall": "`/intro`, acknowledged while Neo4j and Slack stall",
    "introductions by MCP, 1 client": "the tool `find_introductions` of MCP",
}
"""The figures of the table, with their names there."""
PARTS = {"route_index": "route index", "insights": "insights", "http": "http", "loads": "loads"}
"""The markers of the tables with all figures of one part, by the key of the part in latest.json."""
SCALE = "scale"
"""Key and marker of the table with a column for each size of a network."""

Report = Mapping[str, Any]


def publish(on: str, machine: Report, measured: Sequence[Figure], *, is_complete: bool) -> None:
    """Store a run in latest.json, and write the table. A run that is not complete has the published figures only."""
    surfaces = {"on": on, "machine": machine, "figures": [asdict(each) for each in measured if each.what in PUBLISHED]}
    run = {"on": on, "machine": machine, "figures": [asdict(each) for each in measured]} if is_complete else {}
    _write({**json.loads(LATEST.read_text("utf-8")), **run, "surfaces": surfaces})


def publish_part(part: str, on: str, machine: Report, measured: Sequence[Figure]) -> None:
    """Store a run of one of PARTS in latest.json, and write its table."""
    run = {"on": on, "machine": machine, "figures": [asdict(each) for each in measured]}
    _write({**json.loads(LATEST.read_text("utf-8")), part: run})


def _write(report: Report) -> None:
    LATEST.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    for page in PAGES:
        page.write_text(fill_page(page.read_text("utf-8"), report), "utf-8")


def fill_page(text: str, report: Report) -> str:
    """A page with those tables of a report that it has markers for."""
    for part, marker in PARTS.items():
        if part in report:
            text = _fill_table(text, marker, _part_table(report[part]))
    if SCALE in report:
        text = _fill_table(text, SCALE, _table_by_size(report[SCALE]))
    return _fill_table(text, "slack and mcp", _table(report["surfaces"]))


def _fill_table(text: str, marker: str, table: str) -> str:
    between = re.compile(rf"(?<=<!-- {marker} -->\n).*?(?=<!-- end -->)", re.DOTALL)
    return between.sub(lambda _: table, text, count=1)


def _part_table(run: Report) -> str:
    rows = [f"| {each['what']} | {each['unit']} | {_values(each['values'])} |" for each in run["figures"]]
    return "\n".join(("| what | unit | figures |", "| --- | --- | --- |", *rows, "", _origin(run), ""))


def _table_by_size(run: Report) -> str:
    sizes = run["figures"]
    names = dict.fromkeys(name for each in sizes for name in each["values"])
    rows = [f"| {name} | {' | '.join(_number(each['values'].get(name)) for each in sizes)} |" for name in names]
    head = f"| | {' | '.join(each['what'] for each in sizes)} |"
    return "\n".join((head, "| --- |" + " --- |" * len(sizes), *rows, "", _origin(run), ""))


def _values(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {_number(value)}" for name, value in values.items())


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _origin(run: Report) -> str:
    load = f"{run['machine']['load'][0]:.1f}"
    return f"Run of {run['on']} on {run['machine']['cores']} cores, with a load average of {load} in the last minute."


def _table(surfaces: Report) -> str:
    values = {each["what"]: each["values"] for each in surfaces["figures"]}
    rows = [
        f"| {name} | {values[what]['asked']:,} | {values[what]['p50']:,.0f} | {values[what]['p95']:,.0f} | "
        f"{values[what]['p99']:,.0f} |"
        for what, name in PUBLISHED.items()
    ]
    lines = (
        "| ms | calls | p50 | p95 | p99 |",
        "| --- | --- | --- | --- | --- |",
        *rows,
        "",
        _origin(surfaces),
        "",
    )
    return "\n".join(lines)
