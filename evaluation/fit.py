"""Repeats the fit of the shipped model (docs/strength.md): `python -m evaluation.fit FOLDER`.

It uses the first 70 % in time of CollegeMsg, email-EU and Enron, at most 30,000 asks of each, with one intercept each.
It only prints. Change graph/strength/model.json by hand if a fit is better on networks that it was not fitted to.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation import card
from evaluation.asks import AskSplit, split_asks
from evaluation.fitting import fit_coefficients, shipped_fit
from evaluation.networks import load_dataset
from evaluation.replies import TRAINING
from evaluation.server import temporary_database


def fits(parts: Mapping[str, AskSplit]) -> dict[str, Any]:
    """The shipped fit, and fits on all training networks, without each of them, and on each alone."""
    before = {name: parts[name].before for name in TRAINING if name in parts and parts[name].before}
    result = {"shipped": shipped_fit()}
    if len(before) > 1:
        result["fitted on all"] = fit_coefficients([*before.values()])
        for name, asks in before.items():
            result[f"fitted without {name}"] = fit_coefficients(
                [others for other, others in before.items() if other != name]
            )
            result[f"fitted on {name} alone"] = fit_coefficients([asks])
    return {name: asdict(fit) for name, fit in result.items()}


async def main(data: Path) -> None:
    """Fit the model and print the table."""
    async with temporary_database() as (graph, folder):
        networks = [await load_dataset(graph, data, name, folder) for name in TRAINING]
    print(card.tables({"fits": fits({network.name: split_asks(network) for network in networks})})["fits"])


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
