"""Whom those who answer for a network have still to tell that they are known in it, and by when (GDPR Art. 14).

Each row of a source keeps the day on which it was first loaded: the earliest in view is since when somebody is known,
whatever is merged, parted, shared or loaded again. That they were told is kept by their identities, and goes with them
(docs/decisions/0020-data-subjects.md).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.lookup.profiles import people
from graph.networks.sources import PRIVATE
from graph.networks.state import State, manages, viewer
from graph.viewer import Viewer

DUE = cypher.load("privacy/list_due_notices")
SAY = cypher.load("privacy/mark_people_notified")

A_MONTH = relativedelta(months=1)
"""To the same day of the next month, or that month's last."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who has to be told: known `since` a day, as far as the viewer may see, to be told `by` another."""

    person: Person
    since: date
    by: date

    @property
    def id(self) -> str:
        """Where they stand in the list."""
        return f"{day_of(self.since)} {self.person.id}"


async def notices(graph: Graph, found: State, viewer: Viewer, limit: int, *, after: str | None = None) -> list[Notice]:
    """The most urgent first, after a Notice's id; nobody where one member shares nothing, which is a household.

    Owners and admins are told of all whom they may see, others of those whom they brought.
    """
    who = _answering(found, viewer)
    shared = [source.id for source in found.in_view(viewer.member) if source.sharing != PRIVATE]
    if found.alone and not shared:
        return []
    rows = await graph.run(
        DUE,
        network=who.network,
        member=who.member,
        sources=who.sources,
        shared=shared,
        after=after or "",
        limit=limit,
    )
    named = await people(graph, who, [row["id"] for row in rows])
    return [Notice(named[row["id"]], since, since + A_MONTH) for row in rows for since in [date_of(row["since"])]]


async def say_told(
    graph: Graph, found: State, viewer: Viewer, ids: Collection[str], *, on: date | None
) -> list[Person]:
    """Say that these people were told on a day, None: that they were not. Who they are, as far as there are any."""
    who = _answering(found, viewer)
    rows = await graph.run(
        SAY,
        network=who.network,
        member=who.member,
        sources=who.sources,
        ids=list(dict.fromkeys(ids)),
        on=None if on is None else day_of(on),
    )
    return list((await people(graph, who, [row["id"] for row in rows])).values())


def _answering(found: State, who: Viewer) -> Viewer:
    """The same viewer with those in view for whom they have to answer."""
    return who if manages(found, who) else viewer(found.own(who.member), who.member)
