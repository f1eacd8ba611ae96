"""A workspace's export is everybody's: it has an owner only because somebody says so, and shows all its sides."""

from datetime import date, timedelta

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import ExportOwnerUnknown
from graph.networks.state import read_state
from graph.records import WORKSPACE, Channel, Handle, HandleKind, Interaction, ObservedName, Part, PersonMention, Record
from tests.graph.worlds import NOON, bring, home, own, talk

ME = "ana@home.example"


def user(name: str) -> PersonMention:
    """A workspace's user, with the address that the profile states."""
    handles = (Handle(HandleKind.SLACK, f"T0/U0{name.upper()}"), Handle(HandleKind.EMAIL, f"{name}@home.example"))
    return PersonMention(handles, name.title())


def chat(by: str, to: str, ago: float = 1) -> Interaction:
    return Interaction(user(by), (user(to),), NOON - timedelta(days=ago), Channel.CHAT, f"{by}>{to}@{ago}")


def workspace(*said: Record) -> list[Record]:
    return [Part(WORKSPACE), *(ObservedName(user(name), date(2026, 1, 1)) for name in ("ana", "ben", "cleo")), *said]


async def members_keys(driver: neo4j.AsyncDriver) -> list[str]:
    rows, _, _ = await driver.execute_query(
        "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i:Identity) RETURN i.key AS key ORDER BY key"
    )
    return [row["key"] for row in rows]


@pytest.mark.parametrize("said", [[chat("ben", "ana"), chat("ben", "cleo")], [chat("ben", "cleo")]])
async def test_the_user_with_the_owners_address_is_the_owner_silent_or_not(
    driver: neo4j.AsyncDriver, graph: Graph, said: list[Record]
) -> None:
    loaded = await bring(graph, workspace(*said), kind="slack", owner=ME)

    assert loaded.source.account == "T0/U0ANA"
    assert await members_keys(driver) == ["email:ana@home.example", "slack:T0/U0ANA"]


async def test_it_is_known_again_without_being_told_and_stays_one_source(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    first = await bring(graph, workspace(chat("ben", "ana")), kind="slack", owner=ME)
    again = await bring(graph, workspace(chat("ben", "ana")), kind="slack", owner=None)

    assert again.source.id == first.source.id
    assert await members_keys(driver) == ["email:ana@home.example", "slack:T0/U0ANA"]


async def test_a_mailbox_that_is_there_says_who_the_owner_of_a_workspace_is(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await bring(graph, [own(ME, "Ana Ferreira"), *talk(ME, "dan@far.example")])

    loaded = await bring(graph, workspace(chat("ben", "ana")), kind="slack", owner=None)

    assert loaded.source.account == "T0/U0ANA"


async def test_whoever_speaks_most_in_a_workspace_is_not_taken_for_its_owner(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    busy = [chat("ben", towards, ago) for towards in ("ana", "cleo") for ago in range(1, 9)]

    with pytest.raises(ExportOwnerUnknown, match="does not name its owner"):
        await bring(graph, workspace(*busy), kind="slack", owner=None)
    assert (await read_state(graph, (await home(graph))[0])).sources == ()


async def test_asks_between_others_count_in_a_workspace_and_not_in_one_persons_export(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    said = [chat("ana", "ben", 30), chat("ben", "cleo", 30), chat("cleo", "ben", 29.9)]
    rated = (
        "MATCH (n:Network {name: $name}) MATCH (p:Person {name: 'Cleo', network: n.id}) "
        "RETURN p.got > 0 AS got, p.answered > 0 AS answered"
    )

    await bring(graph, workspace(*said), kind="slack", owner=ME, name="whole")
    await bring(graph, workspace(*said)[1:], kind="chat", owner=ME, name="own")

    found = {}
    for name in ("whole", "own"):
        (row,), _, _ = await driver.execute_query(rated, name=name)
        found[name] = (row["got"], row["answered"])
    assert found == {"whole": (True, True), "own": (False, False)}
