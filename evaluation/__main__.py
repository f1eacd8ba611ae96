"""`make evaluate DATA=folder`: writes every table and plot of docs/strength.md, with a temporary Neo4j."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from evaluation import card, drawings
from evaluation.agreement import agreement
from evaluation.asks import split_asks
from evaluation.fit import fits
from evaluation.introducers import introducers, refused
from evaluation.networks import Network, UnreadableDataset, dataset_names, load_dataset
from evaluation.outcomes import outcome_table
from evaluation.replies import replies
from evaluation.server import temporary_database
from graph.database.client import Graph
from graph.strength.model import model

ROOT = Path(__file__).parents[1]
LATEST = ROOT / "evaluation" / "latest.json"
TIE_PLOT = ROOT / "evaluation" / "tie.svg"
RELIABILITY_PLOT = ROOT / "docs" / "strength-reliability.svg"
PAGES = (ROOT / "docs" / "strength.md", ROOT / "README.md")
WITHOUT_ASKS = ("mathoverflow",)
"""Comments on a public site: the data contain no asks."""
PLOTTED = "email_eu"


async def evaluate(graph: Graph, data: Path, folder: Path, console: Console) -> tuple[dict[str, Any], list[Network]]:
    """All figures, and the networks that they describe."""
    networks: list[Network] = []
    unreadable: list[str] = []
    for name in dataset_names(data):
        if name in WITHOUT_ASKS:
            continue
        try:
            networks.append(await load_dataset(graph, data, name, folder))
            console.log(name, "loaded", highlight=False)
        except UnreadableDataset:
            unreadable.append(name)
    figures: dict[str, Any] = {"model": model().version, "unread": unreadable}
    figures["networks"] = {network.name: network.summary() for network in networks}
    parts = {network.name: split_asks(network) for network in networks}
    figures["fits"] = fits(parts)
    figures["replies"] = replies(networks, parts)
    console.log("replies measured")
    figures["introducers"] = introducers(networks)
    figures["refused"] = refused(networks)
    figures["agreement"] = agreement(networks, data)
    return _rounded(figures), networks


def _rounded(figures: Any) -> Any:
    """Round to four digits, which is more than the intervals support."""
    if isinstance(figures, dict):
        return {name: _rounded(figure) for name, figure in figures.items()}
    if isinstance(figures, list):
        return [_rounded(figure) for figure in figures]
    return round(figures, 4) if isinstance(figures, float) else figures


async def main(data: Path) -> None:
    """Measure, print the tables, and write the figures, the plots and the tables of the pages."""
    console = Console()
    async with temporary_database() as (graph, folder):
        figures, networks = await evaluate(graph, data, folder, console)
    for name, table in card.tables(figures).items():
        print(f"\n{name}\n{table}")
    LATEST.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    RELIABILITY_PLOT.write_text(drawings.reliability(figures["replies"]), "utf-8")
    for network in networks:
        if network.name == PLOTTED:
            TIE_PLOT.write_text(drawings.tie(network), "utf-8")
    for path in PAGES:
        path.write_text(card.fill_tables(path.read_text("utf-8"), figures), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--outcomes"]:
        print(outcome_table(map(Path, sys.argv[2:])))
        sys.exit()
    data_folder = Path(sys.argv[1])
    if data_folder.is_dir() and dataset_names(data_folder):
        asyncio.run(main(data_folder))
    else:
        print(f"{data_folder} contains no data. Run make evaluate DATA=folder with the folder of the data sets.")
