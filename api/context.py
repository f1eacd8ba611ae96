"""What every resolver finds: the graph, who asks, and loaders that ask once for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.fastapi import BaseContext

from api.quotas import Meter
from graph import answers
from graph.database.client import Graph
from graph.introductions.introducer_consent import pairs_from_own_sources
from graph.lookup.identities import Identified, identities
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.networks.tokens import TokenHolder
from graph.ties.evidence import Pair, Tie, read_evidence, read_ties
from graph.ties.past import Past, past
from graph.viewer import Viewer
from operations.upload_queue import UploadQueue


class Unsigned(Exception):
    """A request that no member's token came with."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one person is to another: their tie, None where they do not know the other, and what was seen."""

    tie: Tie | None
    out: answers.Evidence
    back: answers.Evidence


class Context(BaseContext):
    """One request of one viewer. Loaders live as long as it: nothing seen for one is ever told to another."""

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
    def people(self) -> DataLoader[str, answers.Person]:
        """Persons by id."""

        async def load(ids: Iterable[str]) -> list[answers.Person]:
            named = await read_profiles(self.graph, self.viewer, asked := list(ids))
            return [named[id] for id in asked]

        return DataLoader(load)

    @cached_property
    def identities(self) -> DataLoader[str, list[Identified]]:
        """Under what persons, by id, are named."""

        async def load(ids: Iterable[str]) -> list[list[Identified]]:
            found = await identities(self.graph, self.viewer, asked := list(ids))
            return [found[id] for id in asked]

        return DataLoader(load)

    @cached_property
    def known(self) -> DataLoader[Pair, Known]:
        """What the first of each pair is to the second."""

        async def load(pairs: Iterable[Pair]) -> list[Known]:
            asked = list(pairs)
            ties = await read_ties(self.graph, self.viewer, asked, barred=True)
            seen = await read_evidence(self.graph, self.viewer, asked)
            known = {
                (one, other): Known(ties.get((one, other)), seen[one, other], seen[other, one]) for one, other in asked
            }
            if alone := await pairs_from_own_sources(self.graph, self.viewer, asked):
                mine = await self._past(alone, mine=True)
                known |= {pair: _known(mine, *pair, on=self.viewer.as_of) for pair in alone}
            return [known[pair] for pair in asked]

        return DataLoader(load)

    @cached_property
    def pasts(self) -> DataLoader[Pair, Past]:
        """What passed between the two of each pair, to be judged as of any day: one answer for all."""

        async def load(pairs: Iterable[Pair]) -> list[Past]:
            asked = list(pairs)
            alone = await pairs_from_own_sources(self.graph, self.viewer, asked)
            mine = await self._past(alone, mine=True) if alone else None
            past = await self._past({*asked} - alone, mine=False)
            return [mine if mine and pair in alone else past for pair in asked]

        return DataLoader(load)

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
