"""What somebody who proved an address, and never joined, may ask of a network: what it holds of them, and to be let be.

The network answers for all sources of all members. But who is one person is partly judged, and a member may say
anything in an export of their own: so of each member's sources is told what they themselves say of the address, or of
whatever else they state together with it, and no row of one opens what another holds
(docs/decisions/0020-data-subjects.md).
"""

from dataclasses import dataclass
from datetime import date

import cypher
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.networks.state import State, state
from graph.privacy.audit_log import Asked, note_by_link
from graph.privacy.erasure import forget_identities
from graph.privacy.export import Held, said_of, text_of
from graph.privacy.objection import keep_away
from graph.progress import SILENT, Progress

KEYS = cypher.load("privacy/list_subject_identities")


@dataclass(frozen=True, slots=True)
class _Known:
    """The person who has the address, and under what identities each member's sources know them."""

    person: str
    keys: dict[str, list[str]]

    @property
    def all_keys(self) -> set[str]:
        return {key for keys in self.keys.values() for key in keys}


async def held_of_address(graph: Graph, network: str, key: str) -> Held | None:
    """What a network holds of whoever has this address; None where that is nothing, or a member."""
    found = await state(graph, network)
    known = await _known(graph, found, key)
    if known is None:
        return None
    await note_by_link(graph, found, Asked.LINK, [known.person])
    told: Held = {"as_of": date_of(found.as_of).isoformat(), "identities": _texts(known.all_keys)}
    told |= {"called": [], "listed": [], "seen": []}
    for member, keys in known.keys.items():
        sources = [source.id for source in found.halves if source.counts and source.member == member]
        for what, lines in (await said_of(graph, found, keys, sources, sources)).items():
            told[what] += lines
    return told


async def object_to_routes(graph: Graph, network: str, key: str, *, today: date) -> None:
    """Let no route lead through or to whoever has this address."""
    found = await state(graph, network)
    if known := await _known(graph, found, key):
        await keep_away(graph, network, known.all_keys, today=day_of(today))
        await note_by_link(graph, found, Asked.OBJECTION, [known.person])


async def forget_address(graph: Graph, network: str, key: str, *, progress: Progress = SILENT) -> None:
    """Forget whoever has this address, in all sources, and keep them out of later loads; a member stays."""
    found = await state(graph, network)
    if await _known(graph, found, key) is None:
        return

    async def theirs() -> set[str]:
        known = await _known(graph, await state(graph, network), key)
        return known.all_keys if known else set()

    await forget_identities(graph, network, theirs, progress=progress)
    await note_by_link(graph, found, Asked.FORGOTTEN, [])


async def _known(graph: Graph, found: State, key: str) -> _Known | None:
    sources = [source.id for source in found.halves if source.counts]
    rows = await graph.run(KEYS, network=found.network, key=key, sources=sources)
    return _Known(rows[0]["person"], {row["member"]: row["keys"] for row in rows}) if rows else None


def _texts(keys: set[str]) -> list[str]:
    return sorted(text_of(key) for key in keys)
