"""Remove"""

import cypher
from graph.database.client import Graph
from graph.derivation.rederive import rederive_after
from graph.errors import SourceNotFound
from graph.ingest.load import FIT
from graph.networks.sources import Source
from graph.progress import SILENT, Progress

REMOVING = cypher.load("ingest/mark_source_for_removal")


async def remove(
    graph: Graph,
    network: str,
    member: str,
    title: str,
    *,
    progress: Progress = SILENT,
) -> Source:
    """Take a source away, as though it had never been loaded. `title` is its title, kind or id.

    Odds fitted to what it held go with it: they are the shipped model's again.

    Raises SourceNotFound where none or several are called so.
    """
    async with rederive_after(graph, network, progress=progress) as found:
        ours = [s for s in found.sources if s.member == member]
        named = [s for s in ours if title.casefold() in (s.title.casefold(), s.kind, s.id)]
        if len(named) != 1:
            there = ", ".join(f"“{s.title}”" for s in ours) or "none"
            raise SourceNotFound(f"{'More than one' if named else 'No'} source is called so; there are: {there}.")
        if found.fit:
            await graph.run(FIT, network=network, fit=None)
        await graph.run(REMOVING, network=network, source=named[0].id)
    return named[0]
