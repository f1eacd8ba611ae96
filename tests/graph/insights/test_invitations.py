"""Tests that invitations are stored without their texts and read for their member only."""

from datetime import date, timedelta

import neo4j

from graph.database.client import Graph
from graph.days import day_of
from graph.insights.listed_people import read_listed_people
from graph.insights.measures.invitations import read_invitations
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.records import InvitationRecord, LatestDate, Part, Record
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_profile, connections, own

ME = "ana@home.example"
BEN, CLEO = by_profile("ben", "Ben Ek"), by_profile("cleo", "Cleo Far")
ON = TODAY - timedelta(days=30)


def archive(*invitations: InvitationRecord, until: date) -> list[Record]:
    return [
        own(ME, "Ana"),
        *connections((BEN, "Halden"), on=ON),
        *invitations,
        Part("invitations"),
        LatestDate(until),
    ]


async def test_invitations_keep_their_direction_note_and_day(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network = await create_team_network(driver, graph, "bob")
    sent = InvitationRecord(BEN, ON, True, False, "invitations")
    received = InvitationRecord(CLEO, ON, False, True, "invitations")
    level = SharingLevel.EVIDENCE
    for _ in range(2):
        await load_for(graph, "ana", archive(sent, received, until=ON), level, kind="linkedin")

    viewer = await viewer_of(graph, "ana")
    stored = await read_invitations(graph, viewer)
    people = {one.person.name: one for one in await read_listed_people(graph, await read_state(graph, network), viewer)}

    assert sorted((each.day, each.is_sent, each.has_note, each.is_listed) for each in stored) == [
        (day_of(ON), False, True, True),
        (day_of(ON), True, False, True),
    ]
    assert [each.is_sent for each in stored if each.person_id == people["Ben Ek"].person.id] == [True]
    assert [*people] == ["Ben Ek"]  # an open invitation is no connection
    assert await read_invitations(graph, await viewer_of(graph, "bob")) == ()

    await load_for(graph, "ana", archive(sent, until=TODAY), level, kind="linkedin")
    later = await read_invitations(graph, viewer)
    assert [(each.is_sent, each.is_listed) for each in later if not each.is_sent] == [(False, False)]
