"""The questions of docs/sample.md, over HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import neo4j
import pytest

import cypher
from graph.database import client as database_client
from graph.database.bolt.frequent_batches import FREQUENT_BATCHES, BatchStage
from graph.database.bolt.reads import send_reads
from graph.days import day_of
from graph.derivation.calibrate import use_fit
from graph.introductions.index.build import read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.networks.registry import find_or_create_network
from graph.strength.intercept_fit import Figures, Fit
from graph.strength.model import model
from tests.api.conftest import LIMITS, SIGNED, TODAY, Ask, Counting, served

INTRODUCTIONS = """
query Who($to: PersonRef!, $limit: Int = 5, $deepest: Int = 2) {
  introductions(to: $to, limit: $limit, maxIntroducers: $deepest) {
    __typename
    ... on TargetAnswer { target { name company } asOf sources { title coverageUntil } }
    ... on Introductions { routes { ...route } }
    ... on AlreadyKnown { step { strengthLabel evidence } routes { ...route } }
    ... on Refusal {
      reason message suggestion nearestMiss { people { name } fromPerson { name } toPerson { name } }
      possibleConnectors { person { name } }
    }
    ... on AmbiguousTarget { candidates { person { id name company } lastContact sources } }
    ... on UnknownTarget { message possibleConnectors { person { name } company } }
  }
}
fragment route on Route {
  introducers { name } score summary sharesNobody noAnswerNote messageToForward coverageUntil
  weakestStep { fromPerson { name } toPerson { name } strengthLabel }
  steps { strength strengthLabel evidence outbound { counts { channel count } lastContact } }
}
"""


async def who(ask: Ask, to: dict[str, Any], **variables: Any) -> dict[str, Any]:
    reply = await ask(INTRODUCTIONS, to=to, **variables)
    assert "errors" not in reply, reply
    answer: dict[str, Any] = reply["data"]["introductions"]
    return answer


NAMES = {
    cypher.load(name).text: name
    for name in (
        "networks/find_token_holder",
        "lookup/find_by_name",
        "lookup/find_by_key_or_id",
        "lookup/read_profiles",
        "ties/read_ties",
        "ties/read_evidence",
        "introductions/find_asleep_introducers",
        "requests/read_stamps",
    )
}
"""The queries of an answer that no background work runs, by their text."""


def named(name: str, company: str | None = None) -> dict[str, Any]:
    return {"name": {"name": name, "company": company}}


async def test_routes_say_whom_to_ask_why_and_what_to_forward(ask: Ask) -> None:
    answer = await who(ask, named("Jane Okonkwo"))

    assert answer["__typename"] == "Introductions"
    assert answer["target"] == {"name": "Jane Okonkwo", "company": "Halden Robotics"}
    assert (answer["asOf"], answer["sources"][0]["coverageUntil"]) == ("2026-11-22", "2026-11-20")
    first = answer["routes"][0]
    assert [person["name"] for person in first["introducers"]] == ["Noor Haddad"]
    assert [act["strengthLabel"] for act in first["steps"]] == ["STRONG", "STRONG", "GOOD"]
    assert first["steps"][0]["evidence"].startswith("91 messages both ways")
    assert [count["channel"] for count in first["steps"][1]["outbound"]["counts"]] == ["MAIL"]
    assert first["weakestStep"]["fromPerson"]["name"] == "Jane Okonkwo"
    assert first["messageToForward"].startswith("Hi Noor,")
    assert [route["score"] for route in answer["routes"]] == sorted(
        (route["score"] for route in answer["routes"]), reverse=True
    )


async def test_routes_below_the_minimum_score_are_counted_and_refused(sample: Counting) -> None:
    document = """
    query Weak($to: PersonRef!) {
      introductions(to: $to) {
        ... on TargetAnswer { lowScoreRouteCount lowScoreRoutesNote }
        ... on Refusal { reason message suggestion }
      }
      company(name: "Halden Robotics") { lowScoreIntroductionCount introductions { person { name } route { score } } }
    }
    """
    async with served(sample, limits=replace(LIMITS, min_route_score=0.99)) as client:
        answer = await client.post(
            "/graphql", json={"query": document, "variables": {"to": named("Jane Okonkwo")}}, headers=SIGNED
        )

    data = answer.json()["data"]
    low_score, company = data["introductions"], data["company"]
    assert (low_score["reason"], low_score["lowScoreRouteCount"]) == ("SCORES_TOO_LOW", 3)
    assert low_score["lowScoreRoutesNote"] == "3 routes have a score below 99 %."
    assert low_score["message"] == "No genuine route to Jane Okonkwo: every route has a score below 99 %."
    assert "Noor Haddad" in low_score["suggestion"]
    assert company["lowScoreIntroductionCount"] >= 1
    assert all(one["route"] is None for one in company["introductions"])


async def test_a_route_is_as_long_as_one_allows(ask: Ask) -> None:
    two = await who(ask, named("Grace Mwangi"))

    assert [person["name"] for person in two["routes"][0]["introducers"]] == ["Elif Yılmaz", "Piotr Kowalczyk"]
    assert (await who(ask, named("Grace Mwangi"), deepest=1))["__typename"] == "Refusal"


async def test_a_refusal_names_the_broken_step_and_the_remedy(ask: Ask) -> None:
    answer = await who(ask, named("Helena Brandt"))

    assert (answer["__typename"], answer["reason"]) == ("Refusal", "ONE_SIDED")
    assert answer["nearestMiss"]["fromPerson"]["name"] == "Victor Lang"
    assert [person["name"] for person in answer["nearestMiss"]["people"]] == [
        "Ana Ferreira",
        "Victor Lang",
        "Helena Brandt",
    ]
    assert "one is enough" in answer["suggestion"]


async def test_a_stranger_and_an_unknown_name_have_the_same_possible_connectors(ask: Ask) -> None:
    stranger = await who(ask, named("Ulrike Neumann"))
    unknown = await who(ask, named("Sofie Falk", "Northwind Grid"))

    assert (stranger["reason"], unknown["__typename"]) == ("ONLY_STRANGERS", "UnknownTarget")
    leads = [lead["person"]["name"] for lead in (*stranger["possibleConnectors"], *unknown["possibleConnectors"])]
    assert leads == ["Miguel Santos", "Miguel Santos"]


async def test_candidates_can_be_distinguished_and_chosen_by_id(ask: Ask) -> None:
    answer = await who(ask, named("Wei Chen"))

    assert {one["person"]["company"] for one in answer["candidates"]} == {"Lotus Optics", "Baltic Freight"}
    again = await who(ask, {"id": answer["candidates"][0]["person"]["id"]})
    assert again["__typename"] == "AlreadyKnown"
    assert again["target"]["company"] == answer["candidates"][0]["person"]["company"]


async def test_an_id_or_an_address_is_never_taken_for_a_name(ask: Ask) -> None:
    for way in ("id", "email", "linkedin"):
        assert (await who(ask, {way: "Jane Okonkwo"}))["__typename"] == "UnknownTarget"


async def test_a_person_is_identified_by_exactly_one_field(ask: Ask) -> None:
    both = await ask(INTRODUCTIONS, to={"id": "x", "email": "jane@example.com"})
    neither = await ask(INTRODUCTIONS, to={})

    assert both["errors"]
    assert neither["errors"]


async def test_a_search_goes_on_where_its_page_ended(ask: Ask) -> None:
    query = """
    query Typing($search: String!, $first: Int!, $after: String) {
      people(search: $search, first: $first, after: $after) {
        edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }
    """
    all_rows = (await ask(query, search="m", first=50))["data"]["people"]
    seen: list[str] = []
    after = None
    more = True
    while more:
        page = (await ask(query, search="m", first=7, after=after))["data"]["people"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    assert seen[:50] == [edge["node"]["id"] for edge in all_rows["edges"]]
    assert len(set(seen)) == len(seen) > 7


async def test_a_tie_is_described_in_its_direction(ask: Ask) -> None:
    query = """
    query Tie($from: PersonRef, $to: PersonRef) {
      tie(from: $from, to: $to) {
        __typename
        ... on Tie { fromPerson { name } toPerson { name } knows strength strengthLabel evidence }
      }
    }
    """
    noor = (await ask(query, **{"from": named("Noor Haddad")}))["data"]["tie"]
    brad = (await ask(query, to=named("Brad Keller")))["data"]["tie"]
    jane = (await ask(query, **{"from": named("Noor Haddad"), "to": named("Jane Okonkwo")}))["data"]["tie"]

    assert (noor["toPerson"]["name"], noor["knows"], noor["strengthLabel"]) == ("Ana Ferreira", True, "STRONG")
    assert (brad["fromPerson"]["name"], brad["knows"], brad["strength"]) == ("Ana Ferreira", False, None)
    assert jane["strengthLabel"] == "STRONG"


async def test_a_company_its_people_the_sources_and_the_viewer(ask: Ask) -> None:
    answer = await ask(
        '{ company(name: "Northwind Grid") { currentContacts { person { name } title step { strengthLabel } } '
        "formerContacts { person { name } } }"
        " sources { nodes { title status coverageUntil isStale } } statements { nodes { kind } } "
        "viewer { asOf isUpToDate person { name } } }"
    )

    data = answer["data"]
    assert data["company"]["currentContacts"][0]["person"]["name"] == "Miguel Santos"
    assert [source["status"] for source in data["sources"]["nodes"]] == ["READY", "READY"]
    assert data["viewer"] == {"asOf": "2026-11-22", "isUpToDate": True, "person": {"name": "Ana Ferreira"}}


async def test_the_viewer_sees_when_the_model_was_fitted_to_the_network(ask: Ask, sample: Counting) -> None:
    network, _ = await find_or_create_network(sample, "demo", today=TODAY)
    figures = Figures(0.6, 0.2, 0.1, 0.7)
    await use_fit(sample, network, Fit(0.1, day_of(date(2026, 11, 3)), model().version, 300, figures, figures))
    fitted = await ask("{ viewer { calibratedOn } }")
    await use_fit(sample, network, None)
    shipped = await ask("{ viewer { calibratedOn } }")

    assert [answer["data"]["viewer"]["calibratedOn"] for answer in (fitted, shipped)] == ["2026-11-03", None]


PAGE = '{ people(search: "%s", first: 50) { edges { node { name tie { knows strengthLabel fromPerson { name } } } } } }'
ANSWER = """
{ introductions(to: {name: {name: "%s"}}, limit: 20) {
    ... on Introductions { routes { introducers { name tie { strengthLabel } } } }
    ... on Refusal {
      nearestMiss { people { name tie { strengthLabel } } }
      possibleConnectors { person { name tie { strengthLabel } } }
    }
} }
"""


@pytest.mark.parametrize(
    ("query", "names", "most"), [(PAGE, ("jane", "m"), 10), (ANSWER, ("Helena Brandt", "Jane Okonkwo"), 20)]
)
async def test_a_page_of_people_needs_as_many_queries_as_one_person(
    ask: Ask, sample: Counting, query: str, names: tuple[str, str], most: int
) -> None:
    for name in names:
        sample.asked.clear()
        assert "errors" not in await ask(query % name)

        # who asks, and their network; the search or the routes; persons, ties and evidence, once for all of a page;
        # the relation of the people who do not know the viewer; introducers who are asleep; who is unreachable
        assert len(sample.asked) <= most, sample.asked
        assert sample.asked.count("lookup/read_profiles") <= 4, sample.asked


async def test_an_answer_that_ran_out_of_time_says_so_and_is_no_refusal(sample: Counting) -> None:
    question = (
        "query($name: String!) { introductions(to: {name: {name: $name}}) { ... on Introductions { isComplete } } }"
    )

    async with served(sample, limits=replace(LIMITS, search_seconds=1e-9)) as client:
        answer, none = [
            (
                await client.post("/graphql", json={"query": question, "variables": {"name": name}}, headers=SIGNED)
            ).json()
            for name in ("Jane Okonkwo", "Helena Brandt")
        ]

    assert answer == {"data": {"introductions": {"isComplete": False}}}
    assert none["errors"][0]["extensions"]["code"] == "TIMEOUT"


async def test_an_answer_is_as_of_the_requested_day_and_no_future_day(ask: Ask) -> None:
    then = """query Who($to: PersonRef!, $day: Date!, $deepest: Int = 2) {
      introductions(to: $to, asOf: $day, maxIntroducers: $deepest) {
        ... on TargetAnswer { asOf } ... on Introductions { routes { introducers { name } steps { evidence } } }
        ... on Refusal { reason }
      }
    }"""
    jane = named("Jane Okonkwo")

    answer = (await ask(then, to=jane, day="2026-03-01"))["data"]["introductions"]
    assert answer["asOf"] == "2026-03-01"
    assert answer["routes"][0]["steps"][0]["evidence"] != (await who(ask, jane))["routes"][0]["steps"][0]["evidence"]
    before = (await ask(then, to=jane, day="2001-01-01"))["data"]["introductions"]
    assert before == {"asOf": "2001-01-01", "reason": "NONE_SEEN"}
    for variables in ({"day": "9999-01-01"}, {"day": "2026-03-01", "deepest": 3}):
        (error,) = (await ask(then, to=jane, **variables))["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_fading_ties_have_the_day_and_the_remedy(ask: Ask) -> None:
    fading = (
        "query Fading($within: Int!) { fadingTies(within: $within) { "
        "step { fromPerson { name } strengthLabel } weakensOn outcome "
        "strengthLabelAfterContact message } }"
    )

    answer = (await ask(fading, within=90))["data"]["fadingTies"]

    assert answer
    assert [one["weakensOn"] for one in answer] == sorted(one["weakensOn"] for one in answer)
    assert all(
        "2026-11-22" < one["weakensOn"] <= "2027-02-20" and one["step"]["fromPerson"]["name"] in one["message"]
        for one in answer
    )
    assert len((await ask(fading, within=30))["data"]["fadingTies"]) < len(answer)
    assert (await ask(fading, within=0))["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("person", [named("Jane Okonkwo"), {"email": "jane.okonkwo@haldenrobotics.example"}])
async def test_an_answer_waits_three_times_for_the_database(
    ask: Ask, sample: Counting, monkeypatch: pytest.MonkeyPatch, person: dict[str, Any]
) -> None:
    network, _ = await find_or_create_network(sample, "demo", today=TODAY)
    index = await read_route_index(sample, network, max_bytes=10**6)
    assert index is not None
    ROUTE_INDEXES.keep(index, 10**6)
    sent: list[set[str]] = []

    async def counted(driver: neo4j.AsyncDriver, database: str | None, reads: Sequence[Any]) -> None:
        sent.append({NAMES[read.text] for read in reads if read.text in NAMES})
        await send_reads(driver, database, reads)

    try:
        first = await who(ask, person)
        monkeypatch.setattr(database_client, "send_reads", counted)
        again = await who(ask, person)
        monkeypatch.setattr(database_client, "send_reads", send_reads)
        monkeypatch.setattr(FREQUENT_BATCHES, "count", lambda _: BatchStage.PLANNED)
        joined = await who(ask, person)
    finally:
        ROUTE_INDEXES.clear()

    assert again == first
    assert joined == first
    assert first["routes"]
    # the service also runs queries in the background, and none of these
    token, target, rest = filter(None, sent)
    assert token == {"networks/find_token_holder"}
    assert target <= {"lookup/find_by_name", "lookup/find_by_key_or_id"}
    assert rest == {
        "introductions/find_asleep_introducers",
        "lookup/read_profiles",
        "requests/read_stamps",
        "ties/read_evidence",
        "ties/read_ties",
    }
