"""The state of a network: its day, members, sources, settings and write lease."""

import os
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.errors import NoDataLoaded, Remedy
from graph.networks.members import FORMER_MEMBER, UNNAMED_OWNER
from graph.networks.permissions import Role
from graph.networks.sources import (
    STATEMENTS,
    IntroducerVisibility,
    SharingLevel,
    Source,
    SourceView,
    parse_parts,
    source_view,
)
from graph.strength.intercept_fit import Figures, Fit
from graph.strength.model import Model, model
from graph.viewer import NETWORK_AUDIENCE, Viewer

_READ_STATE = cypher.load("networks/read_state")


@dataclass(frozen=True, slots=True)
class NetworkState:
    """A network at one moment.

    What a cache may rely on: an answer to a viewer about people, ties, routes or sources may be reused while `version`
    is the same and `needs_recovery` is false. Every query that changes what such an answer may be increases `version`
    in the same transaction. While ties are derived, `needs_recovery` is true and they change without a new version; the
    end of the derivation increases it. Answers about credentials, invitations, upload jobs, notices and the audit log
    are not covered. A restored backup has an older version, which may be reached again with other content: drop caches
    after a restore.

    Fields:
        version: increases with every change that may alter an answer.
        ties_id: a random id that each transaction replaces if it changes ties or people. So one id means the same ties,
            and the same names and ids of people, also after a restore. None until a first derivation sets it.
        as_of: the day for which ties are derived. `day_is_pinned`: a user chose that day.
        is_stale: the derived ties do not reflect the stored rows yet.
        lease_holder, lease_is_active: who holds the write lease, and whether the lease has not expired.
        people_by_member: the person of each member; None until a source identifies the member. Contains members who
            left while rows of theirs remain.
        roles: the roles of current members only, the first to join first.
        departed_members: members who left and whose ties are still to be removed.
        confirmed_identities: by member, the identities that the inviter or the sign-in provider confirmed, or that the
            member proved by a link.
        evidence_count: upper bound of the network's evidence relationships: the cost of a derivation.
        fit: the network's own calibration; None if it uses the shipped model.
        excluded_introducers: triples of the member for whom a person is excluded, None for all members, the person, and
            the member who decided it, None for an objection.
        objectors: people who objected to routes through and to them.
        archived_people: pairs of a member and a person whom the member archived.
        retention_months: months for which evidence is kept; None if as long as its source.
    """

    network: str
    version: int
    as_of: int
    day_is_pinned: bool
    is_stale: bool
    lease_holder: str | None
    lease_is_active: bool
    people_by_member: dict[str, str | None]
    roles: dict[str, Role]
    departed_members: tuple[str, ...]
    confirmed_identities: dict[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    evidence_count: int
    fit: Fit | None = None
    introducer_visibility: IntroducerVisibility = IntroducerVisibility.AFTER_CONSENT
    excluded_introducers: tuple[tuple[str | None, str, str | None], ...] = ()
    objectors: tuple[str, ...] = ()
    archived_people: tuple[tuple[str, str], ...] = ()
    retention_months: int | None = None
    ties_id: str | None = None

    @property
    def model(self) -> Model:
        """The strength model of this network, the same in the database and in Python."""
        return model().fitted_to(self.fit.shift) if self.fit else model()

    @property
    def needs_recovery(self) -> bool:
        """Whether a load, a removal or a departure was interrupted or is in progress."""
        return self.is_stale or bool(self.departed_members) or any(source.status != "ready" for source in self.sources)

    def first_retained_day(self, today: int) -> int | None:
        """The first day whose evidence is kept on `today`; None if all evidence is kept."""
        return today - round(self.retention_months * 365.25 / 12) if self.retention_months else None

    def is_behind(self, day: int) -> bool:
        """Whether the network's day is before `day` and not pinned."""
        return self.as_of < day and not self.day_is_pinned

    @property
    def has_active_writer(self) -> bool:
        """Whether a process holds the write lease that is not known to have ended."""
        return self.lease_is_active and not (self.lease_holder and is_dead_process(self.lease_holder))

    @property
    def has_single_member(self) -> bool:
        """Whether there is exactly one member, who may see everything."""
        return len(self.roles) == 1

    def colleagues(self, member: str) -> tuple[str, ...]:
        """People of the other members who share a source, as far as the network knows who they are."""
        sharing_members = {source.member for source in self.sources if source.is_shared} & self.roles.keys()
        people = {self.people_by_member[one] for one in sharing_members} - {self.people_by_member[member]}
        return tuple(sorted(person for person in people if person))

    @property
    def stored_sources(self) -> tuple[Source, ...]:
        """The sources, and the private parts of shared ones as private sources of their own."""
        return (*self.sources, *self._private_parts(are_statements=False))

    @property
    def stored_statements_without_effect(self) -> tuple[Source, ...]:
        """The parts of statement sources that count nowhere: about people whom their authors cannot see any more.

        The data subject still receives them, and an erasure deletes them.
        """
        return tuple(self._private_parts(are_statements=True))

    def _private_parts(self, *, are_statements: bool) -> Iterator[Source]:
        for source in self.sources:
            if source.private_part and (source.kind == STATEMENTS) is are_statements:
                yield replace(source, id=source.private_part, sharing_level=SharingLevel.PRIVATE, private_part=None)

    def without_strength_only_sources(self, member: str) -> "NetworkState":
        """The same state without the sources that show this member the strength of ties only."""
        sources = (one for one in self.sources if source_view(one, member) != SourceView.STRENGTH_LABELS)
        return replace(self, sources=tuple(sources))

    def only_sources_of(self, member: str) -> "NetworkState":
        """The same state without the sources of other members."""
        return replace(self, sources=tuple(source for source in self.sources if source.member == member))

    def visible_stored_sources(self, member: str) -> tuple[Source, ...]:
        """`visible_sources` and the private parts of the member's own sources."""
        return _visible_to(member, self.stored_sources)

    def visible_sources(self, member: str) -> tuple[Source, ...]:
        """The complete sources of which the member may see all or the shared part."""
        return _visible_to(member, self.sources)

    def listed_sources(self, member: str) -> tuple[Source, ...]:
        """The sources whose existence this member may know: the visible ones and all of the member's own."""
        return tuple(
            source
            for source in self.sources
            if source.member == member or source_view(source, member) > SourceView.NOTHING
        )

    def sources_for_rates(self) -> tuple[Source, ...]:
        """The sources that rates are computed from: what all members may see; with a single member, everything."""
        return tuple(
            source
            for source in self.stored_sources
            if source.is_shared or (source.is_complete and self.has_single_member)
        )


async def read_state(graph: Graph, network: str) -> NetworkState:
    """Read a network's state. Raises NoDataLoaded if there is no such network."""
    rows = await graph.run(_READ_STATE, network=network)
    if not rows:
        raise NoDataLoaded("This network has no data yet.", remedy=Remedy.LOAD_DATA)
    (row,) = rows
    members = row["members"]
    owners = {source["member"] for source in row["sources"]}
    names = {member["id"]: member["name"] or (UNNAMED_OWNER if member["role"] else FORMER_MEMBER) for member in members}
    return NetworkState(
        network=network,
        version=row["version"],
        ties_id=row["ties_id"],
        as_of=row["as_of"],
        day_is_pinned=bool(row["day_is_pinned"]),
        is_stale=bool(row["is_stale"]),
        lease_holder=row["lease_holder"],
        lease_is_active=bool(row["lease_is_active"]),
        evidence_count=row["evidence_count"],
        retention_months=row["retention_months"],
        fit=_fit(row["fit"]),
        introducer_visibility=IntroducerVisibility(row["introducer_visibility"] or IntroducerVisibility.AFTER_CONSENT),
        excluded_introducers=tuple((member, person, by) for member, person, by in row["excluded_introducers"]),
        objectors=tuple(row["objectors"]),
        archived_people=tuple((member, person) for member, person in row["archived_people"]),
        people_by_member={member["id"]: member["person"] for member in members},
        roles={member["id"]: Role(member["role"]) for member in members if member["role"]},
        confirmed_identities={
            member["id"]: tuple(member["confirmed_keys"]) for member in members if member["confirmed_keys"]
        },
        departed_members=tuple(
            member["id"]
            for member in members
            if member["role"] is None and (member["departed"] or member["id"] not in owners)
        ),
        sources=tuple(_source(source, names[source["member"]]) for source in row["sources"]),
    )


def build_viewer(state: NetworkState, member: str) -> Viewer:
    """Build the view that a member has of the network in this state."""
    visible = state.visible_stored_sources(member)
    exclusions = [(person, by) for whose, person, by in state.excluded_introducers if whose in (None, member)]
    excluded, by_others = {person for person, _ in exclusions}, {person for person, by in exclusions if by != member}
    colleagues = state.colleagues(member)
    return Viewer(
        network=state.network,
        member=member,
        person_id=state.people_by_member[member],
        audiences=(NETWORK_AUDIENCE, member),
        sources=tuple(source.id for source in visible),
        strength_only_sources=tuple(
            source.id for source in visible if source_view(source, member) == SourceView.STRENGTH_LABELS
        ),
        as_of=state.as_of,
        ties_id=state.ties_id,
        colleagues=tuple(person for person in colleagues if person not in excluded),
        withheld_colleagues=(colleagues if state.introducer_visibility == IntroducerVisibility.AFTER_CONSENT else ()),
        excluded_introducers=tuple(sorted(excluded)),
        own_exclusions=frozenset(excluded - by_others),
        excluded_colleagues=tuple(person for person in colleagues if person in excluded - by_others),
        objectors=state.objectors,
        archived_people=frozenset(person for by, person in state.archived_people if by == member),
    )


def is_manager(state: NetworkState, viewer: Viewer) -> bool:
    """Whether the viewer is an owner or admin, who also manages what departed members decided."""
    return state.roles.get(viewer.member) in (Role.OWNER, Role.ADMIN)


def is_dead_process(holder: str) -> bool:
    """Whether a lease holder, `host:pid:id`, is a process of this machine that no longer runs."""
    host, pid, _ = holder.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _visible_to(member: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(source for source in sources if source_view(source, member) > SourceView.NOTHING)


def _source(row: dict[str, Any], owner_name: str) -> Source:
    values = {**row, "sharing_level": SharingLevel(row["sharing_level"]), "parts": parse_parts(row["parts"])}
    return Source(**values, owner_name=owner_name)


def _fit(stored: dict[str, Any] | None) -> Fit | None:
    """The network's calibration; None if there is none for this version of the model."""
    if stored is None or stored["version"] != model().version:
        return None
    figures = {name: Figures(*stored[name]) for name in ("shipped", "fitted")}
    return Fit(**{**stored, **figures})
