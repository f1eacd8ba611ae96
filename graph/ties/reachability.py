"""Decides which people can no longer be reached, from addresses that returned mail and accounts that were closed.

Mail that an address returned counts only if the same source shows mail of its owner to it shortly before: anybody could
send a report. An identity counts no longer if the person acted through it since. A person is unreachable if an identity
is, and no source shows that they acted through another one in the 18 months before (`asleep_after` of the model) or
since.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cypher
from graph.answers import Unreachable
from graph.database.client import Graph
from graph.records import Channel, UnreachableReason
from graph.strength.model import model
from graph.strength.statement_kinds import KIND_OF_CHANNEL
from graph.viewer import Viewer

LIST_UNREACHABLE_IDENTITIES = cypher.load("ties/list_unreachable_identities")

RETURN_WINDOW = 7
"""Days after a message in which a mail server may return it."""
_NO_SIGN_OF_LIFE = {Channel.MEETING, Channel.LARGE_MEETING, Channel.REACTION, Channel.ENDORSEMENT}
"""Channels that do not show that an identity reaches its person: others may add it to a meeting."""


@dataclass(frozen=True, slots=True)
class StatedIdentities:
    """Statements of sources about unreachable identities, and the interactions of their people through others."""

    rows: Mapping[str, Mapping[str, Any]]

    def find(self, person: str, sources: Collection[str], *, on: int) -> Unreachable | None:
        """Return why these sources show on a day that a person cannot be reached; None if they do not."""
        row = self.rows.get(person)
        if row is None:
            return None
        acted = [
            (key, channel, day)
            for key, source, channel, days in row["acted"]
            if source in sources
            and channel not in KIND_OF_CHANNEL  # a member states a tie, also in the other direction
            for day in days
            if day <= on
        ]
        lost: dict[str, tuple[int, str]] = {}
        for key, source, day, reason, is_plausible in row["stated"]:
            if source in sources and day <= on and (is_plausible or reason != UnreachableReason.MAIL_RETURNED):
                lost[key] = max((day, reason), lost.get(key, (day, reason)))
        for key, channel, day in acted:
            if key in lost and day > lost[key][0] and channel not in _NO_SIGN_OF_LIFE:
                del lost[key]
        if not lost:
            return None
        day, reason = max(lost.values())
        since = day - model().asleep_after
        if any(key not in lost and acted_on > since for key, _, acted_on in acted):
            return None
        return Unreachable(person, UnreachableReason(reason), day)

    def unreachable_people(self, sources: Collection[str], *, on: int) -> list[str]:
        """Return the people whom these sources show as unreachable on a day."""
        return sorted(id for id in self.rows if self.find(id, sources, on=on))


NOBODY_UNREACHABLE = StatedIdentities({})


async def read_unreachable_identities(
    graph: Graph, network: str, sources: Sequence[str], people: Iterable[str] | None = None
) -> StatedIdentities:
    """Read what these sources state about unreachable identities, of these people or of everybody but members."""
    rows = await graph.run(
        LIST_UNREACHABLE_IDENTITIES,
        network=network,
        sources=list(sources),
        people=None if people is None else list(people),
        window=RETURN_WINDOW,
        memory=model().asleep_after,
    )
    return StatedIdentities({row["id"]: row for row in rows})


async def find_unreachable_people(
    graph: Graph, viewer: Viewer, people: Iterable[str] | None = None
) -> dict[str, Unreachable]:
    """Return the people whom the viewer's sources show as unreachable, with the evidence that the viewer may see."""
    stated = await read_unreachable_identities(graph, viewer.network, viewer.evidence_sources, people)
    unreachable = {id: stated.find(id, viewer.evidence_sources, on=viewer.as_of) for id in stated.rows}
    return {id: one for id, one in unreachable.items() if one is not None}
