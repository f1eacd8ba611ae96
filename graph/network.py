"""A network: who is in it, which sources count, whose turn it is to write."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

import cypher
from graph.errors import NetworkBusy, NotAllowed, NotLoaded
from graph.fit import Figures, Fit
from graph.gather import EPOCH
from graph.odds import Model, model
from graph.rights import Role
from graph.session import Graph
from graph.viewer import EVERYBODY, Viewer

OPEN = cypher.load("network_open")
NAMED = cypher.load("network_named")
STATE = cypher.load("network_state")
ALL = cypher.load("networks")
TAKE = cypher.load("network_take")
LEAVE = cypher.load("network_leave")
WORKING = cypher.load("network_working")

LEASE = 60.0
"""Seconds for which a writer that is never heard of again keeps others out."""
PATIENCE = 90.0
"""Seconds that a writer waits for its turn."""

PRIVATE, STRENGTH, EVIDENCE = "private", "strength", "evidence"
"""How far a source is shared: not at all; its ties' words; its numbers too (docs/decisions/0013-sharing.md)."""
AT_ONCE, ON_AGREEMENT = "at_once", "on_agreement"
"""When whoever asks is told through which colleague a route leads (docs/decisions/0014-team-routes.md)."""
STATEMENTS = "statements"
COUNTS = frozenset({"folding", "ready"})


def day_of(on: date) -> int:
    """The day as the graph counts it, from 1970-01-01."""
    return on.toordinal() - EPOCH


def date_of(day: int) -> date:
    """The other way round."""
    return date.fromordinal(day + EPOCH)


@dataclass(frozen=True, slots=True)
class Source:
    """One account of one member. `seen_until` is None for statements, which nobody's silence bounds.

    `parts` are the days of its lists, and the bookmarks of what goes on growing. Of a source that is shared, `others`
    says whether ties between two who are no members are too, and `kept` is the half of it that is not shared, an id.
    """

    id: str
    kind: str
    account: str
    sharing: str
    status: str
    member: str
    seen_until: int | None
    loaded: int | None
    of: str | None
    parts: dict[str, int]
    others: bool = False
    kept: str | None = None

    @property
    def counts(self) -> bool:
        """Whether what it says counts: a source half loaded or being removed says nothing."""
        return self.status in COUNTS

    @property
    def title(self) -> str:
        """As people call it: `mailbox ana@example.org`."""
        return f"{self.kind} {self.account}".strip()


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


async def opened(graph: Graph, name: str, *, today: date, make: bool = True) -> tuple[str, str]:
    """The network of this name and its first owner, `(network id, member id)`, made where new and `make` says so.

    Raises NotLoaded where there is none and none is to be made, NotAllowed where it was founded for others.
    """
    rows = await graph.run(NAMED, name=name)
    if not rows and not make:
        raise NotLoaded(f"Nothing has been loaded into the network “{name}” yet: `tertius load` an export first.")
    if not rows:
        new = {"fresh_network": uuid4().hex, "fresh_member": uuid4().hex}
        rows = await graph.run(OPEN, name=name, today=day_of(today), **new)
    if not rows or rows[0]["member"] is None:
        raise NotAllowed(
            f"The network “{name}” was founded for others, and you are no member of it here: its members ask over the "
            "API, by their own tokens. TERTIUS_NETWORK names the network that commands use."
        )
    return rows[0]["network"], rows[0]["member"]


async def networks(graph: Graph) -> list[str]:
    """The ids of all networks: for what is done for each of them, and never for whoever asks."""
    return [row["network"] for row in await graph.run(ALL)]


async def state(graph: Graph, network: str) -> State:
    """Read a network's state. Raises NotLoaded where there is no such network."""
    rows = await graph.run(STATE, network=network)
    if not rows:
        raise NotLoaded("Nothing has been loaded here yet: `tertius load` an export first.")
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
        audiences=(EVERYBODY, member),
        sources=tuple(source.id for source in seen),
        veiled=tuple(source.id for source in seen if source.sharing == STRENGTH and source.member != member),
        as_of=found.as_of,
        colleagues=tuple(one for one in sharing if one not in passed_over),
        discreet=sharing if found.reveal == ON_AGREEMENT else (),
        passed_over=tuple(sorted(passed_over)),
        objected=found.objected,
    )


def _seen_by(member: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(s for s in sources if s.counts and (s.member == member or s.sharing != PRIVATE))


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write in a network. Renewed by itself while it is held."""

    network: str
    holder: str


@asynccontextmanager
async def lease(graph: Graph, network: str, *, waits: Callable[[str], None] = print) -> AsyncIterator[Lease]:
    """Hold the network's one right to write.

    A holder on this machine whose process is gone is passed over as soon as the database has done with what it asked
    last, any other after LEASE seconds of silence. Raises NetworkBusy after PATIENCE seconds.
    """
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}"
    waited = 0.0
    while not await _taken(graph, network, holder):
        if waited >= PATIENCE:
            raise NetworkBusy("Another command is loading into this network: try again when it is done.")
        if waited == 0.0:
            waits("waiting for another command that is loading into this network")
        await asyncio.sleep(0.5)
        waited += 0.5
    renewing = asyncio.create_task(_renew(graph, network, holder))
    try:
        yield Lease(network, holder)
    finally:
        renewing.cancel()
        await graph.run(LEAVE, network=network, holder=holder)


async def _taken(graph: Graph, network: str, holder: str) -> bool:
    found = await state(graph, network)
    dead = found.busy_by if found.busy_by and _gone(found.busy_by) else holder
    taken = bool(await graph.run(TAKE, network=network, holder=holder, dead=dead, lasts=int(LEASE * 1000)))
    if taken and dead != holder:
        await _quiet(graph, network)
    return taken


async def _quiet(graph: Graph, network: str) -> None:
    """Wait until whatever was at work in a network before this is done, half a LEASE at the most."""
    since = time.monotonic()
    while (waited := time.monotonic() - since) < LEASE / 2:
        await asyncio.sleep(0.05)
        (row,) = await graph.run(WORKING, network=network, longer=int(waited * 1000))
        if not row["working"]:
            break


async def _renew(graph: Graph, network: str, holder: str) -> None:
    while True:
        await asyncio.sleep(LEASE / 4)
        await graph.run(TAKE, network=network, holder=holder, dead=holder, lasts=int(LEASE * 1000))


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


def _parts(stored: list[str] | None) -> dict[str, int]:
    return {name: int(day) for name, _, day in (part.rpartition("=") for part in stored or [])}


Say = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: unknown)."""


def silent(what: str, done: int, total: int) -> None:
    """Says nothing."""
