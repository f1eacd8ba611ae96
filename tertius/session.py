"""Opens a network of a running database: migrates the schema, recovers interrupted work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from graph.database.client import Graph, open_graph
from graph.database.erasure_ledger import ErasureLedger
from graph.database.migrations import migrate
from graph.days import day_of
from graph.derivation.refresh import advance_day, recover_if_interrupted
from graph.networks.registry import find_or_create_network
from graph.networks.state import NetworkState, build_viewer, read_state
from graph.privacy.erasure import reapply_erasures
from graph.privacy.retention import delete_expired_evidence
from graph.progress import Progress
from graph.requests.states import RequestRules
from graph.viewer import Viewer
from operations.session import Session
from presentation.dates import today
from tertius.localdb import after_restore
from tertius.localdb.lifecycle import Address
from tertius.settings import Settings

MAX_EVIDENCE_TO_ADVANCE = 2_000
"""Moving the day of a network with fewer evidence relationships takes under a second (measured: 4,000 a second)."""


@dataclass(frozen=True, slots=True)
class OpenNetwork:
    """A network, ready for queries, and the member on whose behalf a command runs.

    `search_seconds` limits one search for routes. Answers list no route with a score below `min_route_score`.
    `request_rules` are those of introduction requests.
    """

    graph: Graph
    id: str
    member: str
    state: NetworkState
    search_seconds: float
    min_route_score: float
    request_rules: RequestRules

    @property
    def viewer(self) -> Viewer:
        """What the member may see."""
        return build_viewer(self.state, self.member)

    @property
    def session(self) -> Session:
        """The member's view of the network, for use cases."""
        return Session(
            self.graph,
            self.state,
            self.viewer,
            self.search_seconds,
            self.min_route_score,
            self.request_rules,
        )

    async def reload(self) -> "OpenNetwork":
        """Return the network with its present state, after a load changed it."""
        return replace(self, state=await read_state(self.graph, self.id))


@asynccontextmanager
async def open_database(settings: Settings, address: Address) -> AsyncIterator[Graph]:
    """Connect to the database at the address that `lifecycle.ensure_running` returned, and migrate its schema.

    Raises TertiusError.
    """
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    await asyncio.to_thread(migrate, *place)
    async with open_graph(*place, ErasureLedger(settings.home)) as graph:
        await after_restore.run_hooks(graph, settings)
        yield graph


@asynccontextmanager
async def open_network(
    settings: Settings, address: Address, *, progress: Progress, name: str | None = None, create: bool = False
) -> AsyncIterator[OpenNetwork]:
    """Open the network of this name, or the one in the settings. Erasures are re-applied to it first.

    With `create` a missing network is created; otherwise NoDataLoaded is raised. Raises TertiusError.
    """
    async with open_database(settings, address) as graph:
        network, member = await find_or_create_network(graph, name or settings.network, today=today(), create=create)
        await reapply_erasures(graph, network, progress=progress)
        recovered = await recover_if_interrupted(graph, network, progress=progress)
        limits = settings.limits
        yield OpenNetwork(
            graph,
            network,
            member,
            recovered,
            limits.search_seconds,
            limits.min_route_score,
            settings.requests.rules,
        )


async def advance_to_today(network: OpenNetwork, *, progress: Progress) -> OpenNetwork:
    """Advance the network to today if that takes less than a second and no day was chosen by the user."""
    if (
        not network.state.is_behind(day_of(today()))
        or network.state.evidence_count > MAX_EVIDENCE_TO_ADVANCE
        or not network.state.sources
    ):
        return network
    await advance_day(network.graph, network.id, today=today(), progress=progress)
    return replace(
        network, state=await delete_expired_evidence(network.graph, network.id, today=today(), progress=progress)
    )
