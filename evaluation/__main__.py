"""`make evaluate DATA=folder`: every table and plot of docs/strength.md, against a Neo4j of its own."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from evaluation import card, drawings
from evaluation.asks import parted
from evaluation.fit import fits
from evaluation.introducers import introducers, refused
from evaluation.networks import Network, NotRead, brought, there
from evaluation.replies import replies
from evaluation.said import agreement
from evaluation.server import served
from graph.database.client import Graph
from graph.strength.model import model

HOUSE = Path(__file__).parents[1]
LATEST = HOUSE / "evaluation" / "latest.json"
TIE = HOUSE / "evaluation" / "tie.svg"
RELIABILITY = HOUSE / "docs" / "strength-reliability.svg"
CARDS = (HOUSE / "docs" / "strength.md", HOUSE / "README.md")
NO_QUESTIONS = ("mathoverflow",)
"""Comments on a public site: nobody is asked."""
DRAWN = "email_eu"


async def evaluated(graph: Graph, data: Path, folder: Path, console: Console) -> tuple[dict[str, Any], list[Network]]:
    """All figures, and the networks they were taken of."""
    networks: list[Network] = []
    unread: list[str] = []
    for name in there(data):
        if name in NO_QUESTIONS:
            continue
        try:
            networks.append(await brought(graph, data, name, folder))
            console.log(name, "loaded", highlight=False)
        except NotRead:
            unread.append(name)
    figures: dict[str, Any] = {"model": model().version, "unread": unread}
    figures["networks"] = {network.name: network.told() for network in networks}
    parts = {network.name: parted(network) for network in networks}
    figures["fits"] = fits(parts)
    figures["replies"] = replies(networks, parts)
    console.log("replies measured")
    figures["introducers"] = introducers(networks)
    figures["refused"] = refused(networks)
    figures["agreement"] = agreement(networks, data)
    return _rounded(figures), networks


def _rounded(figures: Any) -> Any:
    """Four digits say all that can be told."""
    if isinstance(figures, dict):
        return {name: _rounded(figure) for name, figure in figures.items()}
    if isinstance(figures, list):
        return [_rounded(figure) for figure in figures]
    return round(figures, 4) if isinstance(figures, float) else figures


async def main(data: Path) -> None:
    """Measure, print the tables, and write what docs/strength.md and the README are held to."""
    console = Console()
    async with served() as (graph, folder):
        figures, networks = await evaluated(graph, data, folder, console)
    for name, table in card.tables(figures).items():
        print(f"\n{name}\n{table}")
    LATEST.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    RELIABILITY.write_text(drawings.reliability(figures["replies"]), "utf-8")
    for network in networks:
        if network.name == DRAWN:
            TIE.write_text(drawings.tie(network), "utf-8")
    for path in CARDS:
        path.write_text(card.filled(path.read_text("utf-8"), figures), "utf-8")


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    if chosen.is_dir() and there(chosen):
        asyncio.run(main(chosen))
    else:
        print(f"There is no data in {chosen}, so nothing is measured: name its folder with make evaluate DATA=….")
