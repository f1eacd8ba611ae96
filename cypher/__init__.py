"""The queries, one to a file, and the only code that reads them.

A file begins with a comment: what the query returns, why it is written so, and
three lines that `load` parses (`mode:`, `params:`, `returns:`). `load` compares
the parameters in the header with those in the body, so a mismatch fails when
the process starts.

A fourth line, `union:`, names a list among the parameters of a read. Reads that
differ only in this list, and that share a round trip, become one read of all
their values. So each of them may receive rows that belong to the others.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FIELD = re.compile(r"^// (mode|params|returns|union): *(.*)$", re.MULTILINE)
_PARAM = re.compile(r"\$(\w+)")


class QueryFileError(Exception):
    """A .cypher file whose header and body disagree."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query. `writes` decides whether it is routed to a reader or a writer. `union` is "" without that line."""

    name: str
    text: str
    writes: bool
    params: frozenset[str]
    returns: tuple[str, ...]
    union: str = ""


@cache
def load(name: str) -> Query:
    """Read `cypher/<name>.cypher`.

    Raises QueryFileError if the header is incomplete or names other parameters
    than the body uses.
    """
    text = files(__name__).joinpath(f"{name}.cypher").read_text("utf-8")
    header = dict(_FIELD.findall(text))
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    union = header.pop("union", "")
    if header.keys() != {"mode", "params", "returns"} or header["mode"] not in ("read", "write"):
        raise QueryFileError(f"{name}: the header needs mode (read or write), params and returns")
    declared, used = set(_names(header["params"])), set(_PARAM.findall(body))
    if declared != used:
        raise QueryFileError(f"{name}: declares {sorted(declared)}, uses {sorted(used)}")
    if union and (union not in declared or header["mode"] == "write"):
        raise QueryFileError(f"{name}: `union` names a parameter of a read")
    return Query(
        name=name,
        text=text,
        writes=header["mode"] == "write",
        params=frozenset(declared),
        returns=tuple(_names(header["returns"])),
        union=union,
    )


def names() -> list[str]:
    """The names of all queries, sorted."""
    return sorted(
        f"{package.name}/{entry.name.removesuffix('.cypher')}"
        for package in files(__name__).iterdir()
        if package.is_dir() and package.name != "migrations"
        for entry in package.iterdir()
        if entry.name.endswith(".cypher")
    )


def _names(listing: str) -> list[str]:
    return [name.strip() for name in listing.split(",") if name.strip()]
