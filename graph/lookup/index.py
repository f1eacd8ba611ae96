"""Where a viewer finds people, by what identities and sources call them: the look-ups of graph.find."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.database.coalescing import Coalescer
from graph.lookup.profiles import people
from graph.viewer import Viewer

EXACT = cypher.load("lookup/find_by_key_or_id")
NAMED = cypher.load("lookup/find_by_name")

MOST_HITS = 1_000
"""Hits looked at, best first. Nobody can choose among more."""
KEYS_AT_ONCE, NAMES_AT_ONCE, PEOPLE_AT_ONCE = 1_000, 100, 1_000
"""In one question, each of which ends long before its limit."""


class Name(NamedTuple):
    """A name as it is looked for: all its words, and the forms of each."""

    lucene: str
    words: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]


class Look:
    """One viewer's. What several tasks look for at the same moment is one question to the database.

    Without `hints` an unknown name brings no leads.
    """

    def __init__(self, graph: Graph, viewer: Viewer, *, hints: bool = True) -> None:
        self.graph, self.viewer, self.hints = graph, viewer, hints

    @cached_property
    def exact(self) -> Coalescer[tuple[str | None, str | None], list[str]]:
        """Whom a key of an identity means, or an id; probable twins behind them."""

        async def answer(asked: Sequence[tuple[str | None, str | None]]) -> list[list[str]]:
            rows = [{"place": place, "key": key, "id": id} for place, (key, id) in enumerate(asked)]
            found: list[list[str]] = [[] for _ in asked]
            seen = {
                "network": self.viewer.network,
                "sources": self.viewer.sources,
                "circle": self.viewer.duplicate_audiences,
            }
            for row in await self.graph.run(EXACT, asked=rows, **seen):
                found[row["place"]] = found[row["place"]] or [row["id"], *row["same"]]
            return found

        return Coalescer(answer, KEYS_AT_ONCE)

    @cached_property
    def hits(self) -> Coalescer[Name, list[dict[str, Any]]]:
        """Who is called so, the best match first."""

        async def answer(asked: Sequence[Name]) -> list[list[dict[str, Any]]]:
            found: list[list[dict[str, Any]]] = [[] for _ in asked]
            told = await self.graph.run(
                NAMED,
                network=self.viewer.network,
                viewer_id=self.viewer.person_id,
                asked=[{"place": place, **name._asdict()} for place, name in enumerate(asked)],
                audiences=self.viewer.visible_audiences,
                sources=self.viewer.sources,
                cleared=self.viewer.evidence_sources,
                circle=self.viewer.duplicate_audiences,
                as_of=self.viewer.as_of,
                limit=MOST_HITS,
            )
            for row in told:
                found[row["place"]].append(row)
            return found

        return Coalescer(answer, NAMES_AT_ONCE)

    @cached_property
    def people(self) -> Coalescer[str, Person]:
        """Persons by id."""

        async def answer(ids: Sequence[str]) -> list[Person]:
            known = await people(self.graph, self.viewer, ids)
            return [known[id] for id in ids]

        return Coalescer(answer, PEOPLE_AT_ONCE)

    async def all_people(self, ids: Iterable[str]) -> dict[str, Person]:
        """The same of several."""
        asked = list(ids)
        return dict(zip(asked, await asyncio.gather(*map(self.people.get, asked)), strict=True))
