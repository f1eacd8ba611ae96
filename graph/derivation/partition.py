"""What the owner of a shared source keeps to themself, stored as a private source of its own: the source's other half.

So who may see what is decided once, where rows are stored, and no query has to think of it. Kept are people of personal
mail domains and those whom the owner conceals, with all that was seen of them; and, unless the owner shares them too,
ties between two who are no members. Rows are moved whenever people are made anew, so that a load, a new member or a
changed mind leaves the same as though all had been so from the start (docs/decisions/0013-sharing.md).
"""

from dataclasses import dataclass

import cypher
from graph.database.client import Graph
from graph.derivation.recovery import BATCH
from graph.names.keys import company_owns_domain
from graph.networks.sources import PRIVATE, Source, kept
from graph.networks.state import State

BEGIN = cypher.load("derivation/begin_private_half")
MOVE = (
    cypher.load("derivation/move_evidence_between_halves"),
    cypher.load("derivation/move_facts_between_halves"),
    cypher.load("derivation/move_lists_between_halves"),
)
OWN = cypher.load("derivation/list_members_own_identities")
CONCEALED = cypher.load("derivation/list_hidden_contacts")
AMONG = cypher.load("derivation/list_identities_in_member_sources")
DROP = cypher.load("derivation/delete_source_node")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept: whoever is `out`, but for members, whose identities are `own`; unless `others`, ties of none."""

    own: list[str]
    out: list[str]
    others: bool


ALL = Rule([], [], others=True)


async def arrange(graph: Graph, state: State) -> set[str]:
    """Put every row of every source on the half where it belongs; the identities whose rows moved."""
    moved: set[str] = set()
    for source in state.sources:
        if source.of is None and source.counts and source.member in state.roles:
            if source.sharing != PRIVATE:
                moved |= await part(graph, state.network, source, others=source.others)
            elif source.kept:
                moved |= await _whole(graph, state.network, source, source.kept)
    return moved


async def part(graph: Graph, network: str, source: Source, *, others: bool) -> set[str]:
    """Part a source into what is shared and what is kept; the identities whose rows moved."""
    rule, half = await kept_by(graph, network, source.member, others=others), kept(source.id)
    await graph.run(BEGIN, network=network, source=source.id, kept=half)
    away = await _moved(graph, network, source.id, half, rule, keeping=True)
    return away | await _moved(graph, network, half, source.id, rule, keeping=False)


async def kept_by(graph: Graph, network: str, member: str, *, others: bool) -> Rule:
    """What a member keeps of what they share."""
    own = [row["key"] for row in await graph.run(OWN, network=network)]
    return Rule(own, sorted(await _concealed(graph, network, member)), others)


async def _concealed(graph: Graph, network: str, member: str) -> set[str]:
    """The identities of everybody whom a member hides: by an identity, a name or a company, the whole person."""
    marks = await graph.run(CONCEALED, network=network, member=member)
    if not marks:
        return set()
    keys, names, companies = ({one for mark in marks for one in mark[what]} for what in ("keys", "names", "companies"))
    (among,) = await graph.run(AMONG, network=network, member=member)
    hit = {
        key
        for key, domain, called, at, _ in among["identities"]
        if key in keys
        or not names.isdisjoint(called)
        or not companies.isdisjoint(at)
        or (domain and any(company_owns_domain(company, domain) for company in companies))
    }
    people = {person for key, _, _, _, person in among["identities"] if key in hit}
    return keys | hit | {key for key, _, _, _, person in among["identities"] if person and person in people}


async def _whole(graph: Graph, network: str, source: Source, half: str) -> set[str]:
    moved = await _moved(graph, network, half, source.id, ALL, keeping=None)
    await graph.run(DROP, network=network, source=half)
    return moved


async def _moved(graph: Graph, network: str, source: str, into: str, rule: Rule, *, keeping: bool | None) -> set[str]:
    keys: set[str] = set()
    for query in MOVE:
        ends = {"others": rule.others} if query is MOVE[0] else {}
        moved = BATCH
        while moved == BATCH:
            (row,) = await graph.run(
                query,
                network=network,
                **{"from": source, "into": into, "keeping": keeping},
                own=rule.own,
                out=rule.out,
                limit=BATCH,
                **ends,
            )
            moved = row["moved"]
            keys.update(row["keys"])
    return keys
