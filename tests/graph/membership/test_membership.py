"""Members come and go: by an invitation that can be taken once, and as though they had never brought a thing."""

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
from graph.lookup.resolve import Target, find
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
from tests.graph.worlds import TODAY, home, own, talk, whole
from tests.laws.test_load import few, letters, mailbox

ME, BEA, DAN = "ana@home.example", "bea@home.example", "dan.d@home.example"
BEN, CLEO = "ben.okoro@acme.example", "cleo@far.example"
number = count()


async def joined(graph: Graph, network: str, owner: str, role: Role = Role.MEMBER, name: str = "Bea") -> str:
    """Somebody new in the network."""
    secret, _ = await create_invitation(graph, network, owner, role=role)
    _, token = await join_network(graph, secret, name=name, email=None)
    holder = await tokens.find_token_holder(graph, token)
    assert holder is not None
    assert holder.role is role
    return holder.member


async def brought(
    graph: Graph, network: str, member: str, who: str, records: list[Record], sharing: SharingLevel
) -> None:
    """A mailbox of a member's."""
    await load_records(
        graph, network, member, kind="mailbox", records=records, today=TODAY, stated_owner=who, sharing_level=sharing
    )


async def named(graph: Graph, network: str) -> list[str]:
    return [one.display_name("") for one in await list_members(graph, network)]


@few
@given(
    kept=letters,
    hers=letters,
    shared=st.booleans(),
    third=st.booleans(),
    policy=st.sampled_from(LeavingPolicy),
    more=letters,
)
async def test_whoever_leaves_might_never_have_brought_a_thing(
    driver: neo4j.AsyncDriver,
    graph: Graph,
    kept: list[Record],
    hers: list[Record],
    shared: bool,
    third: bool,
    policy: LeavingPolicy,
    more: list[Record],
) -> None:
    left, never = f"n{next(number)}", f"n{next(number)}"
    second = [own("bea.work@acme.example", "Bea"), *more]
    for name in (left, never):
        network, ana = await home(graph, name)
        await brought(graph, network, ana, ME, mailbox(kept), SharingLevel.EVIDENCE if shared else SharingLevel.PRIVATE)
        if third:
            dan = await joined(graph, network, ana, name="Dan")
            await brought(graph, network, dan, DAN, [own(DAN, "Dan"), *talk(DAN, BEN)], SharingLevel.PRIVATE)
        bea = await joined(graph, network, ana)
        if name == left:
            await set_leaving_policy(graph, network, ana, policy)
            await brought(
                graph,
                network,
                bea,
                BEA,
                [own(BEA, "Bea"), *hers, *talk(BEA, BEN), *talk(BEA, CLEO)],
                SharingLevel.PRIVATE,
            )
        if name == left or policy is LeavingPolicy.KEEP:
            await brought(graph, network, bea, "bea.work@acme.example", second, SharingLevel.EVIDENCE)
        if name == never and policy is LeavingPolicy.KEEP:
            await set_leaving_policy(graph, network, ana, policy)
        if name == left:
            who = build_viewer(await read_state(graph, network), bea)
            ben, cleo = [await find(graph, who, text) for text in (BEN, CLEO)]
            assert isinstance(ben, Target)
            assert isinstance(cleo, Target)
            one, me = ben.person.id, who.person_id
            assert me
            await add_statement(graph, who, by=one, towards=me, kind=StatementKind.DO_NOT_ROUTE, on=TODAY, today=TODAY)
            await merge_people(graph, who, [one, cleo.person.id], today=TODAY)
        assert await leave_network(graph, network, bea)
        assert not await leave_network(graph, network, bea)

    assert await whole(driver, left) == await whole(driver, never)


async def test_what_was_kept_goes_when_the_network_thinks_better_of_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    await brought(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    before = await whole(driver)
    await set_leaving_policy(graph, network, ana, LeavingPolicy.KEEP)
    bea = await joined(graph, network, ana)
    await brought(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO)], SharingLevel.EVIDENCE)
    await leave_network(graph, network, bea)

    there = await read_state(graph, network)
    assert {source.member: bool(source.private_part) for source in there.sources} == {ana: True, bea: False}
    assert bea not in there.roles
    for _ in range(2):
        await set_leaving_policy(graph, network, ana, LeavingPolicy.REMOVE)

    assert await whole(driver) == before
    assert bea not in (await read_state(graph, network)).people_by_member


class Killed(Exception):
    """Stands for the process's end."""


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


class Mortal(Graph):
    """A graph whose process ends before its n-th write of rows, the first being 1."""

    left = 0

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.writes and query.name not in NOT_COUNTED:
            self.left -= 1
            if self.left == 0:
                raise Killed
        return await super().run(query, **params)


@pytest.mark.parametrize("at", [2, 3, 4, 6, 9])
async def test_a_leave_that_is_cut_off_counts_at_once_and_is_finished_by_the_next_start(
    driver: neo4j.AsyncDriver, graph: Graph, at: int
) -> None:
    network, ana = await home(graph)
    await brought(
        graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN), *talk(BEN, CLEO, copy=ME)], SharingLevel.EVIDENCE
    )
    dan = await joined(graph, network, ana, name="Dan")
    before = await whole(driver)
    bea = await joined(graph, network, ana)
    await brought(
        graph, network, bea, BEA, [own(BEA, "Bea"), *talk(BEA, CLEO), *talk(CLEO, BEN, copy=BEA)], SharingLevel.EVIDENCE
    )
    theirs = {source.id for source in (await read_state(graph, network)).visible_sources(bea)}
    mortal = Mortal(driver)
    mortal.left = at

    with pytest.raises(Killed):
        await leave_network(mortal, network, bea)

    found = await read_state(graph, network)
    assert found.needs_recovery
    assert bea not in found.roles
    assert [source.member for source in found.visible_sources(dan)] == [ana]
    assert theirs > {source.id for source in found.visible_sources(dan)}
    await recover_if_interrupted(graph, network)
    assert await whole(driver) == before
    assert set((await read_state(graph, network)).people_by_member) == {ana, dan}
    assert await events_of(driver, "member_left") == [bea]


async def events_of(driver: neo4j.AsyncDriver, kind: str) -> list[str]:
    """What the stored events of a kind are about."""
    rows, _, _ = await driver.execute_query("MATCH (e:Event {kind: $kind}) RETURN e.about AS about", kind=kind)
    return [row["about"] for row in rows]


async def test_a_join_that_is_cut_off_is_finished_by_the_next_start(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    mortal = Mortal(driver)
    for name, mortal.left in (("finished", 0), ("cut off", 2)):
        network, ana = await home(graph, name)
        await brought(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.EVIDENCE)
        invitation, _ = await create_invitation(graph, network, ana, role=Role.MEMBER, email=BEN)
        with suppress(Killed):
            await join_network(mortal, invitation, name="Ben", email=None)

    assert (await read_state(graph, network)).needs_recovery
    await recover_if_interrupted(graph, network)
    assert await whole(driver, "cut off") == await whole(driver, "finished")
    assert len(await events_of(driver, "member_joined")) == 2


async def test_an_invitation_is_taken_once_and_in_time_and_nobody_is_told_which(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, ana = await home(graph)
    taken, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)
    late, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)
    withdrawn, listed = await create_invitation(graph, network, ana, role=Role.MEMBER)

    await join_network(graph, taken, name="Bea", email="bea@home.example")
    await driver.execute_query(
        "MATCH (i:Invitation {fingerprint: $it}) SET i.expires_at = timestamp() - 1", it=fingerprint(late)
    )
    assert await withdraw_invitation(graph, network, listed.id)
    assert not await withdraw_invitation(graph, network, listed.id)
    said = set()
    for secret in (taken, late, withdrawn, "never made"):
        with pytest.raises(InvalidInvitation) as told:
            await join_network(graph, secret, name="Eve", email=None)
        said.add(str(told.value))

    assert len(said) == 1
    assert await named(graph, network) == ["the first owner", "Bea"]
    assert await list_invitations(graph, network) == []


async def test_of_many_who_take_one_invitation_at_once_one_is_in(graph: Graph) -> None:
    network, ana = await home(graph)
    secret, _ = await create_invitation(graph, network, ana, role=Role.MEMBER)

    tried = await asyncio.gather(
        *(join_network(graph, secret, name=f"Bea {n}", email=None) for n in range(4)), return_exceptions=True
    )

    assert sorted(type(found).__name__ for found in tried) == ["InvalidInvitation"] * 3 + ["tuple"]
    assert len(await list_members(graph, network)) == 2


async def test_a_second_member_sees_no_rate_that_comes_from_what_the_first_keeps_private(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, ana = await home(graph)
    await brought(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN)], SharingLevel.PRIVATE)

    async def rated() -> list[float]:
        rows, _, _ = await driver.execute_query("MATCH (p:Person {network: $n}) RETURN max(p.got) AS got", n=network)
        return [row["got"] for row in rows]

    alone = await rated()
    await use_fit(graph, network, fit_with_shift(0.5))
    bea = await joined(graph, network, ana, Role.ASKER)
    together = await rated()
    left = await read_state(graph, network)
    await leave_network(graph, network, bea)

    assert alone[0] > 0
    assert together == [0.0]
    assert left.fit is None
    assert await rated() == alone


async def test_a_network_has_an_owner_whoever_goes_and_in_whatever_order(graph: Graph) -> None:
    network, ana = await home(graph)
    bea = await joined(graph, network, ana)

    for ill in (leave_network(graph, network, ana), change_role(graph, network, ana, ana, Role.MEMBER)):
        with pytest.raises(PermissionDenied, match="another member"):
            await ill
    await change_role(graph, network, ana, bea, Role.OWNER)
    tried = await asyncio.gather(
        leave_network(graph, network, ana), leave_network(graph, network, bea), return_exceptions=True
    )

    assert sorted(type(found).__name__ for found in tried) == ["PermissionDenied", "bool"]
    assert [one.role for one in await list_members(graph, network)] == [Role.OWNER]
    assert await home(graph) == (network, (await list_members(graph, network))[0].id)


async def test_who_may_change_whom(graph: Graph) -> None:
    network, owner = await home(graph)
    admin, member, asker = [await joined(graph, network, owner, role) for role in (Role.ADMIN, Role.MEMBER, Role.ASKER)]

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


async def test_an_asker_and_whoever_has_left_bring_nothing(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network, ana = await home(graph)
    asker, gone = [await joined(graph, network, ana, role) for role in (Role.ASKER, Role.MEMBER)]
    await leave_network(graph, network, gone)
    before = await whole(driver)

    for member, sentence in ((asker, "is asker"), (gone, "left"), ("nobody", "left")):
        with pytest.raises(PermissionDenied, match=sentence):
            await brought(graph, network, member, BEA, [own(BEA, "Bea"), *talk(BEA, BEN)], SharingLevel.PRIVATE)

    assert await whole(driver) == before


async def test_whoever_goes_takes_their_decisions_and_invitations_along(graph: Graph) -> None:
    network, ana = await home(graph)
    await brought(graph, network, ana, ME, [own(ME, "Ana"), *talk(ME, BEN), *talk(ME, CLEO)], SharingLevel.EVIDENCE)
    bea = await joined(graph, network, ana, Role.ADMIN)
    secret, _ = await create_invitation(graph, network, bea, role=Role.ADMIN)
    who = build_viewer(await read_state(graph, network), bea)
    two = [found.person.id for text in (BEN, CLEO) if isinstance(found := await find(graph, who, text), Target)]
    await mark_distinct(graph, who, *two, today=TODAY)

    await remove_member(graph, network, ana, bea)

    assert await list_identity_decisions(graph, build_viewer(await read_state(graph, network), ana)) == []
    with pytest.raises(InvalidInvitation):
        await join_network(graph, secret, name="Eve", email=None)


async def test_a_revoked_token_does_not_come_back_and_its_use_is_written_once_a_minute(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network, ana = await home(graph)
    assert await tokens.grant_token(graph, network, ana, "the laptop's")
    secret, made = await tokens.create_token(graph, network, ana, name="a program", scopes={Scope.READ}, days=1)

    assert made.last_used_at is None
    for _ in range(2):
        found = await tokens.find_token_holder(graph, secret)
        assert found is not None
        assert found.scopes == {Scope.READ}
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


async def test_whoever_brings_nothing_new_of_people_is_somebody_all_the_same(graph: Graph) -> None:
    network, owner = await home(graph)
    bea = await joined(graph, network, owner)
    await brought(graph, network, owner, ME, [own(ME, "Ana"), *talk(ME, BEA)], SharingLevel.EVIDENCE)
    await brought(graph, network, bea, BEA, [own(BEA, "Bea"), *talk(ME, BEA)], SharingLevel.EVIDENCE)

    assert (await read_state(graph, network)).people_by_member[bea] is not None
