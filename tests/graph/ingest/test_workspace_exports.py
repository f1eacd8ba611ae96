"""Tests of workspace exports. They contain all users, so their owner is stated or known from another source."""

from datetime import date, timedelta

import neo4j
import pytest

from graph.database.client import Graph
from graph.errors import ExportOwnerUnknown
from graph.networks.state import read_state
from graph.records import WORKSPACE, Channel, Handle, HandleKind, Interaction, ObservedName, Part, PersonMention, Record
from tests.graph.worlds import NOON, home, load_export, own, talk

ME = "ana@home.example"


def user(name: str) -> PersonMention:
    """A user of the workspace, with the address from the profile."""
    handles = (Handle(HandleKind.SLACK, f"T0/U0{name.upper()}"), Handle(HandleKind.EMAIL, f"{name}@home.example"))
    return PersonMention(handles, name.title())


def chat(by: str, to: str, ago: float = 1) -> Interaction:
    return Interaction(user(by), (user(to),), NOON - timedelta(days=ago), Channel.CHAT, f"{by}>{to}@{ago}")


def workspace(*records: Record) -> list[Record]:
    return [Part(WORKSPACE), *(ObservedName(user(name), date(2026, 1, 1)) for name in ("ana", "ben", "cleo")), *records]


async def members_keys(driver: neo4j.AsyncDriver) -> list[str]:
    rows, _, _ = await driver.execute_query(
        "MATCH (:Member)-[:IS]->(:Person)<-[:OF]-(i:Identity) RETURN i.key AS key ORDER BY key"
    )
    return [row["key"] for row in rows]


@pytest.mark.parametrize("records", [[chat("ben", "ana"), chat("ben", "cleo")], [chat("ben", "cleo")]])
async def test_the_user_with_the_stated_address_is_the_owner(
    driver: neo4j.AsyncDriver, graph: Graph, records: list[Record]
) -> None:
    loaded = await load_export(graph, workspace(*records), kind="slack", owner=ME)

    assert loaded.source.account == "T0/U0ANA"
    assert await members_keys(driver) == ["email:ana@home.example", "slack:T0/U0ANA"]


async def test_a_second_load_recognises_the_owner_and_the_source(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    first = await load_export(graph, workspace(chat("ben", "ana")), kind="slack", owner=ME)
    again = await load_export(graph, workspace(chat("ben", "ana")), kind="slack", owner=None)

    assert again.source.id == first.source.id
    assert await members_keys(driver) == ["email:ana@home.example", "slack:T0/U0ANA"]


async def test_the_owner_of_a_workspace_is_known_from_an_earlier_mailbox(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    await load_export(graph, [own(ME, "Ana Ferreira"), *talk(ME, "dan@far.example")])

    loaded = await load_export(graph, workspace(chat("ben", "ana")), kind="slack", owner=None)

    assert loaded.source.account == "T0/U0ANA"


async def test_the_most_active_user_is_not_assumed_to_be_the_owner(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    messages = [chat("ben", towards, ago) for towards in ("ana", "cleo") for ago in range(1, 9)]

    with pytest.raises(ExportOwnerUnknown, match="does not name its owner"):
        await load_export(graph, workspace(*messages), kind="slack", owner=None)
    assert (await read_state(graph, (await home(graph))[0])).sources == ()


async def test_requests_between_others_count_only_in_a_workspace(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    records = [chat("ana", "ben", 30), chat("ben", "cleo", 30), chat("cleo", "ben", 29.9)]
    rates_query = (
        "MATCH (n:Network {name: $name}) MATCH (p:Person {name: 'Cleo', network: n.id}) "
        "RETURN p.got > 0 AS got, p.answered > 0 AS answered"
    )

    await load_export(graph, workspace(*records), kind="slack", owner=ME, name="whole")
    await load_export(graph, workspace(*records)[1:], kind="chat", owner=ME, name="own")

    has_rates = {}
    for name in ("whole", "own"):
        (row,), _, _ = await driver.execute_query(rates_query, name=name)
        has_rates[name] = (row["got"], row["answered"])
    assert has_rates == {"whole": (True, True), "own": (False, False)}
