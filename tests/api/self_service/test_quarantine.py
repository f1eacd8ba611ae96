"""An erasure that a person requests at /about-me hides them at once, and deletes their data after some days."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import neo4j
import pytest

from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.derivation.refresh import recover_if_interrupted
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.privacy.erasure import reapply_erasures
from graph.privacy.erasure_requests import (
    ErasureRequest,
    ErasureRequestStatus,
    complete_due_erasures,
    decide_erasure_request,
    find_erasure_request,
    list_erasure_requests,
    withdraw_erasure_request,
)
from graph.privacy.objection import record_objection
from graph.privacy.subject_requests import SubjectOutcome, request_erasure_of_address
from graph.records import Handle, HandleKind, ObservedName, PersonMention, Record
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.hidden_contacts import hide_contact
from graph.statements.identity_decisions import mark_distinct
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from operations.daily_upkeep import daily_upkeep
from tests.api.conftest import served
from tests.api.graphql.privacy.test_data_subjects import ask, everything
from tests.api.self_service.test_proved_identity import prove
from tests.api.self_service.test_routes import ANA, BEN, EVE, FORM, create_team, serving
from tests.graph.membership.test_membership import InterruptedGraph, Killed
from tests.graph.teams import load_for, viewer_of
from tests.graph.worlds import TODAY, network_contents, own, talk

CLEO = "cleo.marsh@far.example"
KEY = f"email:{CLEO}"
MARKS = ("cleo", "marsh", "far.example")
REQUESTS = """{ erasureRequests(first: 9) { nodes {
  id status identity { text } names sources factCount contactDayCount provedAt finalAt reason decidedBy } } }"""
DISPUTE = "mutation($id: ID!, $reason: String!) { disputeErasure(input: {id: $id, reason: $reason}) { %s } }"
DISMISS = "mutation($id: ID!, $reason: String!) { dismissErasure(input: {id: $id, reason: $reason}) { %s } }"
CONFIRM = "mutation($id: ID!) { confirmErasure(input: {id: $id}) { erasedRequestId } }"
STATUS = "erasureRequest { status reason }"
LATER = 60_000
"""Milliseconds since 1970 at which the tests prove the address."""
QUERIES = (
    '{ introductions(to: {email: "cleo.marsh@far.example"}) { __typename } }',
    '{ introductions(to: {email: "eve@wide.example"}) { ... on Introductions { routes { introducers { name } } } } }',
    '{ people(search: "cleo", first: 9) { edges { node { name identities { text } } } } }',
    '{ tie(from: {email: "cleo.marsh@far.example"}, to: {email: "ben@home.example"}) { __typename } }',
    '{ person(ref: {email: "cleo.marsh@far.example"}) { __typename } }',
    '{ company(name: "far") { currentContacts { person { name } } formerContacts { title } } }',
    "{ fadingTies(within: 365) { message step { fromPerson { name } } } }",
    "{ statements { nodes { statedOn fromPerson { name } toPerson { name } } } }",
    "{ identityDecisions { nodes { firstIdentities { text } secondIdentities { text } } } }",
    "{ hiddenContacts { nodes { name } } }",
    "{ excludedIntroducers { nodes { name } } }",
    "{ possibleDuplicates(first: 9) { edges { node { reason firstPerson { name } secondPerson { name } } } } }",
    "{ noticesDue(first: 9) { nodes { person { name } } } }",
    '{ dataSubjectExport(person: {email: "cleo.marsh@far.example"}) { __typename } }',
    '{ dataSubjectExport(person: {email: "eve@wide.example"}) { ... on DataSubjectExport { data } } }',
    "{ sources { nodes { title } } }",
    "{ auditEntries(first: 50) { nodes { memberName people { name } } } }",
)
"""Queries that could name Cleo. An error of one would hide what it shows, so none may fail."""


def card() -> Record:
    return ObservedName(PersonMention((Handle(HandleKind.EMAIL, CLEO),), "Cleo Marsh"), TODAY)


async def team(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    """Ana and Ben know Cleo. Ben shares it, and both stored much else about her."""
    network = await create_team(driver, graph, CLEO)
    records = [own(BEN, "Ben"), card(), *talk(BEN, CLEO), *talk(CLEO, EVE, copy=BEN), *talk(BEN, EVE)]
    await load_for(graph, "ben", records, SharingLevel.EVIDENCE, others=True, kind="slack")
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    return network


async def store_more_about_cleo(driver: neo4j.AsyncDriver, graph: Graph, network: str) -> None:
    """Let Ben state, decide and exclude something about Cleo, and hide her."""
    ben, state = await viewer_of(graph, "ben"), await read_state(graph, network)
    cleo, eve = [await person_id(driver, address) for address in (CLEO, EVE)]
    await add_statement(graph, ben, by=cleo, towards=eve, kind=StatementKind.KNOWS, on=TODAY, today=TODAY)
    await exclude_introducer(graph, state, ben, cleo, today=TODAY)
    await mark_distinct(graph, ben, cleo, eve, today=TODAY)
    await hide_contact(graph, ben, person=cleo, today=TODAY)


async def person_id(driver: neo4j.AsyncDriver, address: str) -> str:
    rows, _, _ = await driver.execute_query(
        "MATCH (:Identity {key: $key})-[:OF]->(p) RETURN p.id", key=f"email:{address}"
    )
    return str(rows[0].value())


async def request(graph: Graph, network: str, days: int = 7) -> ErasureRequest:
    answer = await request_erasure_of_address(graph, network, KEY, proved_at=LATER, days=days)
    assert isinstance(answer, ErasureRequest)
    return answer


async def make_due(driver: neo4j.AsyncDriver) -> None:
    await driver.execute_query("MATCH (r:ErasureRequest) WHERE r.due_at IS NOT NULL SET r.due_at = timestamp() - 1")


async def counted(driver: neo4j.AsyncDriver) -> list[Any]:
    """The actions of the audit log about the erasure, and the kinds of events about it, oldest first."""
    rows, _, _ = await driver.execute_query(
        """
        MATCH (x:AuditEntry|Event) WHERE coalesce(x.action, x.kind) STARTS WITH 'erasure'
        RETURN coalesce(x.action, x.kind) AS what ORDER BY x.created_at
        """
    )
    return [row["what"] for row in rows]


async def answers(client: httpx.AsyncClient, member: str) -> list[dict[str, Any]]:
    result = [await ask(client, query, member) for query in QUERIES if member == "ana" or "auditEntries" not in query]
    assert [one for one in result if "errors" in one] == []
    return result


def shown(output: list[dict[str, Any]]) -> list[str]:
    text = json.dumps(output).lower()
    return [mark for mark in MARKS if mark in text]


async def derived(driver: neo4j.AsyncDriver) -> dict[str, Any]:
    contents = await network_contents(driver)
    return {name: contents[name] for name in ("day", "identities", "people", "ties", "jobs")}


async def test_a_requested_erasure_hides_the_person_from_every_answer_at_once(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    await store_more_about_cleo(driver, graph, network)
    async with served(graph) as client:
        for member in ("ana", "ben"):
            assert set(shown(await answers(client, member))) == set(MARKS)

        await request(graph, network)

        for member in ("ana", "ben"):
            assert shown(await answers(client, member)) == []
    assert CLEO in await everything(driver)


async def test_a_hidden_person_leaves_the_same_ties_as_an_erased_one(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    await store_more_about_cleo(driver, graph, network)
    await request(graph, network)
    while_hidden = await derived(driver)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, CLEO, ago=1), *talk(ANA, BEN)], kind="signal")
    assert KEY not in {key for _, key, _, _ in (await derived(driver))["identities"]}
    await driver.execute_query("MATCH (s:Source {kind: 'signal'}) SET s.status = 'removing'")
    await recover_if_interrupted(graph, network)
    assert await derived(driver) == while_hidden
    await make_due(driver)

    await complete_due_erasures(graph, network)

    assert await derived(driver) == while_hidden
    assert CLEO not in await everything(driver)


async def test_the_upkeep_deletes_the_data_after_the_days_and_later_loads_skip_it(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    first = await request(graph, network)
    assert first.final_at == first.requested_at + 7 * 24 * 60 * 60 * 1000
    assert await request(graph, network) == first
    assert await counted(driver) == ["erasure_requested"] * 2  # an entry of the audit log and an event
    await complete_due_erasures(graph, network)
    assert CLEO in await everything(driver)
    await make_due(driver)

    async with daily_upkeep(graph, [network], lambda: TODAY, poll_seconds=0.05):
        while CLEO in await everything(driver):  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.05)
    await load_for(graph, "ben", [own(BEN, "Ben"), card(), *talk(BEN, CLEO)], kind="signal")

    stored = await everything(driver)
    assert CLEO not in stored
    assert first.id not in stored
    assert await counted(driver) == ["erasure_requested", "erasure"]


async def test_an_owner_sees_disputes_and_dismisses_a_request(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    async with serving(graph, None) as browser, served(graph) as client:
        page = await prove(graph, browser, CLEO)
        token = FORM.findall((await browser.get("/about-me/erase")).text)[0]
        done = await browser.post("/about-me/erase", data={"form": token})
        assert "Your request is recorded" in done.text
        assert "is deleted for good on" in done.text
        assert (await browser.get("/about-me/held")).status_code == 410

        (answer,) = (await ask(client, REQUESTS, "ana"))["data"]["erasureRequests"]["nodes"]
        assert answer["status"] == "PENDING"
        assert answer["identity"] == {"text": CLEO}
        assert answer["names"] == ["Cleo Marsh"]
        assert answer["sources"] == ["Mailbox ana@home.example", "Slack ben@home.example"]
        assert answer["factCount"] == 2
        assert answer["contactDayCount"] > 1
        assert answer["provedAt"] < answer["finalAt"]
        changes = (REQUESTS, DISPUTE % STATUS, DISMISS % STATUS, CONFIRM)
        for document in changes:
            refused = await ask(client, document, "ben", id=answer["id"], reason="no")
            assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        for document, name in ((DISPUTE, "disputeErasure"), (DISMISS, "dismissErasure")):
            empty = await ask(client, document % STATUS, "ana", id=answer["id"], reason=" ")
            assert empty["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
            unknown = await ask(client, document % STATUS, "ana", id="unknown", reason="No such request.")
            assert unknown["data"][name] == {"erasureRequest": None}
        early = await ask(client, DISMISS % STATUS, "ana", id=answer["id"], reason="Not disputed before.")
        assert early["data"]["dismissErasure"] == {"erasureRequest": None}

        reason = "Her mailbox was <stolen>."
        for _ in range(2):
            disputed = await ask(client, DISPUTE % STATUS, "ana", id=answer["id"], reason=reason)
            assert disputed["data"]["disputeErasure"]["erasureRequest"] == {"status": "DISPUTED", "reason": reason}
        await make_due(driver)
        await complete_due_erasures(graph, network)
        assert CLEO in await everything(driver)
        assert shown(await answers(client, "ben")) == []
        page = await prove(graph, browser, CLEO)
        assert "disputed this request. The reason: “Her mailbox was &lt;stolen&gt;.”" in page.text
        assert "The controller must answer you by" in page.text
        again = await browser.post("/about-me/erase", data={"form": FORM.findall(page.text)[0]})
        assert "disputed this request" in again.text

        dismissed = await ask(client, DISMISS % STATUS, "ana", id=answer["id"], reason="She called us.")
        assert dismissed["data"]["dismissErasure"]["erasureRequest"]["status"] == "DISMISSED"
        assert set(shown(await answers(client, "ben"))) == set(MARKS)
        page = await prove(graph, browser, CLEO)
        assert "The controller refused this request. The reason: “She called us.”" in page.text
        log = await ask(client, "{ auditEntries(first: 50) { nodes { action memberId people { name } } } }", "ana")
    entries = [one for one in log["data"]["auditEntries"]["nodes"] if one["action"].startswith("ERASURE")]
    assert entries == [
        {"action": "ERASURE_DISMISSED", "memberId": "ana", "people": []},
        {"action": "ERASURE_DISPUTED", "memberId": "ana", "people": []},
        {"action": "ERASURE_REQUESTED", "memberId": None, "people": []},
    ]
    assert (await counted(driver)).count("erasure_decided") == 2
    assert (await request(graph, network)).status is ErasureRequestStatus.PENDING  # a refused request can be repeated


async def test_an_owner_completes_a_request_early(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    erasure_request = await request(graph, network)
    async with served(graph) as client:
        done = await ask(client, CONFIRM, "ana", id=erasure_request.id)
        assert done["data"]["confirmErasure"] == {"erasedRequestId": erasure_request.id}
        again = await ask(client, CONFIRM, "ana", id=erasure_request.id)
        assert again["data"]["confirmErasure"] == {"erasedRequestId": None}
    assert CLEO not in await everything(driver)
    assert await counted(driver) == ["erasure_requested", "erasure_confirmed", "erasure"]


async def test_a_person_withdraws_a_request(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    before = await network_contents(driver)
    await request(graph, network)
    async with serving(graph, None) as browser, served(graph) as client:
        page = await prove(graph, browser, CLEO)
        assert "is deleted for good on" in page.text
        assert "Cleo Marsh" in page.text  # their data is shown to them until it is deleted
        form = {"form": FORM.findall(page.text)[0]}
        assert (await browser.post("/about-me/withdraw")).status_code == 410
        assert "Your request is withdrawn" in (await browser.post("/about-me/withdraw", data=form)).text
        assert "Nothing was withdrawn" in (await browser.post("/about-me/withdraw", data=form)).text
        assert "deleted for good" not in (await browser.get("/about-me/held")).text
        assert set(shown(await answers(client, "ben"))) == set(MARKS)
    assert await network_contents(driver) == before
    await make_due(driver)
    await complete_due_erasures(graph, network)
    assert await network_contents(driver) == before
    assert await counted(driver) == ["erasure_requested", "erasure_withdrawn"]


async def test_an_owner_does_not_see_the_address_of_a_private_contact(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await create_team(driver, graph, EVE)
    await load_for(graph, "ben", [own(BEN, "Ben"), card(), *talk(BEN, CLEO)], kind="slack")
    erasure_request = await request(graph, network)

    (ana,), (ben,) = [
        await list_erasure_requests(graph, await read_state(graph, network), await viewer_of(graph, member), 9)
        for member in ("ana", "ben")
    ]

    assert (ana.request, ana.identity, ana.names, ana.sources, ana.fact_count) == (erasure_request, None, (), (), 0)
    assert ben.identity is not None
    assert ben.identity.text == CLEO
    assert (ben.fact_count, ben.contact_day_count > 0) == (1, True)


async def test_a_person_who_becomes_a_member_is_shown_and_not_erased(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    await request(graph, network)
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network}) SET n.stale = true
        CREATE (n)-[:HAS]->(:Member {network: n.id, id: 'cleo', role: 'member', confirmed_keys: [$key]})
        """,
        network=network,
        key=KEY,
    )
    await recover_if_interrupted(graph, network)
    assert (await read_state(graph, network)).people_by_member["cleo"] == await person_id(driver, CLEO)
    await make_due(driver)

    await complete_due_erasures(graph, network)

    assert CLEO in await everything(driver)
    assert await find_erasure_request(graph, network, KEY) is None
    refused = await request_erasure_of_address(graph, network, KEY, proved_at=LATER, days=7)
    assert refused is SubjectOutcome.MEMBER


@pytest.mark.parametrize("at", [1, 3, 6])
async def test_an_interrupted_request_is_completed(driver: neo4j.AsyncDriver, tmp_path: Path, at: int) -> None:
    graph = Graph(driver, ledger=ErasureLedger(tmp_path))
    network = await team(driver, graph)
    interrupted = InterruptedGraph(driver, ledger=ErasureLedger(tmp_path))
    interrupted.left = at

    with pytest.raises(Killed):
        await request(interrupted, network)
    await recover_if_interrupted(graph, network)
    erasure_request = await request(graph, network)
    while_hidden = await derived(driver)
    assert await counted(driver) == ["erasure_requested"] * 2

    viewer = await viewer_of(graph, "ana")
    interrupted.left = at
    with pytest.raises(Killed):
        await decide_erasure_request(interrupted, viewer, erasure_request.id, ErasureRequestStatus.CONFIRMED)
    await reapply_erasures(graph, network)
    await recover_if_interrupted(graph, network)
    await complete_due_erasures(graph, network)
    await decide_erasure_request(graph, viewer, erasure_request.id, ErasureRequestStatus.CONFIRMED)

    assert await derived(driver) == while_hidden
    assert CLEO not in await everything(driver)
    assert await counted(driver) == ["erasure_requested", "erasure_confirmed", "erasure"]


async def test_an_objection_deletes_nothing_and_holds_during_a_request(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await team(driver, graph)
    stored = (await network_contents(driver))["facts"]
    for _ in range(2):
        await record_objection(graph, network, KEY, today=TODAY.toordinal())
    assert (await network_contents(driver))["facts"] == stored
    await request(graph, network)
    assert await withdraw_erasure_request(graph, network, KEY)
    assert await person_id(driver, CLEO) in (await viewer_of(graph, "ben")).objectors
