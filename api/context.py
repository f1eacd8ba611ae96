"""What every resolver uses: the graph, the viewer, and coalescers that fetch for many resolvers at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import strawberry
from strawberry.fastapi import BaseContext

from api.quotas import Meter
from graph import answers
from graph.database.client import Graph
from graph.database.coalescing import Coalescer
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.identities import Identified, identities
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.networks.tokens import TokenHolder
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.ties.past import Past, past
from graph.viewer import Viewer
from operations.upload_queue import UploadQueue

_MAX_BATCH = 10_000
"""More than the limits of a request let it ask for: what a request asks for at once is one query."""


class Unsigned(Exception):
    """A request that no member's token came with."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one person is to another: their tie, None where they do not know the other, and what was seen."""

    tie: Tie | None
    out: answers.Evidence
    back: answers.Evidence


class Context(BaseContext):
    """One request of one viewer.

    The coalescers fetch what all resolvers of the request need at once, and each id once. They live as long as the
    request, so no viewer receives what was fetched for another.
    """

    def __init__(
        self, graph: Graph, loads: UploadQueue, meter: Meter, found: NetworkState, holder: TokenHolder, request_id: str
    ) -> None:
        super().__init__()
        self.holder = holder
        self.meter = meter
        self.graph = graph
        self.loads = loads
        self.state = found
        self.viewer: Viewer = build_viewer(found, holder.member)
        self.request_id = request_id

    @property
    def me(self) -> str:
        """The viewer's person, "" where no source says yet who that is."""
        return self.viewer.person_id or ""

    @cached_property
    def people(self) -> Coalescer[str, answers.Person]:
        """Persons by id."""

        async def load(ids: Sequence[str]) -> list[answers.Person]:
            named = await read_profiles(self.graph, self.viewer, ids)
            return [named[id] for id in ids]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def identities(self) -> Coalescer[str, list[Identified]]:
        """Under what persons, by id, are named."""

        async def load(ids: Sequence[str]) -> list[list[Identified]]:
            found = await identities(self.graph, self.viewer, ids)
            return [found[id] for id in ids]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def known(self) -> Coalescer[Pair, Known]:
        """What the first of each pair is to the second."""

        async def load(pairs: Sequence[Pair]) -> list[Known]:
            ties = await read_ties(self.graph, self.viewer, pairs, barred=True)
            seen = await read_evidence(self.graph, self.viewer, pairs)
            known = {
                (one, other): Known(ties.get((one, other)), seen[one, other], seen[other, one]) for one, other in pairs
            }
            if alone := await pairs_from_own_sources(self.graph, self.viewer, pairs):
                mine = await self._past(alone, mine=True)
                known |= {pair: _known(mine, *pair, on=self.viewer.as_of) for pair in alone}
            return [known[pair] for pair in pairs]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    @cached_property
    def pasts(self) -> Coalescer[Pair, Past]:
        """What passed between the two of each pair, to be judged as of any day: one answer for all."""

        async def load(pairs: Sequence[Pair]) -> list[Past]:
            alone = await pairs_from_own_sources(self.graph, self.viewer, pairs)
            mine = await self._past(alone, mine=True) if alone else None
            past = await self._past({*pairs} - alone, mine=False)
            return [mine if mine and pair in alone else past for pair in pairs]

        return Coalescer(load, _MAX_BATCH, keeps_results=True)

    async def _past(self, pairs: Iterable[Pair], *, mine: bool) -> Past:
        found = self.state.with_sources_of(self.viewer.member) if mine else self.state
        return await past(self.graph, found, self.viewer.member, list(pairs))


def _known(past: Past, by: str, towards: str, *, on: int) -> Known:
    odds = past.tie_strength(by, towards, on=on)
    out, back = past.evidence(by, towards, on=on)
    return Known(None if odds is None else Tie(odds, 0.0), out, back)


async def context(graph: Graph, loads: UploadQueue, meter: Meter, holder: TokenHolder, request_id: str) -> Context:
    """The context of a request by this member, as the network stands now. Raises Unsigned where they have just left."""
    found = await read_state(graph, holder.network)
    if holder.member not in found.roles:
        raise Unsigned
    return Context(graph, loads, meter, found, holder, request_id)


Info = strawberry.Info[Context, None]
