"""What is held of somebody is told whole, at the clearance of whoever asks, and gone when they are forgotten."""

import neo4j

from graph.database.client import Graph
from graph.lookup.resolve import Target, find
from graph.networks.sources import EVIDENCE, ON_AGREEMENT
from graph.networks.state import state
from graph.privacy.erasure import forget
from graph.privacy.export import held
from graph.sharing.exclusions import pass_over
from graph.sharing.hidden_contacts import conceal
from graph.sharing.visibility_requests import answer, ask_to_reveal, reveals, set_reveal
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, own, talk

ANA, BEN, JANE = "ana@home.example", "ben@home.example", "jane@far.example"
MARKS = ("concealed", "not_a_route", "ways_sought")
DAY = TODAY.isoformat()


async def marks(graph: Graph, member: str) -> list[list[dict[str, object]]]:
    """What a member is told of Jane beside what sources say."""
    found = await held(graph, await seen_by(graph, member), JANE)
    assert isinstance(found, dict)
    return [found[what] for what in MARKS]


async def test_what_members_said_and_asked_of_somebody_is_told_to_those_who_may_know(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await joined(driver, graph, "ben", "cleo")
    await brings(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, JANE, times=1, ago=400)])
    await brings(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], EVIDENCE)
    await set_reveal(graph, await state(graph, network), "ana", ON_AGREEMENT)
    assert await marks(graph, "ana") == await marks(graph, "ben") == [[], [], []]
    ana, ben, now = await seen_by(graph, "ana"), await seen_by(graph, "ben"), await state(graph, network)
    jane = await find(graph, ana, JANE)
    assert isinstance(jane, Target)

    assert await ask_to_reveal(graph, now, ana, jane, today=TODAY)
    (waiting,) = await reveals(graph, ben)
    await answer(graph, ben, waiting.id, agreed=False)
    await pass_over(graph, now, ana, jane.person.id, today=TODAY, everybody=True)
    await pass_over(graph, now, ben, jane.person.id, today=TODAY)
    await conceal(graph, ana, person=jane.person.id, today=TODAY)

    said = {"says": "Jane", "on": DAY}
    assert await marks(graph, "ana") == [[said], [{**said, "for": "everybody"}], [{"by": "Ana", "on": DAY}]]
    assert await marks(graph, "ben") == [
        [],
        [{**said, "for": "one member"}],
        [{"by": "whoever began", "on": DAY, "agreed": False}],
    ]
    assert await marks(graph, "cleo") == [[], [], []]

    await forget(graph, ana, JANE)
    left, _, _ = await driver.execute_query("MATCH (x:Concealed|NotARoute|Reveal) RETURN count(x) AS left")
    assert left[0]["left"] == 0
