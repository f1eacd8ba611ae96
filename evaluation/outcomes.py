"""Compares the scores of routes with what became of introduction requests, over several networks (docs/requests.md).

It reads files that `tertius admin outcomes --json` wrote. They contain groups of requests, and no person.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluation.card import markdown_table, percent
from graph.errors import TertiusError

_SHARES = ("meanScore", "acceptedShare", "agreedShare")
_TITLES = ("score", "requests", "predicted to agree", "agreed", "accepted by the introducer", "outcomes")


class UnreadableOutcomes(TertiusError):
    """A file is not the output of `tertius admin outcomes --json`."""


def outcome_table(paths: Iterable[Path]) -> str:
    """The groups of all files as a table, and the calibration error. Raises UnreadableOutcomes."""
    groups = _merged(group for path in paths for group in _read(path))
    decided = sum(group["count"] for group in groups)
    if not decided:
        return "The files contain no group of decided requests."
    error = sum(group["count"] * abs(group["meanScore"] - group["agreedShare"]) for group in groups) / decided
    rows = [
        [
            f"{percent(group['lowScore'])} to {percent(group['highScore'])}",
            f"{group['count']:,}",
            *(percent(group[share]) for share in ("meanScore", "agreedShare", "acceptedShare")),
            ", ".join(
                f"{name.lower().replace('_', ' ')} {count:,}" for name, count in group["outcomes"].items() if count
            ),
        ]
        for group in groups
    ]
    return f"{markdown_table(_TITLES, rows)}\n\nCalibration error over {decided:,} requests: {error:.3f}"


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        groups: list[Mapping[str, Any]] = json.loads(path.read_text("utf-8"))["groups"]
        for group in groups:
            assert {"lowScore", "highScore", "count", "outcomes", *_SHARES} <= group.keys()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError):
        message = f"{path} is not the output of `tertius admin outcomes --json`."
        raise UnreadableOutcomes(message) from None
    return groups


def _merged(groups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One group for each range of scores, the lowest first: counts are added, and shares weighted by them."""
    by_range: dict[tuple[float, float], dict[str, Any]] = {}
    for group in groups:
        sums = by_range.setdefault(
            (group["lowScore"], group["highScore"]), {"count": 0, "outcomes": {}, **dict.fromkeys(_SHARES, 0.0)}
        )
        sums["count"] += group["count"]
        for share in _SHARES:
            sums[share] += group[share] * group["count"]
        for name, count in group["outcomes"].items():
            sums["outcomes"][name] = sums["outcomes"].get(name, 0) + count
    return [
        {**sums, "lowScore": low, "highScore": high, **{share: sums[share] / sums["count"] for share in _SHARES}}
        for (low, high), sums in sorted(by_range.items())
        if sums["count"]
    ]
