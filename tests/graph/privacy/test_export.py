"""What is held of somebody is told whole, at the clearance of whoever asks, and gone when they are forgotten."""

import neo4j

from graph.database.client import Graph
from graph.lookup.resolve import Target, find
from graph.networks.sources import IntroducerVisibility, SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.privacy.export import export_person
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.hidden_contacts import hide_contact
from graph.sharing.visibility_requests import (
    answer_visibility_request,
    list_visibility_requests,
    request_visibility,
    set_introducer_visibility,
)
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, own, talk

ANA, BEN, JANE = "ana@home.example", "ben@home.example", "jane@far.example"
MARKS = ("hidden_contacts", "excluded_introducers", "visibility_requests")
DAY = TODAY.isoformat()


async def marks(graph: Graph, member: str) -> list[list[dict[str, object]]]:
    """What a member is told of Jane beside what sources say."""
    found = await export_person(graph, await seen_by(graph, member), JANE)
    assert isinstance(found, dict)
    return [found[what] for what in MARKS]


async def test_what_members_said_and_asked_of_somebody_is_told_to_those_who_may_know(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await joined(driver, graph, "ben", "cleo")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, JANE, times=1, ago=400)])
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], SharingLevel.EVIDENCE)
    await set_introducer_visibility(graph, await read_state(graph, network), "ana", IntroducerVisibility.AFTER_CONSENT)
    assert await marks(graph, "ana") == await marks(graph, "ben") == [[], [], []]
    ana, ben, now = await seen_by(graph, "ana"), await seen_by(graph, "ben"), await read_state(graph, network)
    jane = await find(graph, ana, JANE)
    assert isinstance(jane, Target)

    assert await request_visibility(graph, now, ana, jane, today=TODAY)
    (waiting,) = await list_visibility_requests(graph, ben)
    await answer_visibility_request(graph, ben, waiting.id, consented=False)
    await exclude_introducer(graph, now, ana, jane.person.id, today=TODAY, for_everybody=True)
    await exclude_introducer(graph, now, ben, jane.person.id, today=TODAY)
    await hide_contact(graph, ana, person=jane.person.id, today=TODAY)

    said = {"label": "Jane", "on": DAY}
    assert await marks(graph, "ana") == [[said], [{**said, "for": "everybody"}], [{"by": "Ana", "on": DAY}]]
    assert await marks(graph, "ben") == [
        [],
        [{**said, "for": "one member"}],
        [{"by": "the first owner", "on": DAY, "consented": False}],
    ]
    assert await marks(graph, "cleo") == [[], [], []]

    await erase_person(graph, ana, JANE)
    query = "MATCH (x:HiddenContact|ExcludedIntroducer|VisibilityRequest) RETURN count(x) AS left"
    left, _, _ = await driver.execute_query(query)
    assert left[0]["left"] == 0
