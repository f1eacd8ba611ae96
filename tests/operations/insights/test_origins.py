"""Tests of how connections came about: what the viewer and others had in common on the day of the connection."""

from datetime import date

import neo4j
import pytest

from graph.database.client import Graph
from graph.insights.educations import read_educations
from graph.insights.health import HealthDimension
from graph.insights.measures.origins import ConnectionOrigin
from graph.names.keys import company_key
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.privacy.erasure import erase_person
from graph.records import Connection, Education, Job, Part, PersonMention, Record, RosterEntry
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network
from operations.session import Session
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import by_mail, own

ANA, BEN = "ana@home.example", "ben@home.example"
CONNECTED = date(2010, 5, 1)


def studied(who: PersonMention, school: str, since: date | None, until: date | None, part: str) -> Record:
    return Education(who, school, since, until, part)


async def origins(graph: Graph, network: str) -> dict[str, int]:
    session = Session(graph, await read_state(graph, network), await viewer_of(graph, "ana"))
    health = await assess_network(session, await list_connections_of_viewer(session))
    return {each.name: each.counts.total for each in health.groups if each.dimension is HealthDimension.ORIGIN}


async def test_a_shared_employer_or_school_counts_on_the_day_of_the_connection(
    driver: neo4j.AsyncDriver, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = await create_team_network(driver, graph, "ben")
    names = ("colleague", "graduate", "earlier", "undated", "elsewhere", "hidden")
    people = {name: by_mail(f"{name}@far.example") for name in names}
    me, leeds = PersonMention(()), "University of Leeds"
    archive: list[Record] = [
        own(ANA, "Ana"),
        *(Connection(one, CONNECTED, "connections") for one in people.values()),
        Part("connections"),
        Job(me, "Near Ltd", None, date(2009, 1, 1), None, "positions"),
        Part("positions"),
        studied(me, leeds, date(2008, 9, 1), date(2012, 6, 30), "education"),
        studied(me, "Aston University", None, None, "education"),
        studied(me, "York College", date(2001, 1, 1), None, "education"),
        Part("education"),
    ]
    candidates: list[Record] = [
        *(RosterEntry(one, "list") for one in people.values()),
        Job(people["colleague"], "Near Ltd", None, None, None, "list"),
        studied(people["graduate"], leeds, None, date(2011, 12, 31), "list"),
        studied(people["earlier"], leeds, None, date(2009, 12, 31), "list"),
        studied(people["undated"], leeds, None, None, "list"),
        studied(people["elsewhere"], "Leeds Beckett University", date(2009, 1, 1), None, "list"),
        Part("list"),
    ]
    of_ben: list[Record] = [
        RosterEntry(people["hidden"], "list"),
        studied(people["hidden"], leeds, date(2009, 1, 1), None, "list"),
        Part("list"),
    ]
    await load_for(graph, "ana", archive, kind="linkedin")
    await load_for(graph, "ana", [own(ANA, "Ana"), *candidates], kind="candidates")
    await load_for(graph, "ben", [own(BEN, "Ben"), *of_ben], SharingLevel.PRIVATE, kind="candidates")

    shared = {ConnectionOrigin.SHARED_EMPLOYER.value: 1, ConnectionOrigin.SHARED_SCHOOL.value: 1}
    assert await origins(graph, network) == shared | {ConnectionOrigin.UNKNOWN.value: 4}

    ana = await viewer_of(graph, "ana")
    keys = [one.school_key for one in await read_educations(graph, ana, ana.person_id or "")]
    assert keys == [company_key(leeds), company_key("York College")]
    monkeypatch.setattr("graph.insights.educations.MAX_EDUCATIONS", 1)
    assert len(await read_educations(graph, ana, ana.person_id or "")) == 1

    await erase_person(graph, ana, "graduate@far.example")
    assert ConnectionOrigin.SHARED_SCHOOL.value not in await origins(graph, network)
