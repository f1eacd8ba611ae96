"""Work on a restored database before any command uses it."""

from collections.abc import Awaitable, Callable

from graph.database.client import Graph
from graph.networks.registry import list_networks
from graph.privacy.erasure import reapply_erasures
from tertius.localdb.process import Paths
from tertius.settings import Settings


async def erase_again(graph: Graph, _: Settings) -> None:
    """Erase the people who were erased since the backup was written."""
    for network in await list_networks(graph):
        await reapply_erasures(graph, network)


AFTER_RESTORE: tuple[Callable[[Graph, Settings], Awaitable[None]], ...] = (erase_again,)
"""The hooks, run in this order. After an interruption all of them run again."""


async def run_hooks(graph: Graph, settings: Settings) -> None:
    """Run the hooks if the local database was restored since a command last opened it."""
    restored = Paths(settings.home).restored
    if settings.neo4j.uri or not restored.exists():
        return
    for hook in AFTER_RESTORE:
        await hook(graph, settings)
    restored.unlink()
