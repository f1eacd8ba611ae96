"""Makes people out of identities, from what sources and members say, anew and the same whatever the order of loading.

Which identities are one person is graph.joins' to say; here they get an id, a name and jobs, and what changed is
written.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import cypher
from graph.database.batching import batches, side_by_side
from graph.database.client import Graph
from graph.ids import stable_id
from graph.names.role_mailboxes import is_shared_mailbox
from graph.names.transliteration import latin_if_different
from graph.networks.state import State
from graph.people.clusters import Groups, Identity, Said
from graph.people.matching import Case, several
from graph.people.rules import Decided, comparable, join_sure, joined, probably
from graph.progress import SILENT, Progress
from graph.records import HandleKind

FACTS = cypher.load("people/read_facts")
STORED = cypher.load("people/list_digests")
WRITE = cypher.load("people/write_people")
WORK = cypher.load("people/write_jobs")
REMOVE = cypher.load("people/delete_people")
COMPANIES = cypher.load("people/write_companies")
PRUNE = cypher.load("people/prune_companies")
PROBABLY = cypher.load("people/write_probable_twins")
ARE = cypher.load("people/link_members_to_people")
DECISIONS = cypher.load("people/list_identity_decisions")
CONTACTS = cypher.load("people/list_contacts")


@dataclass(slots=True)
class Made:
    """The people of a network. `of` maps an identity's key to its person."""

    of: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    """People whose identities, names or jobs are not what they were, those no longer there included."""
    member_moved: bool = False
    """Whether a member is somebody else than before: then every tie is in question."""

    def and_then(self, later: "Made") -> "Made":
        """Both, the later as it stands."""
        return Made(later.of, self.changed | later.changed, self.member_moved or later.member_moved)


async def people(graph: Graph, state: State, progress: Progress = SILENT) -> Made:
    """Make the network's people from all sources that count, and write what changed."""
    network = state.network
    counting = [source.id for source in state.halves if source.counts]
    owners = {source.of or source.id: source.member for source in state.halves}
    (found,) = await graph.run(FACTS, network=network, sources=counting)
    decided = [Decided(row["same"], row["one"], row["other"]) for row in await graph.run(DECISIONS, network=network)]
    shared = {source.of or source.id for source in state.shared()}
    # in threads: seconds of work for 20,000 people, in which a service goes on answering
    identities, groups, cases = await asyncio.to_thread(_told_apart, found["identities"], owners, decided, shared)
    contacts = await contacts_of(graph, network, cases, shared)
    own = {key for key, identity in identities.items() if any(said.own for said in identity.said)}
    await asyncio.to_thread(join_sure, cases, groups, contacts, own)
    rows, made = await asyncio.to_thread(_rows, identities, groups, network, shared)
    digests = await stored(graph, network)
    changed = [row for row in rows if digests.get(row["id"]) != row["digest"]]
    gone = sorted(digests.keys() - {row["id"] for row in rows})
    made.changed = {row["id"] for row in changed} | set(gone)
    if made.changed:
        for spelt in batches(_companies(identities), 5_000):
            await graph.run(COMPANIES, network=network, rows=spelt)
    written = 0

    async def write(batch: list[dict[str, Any]]) -> None:
        nonlocal written
        await graph.run(WRITE, network=network, rows=batch)
        written += len(batch)
        progress.report("people", written, len(changed))

    await side_by_side(map(write, batches(changed, 1_000)))
    for batch in batches(changed, 1_000):
        await graph.run(WORK, network=network, rows=batch)
    for ids in batches(gone, 1_000):
        await graph.run(REMOVE, network=network, ids=ids)
    if made.changed:
        await graph.run(PRUNE, network=network)
    alike = await asyncio.to_thread(lambda: list(probably(identities, owners, groups, made.of, shared)))
    await graph.run(PROBABLY, network=network, rows=alike)  # whose it is may change where nobody does
    new = any(state.members[member] is None for member in owners.values())
    if made.changed or state.vouched or new:
        made.member_moved = await _members(graph, state, identities, owners, shared, made)
    return made


async def stored(graph: Graph, network: str) -> dict[str, str]:
    """The people there are, each with a digest of what they were made from."""
    (there,) = await graph.run(STORED, network=network)
    return dict(there["people"])


def _told_apart(
    found: Iterable[tuple[str, list[list[Any]], list[str], str | None]],
    owners: dict[str, str],
    decided: list[Decided],
    shared: AbstractSet[str],
) -> tuple[dict[str, Identity], Groups, list[Case]]:
    """Every identity of which something is said, joined where that needs no judgement, and what is to be judged.

    Judged is by what the whole network may see, so that nothing private joins what is held apart in view of all.
    """
    identities = {
        key: Identity(key, [Said(*fact) for fact in facts], listed)
        for key, facts, listed, _ in sorted(found, key=lambda one: one[0])
        if facts or listed
    }
    groups = joined(identities, owners, decided, shared)
    return identities, groups, comparable(identities, groups, shared)


async def contacts_of(
    graph: Graph, network: str, cases: Iterable[Case], sources: AbstractSet[str]
) -> dict[str, frozenset[str]]:
    """With whom the identities of these cases exchanged anything, as these sources have it."""
    found = {}
    keys = {key for case in cases for one in (case.one, case.other) for key in one.keys}
    for some in batches(sorted(keys), 2_000):
        for row in await graph.run(CONTACTS, network=network, keys=some, sources=sorted(sources)):
            found[row["key"]] = frozenset(row["contacts"])
    return found


async def _members(
    graph: Graph,
    state: State,
    identities: dict[str, Identity],
    owners: dict[str, str],
    shared: AbstractSet[str],
    made: Made,
) -> bool:
    """Say who the members are: who their sources say, else whom shared sources know by what was vouched for.

    Returns whether somebody who brought sources is somebody else: by those who brought none no tie is judged.
    """
    own = {
        owners[said.source]: made.of[key]
        for key, identity in sorted(identities.items())
        for said in identity.said
        if said.own
    }
    vouched = {
        member: made.of[key]
        for member, key in state.vouched.items()
        if key in identities and any(said.source in shared for said in identities[key].said)
    }
    now = vouched | own
    rows = [{"member": member, "person": now.get(member)} for member in sorted(state.members)]
    await graph.run(ARE, network=state.network, rows=rows)
    brought = {*owners.values(), *(state.members.keys() - state.vouched.keys())}
    return any(now.get(member) != state.members[member] or now.get(member) in made.changed for member in brought)


def _rows(
    identities: dict[str, Identity], groups: Groups, network: str, shared: AbstractSet[str]
) -> tuple[list[dict[str, Any]], Made]:
    made = Made()
    rows = []
    for root, keys in groups.members().items():
        # an id must not tell that somebody keeps more of a person to themself
        seen = (key for key in keys if any(s.source in shared for s in identities[key].said))
        person = stable_id(network, next(seen, root))
        said = [s for key in keys for s in identities[key].said]
        of_several = {key for key in keys if _of_several(identities[key], shared)}
        nobody = is_shared_mailbox(keys, of_several) and not any(s.own for s in said)
        row: dict[str, Any] = {
            "id": person,
            "name": (None if nobody and of_several else _name(said)) or _bare(keys[0]),
            "names": sorted({s.name for s in said if s.name}) or [_bare(keys[0])],
            "latin": sorted({spelt for s in said if s.name and (spelt := latin_if_different(s.name))}) or None,
            "identities": [{"key": key, "because": groups.because.get(key, "")} for key in keys],
            "jobs": _jobs(said),
            "shared": nobody or None,
        }
        row["digest"] = stable_id(repr(sorted(row.items())))
        rows.append(row)
        made.of.update(dict.fromkeys(keys, person))
    return rows, made


def _of_several(identity: Identity, shared: AbstractSet[str]) -> bool:
    """Whether it is a mailbox that several people write from, as far as the whole network may see."""
    names = [name for s in identity.said if s.source in shared for name in s.wrote_as or ()]
    return len(names) > 1 and several(names, [_bare(identity.key).rpartition("@")[0]])


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
    return text.partition("/")[2] if key.startswith(f"{HandleKind.NAME}:") else text


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
