"""A network: who is in it, which sources count, whose turn it is to write."""

import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import cypher
from graph.database.client import Graph
from graph.errors import NoDataLoaded
from graph.networks.permissions import Role
from graph.networks.sources import ON_AGREEMENT, PRIVATE, STRENGTH, Source, _parts
from graph.strength.intercept_fit import Figures, Fit
from graph.strength.model import Model, model
from graph.viewer import NETWORK_AUDIENCE, Viewer

STATE = cypher.load("networks/read_state")


@dataclass(frozen=True, slots=True)
class State:
    """A network at one moment. `members` maps a member's id to their person, None until a source says who they are.

    Those who left and whose sources are not all gone are among them; `roles` maps those who have not to what they are,
    and of `leaving` the ties still have to be rid. `vouched` has the identities of which whoever invited them said that
    they are theirs. `held` says that somebody chose the day. `evidence` is
    how many relationships of evidence the database holds at most for it: what deriving costs. `fit` is
    its own of the odds, None where it goes by the model that ships. `reveal` is when colleagues are named.
    `passed_over` are whom no route is to lead through, each after the member who is not led there, None for all;
    to the `objected` none is to lead either.
    `keeps` are the months for which it keeps what was seen, None for as long as its sources.
    """

    network: str
    as_of: int
    held: bool
    stale: bool
    busy_by: str | None
    busy: bool
    members: dict[str, str | None]
    roles: dict[str, Role]
    leaving: tuple[str, ...]
    vouched: dict[str, str]
    sources: tuple[Source, ...]
    evidence: int
    fit: Fit | None = None
    reveal: str = ON_AGREEMENT
    passed_over: tuple[tuple[str | None, str], ...] = ()
    objected: tuple[str, ...] = ()
    keeps: int | None = None

    @property
    def model(self) -> Model:
        """The model by which its odds are computed, in the database and in Python alike."""
        return model().fitted_to(self.fit.shift) if self.fit else model()

    @property
    def unsettled(self) -> bool:
        """Whether a load, a removal or somebody's leaving was cut off, or is under way."""
        return self.stale or bool(self.leaving) or any(source.status != "ready" for source in self.sources)

    def keeps_from(self, today: int) -> int | None:
        """The first day of which what was seen is kept on `today`, None where all of it is."""
        return today - round(self.keeps * 365.25 / 12) if self.keeps else None

    def behind(self, day: int) -> bool:
        """Whether its day is an earlier one, and nobody chose that."""
        return self.as_of < day and not self.held

    @property
    def at_work(self) -> bool:
        """Whether somebody holds the right to write, whose process is not known to be gone."""
        return self.busy and not (self.busy_by and _gone(self.busy_by))

    @property
    def alone(self) -> bool:
        """Whether there is one member, who may see everything."""
        return len(self.roles) == 1

    def colleagues(self, member: str) -> tuple[str, ...]:
        """The persons of the other members who share something, as far as it is known who they are."""
        sharing = {s.member for s in self.sources if s.counts and s.sharing != PRIVATE and s.member in self.roles}
        found = {self.members[one] for one in sharing} - {self.members[member]}
        return tuple(sorted(person for person in found if person))

    @property
    def halves(self) -> tuple[Source, ...]:
        """The sources, and what their owners keep of shared ones as private sources of its own."""
        kept = (replace(s, id=s.kept, sharing=PRIVATE, kept=None) for s in self.sources if s.kept)
        return (*self.sources, *kept)

    def cleared(self, member: str) -> "State":
        """The same without the sources of which this member may know how strong ties are, and no more."""
        return replace(self, sources=tuple(s for s in self.sources if s.member == member or s.sharing != STRENGTH))

    def own(self, member: str) -> "State":
        """The same without what others bring."""
        return replace(self, sources=tuple(s for s in self.sources if s.member == member))

    def halves_seen(self, member: str) -> tuple[Source, ...]:
        """The same as `in_view`, and what the member keeps of shared ones."""
        return _seen_by(member, self.halves)

    def in_view(self, member: str) -> tuple[Source, ...]:
        """The sources that this member may see, or see the shared half of."""
        return _seen_by(member, self.sources)

    def told_of(self, member: str) -> tuple[Source, ...]:
        """The sources whose being there this member may know of: those in view, and all of their own."""
        return tuple(s for s in self.sources if s.member == member or (s.counts and s.sharing != PRIVATE))

    def shared(self) -> tuple[Source, ...]:
        """The sources that rates are taken from: what all may see, or everything where there is one member."""
        return tuple(s for s in self.halves if s.counts and (self.alone or s.sharing != PRIVATE))


async def state(graph: Graph, network: str) -> State:
    """Read a network's state. Raises NoDataLoaded where there is no such network."""
    rows = await graph.run(STATE, network=network)
    if not rows:
        raise NoDataLoaded("Nothing has been loaded here yet: `tertius load` an export first.")
    (row,) = rows
    owning = {source["member"] for source in row["sources"]}
    return State(
        network=network,
        as_of=row["as_of"],
        held=bool(row["held"]),
        stale=bool(row["stale"]),
        busy_by=row["busy_by"],
        busy=bool(row["busy"]),
        evidence=row["evidence"],
        keeps=row["keeps"],
        fit=_fit(row["fit"]),
        reveal=row["reveal"] or ON_AGREEMENT,
        passed_over=tuple((by, person) for by, person in row["passed_over"]),
        objected=tuple(row["objected"]),
        members={m["id"]: m["person"] for m in row["members"]},
        roles={m["id"]: Role(m["role"]) for m in row["members"] if m["role"]},
        vouched={m["id"]: m["key"] for m in row["members"] if m["key"]},
        leaving=tuple(m["id"] for m in row["members"] if m["role"] is None and (m["leaving"] or m["id"] not in owning)),
        sources=tuple(Source(**{**s, "parts": _parts(s["parts"])}) for s in row["sources"]),
    )


def viewer(found: State, member: str) -> Viewer:
    """What a member sees now."""
    seen = found.halves_seen(member)
    passed_over = {person for by, person in found.passed_over if by in (None, member)}
    sharing = found.colleagues(member)
    return Viewer(
        network=found.network,
        member=member,
        person_id=found.members[member],
        audiences=(NETWORK_AUDIENCE, member),
        sources=tuple(source.id for source in seen),
        strength_only_sources=tuple(
            source.id for source in seen if source.sharing == STRENGTH and source.member != member
        ),
        as_of=found.as_of,
        withheld_colleagues=sharing if found.reveal == ON_AGREEMENT else (),
        excluded_introducers=tuple(sorted(passed_over)),
        objectors=found.objected,
    )


def _seen_by(member: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(s for s in sources if s.counts and (s.member == member or s.sharing != PRIVATE))


def _gone(holder: str) -> bool:
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


def _fit(stored: dict[str, Any] | None) -> Fit | None:
    """None too where it was fitted to another version of the model."""
    if stored is None or stored["version"] != model().version:
        return None
    figures = {name: Figures(*stored[name]) for name in ("shipped", "fitted")}
    return Fit(**{**stored, **figures})


def manages(found: State, viewer: Viewer) -> bool:
    """Whether they are an owner or an admin, who see to what those said who have left."""
    return found.roles.get(viewer.member) in (Role.OWNER, Role.ADMIN)
