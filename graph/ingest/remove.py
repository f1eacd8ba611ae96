"""Removes a source and everything derived from it."""

from collections.abc import Sequence

import cypher
from graph.database.client import Graph
from graph.derivation.calibrate import store_fit
from graph.derivation.rederive import rederive_after
from graph.errors import SourceNotFound
from graph.networks.sources import Source
from graph.progress import SILENT, Progress

_MARK_FOR_REMOVAL = cypher.load("ingest/mark_source_for_removal")


async def remove_source(
    graph: Graph,
    network: str,
    member: str,
    title: str,
    *,
    progress: Progress = SILENT,
) -> Source:
    """Remove one of the member's sources, chosen by its title, kind or id, and everything derived from it.

    The network's own fit of the strength model is removed too, because it was computed from that source.

    Raises SourceNotFound if no source or more than one matches.
    """
    async with rederive_after(graph, network, progress=progress) as current:
        source = choose_source([source for source in current.sources if source.member == member], title)
        if current.fit:
            await store_fit(graph, network, None)
        await graph.run(_MARK_FOR_REMOVAL, network=network, source=source.id)
    return source


def choose_source(own: Sequence[Source], title: str) -> Source:
    """The one of a member's sources with this title, kind or id. Raises SourceNotFound."""
    matches = [source for source in own if source.is_named(title)]
    if len(matches) != 1:
        titles = ", ".join(f"“{source.title}”" for source in own) or "none"
        problem = "More than one source matches" if matches else "No source matches"
        raise SourceNotFound(f"{problem} this name. Your sources: {titles}.")
    return matches[0]
