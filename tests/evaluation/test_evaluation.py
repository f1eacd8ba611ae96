"""The complete evaluation on a generated network, with a real Neo4j."""

import gzip
import random
from pathlib import Path

from rich.console import Console

from evaluation import card, drawings
from evaluation.__main__ import evaluate
from evaluation.asks import largest_difference, split_asks
from graph.database.client import Graph

PEOPLE = 12
MESSAGES = 1_500
DAY = 86_400


def write_data(folder: Path) -> Path:
    """Write a network of messages over a year, and two files without dates.

    Some messages have two recipients. Two thirds of the pairs answer.
    """
    rng = random.Random(1)
    rows = ["source,target,timestamp,message_id"]
    for number in range(MESSAGES):
        at = round(number * 365 * DAY / MESSAGES)
        by, *to = rng.sample(range(PEOPLE), rng.choice([2, 2, 2, 3]))
        rows += [f"{by},{one},{at},m{number}" for one in to]
        rows += [f"{one},{by},{at + rng.randrange(DAY, 9 * DAY)},a{number}" for one in to[:1] if (one + by) % 3]
    rows[1:] = sorted(rows[1:], key=lambda row: int(row.split(",")[2]))
    data = folder / "data"
    data.mkdir()
    for name, lines in {
        "drawn": rows,
        "consulting_info": ["source,target,weight", "1,2,5", "2,1,3", "1,3,2", "3,2,1"],
        "consulting_value": ["source,target,weight", "1,2,5", "2,1,5", "1,3,2", "3,2,1"],
    }.items():
        with gzip.open(data / f"{name}.csv.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join([*lines, ""]))
    return data


async def test_the_evaluation_runs(graph: Graph, tmp_path: Path) -> None:
    figures, (network,) = await evaluate(graph, write_data(tmp_path), tmp_path, Console(quiet=True))

    assert figures["unread"] == ["consulting_info", "consulting_value"]
    assert figures["networks"]["drawn"]["people"] == PEOPLE
    assert largest_difference(network, split_asks(network).test, sample_size=100_000) < 1e-9
    assert figures["replies"]["drawn"]["models"]["as shipped"]["auc"] > 0.55
    assert figures["agreement"]["consulting: values the other's expertise"]["auc"]["strength, both ways"] == 1
    assert all(card.tables(figures).values())
    assert drawings.reliability(figures["replies"]).count("<circle") == len(figures["replies"]["drawn"]["bins"])
    assert drawings.tie(network).startswith("<svg")
