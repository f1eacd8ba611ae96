"""Loads the rules of all reports about the viewer's network: graph/insights/rules.json.

A rule has a name, thresholds, and one sentence that an answer shows as the reason. Days are whole numbers, strengths
are from 0 to 1.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class InsightRule:
    """A named rule. `sentence` has placeholders in braces for the values of the row that it explains."""

    name: str
    thresholds: Mapping[str, float]
    sentence: str

    def explain(self, **values: object) -> str:
        """Return the sentence with these values and the thresholds. Raises KeyError if a value is missing."""
        return self.sentence.format(**{**self.thresholds, **values})


@cache
def insight_rules() -> Mapping[str, InsightRule]:
    """Return the rules by name, in the order of the file."""
    stored = json.loads(files(__package__).joinpath("rules.json").read_text("utf-8"))
    return {name: InsightRule(name, row["thresholds"], row["sentence"]) for name, row in stored.items()}
