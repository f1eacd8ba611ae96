"""Reads the route index of a network from Neo4j, or only what changed since it was read."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import cypher
from graph.database.batching import batches, run_two_at_a_time
from graph.database.client import Graph
from graph.introductions.index.adjacency import BYTES_PER_TIE, TieColumns, UnexpectedTies, join_ties
from graph.introductions.index.route_index import RouteIndex
from graph.introductions.index.tied_people import PeopleChange, TiedPeople, apply_change, build_people

_READ_TIES_ID = cypher.load("introductions/read_ties_id")
_LIST_PEOPLE = cypher.load("introductions/list_people_for_index")
_LIST_CHANGED_PEOPLE = cypher.load("introductions/list_changed_people")
_LIST_TIES = cypher.load("introductions/list_ties_for_index")

_PEOPLE_AT_ONCE = 10_000
_TIES_OF_AT_ONCE = 250
"""People whose ties one query reads: the event loop is blocked while their rows are decoded, about 10 ms."""
_MAX_CHANGED = 0.25
"""Share of the people above which everything is read again, which then takes no longer."""


class IndexTooLarge(Exception):
    """The ties of the network need more memory than the index may have."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The version of the ties of a network: `recent` are the latest ids, the newest first."""

    ties_id: str
    recent: Sequence[str]
    people_deleted_with: str | None

    def ids_since(self, ties_id: str) -> Sequence[str] | None:
        """Return the ids of all changes after this id; None if they are not known."""
        is_known = self.recent[:1] == [self.ties_id] and ties_id in self.recent
        return self.recent[: self.recent.index(ties_id)] if is_known else None


async def read_route_index(
    graph: Graph,
    network: str,
    *,
    max_bytes: int,
    present: RouteIndex | None = None,
    max_changed: float = _MAX_CHANGED,
) -> RouteIndex | None:
    """Read the ties of a network; None if they changed meanwhile, or if no derivation has given them an id.

    Each transaction that changes ties or people changes `ties_id`. So if it is the same before and after, all queries
    have read the same ties. With `present` only what changed since is read, if the database has recorded it and at most
    the share `max_changed` of the people changed. Raises IndexTooLarge.
    """
    mark = await _read_mark(graph, network)
    if mark is None:
        return None
    if present is not None and present.ties_id == mark.ties_id:
        return present
    content = None if present is None else await _changed_content(graph, present, mark, max_bytes, max_changed)
    if content is None:
        content = await _read_content(graph, network, max_bytes)
    if content is None or await _read_mark(graph, network) != mark:
        return None
    if content.nbytes > max_bytes:
        raise IndexTooLarge
    return RouteIndex(network, mark.ties_id, content)


async def _read_mark(graph: Graph, network: str) -> _Mark | None:
    """Return the mark of the ties; None if there is none or while they are derived."""
    for row in await graph.run(_READ_TIES_ID, network=network):
        if not row["is_stale"] and row["ties_id"] is not None:
            return _Mark(row["ties_id"], row["recent"], row["people_deleted_with"])
    return None


async def _changed_content(
    graph: Graph, present: RouteIndex, mark: _Mark, max_bytes: int, max_changed: float
) -> TiedPeople | None:
    """Return the present content with all changes up to this mark; None if they are not known, or are many."""
    since = mark.ids_since(present.ties_id)
    if since is None:
        return None
    network, content = present.network, present.content
    (row,) = await graph.run(_LIST_CHANGED_PEOPLE, network=network, ties_ids=since)
    changed: dict[str, str | None] = dict(row["people"])
    if len(changed) > len(content.ids) * max_changed:
        return None
    deleted: set[str] = set()
    if mark.people_deleted_with in since:
        deleted = {*content.all_ids}.difference((await _read_people(graph, network))[0])
    names = {id: name for id, name in changed.items() if name is not None}
    if len(names) < len(changed):
        return None
    ids = {*content.all_ids}.difference(deleted).union(names)
    ties = await _read_ties(graph, network, sorted(names), _places(sorted(ids)), max_bytes)
    if ties is None:
        return None
    try:
        return await asyncio.to_thread(apply_change, content, PeopleChange(names, deleted, ties))
    except UnexpectedTies:
        return None


async def _read_content(graph: Graph, network: str, max_bytes: int) -> TiedPeople | None:
    ids, names = await _read_people(graph, network)
    if len(names) < len(ids):
        return None  # a person without a name has no place in the order of equal routes
    ties = await _read_ties(graph, network, ids, _places(sorted(ids)), max_bytes)
    if ties is None:
        return None
    return await asyncio.to_thread(build_people, dict(zip(ids, names, strict=True)), ties)


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


async def _read_ties(
    graph: Graph, network: str, ids: Iterable[str], places: Mapping[str, int], max_bytes: int
) -> dict[str, TieColumns] | None:
    """Return the ties to these people by audience; None if one is from a person without a place.

    While the database reads the ties of some people, those of others are decoded.
    """
    parts: dict[str, list[TieColumns]] = defaultdict(list)
    count = 0

    async def read(some: Sequence[str]) -> None:
        nonlocal count
        for audience, part in read_parts(await graph.run(_LIST_TIES, network=network, ids=some), places).items():
            parts[audience].append(part)
            count += len(part.by)
        if count * BYTES_PER_TIE > max_bytes:
            raise IndexTooLarge

    try:
        await run_two_at_a_time(map(read, batches(ids, _TIES_OF_AT_ONCE)))
    except KeyError:  # a person who was created meanwhile
        return None
    return {audience: join_ties(some) for audience, some in parts.items()}


def _places(ids: Iterable[str]) -> dict[str, int]:
    return {id: place for place, id in enumerate(ids)}


def read_parts(rows: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> dict[str, TieColumns]:
    """Return the ties of some rows by audience. Raises KeyError for a person without a place."""
    by_audience: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_audience[row["audience"]].append(row)
    return {
        audience: TieColumns(
            np.repeat(np.array([places[row["towards"]] for row in some], np.uint32), [len(row["by"]) for row in some]),
            np.array([places[id] for row in some for id in row["by"]], np.uint32),
            np.array([value for row in some for value in row["strengths"]], np.float64),
            np.array([value for row in some for value in row["mutual_strengths"]], np.float64),
        )
        for audience, some in by_audience.items()
    }
