"""Introduction requests as their parties see them: create, edit and list.

A request is visible to its two parties only: the member who asks, and the introducer if the introducer is a member and
the request was sent. To every other member, its id is one of no request. Nobody sees a request about a
person whose erasure is requested.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import cypher
from graph.answers import Person
from graph.database.client import Graph
from graph.errors import InvalidIntroductionRequest
from graph.ids import stable_id
from graph.lookup.identities import list_identities
from graph.lookup.profiles import UNNAMED, read_profiles
from graph.names.keys import company_key
from graph.names.visible_text import visible_text
from graph.networks.members import list_members
from graph.networks.state import NetworkState
from graph.requests.states import (
    ALLOWED,
    Outcome,
    RequestAction,
    RequestRole,
    RequestStatus,
    may_act,
)
from graph.viewer import Viewer

_CREATE_REQUEST = cypher.load("requests/create_request")
_EDIT_DRAFT = cypher.load("requests/edit_draft")
_LIST_REQUESTS = cypher.load("requests/list_requests")
_LIST_HIDDEN_IDENTITIES = cypher.load("people/list_hidden_identities")

MAX_TEXT_LENGTH = 2_000
"""Maximum number of characters in each text of a request."""
HIDDEN_INTRODUCER = "a colleague"
"""The name of an introducer whom the asker does not see."""


@dataclass(frozen=True, slots=True)
class RequestTexts:
    """The three texts of a request.

    `reason` says why this introducer is asked, and only the introducer reads it. `benefit` says what the target gains,
    for the introducer. `note` is written to be forwarded: the only text that the target reads.
    """

    reason: str
    benefit: str
    note: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of state: what was done, in which role (None: by itself), and when in milliseconds since 1970."""

    action: RequestAction
    status: RequestStatus
    role: RequestRole | None
    at: int
    key: str


@dataclass(frozen=True, slots=True)
class IntroductionRequest:
    """A request as one of its parties sees it.

    `role` is that of the viewer. `introducer` is the first introducer of the route. `contact` is the person whom the
    introducer would contact: the target, or the second introducer. `introducers` are all of the route; the introducer
    sees the first only. `introducer_member` is the introducer's id as a member, None if they are none or hidden. Times
    are in milliseconds since 1970; `expires_at` is None if the state does not expire, `reminded_at` until it is
    reminded of, `suggested_at` until an outcome was suggested.

    While `is_introducer_hidden`, the asker does not see who the introducer is: `introducer` is a placeholder, and
    `contact` the target. A decline is visible to the introducer only; to the asker such a request expires.
    """

    id: str
    role: RequestRole
    asker_id: str
    asker_name: str
    introducer_member: str | None
    introducer: Person
    contact: Person
    target: Person
    introducers: tuple[Person, ...]
    texts: RequestTexts
    status: RequestStatus
    outcome: Outcome | None
    redirected_to: str | None
    created_at: int
    changed_at: int
    expires_at: int | None
    transitions: tuple[Transition, ...]
    reminded_at: int | None = None
    is_introducer_hidden: bool = False
    suggested_at: int | None = None

    @property
    def is_introducer_member(self) -> bool:
        """Whether the introducer is a member, who answers in Tertius."""
        return self.introducer_member is not None or self.is_introducer_hidden

    @property
    def is_declined_unseen(self) -> bool:
        """Whether the viewer declined as an introducer whom the asker does not see."""
        return self.is_introducer_hidden and self.status is RequestStatus.DECLINED

    @property
    def available_actions(self) -> tuple[RequestAction, ...]:
        """The actions that the viewer may take now."""
        return tuple(
            action
            for action in RequestAction
            if (self.status, action) in ALLOWED
            and self.may(action)
            and not (action is RequestAction.THANK and self.is_thanked)
        )

    @property
    def is_thanked(self) -> bool:
        """Whether the asker thanked the introducer."""
        return any(each.action is RequestAction.THANK for each in self.transitions)

    def may(self, action: RequestAction) -> bool:
        """Whether the viewer's role allows the action in some state."""
        return may_act(self.role, action, introducer_is_member=self.is_introducer_member)


def draft_id(viewer: Viewer, key: str) -> str:
    """The id of the viewer's draft with this key."""
    return stable_id("introduction request", viewer.network, viewer.member, key)


async def store_draft(
    graph: Graph,
    state: NetworkState,
    viewer: Viewer,
    people: Sequence[Person],
    texts: RequestTexts,
    *,
    score: float | None,
    is_introducer_hidden: bool = False,
    key: str | None = None,
) -> str:
    """Store a draft for a route. Returns its id; the same `key` gives the same draft.

    `people` are those of the route, from the first introducer to the target, and `score` its score.
    """
    identities = await list_identities(graph, viewer, [person.id for person in people])
    (row,) = await graph.run(
        _CREATE_REQUEST,
        network=viewer.network,
        member=viewer.member,
        id=draft_id(viewer, key or uuid4().hex),
        introducer_member=_member_of(state, people[0].id, viewer.member),
        people=[person.id for person in people],
        keys=[next(iter(sorted(identity.key for identity in identities[person.id])), "") for person in people],
        names=[person.name for person in people],
        score=score,
        is_hidden=is_introducer_hidden or None,
        company=company_key(people[-1].company or "") or None,
        **_checked(texts),
    )
    return str(row["id"])


async def replace_texts(graph: Graph, viewer: Viewer, id: str, texts: RequestTexts) -> bool:
    """Replace the texts of the viewer's draft. Returns False if the viewer has no draft with this id."""
    rows = await graph.run(_EDIT_DRAFT, network=viewer.network, member=viewer.member, id=id, **_checked(texts))
    return bool(rows)


async def read_requests(graph: Graph, viewer: Viewer) -> list[IntroductionRequest]:
    """The requests of which the viewer is a party, newest first."""
    return await _read(graph, viewer, None)


async def read_request(graph: Graph, viewer: Viewer, id: str) -> IntroductionRequest | None:
    """The request with this id. None if the viewer is no party of such a request."""
    return next(iter(await _read(graph, viewer, id)), None)


async def _read(graph: Graph, viewer: Viewer, id: str | None) -> list[IntroductionRequest]:
    rows = await graph.run(_LIST_REQUESTS, network=viewer.network, member=viewer.member, id=id)
    if not rows:
        return []
    # the stored names and texts would show a person whose erasure is requested
    hidden = {row["key"] for row in await graph.run(_LIST_HIDDEN_IDENTITIES, network=viewer.network)}
    # whether an introducer's erasure is requested would say something about those whom the asker does not see
    rows = [row for row in rows if hidden.isdisjoint(row["keys"][-1:] if _is_masked(row) else row["keys"])]
    members = {member.id: member.display_name(viewer.member) for member in await list_members(graph, viewer.network)}
    profiles = await read_profiles(graph, viewer, {person for row in rows for person in row["people"]})
    return [_request(row, members, profiles) for row in rows if row["asker"] in members]


def _request(row: Mapping[str, Any], members: Mapping[str, str], profiles: Mapping[str, Person]) -> IntroductionRequest:
    role = RequestRole(row["role"])
    # the asker names the people of a request to its introducer by sending it
    people = [
        replace(profiles[id], name=name) if profiles[id].name == UNNAMED else profiles[id]
        for id, name in zip(row["people"], row["names"], strict=True)
    ]
    if _is_masked(row):
        people = [Person(stable_id("hidden introducer", row["id"]), HIDDEN_INTRODUCER), people[-1]]
    introducers = tuple(people[:-1])
    return IntroductionRequest(
        id=row["id"],
        role=role,
        asker_id=row["asker"],
        asker_name=members[row["asker"]],
        introducer_member=None if _is_masked(row) else row["introducer_member"],
        introducer=people[0],
        contact=people[1],
        target=people[-1],
        introducers=introducers if role is RequestRole.ASKER else introducers[:1],
        texts=RequestTexts(row["reason"], row["benefit"], row["note"]),
        status=RequestStatus(row["status"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        redirected_to=row["redirected_to"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        expires_at=row["expires_at"],
        transitions=_transitions(row),
        reminded_at=row["reminded_at"],
        is_introducer_hidden=row["is_hidden"],
        suggested_at=row["suggested_at"],
    )


def _is_masked(row: Mapping[str, Any]) -> bool:
    """Whether the viewer is an asker who does not see the introducer."""
    return bool(row["is_hidden"]) and row["role"] == RequestRole.ASKER


def _transitions(row: Mapping[str, Any]) -> tuple[Transition, ...]:
    columns: Sequence[Sequence[Any]] = [row[name] for name in ("actions", "statuses", "actors", "times", "action_keys")]
    return tuple(
        Transition(RequestAction(action), RequestStatus(status), RequestRole(actor) if actor else None, at, key)
        for action, status, actor, at, key in zip(*columns, strict=True)
    )


def _member_of(state: NetworkState, person: str, asker: str) -> str | None:
    """The current member, other than the asker, who is this person."""
    return next((id for id in state.roles if id != asker and state.people_by_member[id] == person), None)


def _checked(texts: RequestTexts) -> dict[str, str]:
    """The texts as parameters, without invisible characters. Raises InvalidIntroductionRequest."""
    values = {name: visible_text(getattr(texts, name)).strip() for name in RequestTexts.__slots__}
    if any(len(value) > MAX_TEXT_LENGTH for value in values.values()):
        raise InvalidIntroductionRequest(f"Each text of a request has {MAX_TEXT_LENGTH:,} characters at most.")
    if not values["note"]:
        raise InvalidIntroductionRequest("The note to forward is empty: write what the target is to read.")
    return values
