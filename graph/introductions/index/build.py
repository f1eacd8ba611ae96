"""Reads the route index of a network from Neo4j."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

import cypher
from graph.database.batching import batches
from graph.database.client import Graph
from graph.introductions.index.adjacency import BYTES_PER_TIE, Floats, Numbers, TiedPeople, compress
from graph.introductions.index.route_index import RouteIndex

_READ_TIES_ID = cypher.load("introductions/read_ties_id")
_LIST_PEOPLE = cypher.load("introductions/list_people_for_index")
_LIST_TIES = cypher.load("introductions/list_ties_for_index")

_PEOPLE_AT_ONCE = 10_000
_TIES_OF_AT_ONCE = 250
"""People whose ties one query reads: the event loop is blocked while their rows are decoded, about 10 ms."""

TieColumns = tuple[Numbers, Numbers, Floats, Floats]
"""Ties: who is known, who knows, strength, mutual strength."""


class IndexTooLarge(Exception):
    """The ties of the network need more memory than the index may have."""


async def read_route_index(graph: Graph, network: str, *, max_bytes: int) -> RouteIndex | None:
    """Read all ties of a network; None if they changed meanwhile, or if no derivation has given them an id.

    Each transaction that changes ties or people changes `ties_id`. So if it is the same before and after, all queries
    have read the same ties. Raises IndexTooLarge.
    """
    ties_id = await _current_ties_id(graph, network)
    if ties_id is None:
        return None
    ids, names = await _read_people(graph, network)
    if len(names) < len(ids):
        return None  # a person without a name has no place in the order of equal routes
    places = {id: place for place, id in enumerate(ids)}
    parts: dict[str, list[TieColumns]] = defaultdict(list)
    count = 0
    for some in batches(ids, _TIES_OF_AT_ONCE):
        rows = await graph.run(_LIST_TIES, network=network, first=some[0], last=some[-1])
        try:
            read = read_parts(rows, places)
        except KeyError:  # a person who was created meanwhile
            return None
        for audience, part in read.items():
            parts[audience].append(part)
            count += len(part[0])
        if count * BYTES_PER_TIE > max_bytes:
            raise IndexTooLarge
    index = await asyncio.to_thread(assemble_index, network, ties_id, ids, names, places, parts)
    if index.nbytes > max_bytes:
        raise IndexTooLarge
    return index if await _current_ties_id(graph, network) == ties_id else None


async def _current_ties_id(graph: Graph, network: str) -> str | None:
    """Return the id of the ties; None if there is none or while they are derived."""
    for row in await graph.run(_READ_TIES_ID, network=network):
        return None if row["is_stale"] else row["ties_id"]
    return None


async def _read_people(graph: Graph, network: str) -> tuple[list[str], list[str]]:
    ids: list[str] = []
    names: list[str] = []
    while True:
        after = ids[-1] if ids else ""
        (row,) = await graph.run(_LIST_PEOPLE, network=network, after=after, limit=_PEOPLE_AT_ONCE)
        ids += row["ids"]
        names += row["names"]
        if len(row["ids"]) < _PEOPLE_AT_ONCE:
            return ids, names


def read_parts(rows: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> dict[str, TieColumns]:
    """Return the ties of some rows by audience. Raises KeyError for a person without a place."""
    by_audience: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_audience[row["audience"]].append(row)
    return {
        audience: (
            np.repeat(np.array([places[row["towards"]] for row in some], np.uint32), [len(row["by"]) for row in some]),
            np.array([places[id] for row in some for id in row["by"]], np.uint32),
            np.array([value for row in some for value in row["strengths"]], np.float64),
            np.array([value for row in some for value in row["mutual_strengths"]], np.float64),
        )
        for audience, some in by_audience.items()
    }


def assemble_index(
    network: str,
    ties_id: str,
    ids: Sequence[str],
    names: Sequence[str],
    places: Mapping[str, int],
    parts: Mapping[str, Sequence[TieColumns]],
) -> RouteIndex:
    order = sorted(range(len(ids)), key=lambda place: (names[place], ids[place]))
    ranks = np.empty(len(ids), np.uint32)
    ranks[order] = np.arange(len(ids), dtype=np.uint32)
    ties = {
        audience: compress(*(np.concatenate(column) for column in zip(*some, strict=True)))
        for audience, some in parts.items()
    }
    return RouteIndex(network, ties_id, TiedPeople(ids, places, ranks, ties))
