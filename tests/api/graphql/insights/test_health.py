"""Tests of the queries `networkHealth` and `listedPeople` over the sample network."""

import base64

import pytest

from graph.answers import AlreadyKnown, AmbiguousTarget, Introductions, UnknownTarget
from graph.lookup.resolve import ExactReference
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.ask import ask as answer_question
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network, assess_quarters, assess_reach, list_classified_connections
from operations.session import Session
from presentation.insights.health_json import health_data, listed_people_data
from tests.api.conftest import TODAY, Ask, Counting
from tests.api.test_answer_json import ON_REQUEST, fragments


async def test_the_health_of_the_sample_is_the_same_object_both_ways(ask: Ask, sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    session = Session(sample, state, build_viewer(state, member))

    sample.asked.clear()
    answer = (await ask(fragments("networkHealth", "", ON_REQUEST, "").replace("networkHealth()", "networkHealth")))[
        "data"
    ]["networkHealth"]

    asked = len(sample.asked)
    reach = await assess_reach(session)
    people = await list_connections_of_viewer(session)
    assert answer == health_data(await assess_network(session, people), await assess_quarters(session, people), reach)
    assert asked < 22
    assert {name: count for name, count in answer["counts"].items() if name[0] != "_"} == {
        "total": 268,
        "strong": 2,
        "mutual": 50,
        "theyReachOut": 11,
        "youReachOut": 2,
        "goneCold": 5,
        "never": 198,
        "noiseRatio": 198 / 268,
    }
    assert [one["person"]["name"] for one in answer["innerCircle"]] == ["Noor Haddad", "Elif Yılmaz"]
    assert answer["quarters"][-1] == {
        "__typename": "QuarterHealth",
        "asOf": answer["asOf"],
        "counts": answer["counts"],
    }

    document = fragments("listedPeople", "class: $class, first: 3, after: $after", ON_REQUEST, "").replace(
        "query Q", "query Q($class: ConnectionClass, $after: String)"
    )
    first = (await ask(document, **{"class": "GONE_COLD"}))["data"]["listedPeople"]
    rest = (await ask(document, **{"class": "GONE_COLD"}, after=first["pageInfo"]["endCursor"]))["data"]["listedPeople"]
    cold = [row for row in await list_classified_connections(session) if row[1].name == "GONE_COLD"]
    assert first["nodes"] + rest["nodes"] == listed_people_data(cold)
    assert (first["totalCount"], len(first["nodes"]), len(rest["nodes"])) == (5, 3, 2)
    assert base64.urlsafe_b64decode(first["edges"][0]["cursor"]).decode() == cold[0][0].person.id


async def test_reach_counts_the_people_to_whom_routes_lead(sample: Counting) -> None:
    network, member = await find_or_create_network(sample, "demo", today=TODAY)
    state = await read_state(sample, network)
    session = Session(sample, state, build_viewer(state, member))
    reach = await assess_reach(session)
    reached = sorted(reach.reached.values(), key=lambda one: (-len(one.introducers), one.person_id))

    assert {len(one.introducers) for one in reached} == {1, 2}
    for one in [*reached[:4], *reached[-8:]]:
        answer = (await answer_question(session, ExactReference(one.person_id), max_introducers=3)).answer
        assert isinstance(answer, Introductions)
        fewest = min(len(route.people) - 1 for route in answer.routes)
        assert fewest == len(one.introducers)
        assert any(tuple(person.id for person in route.people[:-1]) == one.introducers for route in answer.routes)
        scores = [route.score for route in answer.routes if len(route.people) - 1 == fewest]
        assert max(score for score in scores if score is not None) == pytest.approx(one.score, abs=1e-12)
    connections = sorted((one.person.name, one.person.id) for one, _ in await list_classified_connections(session))
    for _, id in connections[::20]:
        answer = (await answer_question(session, ExactReference(id), max_introducers=3)).answer
        assert not isinstance(answer, AmbiguousTarget | UnknownTarget)
        if answer.possible_duplicates:  # an answer has their ties too, and a report counts each of them
            continue
        assert isinstance(answer, AlreadyKnown) is (id in reach.known)
        assert isinstance(answer, Introductions) is (id in reach.reached)
