"""Derives the origin of each connection: who invited whom, with a note or none, and what the two had in common then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.insights.educations import VisibleEducation
from graph.insights.listed_people import ListedPerson
from graph.insights.measures.invitations import ConnectionInvitation
from graph.lookup.company_jobs import VisibleJob


class ConnectionOrigin(StrEnum):
    """The origin of a connection, as far as the viewer's sources state it."""

    SENT_WITH_NOTE = "sent_with_note"
    SENT = "sent"
    RECEIVED_WITH_NOTE = "received_with_note"
    RECEIVED = "received"
    SHARED_EMPLOYER = "shared_employer"
    SHARED_SCHOOL = "shared_school"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class InvitationAcceptance:
    """Invitations in one direction, with or without a note: `count` people, of whom `accepted` are connections."""

    is_sent: bool
    has_note: bool
    count: int
    accepted: int

    @property
    def share(self) -> float | None:
        """The share that was accepted, 0 to 1; None without an invitation."""
        return self.accepted / self.count if self.count else None


def origin_of_invitation(invitation: ConnectionInvitation) -> ConnectionOrigin:
    """Return the origin that an accepted invitation gives a connection."""
    if invitation.is_sent:
        return ConnectionOrigin.SENT_WITH_NOTE if invitation.has_note else ConnectionOrigin.SENT
    return ConnectionOrigin.RECEIVED_WITH_NOTE if invitation.has_note else ConnectionOrigin.RECEIVED


@dataclass(frozen=True, slots=True)
class Backgrounds:
    """The present and former employers and schools of the viewer and of others. Those of others are by their ids."""

    own_jobs: Sequence[VisibleJob] = ()
    jobs: Mapping[str, Sequence[VisibleJob]] = field(default_factory=dict)
    own_educations: Sequence[VisibleEducation] = ()
    educations: Mapping[str, Sequence[VisibleEducation]] = field(default_factory=dict)

    def in_common_on(self, person: str, day: int) -> list[ConnectionOrigin]:
        """Return what the viewer and a person had in common on a day."""
        shared = []
        if _were_colleagues(self.own_jobs, self.jobs.get(person, ()), day):
            shared.append(ConnectionOrigin.SHARED_EMPLOYER)
        own_schools = {one.school_key for one in self.own_educations if one.includes_day(day)}
        if any(one.school_key in own_schools and one.includes_day(day) for one in self.educations.get(person, ())):
            shared.append(ConnectionOrigin.SHARED_SCHOOL)
        return shared


def connection_origins(
    people: Iterable[ListedPerson], invitations: Sequence[ConnectionInvitation], backgrounds: Backgrounds
) -> dict[str, tuple[ConnectionOrigin, ...]]:
    """Return the origins of each person by id: that of the last invitation, and what the two had in common then."""
    last = {each.person_id: each for each in sorted(invitations, key=lambda each: each.day)}
    origins: dict[str, tuple[ConnectionOrigin, ...]] = {}
    for one in people:
        id = one.person.id
        known = [origin_of_invitation(last[id])] if id in last else []
        if one.listed_on is not None:
            known += backgrounds.in_common_on(id, one.listed_on)
        origins[id] = tuple(known) or (ConnectionOrigin.UNKNOWN,)
    return origins


def _were_colleagues(own: Sequence[VisibleJob], others: Sequence[VisibleJob], day: int) -> bool:
    """Whether both had a job at one company on a day. The viewer's job needs a start; the other's may have none."""
    mine = {job.key for job in own if job.since is not None and _covers(job, day)}
    return any(job.key in mine for job in others if _covers(job, day))


def _covers(job: VisibleJob, day: int) -> bool:
    return (job.since is None or job.since <= day) and (job.is_current or (job.until is not None and day <= job.until))


def invitation_acceptance(
    people: Iterable[ListedPerson], invitations: Sequence[ConnectionInvitation]
) -> tuple[InvitationAcceptance, ...]:
    """Return the acceptance by direction and note. Several invitations of one person and kind count once."""
    listed = {one.person.id for one in people}
    rows = []
    for is_sent in (True, False):
        for has_note in (True, False):
            invited = {each.person_id for each in invitations if each.is_sent is is_sent and each.has_note is has_note}
            rows.append(InvitationAcceptance(is_sent, has_note, len(invited), len(invited & listed)))
    return tuple(rows)
