"""Writes the figures of Slack and MCP into benchmarks/latest.json and docs/performance.md.

The table is between the markers `<!-- slack and mcp -->` and `<!-- end -->`; everything between them is overwritten.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure

LATEST = Path(__file__).with_name("latest.json")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PUBLISHED = {
    "/intro, acknowledged": "`/intro`, acknowledged",
    "/intro, answered": "`/intro`, answered",
    "/intro, acknowledged while Neo4j and Slack stall": "`/intro`, acknowledged while Neo4j and Slack stall",
    "introductions by MCP, 1 client": "the tool `find_introductions` of MCP",
}
"""The figures of the table, with their names there."""
_MARKED = re.compile(r"(?<=<!-- slack and mcp -->\n).*?(?=<!-- end -->)", re.DOTALL)

Report = Mapping[str, Any]


def publish(on: str, machine: Report, measured: Sequence[Figure], *, is_complete: bool) -> None:
    """Store a run in latest.json, and write the table. A run that is not complete has the published figures only."""
    surfaces = {"on": on, "machine": machine, "figures": [asdict(each) for each in measured if each.what in PUBLISHED]}
    if is_complete:
        report = {"on": on, "machine": machine, "figures": [asdict(each) for each in measured]}
    else:
        report = json.loads(LATEST.read_text("utf-8"))
    report = {**report, "surfaces": surfaces}
    LATEST.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    PAGE.write_text(fill_page(PAGE.read_text("utf-8"), report), "utf-8")


def fill_page(text: str, report: Report) -> str:
    """The page with the table of a report."""
    return _MARKED.sub(lambda _: _table(report["surfaces"]), text)


def _table(surfaces: Report) -> str:
    machine = surfaces["machine"]
    load = f"{machine['load'][0]:.1f}"
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
        f"Run of {surfaces['on']} on {machine['cores']} cores, with a load average of {load} in the last minute.",
        "",
    )
    return "\n".join(lines)
