"""Joins reads into one query: each query costs Neo4j half a millisecond in addition to its work."""

import re
from collections.abc import Sequence
from functools import lru_cache

_PARAM = re.compile(r"\$(\w+)")
_MAX_JOINED = 512


def joined_param(number: int, name: str) -> str:
    """The name of a parameter of the read with this number in a joined query."""
    return f"r{number}_{name}"


@lru_cache(_MAX_JOINED)
def joined_text(reads: Sequence[tuple[str, Sequence[str]]]) -> str:
    """One query that runs reads, given by their texts and columns. Its one row has the rows of each read, as lists.

    `joined_param` names its parameters.
    """
    return "RETURN " + ",\n".join(_column(number, text, names) for number, (text, names) in enumerate(reads))


def _column(number: int, text: str, names: Sequence[str]) -> str:
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("//"))
    body = _PARAM.sub(lambda match: f"${joined_param(number, match[1])}", "\n".join(lines))
    return f"COLLECT {{ CALL () {{\n{body}\n}} RETURN [{', '.join(names)}] }} AS r{number}"
