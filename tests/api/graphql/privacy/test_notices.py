"""Whom to tell, over the API: page by page, and for whom it is."""

import neo4j

from graph.database.client import Graph
from graph.networks.tokens import grant_token
from tests.api.conftest import LIMITS, served
from tests.api.graphql.privacy.test_data_subjects import ask
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import own, talk

DUE = """query($after: String) { noticesDue(first: 1, after: $after) {
  edges { node { person { id name } knownSince dueBy } } pageInfo { endCursor hasNextPage } } }"""
MARK = """mutation($people: [ID!]!, $on: Date) {
  markPeopleNotified(input: {personIds: $people, notifiedOn: $on}) { people { name } } }"""
UNDO = "mutation($people: [ID!]!) { unmarkPeopleNotified(input: {personIds: $people}) { people { name } } }"


async def test_a_member_reads_marks_and_takes_back_and_an_asker_does_not(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben", "eve")
    await driver.execute_query("MATCH (m:Member {id: 'eve'}) SET m.role = 'asker'")
    letters = [*talk("ben@home.example", "cleo@far.example"), *talk("ben@home.example", "dan@far.example")]
    await load_for(graph, "ben", [own("ben@home.example", "Ben"), *letters])
    for member in ("ana", "ben", "eve"):
        await grant_token(graph, network, member, member)
    async with served(graph, limits=LIMITS) as client:
        first = (await ask(client, DUE, "ben"))["data"]["noticesDue"]
        second = (await ask(client, DUE, "ben", after=first["pageInfo"]["endCursor"]))["data"]["noticesDue"]
        people = [page["edges"][0]["node"]["person"] for page in (first, second)]
        assert {one["name"] for one in people} == {"Cleo", "Dan"}
        assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
        assert (await ask(client, DUE, "ana"))["data"]["noticesDue"]["edges"] == []

        ids = [one["id"] for one in people]
        assert (await ask(client, MARK, "ana", people=ids))["data"]["markPeopleNotified"]["people"] == []
        late = await ask(client, MARK, "ben", people=ids, on="2999-01-01")
        assert late["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert len((await ask(client, MARK, "ben", people=ids))["data"]["markPeopleNotified"]["people"]) == 2
        assert (await ask(client, DUE, "ben"))["data"]["noticesDue"]["edges"] == []
        assert len((await ask(client, UNDO, "ben", people=ids[:1]))["data"]["unmarkPeopleNotified"]["people"]) == 1
        assert (await ask(client, DUE, "ben"))["data"]["noticesDue"]["edges"][0]["node"]["person"] == people[0]
        for document in (DUE, MARK, UNDO):
            refused = await ask(client, document, "eve", people=ids)
            assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
