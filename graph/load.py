"""Brings one source's records into the graph: gathered, compared, staged, made to count, derived.

Nothing counts before all of it is there, and everything can be repeated: the same export again writes nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import cypher
from graph.batches import batches, side_by_side
from graph.compare import COLUMNS, Changes, Properties, changes, kept, mark
from graph.errors import NoSuchSource, NotAllowed
from graph.evidence import Pair
from graph.garbage import not_collecting
from graph.gather import Gathered, gather
from graph.halves import arrange, part
from graph.identity import work_domain
from graph.kept_out import admitted
from graph.network import PRIVATE, STATEMENTS, Say, Source, State, day_of, lease, silent, state, viewer
from graph.odds import model
from graph.owner import own_keys, settle
from graph.people import people, stored
from graph.records import WORKSPACE, Kind, Record
from graph.rights import Act, check
from graph.session import Graph
from graph.settle import fold, put_right
from graph.ties import derive

BEGIN = cypher.load("source_begin")
COMPLETE = cypher.load("source_complete")
REMOVING = cypher.load("source_removing")
SETTLED = cypher.load("network_settled")
DAY = cypher.load("network_day")
IDENTITIES = cypher.load("identities_write")
FACTS = cypher.load("facts_write")
LISTS = cypher.load("lists_write")
EVIDENCE = cypher.load("evidence_write")
OWN = cypher.load("member_keys")
COUNTS = cypher.load("load_counts")
REACHED = cypher.load("companies_reached")
FIT = cypher.load("network_fit")

LINKEDIN, MAILBOX = "linkedin", "mailbox"
AT_ONCE = 2_500
"""Rows in one of two transactions side by side: twice as fast as one after the other of 10,000."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A company, how many who work there know the viewer, and the odds that at least one of them would act."""

    company: str
    people: int
    odds: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `people`, `connections` and `ties` are the network's after it, the rest is the load's."""

    source: Source
    gathered: Gathered
    changed: bool
    people: int
    connections: int
    ties: int
    reached: tuple[Reached, ...]


async def load(
    graph: Graph,
    network: str,
    member: str,
    *,
    kind: str,
    records: Iterable[Record],
    today: date,
    said: str | None = None,
    account: str | None = None,
    sharing: str = PRIVATE,
    others: bool = False,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> Loaded:
    """Load one export of one kind for a member. `said` is the owner's address where the user gave it, `account` the
    source's where it is known before. `sharing` and `others` are those of a source that is new (graph.network.Source).

    Raises OwnerUnknown where nobody says whose export it is, NetworkBusy where another load does not end, NotAllowed
    where the member may bring nothing, or is none any more; then nothing is changed. The network's day moves to `today`
    if it was earlier.
    """
    numbers = model()
    with not_collecting():
        gathered = await asyncio.to_thread(
            gather, records, numbers, today=today, tick=lambda count: say("reading", count, 0)
        )
    async with lease(graph, network, waits=waits):
        found = await put_right(graph, network, say)
        if member not in found.roles:
            raise NotAllowed("Whoever this was loaded for has left the network.")
        check(Act.BRING, found.roles[member])
        known = [row["key"] for row in await graph.run(OWN, network=network, member=member)]
        own = own_keys(gathered, known=known, said=said)
        account = _account(kind, own.keys, gathered) if account is None else account
        source = mark(network, member, kind, account)
        gathered = await admitted(graph, network, settle(gathered, own, source), own.keys)
        base = next((s for s in found.sources if s.id == source), None)
        with not_collecting():
            delta = await changes(
                graph,
                gathered,
                numbers,
                of=found,
                source=source,
                days=base.parts if base else {},
                today=day_of(today),
            )
        stage = mark(source, "stage") if base else source
        places = {
            "network": network,
            "member": member,
            "kind": kind,
            "account": account,
            "sharing": PRIVATE if base else sharing,
            "others": others or None,
        }
        if delta.any or base is None:
            await graph.run(BEGIN, **places, source=stage, of=source if base else None)
            await _write(graph, network, source, stage, delta, say)
        if base is None and sharing != PRIVATE:
            began = next(s for s in (await state(graph, network)).sources if s.id == source)
            await part(graph, network, began, others=others)
        seen = None if kind == STATEMENTS else gathered.seen_until
        moved = await _complete(graph, found, base, source, stage, seen, delta, today)
        touched = None if moved or found.stale else delta.pairs()
        as_before = base is not None and not delta.any and not found.stale
        await _derive(graph, network, touched, say, as_before=as_before)
    return await _report(graph, network, member, source, gathered, changed=delta.any)


@asynccontextmanager
async def again(
    graph: Graph,
    network: str,
    *,
    touched: set[tuple[str, str]] | None = None,
    day_only: bool = False,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> AsyncIterator[State]:
    """Hold the network, put right what was cut off, let the caller change what counts, and derive every tie anew.

    With `touched`, to which it may add, the caller changes only what lies between these pairs of identities, and who is
    who: then only the ties of people in them, and of people who have become others, are derived. Who is alone sees
    rates that nobody else may, so all are derived where a second member comes or the second last goes.
    With `day_only` they change nothing but the day, or the odds: then everybody is who they were.
    """
    async with lease(graph, network, waits=waits):
        found = await put_right(graph, network, say)
        yield found
        after = await put_right(graph, network, say)
        everything = found.stale or found.alone != after.alone
        as_before = day_only and not everything
        await _derive(graph, network, None if everything else touched, say, as_before=as_before)


async def remove(
    graph: Graph,
    network: str,
    member: str,
    title: str,
    *,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> Source:
    """Take a source away, as though it had never been loaded. `title` is its title, kind or id.

    Odds fitted to what it held go with it: they are the shipped model's again.

    Raises NoSuchSource where none or several are called so.
    """
    async with again(graph, network, say=say, waits=waits) as found:
        ours = [s for s in found.sources if s.member == member]
        named = [s for s in ours if title.casefold() in (s.title.casefold(), s.kind, s.id)]
        if len(named) != 1:
            there = ", ".join(f"“{s.title}”" for s in ours) or "none"
            raise NoSuchSource(f"{'More than one' if named else 'No'} source is called so; there are: {there}.")
        if found.fit:
            await graph.run(FIT, network=network, fit=None)
        await graph.run(REMOVING, network=network, source=named[0].id)
    return named[0]


async def refresh(
    graph: Graph,
    network: str,
    *,
    as_of: date,
    held: bool = False,
    say: Say = silent,
    waits: Callable[[str], None] = print,
) -> State:
    """Move the network's day and derive every tie anew; finishes what was cut off.

    A `held` day stays until the next refresh or load: commands that would move it on by themselves leave it.
    """
    async with again(graph, network, day_only=True, say=say, waits=waits):
        await graph.run(DAY, network=network, as_of=day_of(as_of), held=held)
    return await state(graph, network)


async def keep_up(
    graph: Graph, network: str, *, today: date, say: Say = silent, waits: Callable[[str], None] = print
) -> State:
    """Move the network's day to today, where it is behind and nobody holds it; else as `finish`."""
    day = day_of(today)
    if not (await state(graph, network)).behind(day):
        return await finish(graph, network, say=say, waits=waits)
    async with again(graph, network, day_only=True, say=say, waits=waits) as found:
        if found.behind(day):  # still: others may have had their turn before
            await graph.run(DAY, network=network, as_of=day, held=False)
    return await state(graph, network)


async def finish(graph: Graph, network: str, *, say: Say = silent, waits: Callable[[str], None] = print) -> State:
    """Put right what was cut off, if anything was and nobody is at it; the state after it."""
    found = await state(graph, network)
    if not found.unsettled or found.at_work:
        return found
    async with again(graph, network, say=say, waits=waits):
        pass
    return await state(graph, network)


def _account(kind: str, own: tuple[str, ...], gathered: Gathered) -> str:
    """Which of the owner's addresses, numbers or handles the export is of: the one that takes part in most of it.

    In a workspace it is their user there, silent or not.

    Empty where a member has one account only, or where nothing in the export says which; but mail is always of an
    address, were it only written to itself.
    """
    if kind in (LINKEDIN, STATEMENTS):
        return ""
    there = [k for k in own if not k.startswith((f"{Kind.LINKEDIN}:", f"{Kind.NAME}:"))]
    if WORKSPACE in gathered.parts:
        there = [k for k in there if k.startswith(f"{Kind.SLACK}:")] or there
    chosen = max(there, key=lambda k: (gathered.taking_part[k], -there.index(k)), default="")
    said = gathered.taking_part[chosen] or kind == MAILBOX or chosen.startswith(f"{Kind.SLACK}:")
    return chosen.partition(":")[2] if said else ""


async def _write(graph: Graph, network: str, source: str, stage: str, delta: Changes, say: Say) -> None:
    identities = sorted(delta.identities())
    total = len(identities) + len(delta.facts) + len(delta.lists) + len(delta.evidence)
    done = 0

    async def write(query: cypher.Query, count: int, **params: Any) -> None:
        nonlocal done
        await graph.run(query, network=network, **params)
        done += count
        say("writing", done, total)

    await side_by_side(
        write(IDENTITIES, len(keys), rows=[{"key": key, "domain": work_domain(key)} for key in keys])
        for keys in batches(identities, AT_ONCE)
    )
    facts = (
        write(query, len(pieces), source=stage, rows=[_row(piece, source, stage) for piece in pieces])
        for query, said in ((FACTS, delta.facts), (LISTS, delta.lists))
        for pieces in batches(said.values(), AT_ONCE)
    )
    evidence = (
        write(EVIDENCE, len(pairs), source=stage, rows=_grouped(pairs, delta, source, stage))
        for pairs in batches(sorted(delta.evidence), AT_ONCE)
    )
    await side_by_side(chain(facts, evidence))


def _row(fact: tuple[str, Properties], source: str, stage: str) -> Properties:
    identity, properties = fact
    return {"identity": identity, "properties": _staged(properties, source, stage)}


def _grouped(pairs: list[Pair], delta: Changes, source: str, stage: str) -> list[dict[str, Any]]:
    grouped: dict[str, list[list[Any]]] = {}
    for by, towards, channel in pairs:
        row = _staged(delta.evidence[by, towards, channel], source, stage)
        columns = (row.get(name) for name in COLUMNS)
        grouped.setdefault(by, []).append([towards, row["key"], row.get("base"), channel, *columns])
    return [{"by": by, "pairs": found} for by, found in grouped.items()]


def _staged(properties: Properties, source: str, stage: str) -> Properties:
    """On a stage a row has a key of its own, and remembers the one it will have on its source."""
    if stage == source:
        return properties
    return {**properties, "key": mark(stage, properties["key"]), "base": properties["key"]}


async def _complete(
    graph: Graph,
    found: State,
    base: Source | None,
    source: str,
    stage: str,
    seen: int | None,
    delta: Changes,
    today: date,
) -> bool:
    """Let the load count. Returns whether ties beyond those of the changed pairs may differ: a day has moved."""
    network = found.network
    until = max((day for day in (seen, base.seen_until if base else None) if day is not None), default=None)
    day = day_of(today)
    if day > found.as_of:
        await graph.run(DAY, network=network, as_of=day, held=False)
    if delta.any or base is None or until != base.seen_until or delta.parts != base.parts:
        await graph.run(
            COMPLETE,
            network=network,
            source=source,
            stage=stage if delta.any or base is None else source,
            seen_until=until,
            loaded=day,
            parts=[f"{part}={on}" for part, on in sorted(delta.parts.items())],
        )
    if base is not None and delta.any:
        await fold(graph, network, source if base.sharing == PRIVATE else kept(source), stage)
    return day > found.as_of or (base is not None and until != base.seen_until)


async def _derive(
    graph: Graph,
    network: str,
    touched: set[tuple[str, str]] | None,
    say: Say,
    *,
    as_before: bool = False,
) -> None:
    """Make people anew, then ties: everybody's where `touched` is None, else those of its pairs and changed people.

    Where nothing that is said has changed (`as_before`), people are who they were, which to find out again is most of
    the work in a large network.
    """
    before = await state(graph, network)
    if before.leaving:
        touched, as_before = None, False
    if touched is not None and not touched and not before.stale:
        return
    if as_before:
        await derive(graph, before, await stored(graph, network), say)
        await graph.run(SETTLED, network=network, left=[])
        return
    moved = await arrange(graph, before)
    made = await people(graph, await state(graph, network) if moved else before, say)
    # who is hidden may have become more
    shares = any(source.sharing != PRIVATE for source in before.sources)
    if shares and made.changed and (more := await arrange(graph, await state(graph, network))):
        moved |= more
        made = made.and_then(await people(graph, await state(graph, network), say))
    after = await state(graph, network)
    everyone = set(made.of.values())
    if touched is None or made.member_moved:
        chosen = everyone
    else:
        paired = {made.of[key] for key in moved.union(*touched) if key in made.of}
        chosen = (paired | made.changed) & everyone
    await derive(graph, after, chosen, say)
    await graph.run(SETTLED, network=network, left=list(before.leaving))


async def _report(graph: Graph, network: str, member: str, source: str, gathered: Gathered, *, changed: bool) -> Loaded:
    found = await state(graph, network)
    who = viewer(found, member)
    view = {"network": network, "viewer_id": who.person_id, "audiences": list(who.audiences)}
    (counts,) = await graph.run(COUNTS, **view, sources=list(who.sources), cleared=who.cleared)
    reached = await graph.run(REACHED, **view, sources=list(who.sources), limit=10)
    return Loaded(
        source=next(s for s in found.sources if s.id == source),
        gathered=gathered,
        changed=changed,
        reached=tuple(Reached(**row) for row in reached),
        **counts,
    )
