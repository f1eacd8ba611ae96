"""Tests of the reading of listed people with their contact and ties."""

from datetime import date

import neo4j

from graph.database.client import Graph
from graph.days import day_of
from graph.insights.listed_people import ListedPerson, list_connection_ids, read_listed_people
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.records import LatestDate, Record
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import NOON, TODAY, by_mail, connections, home, own, talk, wrote

ME = "ana@home.example"
LAST = day_of(NOON.date())


async def listed(graph: Graph, member: str = "ana") -> dict[str, ListedPerson]:
    network, _ = await home(graph)
    state = await read_state(graph, network)
    people = await read_listed_people(graph, state, await viewer_of(graph, member))
    assert [one.person.name for one in people] == sorted(one.person.name for one in people)
    return {one.person.name: one for one in people}


async def test_every_listed_person_has_the_contact_and_ties_in_view(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "bob")
    names = ("ben", "cleo", "dan", "eva", "fay")
    entries = [(by_mail(f"{name}@{name}.example"), "Halden" if name == "ben" else None) for name in names]
    archive: list[Record] = [own(ME, "Ana"), *connections(*entries, on=date(2021, 2, 3)), LatestDate(TODAY)]
    await load_for(graph, "ana", archive, kind="linkedin")
    mail: list[Record] = [
        own(ME, "Ana"),
        *talk(ME, "ben@ben.example", times=3),
        wrote("cleo@cleo.example", ME, ago=40),
        wrote(ME, "dan@dan.example", ago=60),
        wrote(ME, "gus@gus.example", ago=2),
        LatestDate(TODAY),
    ]
    await load_for(graph, "ana", mail)
    await load_for(graph, "ana", mail, kind="copy")  # one message in two sources counts once
    other = [own("bob@home.example", "Bob"), *connections((by_mail("hal@hal.example"), None))]
    await load_for(graph, "bob", other, SharingLevel.EVIDENCE, kind="linkedin")
    await load_for(graph, "bob", [own("bob@home.example", "Bob"), *talk("bob@home.example", "fay@fay.example")])

    people = await listed(graph)

    assert [*people] == ["Ben", "Cleo", "Dan", "Eva", "Fay"]
    assert await list_connection_ids(graph, await viewer_of(graph, "ana")) == {one.person.id for one in people.values()}
    ben, cleo, dan, eva = (people[name] for name in ("Ben", "Cleo", "Dan", "Eva"))
    assert ben.person.company == "Halden"
    assert ben.listed_on == day_of(date(2021, 2, 3))
    assert ben.outwards.days == (LAST - 5, LAST - 3, LAST - 1)
    assert (ben.outwards.count, ben.inwards.count) == (3, 3)
    assert ben.strength is not None
    assert ben.reverse_strength is not None
    assert (cleo.outwards.count, cleo.inwards.days, cleo.inwards.unanswered) == (0, (LAST - 40,), (LAST - 40,))
    assert (dan.outwards.unanswered, dan.inwards.count, dan.last_contact) == ((LAST - 60,), 0, LAST - 60)
    assert dan.silent_days == day_of(TODAY) - (LAST - 60)
    assert (eva.last_contact, eva.silent_days, eva.strength, eva.coverage_until) == (None, None, None, day_of(TODAY))
    assert people["Fay"].last_contact is None  # the evidence of a private source of another member

    assert [*await listed(graph, "bob")] == ["Hal"]


async def test_a_response_is_no_unanswered_ask(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph)
    ben, cleo, jane = "ben@ben.example", "cleo@cleo.example", "jane.thornbury@acme.example"
    entries = [(by_mail(address), None) for address in (ben, cleo, jane)]
    archive = [own(ME, "Ana"), *connections(*entries), LatestDate(TODAY)]
    await load_for(graph, "ana", archive, kind="linkedin")
    ended = [wrote(ME, ben, ago=50), wrote(ben, ME, ago=49)]
    asked = [wrote(ME, cleo, ago=90), wrote(cleo, ME, ago=49)]
    also_jane = talk(ME, "jane.thornbury@gmail.com")
    await load_for(graph, "ana", [own(ME, "Ana"), *ended, *asked, *also_jane, LatestDate(TODAY)])

    people = await listed(graph)

    assert (people["Ben"].outwards.answered, people["Ben"].inwards.unanswered) == ((LAST - 50,), ())
    assert people["Cleo"].inwards.unanswered == (LAST - 49,)
    # contact with a probable duplicate does not count, and is named
    duplicate = people["Jane Thornbury"].duplicate
    assert duplicate is not None
    assert (duplicate.person.name, duplicate.last_contact) == ("Jane Thornbury", LAST - 1)
    assert (people["Jane Thornbury"].last_contact, people["Ben"].duplicate) == (None, None)


async def test_a_network_without_a_list_has_nobody(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ME, "Ana"), *talk(ME, "ben@ben.example"), wrote("cleo@cleo.example", ME)])

    assert await listed(graph) == {}
