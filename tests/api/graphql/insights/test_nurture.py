"""Nurture suggestions and contact plans over GraphQL: complete for their member, and empty for everybody else."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest_asyncio

from graph.database.client import Graph
from graph.insights.contact_plans import list_contact_plans
from graph.networks.state import build_viewer, read_state
from graph.networks.tokens import grant_token
from graph.records import LatestDate
from operations.insights.nurture import suggest_contacts
from operations.insights.reciprocity import list_reciprocity
from operations.session import Session
from presentation.insights.nurture import contact_plan_data, nurture_data
from presentation.insights.reciprocity import reciprocity_data
from tests.api.conftest import served
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import TODAY, own, talk, wrote

ANA, BEN, CLEO, DAN = "ana@home.example", "ben@home.example", "cleo@cleo.example", "dan@dan.example"
PERSON = "{ __typename id name title company isSharedMailbox }"
SUGGESTIONS = f"""{{ nurtureSuggestions {{ totalCount nodes {{ __typename id weekStartsOn reason message person {PERSON}
  otherPerson {PERSON} evidence lastContact strength strengthLabel strengthAfterContact strengthLabelAfterContact note
}} }} }}"""
PLANS = f"""{{ contactPlans {{ totalCount nodes {{ __typename id person {PERSON} otherPerson {PERSON} isAboutTwo
  everyDays note snoozedUntil doneOn neverSince }} }} }}"""
RESPOND = """mutation($email: String!, $response: NurtureResponse!, $until: Date) { respondToNurtureSuggestion(input: {
  person: {email: $email}, response: $response, until: $until
}) { contactPlan { id person { name } snoozedUntil doneOn neverSince } } }"""
SET = """mutation($email: String!, $days: Int, $note: String) { setContactPlan(input: {
  person: {email: $email}, everyDays: $days, note: $note, idempotencyKey: "one"
}) { contactPlan { id everyDays note } } }"""
FAVOURS = "{ __typename answeredCount introducedCount recommendedCount endorsedCount thankedCount }"
RECIPROCITY = f"""query($after: String) {{ reciprocity(first: 1, after: $after) {{ totalCount pageInfo {{ endCursor }}
  nodes {{
  __typename id name person {PERSON} received {FAVOURS} given {FAVOURS} recentlyReceived {FAVOURS}
  recentlyGiven {FAVOURS} recentBalance message }} }} }}"""
RESTORE = """mutation($email: String!, $until: Date, $done: Date) { restoreContactPlan(input: {
  person: {email: $email}, everyDays: 60, note: "Tea", snoozedUntil: $until, doneOn: $done}) {
  contactPlan { id everyDays note snoozedUntil doneOn neverSince } } }"""
DELETE = "mutation($id: ID!) { deleteContactPlan(input: {id: $id}) { deletedContactPlanId } }"


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver) -> Session:
    """Ana, the owner, with her session, and Ben, who shares nothing. Their names are their tokens."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    messages = [*talk(ANA, CLEO, times=1, ago=300), wrote(CLEO, ANA, ago=40), *talk(ANA, DAN, times=2, ago=100)]
    await load_for(graph, "ana", [own(ANA, "Ana"), LatestDate(TODAY), *messages])
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, DAN)])
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    state = await read_state(graph, network)
    return Session(graph, state, build_viewer(state, "ana"))


@pytest_asyncio.fixture(loop_scope="session")
async def client(team: Session) -> AsyncIterator[httpx.AsyncClient]:
    async with served(team.graph) as client:
        yield client


async def ask(client: httpx.AsyncClient, member: str, query: str, **variables: Any) -> Any:
    signed = {"Authorization": f"Bearer {member}"}
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=signed)
    return answer.json().get("data") or answer.json()["errors"][0]["extensions"]["code"]


async def test_suggestions_and_plans_belong_to_one_member(team: Session, client: httpx.AsyncClient) -> None:
    plan = (await ask(client, "ana", SET, email=DAN, days=60, note="Tea"))["setContactPlan"]["contactPlan"]
    assert await ask(client, "ana", SET, email=DAN, days=60, note="Tea") == {"setContactPlan": {"contactPlan": plan}}
    assert await ask(client, "ana", SET, email=DAN, days=0) == "IDEMPOTENCY_KEY_REUSED"

    answer = await ask(client, "ana", SUGGESTIONS)
    assert answer["nurtureSuggestions"]["nodes"] == nurture_data(await suggest_contacts(team), team.viewer)
    assert [(row["reason"], row["note"]) for row in answer["nurtureSuggestions"]["nodes"]] == [
        ("UNANSWERED_QUESTION", None),
        ("OVERDUE_CONTACT", "Tea"),
    ]
    plans = await ask(client, "ana", PLANS)
    assert plans["contactPlans"]["nodes"] == contact_plan_data(await list_contact_plans(team.graph, team.viewer))
    nothing = {"totalCount": 0, "nodes": []}
    assert await ask(client, "ben", SUGGESTIONS) == {"nurtureSuggestions": nothing}
    assert await ask(client, "ben", PLANS) == {"contactPlans": nothing}
    assert await ask(client, "ben", DELETE, id=plan["id"]) == {"deleteContactPlan": {"deletedContactPlanId": None}}

    answered = await ask(client, "ana", RESPOND, email=CLEO, response="SNOOZE", until="2026-12-24")
    assert answered["respondToNurtureSuggestion"]["contactPlan"]["snoozedUntil"] == "2026-12-24"
    assert await ask(client, "ana", RESPOND, email=CLEO, response="DONE", until="2026-12-24") == "BAD_USER_INPUT"
    assert await ask(client, "ben", RESPOND, email=CLEO, response="DONE") == "BAD_USER_INPUT"
    (left,) = (await ask(client, "ana", SUGGESTIONS))["nurtureSuggestions"]["nodes"]
    assert left["person"]["name"] == "Dan"
    assert await ask(client, "ana", DELETE, id=plan["id"]) == {
        "deleteContactPlan": {"deletedContactPlanId": plan["id"]}
    }
    assert (await ask(client, "ana", SUGGESTIONS))["nurtureSuggestions"] == nothing
    restored = await ask(client, "ana", RESTORE, email=DAN, until="2026-12-24")
    assert restored["restoreContactPlan"]["contactPlan"] == {
        **dict.fromkeys(("doneOn", "neverSince")),
        "id": plan["id"],
        "everyDays": 60,
        "note": "Tea",
        "snoozedUntil": "2026-12-24",
    }
    assert await ask(client, "ana", RESTORE, email=DAN, done="2099-01-01") == "BAD_USER_INPUT"


async def test_the_balance_belongs_to_one_member(team: Session, client: httpx.AsyncClient) -> None:
    expected = reciprocity_data(await list_reciprocity(team))
    first = (await ask(client, "ana", RECIPROCITY))["reciprocity"]
    second = (await ask(client, "ana", RECIPROCITY, after=first["pageInfo"]["endCursor"]))["reciprocity"]

    assert [*first["nodes"], *second["nodes"]] == expected
    assert {row["name"] for row in expected} == {"Cleo", "Dan"}
    assert [row["name"] for row in (await ask(client, "ben", RECIPROCITY))["reciprocity"]["nodes"]] == ["Dan"]
