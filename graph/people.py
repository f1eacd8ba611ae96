"""Makes people out of identities, from what the sources say, anew and the same whatever the order of loading.

Joined are, each with its reason kept on the OF relationship: identities that one row states together; a member's own;
a bare name with the only connection (else the only profile) of that name in the same archive; and, where one owner's
sources hold exactly one LinkedIn person and exactly one mail person of a full name, these two if the company fits the
address's domain. Other pairs of a LinkedIn or mail person of one name are PROBABLY the same, unless two LinkedIn
profiles bear it: then nobody can tell which is meant (docs/decisions/0006-one-person.md).
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import cypher
from graph.batches import batches, side_by_side
from graph.compare import mark
from graph.identity import fits, work_domain
from graph.network import Say, State, silent
from graph.records import Kind
from graph.roles import nobodys
from graph.session import Graph
from graph.spellings import differing

FACTS = cypher.load("people_facts")
STORED = cypher.load("people_stored")
WRITE = cypher.load("people_write")
WORK = cypher.load("people_work")
REMOVE = cypher.load("people_remove")
COMPANIES = cypher.load("companies_write")
PRUNE = cypher.load("companies_prune")
PROBABLY = cypher.load("people_probably")
ARE = cypher.load("members_are")

_RANK = {kind.value: place for place, kind in enumerate(Kind)}
TOGETHER = "one row states both"
OWN = "the member's own"
ONLY_ONE = "the only one of that name in the archive"
SAME_NAME = "the only two of that name, and the company fits the address"
PROBABLE = "of one name"


class Said(NamedTuple):
    """One NAMES relationship, as people_facts returns it. A tuple, since there are as many as identities."""

    source: str
    name: str | None
    folded: str | None
    title: str | None
    company: str | None
    company_key: str | None
    since: int | None
    until: int | None
    seen: int | None
    gone: int | None
    part: str
    own: bool | None
    keys: list[str] | None


@dataclass(slots=True)
class Identity:
    """An identity with all that is said of it, and the sources that list it now."""

    key: str
    said: list[Said]
    listed: list[str]

    @property
    def kind(self) -> str:
        """What the key is: email, linkedin, name."""
        return self.key.partition(":")[0]


@dataclass(slots=True)
class Made:
    """The people of a network. `of` maps an identity's key to its person."""

    of: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """People whose identities, names or jobs are not what they were, those no longer there included."""
    member_moved: bool = False
    """Whether a member is somebody else than before: then every tie is in question."""


class _Groups:
    """Disjoint sets of identities, with the reason why each identity joined."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        self.because: dict[str, str] = {}

    def root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str, because: str) -> None:
        if one not in self._parent or other not in self._parent:
            return
        first, second = sorted((self.root(one), self.root(other)), key=rank)
        if first != second:
            self._parent[second] = first
            for key in (one, other):
                self.because.setdefault(key, because)

    def members(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._parent, key=rank):
            groups[self.root(key)].append(key)
        return groups


def rank(key: str) -> tuple[int, str]:
    """The order in which identities lend a person their id: a profile before an address, and a bare name last."""
    return _RANK[key.partition(":")[0]], key


async def people(graph: Graph, state: State, say: Say = silent) -> Made:
    """Make the network's people from all sources that count, and write what changed."""
    network = state.network
    counting = [source.id for source in state.sources if source.counts]
    owners = {source.of or source.id: source.member for source in state.sources}
    (found,) = await graph.run(FACTS, network=network, sources=counting)
    # in a thread: a second of work for 20,000 people, in which a service goes on answering
    identities, rows, made = await asyncio.to_thread(_told_apart, found["identities"], owners, network)
    (there,) = await graph.run(STORED, network=network)
    stored: dict[str, str] = dict(there["people"])
    changed = [row for row in rows if stored.get(row["id"]) != row["digest"]]
    gone = sorted(stored.keys() - {row["id"] for row in rows})
    made.changed = {row["id"] for row in changed} | set(gone)
    if made.changed:
        for spelt in batches(_companies(identities), 5_000):
            await graph.run(COMPANIES, network=network, rows=spelt)
    written = 0

    async def write(batch: list[dict[str, Any]]) -> None:
        nonlocal written
        await graph.run(WRITE, network=network, rows=batch)
        written += len(batch)
        say("people", written, len(changed))

    await side_by_side(map(write, batches(changed, 1_000)))
    for batch in batches(changed, 1_000):
        await graph.run(WORK, network=network, rows=batch)
    for ids in batches(gone, 1_000):
        await graph.run(REMOVE, network=network, ids=ids)
    if made.changed:
        await graph.run(PRUNE, network=network)
        await graph.run(PROBABLY, network=network, rows=list(_probably(identities, owners, made)))
        made.member_moved = await _members(graph, state, identities, owners, made)
    return made


def _told_apart(
    found: Iterable[tuple[str, list[list[Any]], list[str]]], owners: dict[str, str], network: str
) -> tuple[dict[str, Identity], list[dict[str, Any]], Made]:
    """Every identity of which something is said, and the rows of the people whom they are."""
    identities = {
        key: Identity(key, [Said(*fact) for fact in facts], listed) for key, facts, listed in found if facts or listed
    }
    return identities, *_rows(identities, _joined(identities, owners), network)


async def _members(
    graph: Graph,
    state: State,
    identities: dict[str, Identity],
    owners: dict[str, str],
    made: Made,
) -> bool:
    own = {
        owners[said.source]: made.of[key]
        for key, identity in sorted(identities.items())
        for said in identity.said
        if said.own
    }
    rows = [{"member": member, "person": own.get(member)} for member in sorted(state.members)]
    await graph.run(ARE, network=state.network, rows=rows)
    return any(own.get(member) != before or own.get(member) in made.changed for member, before in state.members.items())


def _joined(identities: dict[str, Identity], owners: dict[str, str]) -> _Groups:
    groups = _Groups(identities)
    own: dict[str, list[str]] = defaultdict(list)
    for key, identity in identities.items():
        for said in identity.said:
            for other in said.keys or ():
                groups.join(key, other, TOGETHER)
            if said.own:
                own[owners[said.source]].append(key)
    for keys in own.values():
        for key in keys[1:]:
            groups.join(keys[0], key, OWN)
    for name, connection in _only_ones(identities, groups):
        groups.join(name, connection, ONLY_ONE)
    pairs = [
        (profiles[0], mails[0])
        for profiles, mails in _namesakes(identities, owners, groups)
        if len(profiles) == len(mails) == 1 and _company_fits(profiles[0], mails[0])
    ]
    for profile, mail in pairs:
        groups.join(profile[0].key, mail[0].key, SAME_NAME)
    return groups


def _only_ones(identities: dict[str, Identity], groups: _Groups) -> Iterator[tuple[str, str]]:
    """Each bare name with the one it can only be: the archive's only connection of that name, else its only profile."""
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    exact: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, identity in identities.items():
        for said in identity.said:
            if said.folded and identity.kind != Kind.NAME:
                exact[said.source, said.folded].add(groups.root(key))
                if said.source in identity.listed:
                    listed[said.source, said.folded].add(groups.root(key))
    for key, identity in identities.items():
        if identity.kind == Kind.NAME:
            source, _, folded = key.partition(":")[2].partition("/")
            found = listed.get((source, folded)) or exact.get((source, folded)) or set()
            if len(found) == 1:
                yield key, next(iter(found))


Group = list[Identity]


def _namesakes(
    identities: dict[str, Identity], owners: dict[str, str], groups: _Groups
) -> Iterator[tuple[list[Group], list[Group]]]:
    """For each owner and full name that several bear: those with a LinkedIn profile, and those with addresses only."""
    members = groups.members()
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for root, keys in members.items():
        for key in keys:
            for said in identities[key].said:
                if said.folded and " " in said.folded:
                    bearers[owners[said.source], said.folded].add(root)
    for _, roots in sorted(bearers.items()):
        if len(roots) > 1:
            found = [[identities[k] for k in members[root]] for root in sorted(roots, key=rank)]
            profiles = [g for g in found if any(i.kind == Kind.LINKEDIN for i in g)]
            mails = [g for g in found if g not in profiles and any(i.kind == Kind.EMAIL for i in g)]
            yield profiles, mails


def _company_fits(profile: Group, mail: Group) -> bool:
    companies = {s.company_key for i in profile for s in i.said if s.company_key}
    domains = {domain for i in mail if (domain := work_domain(i.key))}
    return any(fits(company, domain) for company in companies for domain in domains)


def _probably(identities: dict[str, Identity], owners: dict[str, str], made: Made) -> Iterator[dict[str, str]]:
    groups = _Groups(identities)
    first: dict[str, str] = {}
    for key in sorted(identities, key=rank):
        groups.join(first.setdefault(made.of[key], key), key, "")
    pairs: set[tuple[str, str]] = set()
    for profiles, mails in _namesakes(identities, owners, groups):
        if len(profiles) <= 1:
            ids = sorted({made.of[group[0].key] for group in profiles + mails})
            pairs.update(combinations(ids, 2))
    for one, other in sorted(pairs):
        yield {"one": one, "other": other, "because": PROBABLE}


def _rows(identities: dict[str, Identity], groups: _Groups, network: str) -> tuple[list[dict[str, Any]], Made]:
    made = Made()
    rows = []
    for root, keys in groups.members().items():
        person = mark(network, root)
        said = [s for key in keys for s in identities[key].said]
        row: dict[str, Any] = {
            "id": person,
            "name": _name(said) or _bare(keys[0]),
            "names": sorted({s.name for s in said if s.name}) or [_bare(keys[0])],
            "latin": sorted({spelt for s in said if s.name and (spelt := differing(s.name))}) or None,
            "identities": [{"key": key, "because": groups.because.get(key, "")} for key in keys],
            "jobs": _jobs(said),
            "shared": (nobodys(keys) and not any(s.own for s in said)) or None,
        }
        row["digest"] = mark(repr(sorted(row.items())))
        rows.append(row)
        made.of.update(dict.fromkeys(keys, person))
    return rows, made


def _name(said: list[Said]) -> str | None:
    """The name to show: as a list gives it rather than as mail does, the fuller, the newer."""
    named = [s for s in said if s.name]
    best = max(
        named,
        key=lambda s: (
            bool(s.own),
            bool(s.part) and s.gone is None,
            min(2, len((s.name or "").split())),
            s.seen or 0,
            s.name or "",
        ),
        default=None,
    )
    return best.name if best else None


def _bare(key: str) -> str:
    text = key.partition(":")[2]
    return text.partition("/")[2] if key.startswith(f"{Kind.NAME}:") else text


def _jobs(said: list[Said]) -> list[dict[str, Any]]:
    """One a company and title. A job that a later list no longer shows ended when it was last seen."""
    ended = [s for s in said if s.company_key and s.gone is not None]
    jobs: dict[tuple[str, str], dict[str, Any]] = {}
    for s in said:
        if s.company_key and s.company:
            started = s.since
            if started is None and any(_follows(s, other) for other in ended):
                started = s.seen
            job = {
                "key": s.company_key,
                "title": s.title,
                "since": started,
                "until": s.until if s.until is not None else s.gone,
            }
            old = jobs.get((s.company_key, s.title or ""))
            jobs[s.company_key, s.title or ""] = job if old is None else _either(old, job)
    return [job for _, job in sorted(jobs.items())]


def _follows(job: Said, other: Said) -> bool:
    """Whether the list that first shows a job no longer showed the other: then it is new, and we know since when."""
    same_list = (job.source, job.part) == (other.source, other.part)
    return same_list and job is not other and (other.gone or 0) < (job.seen or 0)


def _either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    starts = [job["since"] for job in (one, other) if job["since"] is not None]
    ends = [job["until"] for job in (one, other)]
    return {
        **one,
        "since": min(starts, default=None),
        "until": None if None in ends else max(ends),
    }


def _companies(identities: dict[str, Identity]) -> Iterator[dict[str, str]]:
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for identity in identities.values():
        for said in identity.said:
            if said.company_key and said.company:
                spelt[said.company_key][said.company] += 1
    for key, names in sorted(spelt.items()):
        yield {"key": key, "name": min(names, key=lambda name: (-names[name], name))}
