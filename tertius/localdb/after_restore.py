"""What is done to a database that comes out of a backup, before anybody asks it anything."""

from collections.abc import Awaitable, Callable

from graph.database.client import Graph
from graph.networks.registry import networks
from graph.privacy.erasure import reapply
from tertius.localdb.process import Place
from tertius.settings import Settings


async def forget_again(graph: Graph, _: Settings) -> None:
    """Whom anybody forgot since the backup was made."""
    for network in await networks(graph):
        await reapply(graph, network)


AFTER_RESTORE: tuple[Callable[[Graph, Settings], Awaitable[None]], ...] = (forget_again,)
"""The hook: what runs at the first start after a restore, one after the other; after a kill, all of it again."""


async def put_right(graph: Graph, settings: Settings) -> None:
    """Run the hook where the local database was restored since it was last opened."""
    mark = Place(settings.home).mark
    if settings.neo4j.uri or not mark.exists():
        return
    for act in AFTER_RESTORE:
        await act(graph, settings)
    (Place(settings.home).neo4j / "compacted").unlink(missing_ok=True)  # what was put back was not
    mark.unlink()
