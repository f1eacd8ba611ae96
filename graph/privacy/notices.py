"""Notices: people whom a network must notify that it stores their data, and by when (GDPR Art. 14).

Each row of a source stores the day of its first load. That day may follow from a day of contact, so for a source that
shares only strengths it is replaced by the day of the source's first load. The earliest such day in view is the day
since when a person is known, regardless of merges, splits, sharing and repeated loads. Notifications are stored on
identities and are deleted with them (docs/decisions/0020-data-subjects.md).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.days import date_of, day_of
from graph.lookup.profiles import read_profiles
from graph.networks.state import NetworkState, build_viewer, is_manager
from graph.viewer import Viewer

_LIST_DUE_NOTICES = cypher.load("privacy/list_due_notices")
_MARK_PEOPLE_NOTIFIED = cypher.load("privacy/mark_people_notified")

NOTICE_PERIOD = relativedelta(months=1)
"""One month: the same day of the next month, or that month's last day."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A person to notify, known `since` a day as far as the viewer may see, at the latest on `due_on`."""

    person: Person
    since: date
    due_on: date

    @property
    def id(self) -> str:
        """Position in the list, for pagination."""
        return f"{day_of(self.since)} {self.person.id}"


async def list_due_notices(
    graph: Graph, state: NetworkState, viewer: Viewer, limit: int, *, after: str | None = None
) -> list[Notice]:
    """Due notices after a Notice's id, most urgent first. Empty for a single member who shares nothing (a household).

    Owners and admins see all people in view, other members those from their own sources.
    """
    responsible = _responsible_viewer(state, viewer)
    shared = [source.id for source in state.visible_sources(viewer.member) if source.is_shared]
    if state.has_single_member and not shared:
        return []
    rows = await graph.run(
        _LIST_DUE_NOTICES,
        network=responsible.network,
        member=responsible.member,
        sources=responsible.sources,
        strength_only_sources=responsible.strength_only_sources,
        shared=shared,
        after=after or "",
        limit=limit,
    )
    profiles = await read_profiles(graph, responsible, [row["id"] for row in rows])
    return [
        Notice(profiles[row["id"]], since, since + NOTICE_PERIOD) for row in rows for since in [date_of(row["since"])]
    ]


async def set_notified(
    graph: Graph, state: NetworkState, viewer: Viewer, ids: Collection[str], *, on: date | None
) -> list[Person]:
    """Record that these people were notified on a day; None deletes the record. Returns those that exist in view."""
    responsible = _responsible_viewer(state, viewer)
    rows = await graph.run(
        _MARK_PEOPLE_NOTIFIED,
        network=responsible.network,
        member=responsible.member,
        sources=responsible.sources,
        ids=list(dict.fromkeys(ids)),
        day=None if on is None else day_of(on),
    )
    return list((await read_profiles(graph, responsible, [row["id"] for row in rows])).values())


def _responsible_viewer(state: NetworkState, viewer: Viewer) -> Viewer:
    """The viewer, restricted to the people whom the viewer is responsible for notifying."""
    if is_manager(state, viewer):
        return viewer
    return build_viewer(state.only_sources_of(viewer.member), viewer.member)
