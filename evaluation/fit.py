"""Fit the model anew, as docs/strength.md says the shipped one was: `python -m evaluation.fit FOLDER`.

On the first 70 % in time of CollegeMsg, email-EU and Enron, at most 30,000 asks each, one intercept each. It prints;
what ships is changed by hand, in graph/strength/model.json, once it is better on networks that it was not fitted on.
"""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation import card
from evaluation.asks import Parted, parted
from evaluation.fitting import fitted, shipped
from evaluation.networks import brought
from evaluation.replies import TRAINED
from evaluation.server import served


def fits(parts: Mapping[str, Parted]) -> dict[str, Any]:
    """What ships, and what is fitted on all the networks it was trained on, without each, and on each alone."""
    before = {name: parts[name].before for name in TRAINED if name in parts and parts[name].before}
    found = {"shipped": shipped()}
    if len(before) > 1:
        found["fitted on all"] = fitted([*before.values()])
        for name, asks in before.items():
            found[f"fitted without {name}"] = fitted([others for other, others in before.items() if other != name])
            found[f"fitted on {name} alone"] = fitted([asks])
    return {name: asdict(fit) for name, fit in found.items()}


async def main(data: Path) -> None:
    """Fit, and print."""
    async with served() as (graph, folder):
        networks = [await brought(graph, data, name, folder) for name in TRAINED]
    print(card.tables({"fits": fits({network.name: parted(network) for network in networks})})["fits"])


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
