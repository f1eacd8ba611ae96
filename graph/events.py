"""Durable events: changes that other processes or members must learn of.

The query that makes a change creates the Event node, in the same transaction. operations.outbox delivers it. A node has
the `kind` of a class below; `about`, the id of what changed; `member`, the id of the member to inform, if it is one
member; and of an introduction request the new `status`. It contains no name, address or text
(docs/decisions/0023-durable-events.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """A change in a network. Consumers may receive the same `id` twice."""

    network: str
    id: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestSent(Event):
    """An introduction request, `about`, was sent. It does not depend on whom the request reaches, and when."""

    about: str
    status: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestDelivered(Event):
    """An introduction request, `about`, reached its introducer, `member`. It is due after their quiet hours."""

    about: str
    member: str
    status: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestUpdated(Event):
    """A party moved an introduction request, `about`, to the state `status`. `member` is the other party."""

    about: str
    member: str | None
    status: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestExpired(Event):
    """An introduction request, `about`, expired. `member` is the asker."""

    about: str
    member: str
    status: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestDue(Event):
    """An introduction request, `about`, expires soon. `member` is the party who must act, None if they left."""

    about: str
    member: str | None
    status: str


@dataclass(frozen=True, slots=True)
class IntroductionRequestSuggested(Event):
    """Contact suggests an outcome of an introduction request, `about`. `member` is the asker."""

    about: str
    member: str
    status: str


@dataclass(frozen=True, slots=True)
class LoadJobEnded(Event):
    """A load job, `about`, was loaded or failed."""

    about: str


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """A member, `about`, redeemed an invitation."""

    about: str


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """A member, `about`, left or was removed."""

    about: str


@dataclass(frozen=True, slots=True)
class ObjectionRecorded(Event):
    """A person proved an address and objected to routes. `about` is the id of the exclusion."""

    about: str


@dataclass(frozen=True, slots=True)
class ErasureRequested(Event):
    """A person proved an address and requested its erasure. `about` is the id of the request."""

    about: str


@dataclass(frozen=True, slots=True)
class ErasureDecided(Event):
    """An owner disputed, confirmed or dismissed a request for erasure, `about`."""

    about: str


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A person was erased. Nothing says who."""


EVENT_KINDS: Mapping[str, type[Event]] = {
    "introduction_request_sent": IntroductionRequestSent,
    "introduction_request_delivered": IntroductionRequestDelivered,
    "introduction_request_updated": IntroductionRequestUpdated,
    "introduction_request_expired": IntroductionRequestExpired,
    "introduction_request_due": IntroductionRequestDue,
    "introduction_request_suggested": IntroductionRequestSuggested,
    "load_job_ended": LoadJobEnded,
    "member_joined": MemberJoined,
    "member_left": MemberLeft,
    "objection_recorded": ObjectionRecorded,
    "erasure_requested": ErasureRequested,
    "erasure_decided": ErasureDecided,
    "person_erased": PersonErased,
}
"""The classes by the `kind` that queries store."""


def event_from_row(network: str, row: Mapping[str, Any]) -> Event | None:
    """The event in a row of a query; None for a kind that only a later version knows."""
    kind = EVENT_KINDS.get(row["kind"])
    if kind is None:
        return None
    return kind(network=network, **{field.name: row[field.name] for field in fields(kind) if field.name != "network"})
