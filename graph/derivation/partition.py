"""The private part of a source, stored as a second Source node.

Which rows are private is decided once, where rows are stored, so that queries only have to filter by source. Private
are people of public mail domains and people whom the owner hides, with all evidence about them; and, unless the owner
shares them too, ties between two people who are not members.

Statements about people whom no other source in their author's view names any more move to the private part of the
statements, which counts nowhere. So a statement keeps nothing that its author could not know without it, and it counts
again when such a source returns.

Rows are moved at every derivation of people. So a load, a new member or another decision leaves the same rows as if
all had been known from the start (docs/decisions/0013-sharing.md).
"""

from dataclasses import dataclass
from typing import Any

import cypher
from graph.database.client import Graph
from graph.derivation.recovery import MAX_ROWS, delete_source_node
from graph.names.keys import company_owns_domain
from graph.networks.sources import STATEMENTS, SharingLevel, Source, private_part_id
from graph.networks.state import NetworkState

_BEGIN_PRIVATE_PART = cypher.load("derivation/begin_private_part")
_MOVE_EVIDENCE = cypher.load("derivation/move_evidence_between_parts")
_MOVE_ROWS = (
    _MOVE_EVIDENCE,
    cypher.load("derivation/move_facts_between_parts"),
    cypher.load("derivation/move_lists_between_parts"),
)
_LIST_MEMBER_KEYS = cypher.load("derivation/list_members_own_identities")
_LIST_HIDDEN_CONTACTS = cypher.load("derivation/list_hidden_contacts")
_LIST_STATEMENT_IDENTITIES = cypher.load("derivation/list_identities_in_statements")
_LIST_IDENTITIES = cypher.load("derivation/list_identities_in_member_sources")


@dataclass(frozen=True, slots=True)
class PrivatePartRule:
    """The rule that decides which rows of a source are private.

    Private are rows about `hidden_keys`, and about addresses at public mail domains, unless they are `member_keys`,
    identities whose rows are never private. Without `shares_third_party_ties`, so are ties between two people who are
    not members.
    """

    member_keys: list[str]
    hidden_keys: list[str]
    shares_third_party_ties: bool


async def partition_sources(graph: Graph, state: NetworkState) -> set[str]:
    """Move the rows of every source to the part where they belong. Returns the identities whose rows moved."""
    moved: set[str] = set()
    for source in sorted(state.sources, key=lambda one: one.kind == STATEMENTS):  # they depend on the other sources
        if source.parent is None and source.is_complete and source.member in state.roles:
            if source.kind == STATEMENTS:
                moved |= await _partition_statements(graph, state, source)
            elif source.sharing_level != SharingLevel.PRIVATE:
                moved |= await partition_source(
                    graph, state.network, source, third_party_ties=source.shares_third_party_ties
                )
            elif source.private_part:
                moved |= await _rejoin_source(graph, state.network, source, source.private_part)
    return moved


async def partition_source(graph: Graph, network: str, source: Source, *, third_party_ties: bool) -> set[str]:
    """Move the rows of one source to its shared or its private part. Returns the identities whose rows moved."""
    rule = await private_part_rule(graph, network, source.member, third_party_ties=third_party_ties)
    private_part = private_part_id(source.id)
    await graph.run(_BEGIN_PRIVATE_PART, network=network, source=source.id, private_part=private_part)
    moved = await _move_rows(graph, network, source.id, private_part, rule, only_private=True)
    return moved | await _move_rows(graph, network, private_part, source.id, rule, only_private=False)


async def private_part_rule(graph: Graph, network: str, member: str, *, third_party_ties: bool) -> PrivatePartRule:
    """Return the rule that decides which rows of this member's shared sources are private."""
    member_keys = [row["key"] for row in await graph.run(_LIST_MEMBER_KEYS, network=network)]
    return PrivatePartRule(member_keys, sorted(await _hidden_keys(graph, network, member)), third_party_ties)


async def _hidden_keys(graph: Graph, network: str, member: str) -> set[str]:
    """All identities of every person whom the member hides by an identity, a name or a company."""
    hidden = await graph.run(_LIST_HIDDEN_CONTACTS, network=network, member=member)
    if not hidden:
        return set()
    keys, names, companies = (
        {value for contact in hidden for value in contact[column]} for column in ("keys", "names", "companies")
    )
    (row,) = await graph.run(_LIST_IDENTITIES, network=network, member=member)
    matching = {
        key
        for key, domain, identity_names, identity_companies, _ in row["identities"]
        if key in keys
        or not names.isdisjoint(identity_names)
        or not companies.isdisjoint(identity_companies)
        or (domain and any(company_owns_domain(company, domain) for company in companies))
    }
    people = {person for key, _, _, _, same in row["identities"] if key in matching for person in same}
    return keys | matching | {key for key, _, _, _, same in row["identities"] if not people.isdisjoint(same)}


async def _rejoin_source(graph: Graph, network: str, source: Source, private_part: str) -> set[str]:
    """Move everything back from the private part of a source that is no longer shared, and delete that part."""
    everything = PrivatePartRule([], [], shares_third_party_ties=True)
    moved = await _move_rows(graph, network, private_part, source.id, everything, only_private=None)
    await delete_source_node(graph, network, private_part)
    return moved


async def _partition_statements(graph: Graph, state: NetworkState, source: Source) -> set[str]:
    """Move the statements about people whom no other source in the author's view names to the private part, or back."""
    private_part = private_part_id(source.id)
    others = [one for one in state.visible_sources(source.member) if one.kind != STATEMENTS]
    own_private_parts = [private_part_id(one.id) for one in others if one.member == source.member]
    rows = await graph.run(
        _LIST_STATEMENT_IDENTITIES,
        network=state.network,
        statements=[source.id, private_part],
        witnesses=[one.id for one in others] + own_private_parts,
    )
    unnamed = [row["key"] for row in rows if not row["is_named"]]
    if not unnamed and not source.private_part:
        return set()
    rule = PrivatePartRule([row["key"] for row in rows if row["is_named"]], unnamed, shares_third_party_ties=True)
    moved: set[str] = set()
    if unnamed:
        await graph.run(_BEGIN_PRIVATE_PART, network=state.network, source=source.id, private_part=private_part)
        moved = await _move_rows(graph, state.network, source.id, private_part, rule, only_private=True)
    moved |= await _move_rows(graph, state.network, private_part, source.id, rule, only_private=False)
    if not unnamed:
        await delete_source_node(graph, state.network, private_part)
    return moved


async def _move_rows(
    graph: Graph, network: str, source: str, target: str, rule: PrivatePartRule, *, only_private: bool | None
) -> set[str]:
    """Move the private rows of `source`, or all others if `only_private` is False, or all rows if it is None."""
    keys: set[str] = set()
    for query in _MOVE_ROWS:
        params: dict[str, Any] = {"member_keys": rule.member_keys, "hidden_keys": rule.hidden_keys}
        if query is _MOVE_EVIDENCE:
            params["third_party_ties"] = rule.shares_third_party_ties
        moved = MAX_ROWS
        while moved == MAX_ROWS:
            (row,) = await graph.run(
                query,
                network=network,
                source=source,
                target=target,
                only_private=only_private,
                limit=MAX_ROWS,
                **params,
            )
            moved = row["moved"]
            keys.update(row["keys"])
    return keys
