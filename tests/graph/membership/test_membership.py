"""Tests of joining, roles, tokens and leaving a network."""

import asyncio
from contextlib import suppress
from itertools import count
from typing import Any

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import Query
from graph.database.client import Graph
from graph.derivation.calibrate import use_fit
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import InvalidInvitation, PermissionDenied
from graph.ingest.load import load_records
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.invitations import create_invitation, list_invitations, withdraw_invitation
from graph.membership.joining import join_network
from graph.membership.leaving import leave_network, remove_member, set_leaving_policy
from graph.membership.roles import change_role
from graph.networks import tokens
from graph.networks.members import LeavingPolicy, Member, list_members
from graph.networks.permissions import Role, Scope
from graph.networks.secrets import fingerprint
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Record
from graph.statements.identity_decisions import list_identity_decisions, mark_distinct, merge_people
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from tests.graph.derivation.test_calibrate import fit_with_shift
from tests.graph.worlds import TODAY, home, network_contents, own, talk
from tests.laws.test_load import few_examples, mailbox, message_lists

ME, BEA, DAN = "ana@home.example", "bea@home.example", "dan.d@home.example"
BEN, CLEO = "ben.okoro@acme.example", "cleo@far.example"
number = count()


async def join_member(graph: Graph, network: str, owner: str, role: Role = Role.MEMBER, name: str = "Bea") -> str:
    """Add a member by invitation, and return their id."""
    secret, _ = await create_invitation(graph, network, owner, role=role)
    _, token = await join_network(graph, secret, name=name, email=None)
    holder = await tokens.find_token_holder(graph, token)
    assert holder is not None
    assert holder.role is role
    return holder.member


async def load_mailbox(
    graph: Graph, network: str, member: str, who: str, records: list[Record], sharing: SharingLevel
) -> None:
    """Load a mailbox of a member."""
    await load_records(
        graph, network, member, kind="mailbox", records=records, today=TODAY, stated_owner=who, sharing_level=sharing
    )


async def member_names(graph: Graph, network: str) -> list[str]:
    return [member.display_name("") for member in await list_members(graph, network)]


@few_examples
@given(
    anas=message_lists,
    beas_first=message_lists,
    shared=st.booleans(),
    has_third_member=st.booleans(),
    policy=st.sampled_from(LeavingPolicy),
    beas_second=message_lists,
)
async def test_leaving_equals_never_having_loaded_anything(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    anas: list[Record],
    beas_first: list[Record],
    shared: bool,
    has_third_member: bool,
    policy: LeavingPolicy,
    beas_second: list[Record],
) -> None:
    left, never = f"n{next(number)}", f"n{next(number)}"
    second = [own("bea.work@acme.example", "Bea"), *beas_second]
    for name in (left, never):
        network, ana = await home(graph, name)
        await load_mailbox(
            graph, network, ana, ME, mailbox(anas), SharingLevel.EVIDENCE if shared else SharingLevel.PRIVATE
        )
        if has_third_member:
            dan = await join_member(graph, network, ana, name="Dan")
            await load_mailbox(graph, network, dan, DAN, [own(DAN, "Dan"), *talk(DAN, BEN)], SharingLevel.PRIVATE)
        bea = await join_member(graph, network, ana)
        if name == left:
            await set_leaving_policy(graph, network, ana, policy)
            await load_mailbox(
                graph,
                network,
                bea,
                BEA,
                [own(BEA, "Bea"), *beas_first, *talk(BEA, BEN), *talk(BEA, CLEO)],
                SharingLevel.PRIVATE,
            )
        if name == left or policy is LeavingPolicy.KEEP:
            await load_mailbox(graph, network, bea, "bea.work@acme.example", second, SharingLevel.EVIDENCE)
        if name == never and policy is LeavingPolicy.KEEP:
            await set_leaving_policy(graph, network, ana, policy)
        if name == left:
            viewer = build_viewer(await read_state(graph, network), bea)
            ben, cleo = [await resolve_reference(graph, viewer, text) for text in (BEN, CLEO)]
            assert isinstance(ben, ResolvedTarget)
            assert isinstance(cleo, ResolvedTarget)
            ben_id, me = ben.person.id, viewer.person_id
            assert me
            await add_statement(
                graph, viewer, by=ben_id, towards=me, kind=StatementKind.DO_NOT_ROUTE, on=TODAY, today=TODAY
            )
            await merge_people(graph, viewer, [ben_id, cleo.person.id], today=TODAY)
        assert await leave_network(graph, network, bea)
        assert not await leave_network(graph, network, bea)

    assert await network_contents(driver, left) == await network_contents(driver, never)


async def test_changing_the_leaving_policy_removes_retained_sources(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    before = await network_contents(driver)
    await set_leaving_policy(graph, network, ana, LeavingPolicy.KEEP)
    bea = await join_member(graph, network, ana)
    await load_mailbox(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO)], SharingLevel.EVIDENCE)
    await leave_network(graph, network, bea)

    state = await read_state(graph, network)
    assert {source.member: bool(source.private_part) for source in state.sources} == {ana: True, bea: False}
    assert bea not in state.roles
    for _ in range(2):
        await set_leaving_policy(graph, network, ana, LeavingPolicy.REMOVE)

    assert await network_contents(driver) == before
    assert bea not in (await read_state(graph, network)).people_by_member


class Killed(Exception):
    """Simulates the end of the process."""


NOT_COUNTED = {
    "derivation/mark_ties_current",
    "derivation/set_day",
    "derivation/set_fit",
    "membership/set_leaving_policy",
    "networks/acquire_lease",
    "networks/create_network",
    "networks/release_lease",
    "networks/set_controller",
}


class InterruptedGraph(Graph):
    """A graph whose process ends before its n-th write of rows, counted from 1."""

    left = 0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.writes and query.name not in NOT_COUNTED:
            self.left -= 1
            if self.left == 0:
                raise Killed
        return await super().run(query, **params)


@pytest.mark.parametrize("at", [2, 3, 4, 6, 9])
async def test_an_interrupted_departure_is_completed_by_recovery(
    driver: neo4j.AsyncDriver, graph: Graph, at: int
) -> None:
    network, ana = await home(graph)
    await load_mailbox(
        graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN), *talk(BEN, CLEO, copy=ME)], SharingLevel.EVIDENCE
    )
    dan = await join_member(graph, network, ana, name="Dan")
    before = await network_contents(driver)
    bea = await join_member(graph, network, ana)
    await load_mailbox(
        graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO), *talk(CLEO, BEN, copy=BEA)], SharingLevel.EVIDENCE
    )
    visible_to_bea = {source.id for source in (await read_state(graph, network)).visible_sources(bea)}
    interrupted = InterruptedGraph(driver)
    interrupted.left = at

    with pytest.raises(Killed):
        await leave_network(interrupted, network, bea)

    state = await read_state(graph, network)
    assert state.needs_recovery
    assert state.is_stale, "a route index would still be current"
    assert bea not in state.roles
    assert [source.member for source in state.visible_sources(dan)] == [ana]
    assert visible_to_bea > {source.id for source in state.visible_sources(dan)}
    await recover_if_interrupted(graph, network)
    assert await network_contents(driver) == before
    assert set((await read_state(graph, network)).people_by_member) == {ana, dan}
    assert await events_of(driver, "member_left") == [bea]


async def events_of(driver: neo4j.AsyncDriver, kind: str) -> list[str]:
    """The subjects of the stored events of a kind."""
    rows, _, _ = await driver.execute_query("MATCH (e:Event {kind: $kind}) RETURN e.about AS about", kind=kind)
    return [row["about"] for row in rows]


async def test_an_interrupted_join_is_completed_by_recovery(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    interrupted = InterruptedGraph(driver)
    for name, interrupted.left in (("finished", 0), ("interrupted", 2)):
        network, ana = await home(graph, name)
        await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
        invitation, _ = await create_invitation(graph, network, ana, role=Role.MEMBER, email=BEN)
        with suppress(Killed):
            await join_network(interrupted, invitation, name="Ben", email=None)

    assert (await read_state(graph, network)).needs_recovery
    await recover_if_interrupted(graph, network)
    assert await network_contents(driver, "interrupted") == await network_contents(driver, "finished")
    assert len(await events_of(driver, "member_joined")) == 2


async def test_used_expired_and_withdrawn_invitations_fail_alike(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    used, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)
    expired, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)
    withdrawn, listed = await create_invitation(graph, network, ana, role=Role.MEMBER)

    await join_network(graph, used, name="Bea", email="bea@home.example")
    await driver.execute_query(
        "MATCH (i:Invitation {fingerprint: $it}) SET i.expires_at = timestamp() - 1", it=fingerprint(expired)
    )
    assert await withdraw_invitation(graph, network, listed.id)
    assert not await withdraw_invitation(graph, network, listed.id)
    messages = set()
    for secret in (used, expired, withdrawn, "never made"):
        with pytest.raises(InvalidInvitation) as error:
            await join_network(graph, secret, name="Eve", email=None)
        messages.add(str(error.value))

    assert len(messages) == 1
    assert await member_names(graph, network) == ["the first owner", "Bea"]
    assert await list_invitations(graph, network) == []


async def test_concurrent_uses_of_an_invitation_admit_one_member(graph: Graph) -> None:
    network, ana = await home(graph)
    secret, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)

    results = await asyncio.gather(
        *(join_network(graph, secret, name=f"Bea {n}", email=None) for n in range(4)), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["InvalidInvitation"] * 3 + ["tuple"]
    assert len(await list_members(graph, network)) == 2


async def test_private_evidence_does_not_affect_shared_answer_rates(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    await load_mailbox(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.PRIVATE)

    async def answer_rates() -> list[float]:
        rows, _, _ = await driver.execute_query("MATCH (p:Person {network: $n}) RETURN max(p.got) AS got", n=network)
        return [row["got"] for row in rows]

    alone = await answer_rates()
    await use_fit(graph, network, fit_with_shift(0.5))
    bea = await join_member(graph, network, ana, Role.ASKER)
    together = await answer_rates()
    joined_state = await read_state(graph, network)
    await leave_network(graph, network, bea)

    assert alone[0] > 0
    assert together == [0.0]
    assert joined_state.fit is None
    assert await answer_rates() == alone


async def test_the_last_owner_cannot_leave_or_change_role(graph: Graph) -> None:
    network, ana = await home(graph)
    bea = await join_member(graph, network, ana)

    for invalid_change in (leave_network(graph, network, ana), change_role(graph, network, ana, ana, Role.MEMBER)):
        with pytest.raises(PermissionDenied, match="another member"):
            await invalid_change
    await change_role(graph, network, ana, bea, Role.OWNER)
    results = await asyncio.gather(
        leave_network(graph, network, ana), leave_network(graph, network, bea), return_exceptions=True
    )

    assert sorted(type(result).__name__ for result in results) == ["PermissionDenied", "bool"]
    assert [member.role for member in await list_members(graph, network)] == [Role.OWNER]
    assert await home(graph) == (network, (await list_members(graph, network))[0].id)


async def test_a_role_may_only_change_members_below_it(graph: Graph) -> None:
    network, owner = await home(graph)
    admin, member, asker = [
        await join_member(graph, network, owner, role) for role in (Role.ADMIN, Role.MEMBER, Role.ASKER)
    ]

    for by, of, to in (
        (admin, member, Role.OWNER),
        (admin, owner, Role.MEMBER),
        (member, asker, Role.MEMBER),
        (asker, asker, Role.MEMBER),
    ):
        with pytest.raises(PermissionDenied):
            await change_role(graph, network, by, of, to)
        with pytest.raises(PermissionDenied):
            await (
                remove_member(graph, network, by, of)
                if to is not Role.OWNER
                else create_invitation(graph, network, by, role=to)
            )
    changed = await change_role(graph, network, admin, asker, Role.MEMBER)
    assert isinstance(changed, Member)
    assert changed.role is Role.MEMBER
    assert await change_role(graph, network, admin, "nobody", Role.MEMBER) is None
    assert await remove_member(graph, network, admin, asker)
    assert not await remove_member(graph, network, admin, asker)
    assert not await remove_member(graph, network, admin, "nobody")


async def test_askers_and_former_members_may_not_load(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    asker, gone = [await join_member(graph, network, ana, role) for role in (Role.ASKER, Role.MEMBER)]
    await leave_network(graph, network, gone)
    before = await network_contents(driver)

    for member, sentence in ((asker, "is asker"), (gone, "left"), ("nobody", "left")):
        with pytest.raises(PermissionDenied, match=sentence):
            await load_mailbox(graph, network, member, BEA, [own(BEA, "Bea"), *talk(BEA, BEN)], SharingLevel.PRIVATE)

    assert await network_contents(driver) == before


async def test_removing_a_member_deletes_their_decisions_and_invitations(graph: Graph) -> None:
    network, ana = await home(graph)
    await load_mailbox(
        graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO)], SharingLevel.EVIDENCE
    )
    bea = await join_member(graph, network, ana, Role.ADMIN)
    secret, _ = await create_invitation(graph, network, bea, role=Role.ADMIN)
    viewer = build_viewer(await read_state(graph, network), bea)
    two = [
        target.person.id
        for text in (BEN, CLEO)
        if isinstance(target := await resolve_reference(graph, viewer, text), ResolvedTarget)
    ]
    await mark_distinct(graph, viewer, *two, today=TODAY)

    await remove_member(graph, network, ana, bea)

    assert await list_identity_decisions(graph, build_viewer(await read_state(graph, network), ana)) == []
    with pytest.raises(InvalidInvitation):
        await join_network(graph, secret, name="Eve", email=None)


async def test_tokens_record_their_use_and_stay_revoked(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    assert await tokens.grant_token(graph, network, ana, "the laptop's")
    secret, created = await tokens.create_token(graph, network, ana, name="a program", scopes={Scope.READ}, days=1)

    assert created.last_used_at is None
    for _ in range(2):
        holder = await tokens.find_token_holder(graph, secret)
        assert holder is not None
        assert holder.scopes == {Scope.READ}
    (_, first) = await tokens.list_tokens(graph, network, ana)
    assert first.last_used_at is not None
    await driver.execute_query("MATCH (t:Token) SET t.last_used_at = t.last_used_at - 60001")
    await tokens.find_token_holder(graph, secret)
    (_, second) = await tokens.list_tokens(graph, network, ana)
    assert second.last_used_at is not None
    assert second.last_used_at >= first.last_used_at

    for token in await tokens.list_tokens(graph, network, ana):
        assert await tokens.revoke_token(graph, network, ana, token.id)
        assert not await tokens.revoke_token(graph, network, ana, token.id)
    assert [await tokens.find_token_holder(graph, token) for token in (secret, "the laptop's")] == [None, None]
    assert not await tokens.grant_token(graph, network, ana, "the laptop's")
    assert await tokens.list_tokens(graph, network, ana) == []


async def test_a_member_without_new_people_is_linked_to_a_person(graph: Graph) -> None:
    network, owner = await home(graph)
    bea = await join_member(graph, network, owner)
    await load_mailbox(graph, network, owner, ME, [own(ME, "Ana"), *talk(ME, BEA)], SharingLevel.EVIDENCE)
    await load_mailbox(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(ME, BEA)], SharingLevel.EVIDENCE)

    assert (await read_state(graph, network)).people_by_member[bea] is not None
