"""From settings to an open network: the database started, its schema made, what was cut off finished."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from graph.database.client import Graph, connected
from graph.database.erasure_ledger import Ledger
from graph.database.migrations import migrate
from graph.days import day_of
from graph.derivation.refresh import finish, keep_up
from graph.networks.registry import opened
from graph.networks.state import State, state, viewer
from graph.privacy.erasure import reapply
from graph.privacy.retention import drop_old
from graph.progress import Progress
from graph.viewer import Viewer
from presentation.dates import today
from tertius.localdb import after_restore, lifecycle
from tertius.settings import Settings

QUICK = 2_000
"""Evidence relationships below which moving the day takes less than a second (measured: about 4,000 a second)."""


@dataclass(frozen=True, slots=True)
class Home:
    """An open network and the member who uses it here."""

    graph: Graph
    network: str
    member: str
    state: State
    search_seconds: float

    @property
    def viewer(self) -> Viewer:
        """What the member sees."""
        return viewer(self.state, self.member)

    async def again(self) -> "Home":
        """The same home as it is now, after something was loaded."""
        return replace(self, state=await state(self.graph, self.network))


@asynccontextmanager
async def at_database(settings: Settings, *, progress: Progress) -> AsyncIterator[Graph]:
    """The database, running and up to its schema, without any network of it. Raises TertiusError."""
    address = await asyncio.to_thread(lifecycle.running, settings, progress)
    place = (address.uri, address.user, address.password.get_secret_value(), address.database)
    await asyncio.to_thread(migrate, *place)
    async with connected(*place, Ledger(settings.home)) as graph:
        await after_restore.put_right(graph, settings)
        yield graph


@asynccontextmanager
async def at_home(
    settings: Settings, *, progress: Progress, network: str | None = None, make: bool = False
) -> AsyncIterator[Home]:
    """Open the settings' network, or the named one. Raises TertiusError, in one sentence.

    A network that is not there is made where `make` says so, else NoDataLoaded.
    """
    async with at_database(settings, progress=progress) as graph:
        found, member = await opened(graph, network or settings.network, today=today(), make=make)
        await reapply(graph, found, progress=progress)
        yield Home(graph, found, member, await finish(graph, found, progress=progress), settings.limits.search_seconds)


async def up_to_day(home: Home, *, progress: Progress) -> Home:
    """Move the network's day to today first, where that takes less than a second and nobody chose another day."""
    if not home.state.behind(day_of(today())) or home.state.evidence > QUICK or not home.state.sources:
        return home
    await keep_up(home.graph, home.network, today=today(), progress=progress)
    return replace(home, state=await drop_old(home.graph, home.network, today=today(), progress=progress))
