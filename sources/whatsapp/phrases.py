"""The words that WhatsApp writes itself, by kind and in its languages: phrases.json."""

import json
from functools import cache
from importlib.resources import files


@cache
def phrases(kind: str) -> frozenset[str]:
    """All phrases of one kind, in lower case except for titles."""
    return frozenset(json.loads(files(__package__).joinpath("phrases.json").read_text("utf-8"))[kind])
