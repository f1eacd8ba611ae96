"""The inbox of a member: what other parties did with the member's requests, and reminders.

Notifications follow from the requests, so nothing else is stored than up to which time the member read them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.ids import stable_id
from graph.requests.requests import IntroductionRequest, Transition, read_requests
from graph.requests.states import STATES_BEFORE_OUTCOME, RequestRole
from graph.viewer import Viewer

_READ_INBOX_STATE = cypher.load("requests/read_inbox_state")
_MARK_INBOX_READ = cypher.load("requests/mark_inbox_read")


@dataclass(frozen=True, slots=True)
class Notification:
    """A change of a request by somebody else than the viewer, or with `transition` None a reminder. `at` in ms.

    With `is_suggestion` it is neither: contact with the target suggests an outcome.
    """

    id: str
    request: IntroductionRequest
    transition: Transition | None
    at: int
    is_read: bool
    is_suggestion: bool = False

    @property
    def is_reminder(self) -> bool:
        """Whether the viewer must act before the request expires."""
        return self.transition is None and not self.is_suggestion


async def list_notifications(graph: Graph, viewer: Viewer) -> list[Notification]:
    """The viewer's notifications, newest first."""
    (row,) = await graph.run(_READ_INBOX_STATE, network=viewer.network, member=viewer.member)
    listed = [each for request in await read_requests(graph, viewer) for each in _of(request, row["read_at"])]
    return sorted(listed, key=lambda each: (-each.at, each.id))


async def mark_notifications_read(graph: Graph, viewer: Viewer, notifications: Sequence[Notification]) -> int:
    """Mark the notifications up to the newest of these as read. Returns the time in ms up to which all are read."""
    until = max((each.at for each in notifications), default=0)
    (row,) = await graph.run(_MARK_INBOX_READ, network=viewer.network, member=viewer.member, until=until)
    read_at: int = row["read_at"]
    return read_at


def _of(request: IntroductionRequest, read_at: int) -> Iterator[Notification]:
    for number, each in enumerate(request.transitions):
        # an expiry informs the asker only
        if each.role is not request.role and (each.role or request.role is RequestRole.ASKER):
            id = stable_id("notification", request.id, request.role, number)
            yield Notification(id, request, each, each.at, each.at <= read_at)
    if request.reminded_at is not None and _must_act(request):
        id = stable_id("notification", request.id, request.role, "due", request.expires_at)
        yield Notification(id, request, None, request.reminded_at, request.reminded_at <= read_at)
    if request.suggested_at is not None:
        at, id = request.suggested_at, stable_id("notification", request.id, "suggestion")
        yield Notification(id, request, None, at, at <= read_at, is_suggestion=True)


def _must_act(request: IntroductionRequest) -> bool:
    if request.status in STATES_BEFORE_OUTCOME or not request.is_introducer_member:
        return request.role is RequestRole.ASKER
    return request.role is RequestRole.INTRODUCER
