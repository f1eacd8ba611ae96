"""Tests that the version of a network increases only with a change that may alter an answer."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import neo4j

import cypher
from cypher import Query
from graph.database.client import Graph
from graph.days import day_of
from graph.derivation.calibrate import use_fit
from graph.derivation.refresh import advance_day
from graph.ingest.remove import remove_source
from graph.insights.fading import list_fading_ties
from graph.insights.tag_rules import TagRule
from graph.insights.tags import delete_tag, list_tags, set_tag_rule, tag_people
from graph.introductions.answer import introductions
from graph.introductions.index.build import read_route_index
from graph.introductions.index.route_index import RouteIndex
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.membership.invitations import create_invitation
from graph.membership.joining import join_network
from graph.membership.leaving import leave_network, set_leaving_policy
from graph.membership.roles import change_role, rename_member
from graph.membership.sign_in import ProviderAccount, expect_sign_in, sign_in
from graph.networks.controller import DataController
from graph.networks.members import LeavingPolicy, list_members
from graph.networks.permissions import Role
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.address_proof import prove_address
from graph.privacy.erasure import erase_person
from graph.privacy.erasure_requests import (
    ErasureRequest,
    ErasureRequestStatus,
    decide_erasure_request,
    find_erasure_request,
    withdraw_erasure_request,
)
from graph.privacy.export import export_person
from graph.privacy.notices import list_due_notices
from graph.privacy.objection import record_objection
from graph.privacy.proof_links import create_proof_link
from graph.privacy.retention import set_controller
from graph.privacy.subject_requests import request_erasure_of_address
from graph.sharing.exclusions import exclude_introducer, list_excluded_introducers, unexclude_introducer
from graph.sharing.hidden_contacts import hide_contact, list_hidden_contacts, unhide_contact
from graph.sharing.introducer_visibility import set_introducer_visibility
from graph.sharing.share import share_source
from graph.statements.identity_decisions import list_identity_decisions, mark_distinct, undo_identity_decision
from graph.statements.tie_statements import add_statement, list_statements, withdraw_statement
from graph.strength.intercept_fit import Figures, Fit
from graph.strength.model import model
from graph.strength.statement_kinds import StatementKind
from operations.insights.review import archive_people, restore_people, review_archived_people
from operations.session import Session
from tests.conftest import wipe
from tests.graph.introductions.test_index_changes import arrays
from tests.graph.route_indexes import ROOM
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, own, talk

ANA, BEN = "ana@home.example", "ben@home.example"
DAN, JANE, KIM = "dan@near.example", "jane@far.example", "kim@far.example"
INCREASE = "SET n.version = coalesce(n.version, 0) + 1"
INCREASING = {name for name in cypher.names() if INCREASE in cypher.load(name).text}

BEFORE_DERIVATION = {
    "derivation/begin_private_part",
    "derivation/delete_source_evidence",
    "derivation/delete_source_facts",
    "derivation/delete_source_node",
    "derivation/merge_staged_evidence",
    "derivation/merge_staged_facts",
    "derivation/merge_staged_lists",
    "derivation/move_evidence_between_parts",
    "derivation/move_facts_between_parts",
    "derivation/move_lists_between_parts",
    "derivation/prune_identities",
    "people/delete_people",
    "people/detach_hidden_identities",
    "people/link_members_to_people",
    "people/prune_companies",
    "people/write_companies",
    "people/write_jobs",
    "people/write_people",
    "people/delete_probable_duplicates",
    "people/write_probable_duplicates",
    "privacy/delete_assistant_facts",
    "privacy/delete_facts",
    "privacy/delete_orphaned_statement_facts",
    "privacy/rewrite_rows_shared_with_others",
    "ties/delete_ties",
    "ties/write_answer_rates",
    "ties/write_ties",
}
"""These run while `needs_recovery` is true, before derivation/mark_ties_current increases the version."""
IN_NO_ANSWER = {
    "ingest/begin_source",
    "ingest/write_evidence",
    "ingest/write_facts",
    "ingest/write_identities",
    "ingest/write_list_entries",
}
"""These write rows that no answer reads before ingest/publish_load."""
NOT_COVERED = {
    "membership/begin_session",
    "membership/create_invitation",
    "membership/create_network_for_others",
    "membership/end_sessions",
    "membership/expect_sign_in",
    "membership/withdraw_invitation",
    "privacy/create_proof_link",
    "privacy/end_proof",
    "privacy/mark_people_notified",
    "privacy/redeem_proof_link",
    "privacy/write_audit_entry",
}
"""These change credentials, invitations, notices or the audit log (graph.networks.state), or create a network."""
CHANGING_TIES = {"people/delete_people", "people/write_people", "ties/delete_ties", "ties/write_ties"}
"""These change what a route index contains, and replace NetworkState.ties_id in the same transaction."""
REPLACES_ID = """
SET n.ties_id = randomUUID()
SET n.recent_ties_ids = ([n.ties_id] + coalesce(n.recent_ties_ids, []))[..100]
"""
MARKS_PEOPLE = re.compile(r"FOREACH \((\w) IN \w+ \| SET \1\.ties_id = n\.ties_id\)")
CHANGES_TIES = re.compile(r":KNOWS\b|(MERGE|CREATE) \(\w*:Person\b|SET p\.name\b|DETACH DELETE p\b")
TIES = """
MATCH (p:Person) OPTIONAL MATCH (p)-[k:KNOWS]->(q)
RETURN p.id AS id, p.name AS name, q.id AS towards, properties(k) AS tie ORDER BY id, towards, tie.audience
"""
FOLDERS = ("derivation", "ingest", "membership", "people", "privacy", "sharing", "statements", "ties")


def test_each_query_that_changes_what_answers_read_increases_the_version() -> None:
    writes = {name for name in cypher.names() if name.startswith(FOLDERS) and cypher.load(name).writes}

    assert writes - INCREASING == BEFORE_DERIVATION | IN_NO_ANSWER | NOT_COVERED


def test_each_query_that_changes_ties_or_people_replaces_the_id_of_the_ties() -> None:
    writes = {name: cypher.load(name).text for name in cypher.names() if cypher.load(name).writes}

    assert {name for name, text in writes.items() if REPLACES_ID in text and MARKS_PEOPLE.search(text)} == CHANGING_TIES
    assert {name for name, text in writes.items() if "ties_id" in text} == CHANGING_TIES
    assert {name for name, text in writes.items() if CHANGES_TIES.search(text)} == CHANGING_TIES


async def read_ties_with_id(driver: neo4j.AsyncDriver, team: "Team") -> tuple[str | None, list[neo4j.Record]]:
    """The id of the ties, and all people and ties."""
    state = await read_state(team.graph, team.network)
    return state.ties_id, (await driver.execute_query(TIES)).records


async def read_index(team: "Team", present: RouteIndex | None) -> RouteIndex | None:
    """The index with what changed since `present`. It equals one that is read anew."""
    changed = await read_route_index(team.graph, team.network, max_bytes=ROOM, present=present, max_changed=9)
    new = await read_route_index(team.graph, team.network, max_bytes=ROOM)
    assert (changed and arrays(changed.content)) == (new and arrays(new.content))
    return changed


class Recording(Graph):
    """A graph that records which queries ran."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        super().__init__(driver)
        self.ran: set[str] = set()

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.ran.add(query.name)
        return await super().run(query, **params)


class Team:
    """The network "home" of Ana and Ben, with one method per kind of change. Repeating a change has no effect."""

    def __init__(self, graph: Graph, network: str) -> None:
        self.graph, self.network = graph, network

    async def version(self) -> int:
        return (await read_state(self.graph, self.network)).version

    async def person(self, address: str, member: str = "ana") -> str:
        target = await resolve_reference(self.graph, await viewer_of(self.graph, member), address)
        assert isinstance(target, ResolvedTarget)
        return target.person.id

    async def decide(self, status: ErasureRequestStatus) -> None:
        request = await find_erasure_request(self.graph, self.network, f"email:{KIM}")
        assert request
        await decide_erasure_request(self.graph, await viewer_of(self.graph, "ana"), request.id, status, reason="-")

    async def anas_load(self) -> None:
        await load_for(self.graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(ANA, KIM, ago=90)])

    async def bens_shared_load(self) -> None:
        await load_for(self.graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE)], SharingLevel.EVIDENCE)

    async def introducer_visibility(self) -> None:
        state = await read_state(self.graph, self.network)
        await set_introducer_visibility(self.graph, state, "ana", IntroducerVisibility.AFTER_CONSENT)

    async def exclusion(self) -> None:
        state, ana = await read_state(self.graph, self.network), await viewer_of(self.graph, "ana")
        await exclude_introducer(self.graph, state, ana, await self.person(DAN), today=TODAY)

    async def undone_exclusion(self) -> None:
        state, ana = await read_state(self.graph, self.network), await viewer_of(self.graph, "ana")
        for exclusion in await list_excluded_introducers(self.graph, state, ana):
            await unexclude_introducer(self.graph, state, ana, exclusion.id)

    async def tag(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        await tag_people(self.graph, ana, "clients", [await self.person(DAN)])

    async def tag_rule(self) -> None:
        await set_tag_rule(self.graph, await viewer_of(self.graph, "ana"), "clients", TagRule(companies=("Near",)))

    async def deleted_tag(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        for tag in await list_tags(self.graph, ana):
            await delete_tag(self.graph, ana, tag.id)

    async def archived_person(self) -> None:
        state, ana = await read_state(self.graph, self.network), await viewer_of(self.graph, "ana")
        session = Session(self.graph, state, ana)
        archived = [one.archived.person_id for one in await review_archived_people(session)]
        people = [id for id in archived if id] or [await self.person(DAN)]  # no lookup finds an archived person
        await archive_people(session, people, today=TODAY)

    async def restored_person(self) -> None:
        state, ana = await read_state(self.graph, self.network), await viewer_of(self.graph, "ana")
        session = Session(self.graph, state, ana)
        archived = [one.archived.id for one in await review_archived_people(session)]
        await restore_people(session, archived)

    async def hidden_contact(self) -> None:
        await hide_contact(self.graph, await viewer_of(self.graph, "ben"), name="Jane", today=TODAY)

    async def shown_contact(self) -> None:
        ben = await viewer_of(self.graph, "ben")
        for contact in await list_hidden_contacts(self.graph, ben):
            await unhide_contact(self.graph, ben, contact.id)

    async def decision(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        await mark_distinct(self.graph, ana, await self.person(DAN), await self.person(KIM), today=TODAY)

    async def undone_decision(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        for decision in await list_identity_decisions(self.graph, ana):
            await undo_identity_decision(self.graph, ana, decision.id)

    async def statement(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        by, towards = await self.person(DAN), ana.person_id or ""
        kind = StatementKind.KNOWS_WELL
        await add_statement(self.graph, ana, by=by, towards=towards, kind=kind, on=TODAY, today=TODAY)

    async def withdrawn_statement(self) -> None:
        ana = await viewer_of(self.graph, "ana")
        for statement in await list_statements(self.graph, ana):
            await withdraw_statement(self.graph, ana, statement)

    async def sharing_level(self) -> None:
        await share_source(self.graph, await viewer_of(self.graph, "ana"), "mailbox", SharingLevel.STRENGTH)

    async def controller_and_retention(self) -> None:
        controller = DataController("Acme", "dpo@acme.example", "legitimate interest", 1)
        await set_controller(self.graph, self.network, controller, today=TODAY)

    async def next_day(self) -> None:
        await advance_day(self.graph, self.network, today=TODAY + timedelta(days=1))

    async def name_of_a_member(self) -> None:
        await rename_member(self.graph, self.network, "ben", "Benedict")

    async def role(self) -> None:
        await change_role(self.graph, self.network, "ana", "ben", Role.ADMIN)

    async def leaving_policy(self) -> None:
        await set_leaving_policy(self.graph, self.network, "ana", LeavingPolicy.KEEP)

    async def objection(self) -> None:
        await record_objection(self.graph, self.network, f"email:{KIM}", today=day_of(TODAY))

    async def requested_erasure(self) -> None:
        request = await request_erasure_of_address(self.graph, self.network, f"email:{KIM}", proved_at=0, days=7)
        assert isinstance(request, ErasureRequest)

    async def disputed_erasure(self) -> None:
        await self.decide(ErasureRequestStatus.DISPUTED)

    async def dismissed_erasure(self) -> None:
        await self.decide(ErasureRequestStatus.DISMISSED)

    async def repeated_request(self) -> None:
        await self.requested_erasure()

    async def withdrawn_request(self) -> None:
        await withdraw_erasure_request(self.graph, self.network, f"email:{KIM}")

    async def departure(self) -> None:
        await leave_network(self.graph, self.network, "ben")


class ChangesOnce(Team):
    """Changes that the test does not repeat: a repetition re-derives all ties or is refused."""

    async def new_member(self) -> None:
        invitation, _ = await create_invitation(
            self.graph, self.network, "ana", role=Role.MEMBER, email="cleo@home.example"
        )
        await join_network(self.graph, invitation, name="Cleo", email=None)

    async def calibration(self) -> None:
        figures = Figures(0.1, 0.1, 0.1, 0.5)
        await use_fit(self.graph, self.network, Fit(0.5, day_of(TODAY), model().version, 100, figures, figures))

    async def address_confirmed_by_sign_in(self) -> None:
        assert await expect_sign_in(self.graph, self.network, "ana", "ana", ANA)
        await sign_in(self.graph, ProviderAccount("https://id.example", "1", "Ana", ANA))

    async def address_proved_by_link(self) -> None:
        link = await create_proof_link(self.graph, "email:alias@home.example")
        assert await prove_address(self.graph, self.network, "ana", link) == "email:alias@home.example"

    async def erasure(self) -> None:
        await erase_person(self.graph, await viewer_of(self.graph, "ana"), DAN)

    async def removed_source(self) -> None:
        await remove_source(self.graph, self.network, "ana", "mailbox")


def changes(team: Team) -> list[Callable[[], Awaitable[None]]]:
    """The changes that the class of the team defines, in order."""
    names = [
        name for name in vars(type(team)) if not name.startswith("_") and name not in ("version", "person", "decide")
    ]
    return [getattr(team, name) for name in names]


async def test_changes_increase_the_version_but_repetitions_and_reads_do_not(driver: neo4j.AsyncDriver) -> None:
    graph = Recording(driver)
    await wipe(driver)
    team = Team(graph, await create_team_network(driver, graph, "ben"))
    index = await read_index(team, None)
    for change in changes(team):
        before, ties_before = await team.version(), await read_ties_with_id(driver, team)
        await change()
        after, ties_after = await team.version(), await read_ties_with_id(driver, team)
        await change() if change != team.departure else None
        repeated = await team.version()
        index = await read_index(team, index)
        await read_everything(team)

        assert before < after, change.__name__
        assert ties_before[0] != ties_after[0] or ties_before[1] == ties_after[1], change.__name__
        assert await team.version() == repeated == after, change.__name__
    for change in changes(ChangesOnce(graph, team.network)):
        before, ties_before = await team.version(), await read_ties_with_id(driver, team)
        await change()
        ties_after = await read_ties_with_id(driver, team)
        index = await read_index(team, index)

        assert before < await team.version(), change.__name__
        assert ties_before[0] != ties_after[0] or ties_before[1] == ties_after[1], change.__name__
    assert graph.ran >= INCREASING


async def read_everything(team: Team) -> None:
    """Read one answer of each kind."""
    state, ana = await read_state(team.graph, team.network), await viewer_of(team.graph, "ana")
    await introductions(team.graph, ana, JANE)
    await export_person(team.graph, ana, DAN)
    await list_due_notices(team.graph, state, ana, 10)
    await list_fading_ties(team.graph, state, ana, within=30)
    await list_members(team.graph, team.network)
