"""Batched queries behind graph.lookup.resolve: people by key, by name, and profiles by id."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cached_property
from time import monotonic
from typing import Any, NamedTuple

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.database.coalescing import Coalescer
from graph.lookup.matched_people import MatchedPerson, people_of_rows
from graph.lookup.profiles import read_profiles
from graph.names.keys import domain_labels
from graph.viewer import Viewer

FIND_BY_KEY_OR_ID = cypher.load("lookup/find_by_key_or_id")
FIND_BY_NAME = cypher.load("lookup/find_by_name")

MAX_MATCHES = 1_000
"""Maximum number of matches per name, best first."""
TURN_SECONDS = 0.05
"""Time after which the lookups of a list let other requests run."""
KEYS_AT_ONCE, NAMES_AT_ONCE, PEOPLE_AT_ONCE = 1_000, 25, 1_000
"""Batch sizes; a query of this size stays far below its time limit."""


EVERY_QUALITY = 6
"""The spread of a search that returns matches of every quality."""


class NameQuery(NamedTuple):
    """A name to search for: all its words, and the forms of each.

    Matches whose quality is more than `spread` below the best are left out. With a `company` (its key), so are matches
    elsewhere that have no probable duplicate.
    """

    lucene: str
    words: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...]
    spread: int = EVERY_QUALITY
    company: str = ""


ReadWithTarget = Callable[[Sequence[str]], Awaitable[None]]
"""Reads more about a target, given the ids of the person and of probable duplicates."""


async def read_nothing_more(_: Sequence[str]) -> None:
    """Read only the target."""


class Lookups:
    """The lookups of one viewer. Concurrent lookups of several tasks become one query.

    Without `suggests` an unknown name brings no possible connectors and no similar names. `read_with_target` runs while
    the person of a reference is read.
    """

    def __init__(
        self,
        graph: Graph,
        viewer: Viewer,
        *,
        suggests: bool = True,
        read_with_target: ReadWithTarget = read_nothing_more,
    ) -> None:
        self.graph, self.viewer, self.suggests = graph, viewer, suggests
        self.read_with_target = read_with_target
        self._turn_ends_at = 0.0

    @cached_property
    def by_key_or_id(self) -> Coalescer[tuple[str | None, str | None], list[str]]:
        """Ids of the person of an identity key or an id, followed by probable duplicates."""

        async def answer(asked: Sequence[tuple[str | None, str | None]]) -> list[list[str]]:
            rows = [{"place": place, "key": key, "id": id} for place, (key, id) in enumerate(asked)]
            ids_by_place: list[list[str]] = [[] for _ in asked]
            seen = {
                "network": self.viewer.network,
                "sources": self.viewer.sources,
                "circle": self.viewer.duplicate_audiences,
            }
            for row in await self.graph.run(FIND_BY_KEY_OR_ID, asked=rows, **seen):
                ids_by_place[row["place"]] = ids_by_place[row["place"]] or [row["id"], *row["same"]]
            return [[] if self.viewer.archived_people.intersection(ids) else ids for ids in ids_by_place]

        return Coalescer(answer, KEYS_AT_ONCE)

    @cached_property
    def by_name(self) -> Coalescer[NameQuery, list[MatchedPerson]]:
        """The people with a name, best matches first. Tasks that ask for the same name share them."""

        async def answer(asked: Sequence[NameQuery]) -> list[list[MatchedPerson]]:
            rows_by_place: list[list[dict[str, Any]]] = [[] for _ in asked]
            matches = await self.graph.run(
                FIND_BY_NAME,
                network=self.viewer.network,
                viewer_id=self.viewer.person_id,
                asked=[
                    {"place": place, "labels": sorted(domain_labels(name.company)), **name._asdict()}
                    for place, name in enumerate(asked)
                ],
                audiences=self.viewer.visible_audiences,
                sources=self.viewer.sources,
                cleared=self.viewer.evidence_sources,
                withheld=self.viewer.withheld_colleagues,
                circle=self.viewer.duplicate_audiences,
                as_of=self.viewer.as_of,
                limit=MAX_MATCHES,
            )
            for row in matches:
                rows_by_place[row["place"]].append(row)
            return [
                [human for human in people_of_rows(rows) if self.viewer.archived_people.isdisjoint(human.ids)]
                for rows in rows_by_place
            ]

        return Coalescer(answer, NAMES_AT_ONCE)

    @cached_property
    def people(self) -> Coalescer[str, Person]:
        """Profiles by id."""

        async def answer(ids: Sequence[str]) -> list[Person]:
            known = await read_profiles(self.graph, self.viewer, ids)
            return [known[id] for id in ids]

        return Coalescer(answer, PEOPLE_AT_ONCE)

    async def yield_to_others(self) -> None:
        """Let other requests run if the tasks of these lookups have used the event loop for a whole turn.

        Thousands of questions of one list get their rows at once. Those that continue in one turn share their next
        queries.
        """
        while monotonic() >= self._turn_ends_at:
            ended = self._turn_ends_at
            await asyncio.sleep(0)
            if self._turn_ends_at == ended:  # no other task has begun the next turn
                self._turn_ends_at = monotonic() + TURN_SECONDS

    def cancel(self) -> None:
        """Stop the lookups that run."""
        for coalescer in (self.by_key_or_id, self.by_name, self.people):
            coalescer.cancel()

    async def all_people(self, ids: Iterable[str]) -> dict[str, Person]:
        """Return several profiles by id."""
        asked = list(ids)
        return dict(zip(asked, await asyncio.gather(*map(self.people.get, asked)), strict=True))
