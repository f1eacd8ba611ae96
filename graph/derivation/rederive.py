"""Rederive"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import cypher
from graph.database.client import Graph
from graph.derivation.partition import arrange
from graph.derivation.recovery import put_right
from graph.networks.lease import lease
from graph.networks.sources import PRIVATE
from graph.networks.state import State, state
from graph.people.build import derive_people, stored_digests
from graph.progress import SILENT, Progress
from graph.ties.derive import derive

SETTLED = cypher.load("derivation/mark_settled")


@asynccontextmanager
async def again(
    graph: Graph,
    network: str,
    *,
    touched: set[tuple[str, str]] | None = None,
    day_only: bool = False,
    progress: Progress = SILENT,
) -> AsyncIterator[State]:
    """Hold the network, put right what was cut off, let the caller change what counts, and derive every tie anew.

    With `touched`, to which it may add, the caller changes only what lies between these pairs of identities, and who is
    who: then only the ties of people in them, and of people who have become others, are derived. Who is alone sees
    rates that nobody else may, so all are derived where a second member comes or the second last goes.
    With `day_only` they change nothing but the day, or the odds: then everybody is who they were.
    """
    async with lease(graph, network, progress=progress):
        found = await put_right(graph, network, progress)
        yield found
        after = await put_right(graph, network, progress)
        everything = found.stale or found.alone != after.alone
        as_before = day_only and not everything
        await _derive(graph, network, None if everything else touched, progress, as_before=as_before)


async def _derive(
    graph: Graph,
    network: str,
    touched: set[tuple[str, str]] | None,
    progress: Progress,
    *,
    as_before: bool = False,
) -> None:
    """Make people anew, then ties: everybody's where `touched` is None, else those of its pairs and changed people.

    Where nothing that is said has changed (`as_before`), people are who they were, which to find out again is most of
    the work in a large network.
    """
    before = await state(graph, network)
    if before.leaving:
        touched, as_before = None, False
    if touched is not None and not touched and not before.stale:
        return
    if as_before:
        await derive(graph, before, await stored_digests(graph, network), progress)
        await graph.run(SETTLED, network=network, left=[])
        return
    moved = await arrange(graph, before)
    made = await derive_people(graph, await state(graph, network) if moved else before, progress)
    # who is hidden may have become more
    shares = any(source.sharing != PRIVATE for source in before.sources)
    if shares and made.changed and (more := await arrange(graph, await state(graph, network))):
        moved |= more
        made = made.followed_by(await derive_people(graph, await state(graph, network), progress))
    after = await state(graph, network)
    everyone = set(made.person_by_key.values())
    if touched is None or made.member_changed:
        chosen = everyone
    else:
        paired = {made.person_by_key[key] for key in moved.union(*touched) if key in made.person_by_key}
        chosen = (paired | made.changed) & everyone
    await derive(graph, after, chosen, progress)
    await graph.run(SETTLED, network=network, left=list(before.leaving))
