"""Suggests the outcome of an introduction from later contact. Nothing is recorded before the asker confirms it."""

from collections.abc import Iterable
from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.days import day_at
from graph.networks.state import build_viewer, read_state
from graph.records import Channel
from graph.requests.requests import IntroductionRequest, read_requests
from graph.requests.states import STATES_BEFORE_OUTCOME, Outcome, RequestAction, RequestRole
from graph.viewer import Viewer

_READ_CONTACT_AFTER = cypher.load("requests/read_contact_after")
_LIST_ASKERS_WITHOUT_OUTCOME = cypher.load("requests/list_askers_without_outcome")
_RECORD_SUGGESTION = cypher.load("requests/record_suggestion")

_MEETINGS = (Channel.MEETING, Channel.CALL)
_MESSAGES = (Channel.MAIL, Channel.LINKEDIN, Channel.CHAT)
_BEGINNINGS = {RequestAction.RECORD_INTRODUCTION, RequestAction.ALLOW_MENTION}


@dataclass(frozen=True, slots=True)
class SuggestedOutcome:
    """The outcome that contact suggests: MET for a meeting or a call, ANSWERED for a message of the target.

    `day` is the first day of such contact, and `channel` how it took place.
    """

    outcome: Outcome
    channel: Channel
    day: int


async def suggest_outcomes(
    graph: Graph, viewer: Viewer, requests: Iterable[IntroductionRequest]
) -> dict[str, SuggestedOutcome]:
    """The suggestion for each of the viewer's requests that has one, by the id of the request.

    It rests on sources whose evidence the viewer may see, from the day after the introduction. A request whose outcome
    is recorded has none.
    """
    rows = [
        {"id": each.id, "target": each.target.id, "after": day_at(_introduced_at(each))}
        for each in requests
        if each.role is RequestRole.ASKER and each.status in STATES_BEFORE_OUTCOME
    ]
    if not rows or viewer.person_id is None:
        return {}
    contacts = await graph.run(
        _READ_CONTACT_AFTER,
        network=viewer.network,
        asker=viewer.person_id,
        rows=rows,
        sources=viewer.evidence_sources,
        channels=[channel.value for channel in _MESSAGES],
        mutual_channels=[channel.value for channel in _MEETINGS],
        as_of=viewer.as_of,
    )
    suggestions: dict[str, SuggestedOutcome] = {}
    for row in sorted(contacts, key=lambda row: (row["channel"] not in _MEETINGS, row["day"], row["channel"])):
        channel = Channel(row["channel"])
        outcome = Outcome.MET if channel in _MEETINGS else Outcome.ANSWERED
        suggestions.setdefault(row["id"], SuggestedOutcome(outcome, channel, row["day"]))
    return suggestions


async def note_suggestions(graph: Graph, viewer: Viewer) -> None:
    """Inform the viewer of new suggestions, once for each request."""
    requests = [each for each in await read_requests(graph, viewer) if each.suggested_at is None]
    for id in await suggest_outcomes(graph, viewer, requests):
        await graph.run(_RECORD_SUGGESTION, network=viewer.network, member=viewer.member, id=id)


async def note_suggestions_of_all(graph: Graph, network: str, checked_version: int | None) -> int:
    """Inform all askers of new suggestions, unless nothing changed since this version. Returns the present version."""
    (row,) = await graph.run(_LIST_ASKERS_WITHOUT_OUTCOME, network=network)
    version = int(row["version"])
    if row["askers"] and version != checked_version:
        state = await read_state(graph, network)
        for member in sorted({*row["askers"]}.intersection(state.roles)):
            await note_suggestions(graph, build_viewer(state, member))
    return version


def _introduced_at(request: IntroductionRequest) -> int:
    return max((each.at for each in request.transitions if each.action in _BEGINNINGS), default=request.changed_at)
