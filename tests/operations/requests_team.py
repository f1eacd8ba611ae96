"""A team whose members ask each other for introductions."""

import neo4j

from graph.database.client import Graph
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.requests.requests import IntroductionRequest
from operations.requests.acting import send_request
from operations.requests.drafting import create_request
from operations.session import Session
from presentation.request_texts import RequestFacts
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import home, own, talk
from tests.prepared_stores import created_once

ANA, BEN, CLEO = (f"{who}@home.example" for who in ("ana", "ben", "cleo"))
DAN, JANE = "dan@near.example", "jane@far.example"
FACTS = RequestFacts("I want to learn how you choose suppliers", "I run purchasing at Acme.", "You meet a customer.")


@created_once
async def create_request_team(driver: neo4j.AsyncDriver, graph: Graph) -> str:
    """Ben, who shares evidence, knows Jane. So does Dan, no member, whom Ana knows. Cleo is a third member."""
    network = await create_team_network(driver, graph, "ben", "cleo")
    anas = [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(DAN, JANE, times=3, copy=ANA)]
    await load_for(graph, "ana", anas)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, JANE, times=12)], SharingLevel.EVIDENCE)
    await load_for(graph, "cleo", [own(CLEO, "Cleo"), *talk(CLEO, BEN)], SharingLevel.EVIDENCE)
    return network


async def session_of(graph: Graph, member: str) -> Session:
    network, _ = await home(graph)
    state = await read_state(graph, network)
    return Session(graph, state, build_viewer(state, member))


async def draft_request(
    graph: Graph, introducer: str = BEN, key: str = "k", member: str = "ana"
) -> IntroductionRequest:
    """A member's draft to the introducer, for Jane."""
    return await create_request(await session_of(graph, member), JANE, introducer, FACTS, key=key)


async def sent_request(graph: Graph, introducer: str = BEN, key: str = "k", member: str = "ana") -> str:
    """The id of a member's sent request to the introducer, for Jane."""
    id = (await draft_request(graph, introducer, key, member)).id
    assert await send_request(await session_of(graph, member), id)
    return id
