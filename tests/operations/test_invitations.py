"""Tests of the review of invitations in a network of two members."""

from datetime import timedelta

import neo4j

from graph.database.client import Graph
from graph.insights.review.invitations import InvitationAdvice
from graph.insights.tags import tag_people
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Handle, HandleKind, InvitationRecord, LatestDate, Part, PersonMention, Record
from graph.sharing.share import share_source
from operations.insights.invitations import review_invitations
from operations.insights.review import archive_people
from operations.session import Session
from sources.tables.target_list import list_of_targets
from tests.graph.teams import create_team_network, load_for
from tests.graph.worlds import TODAY, by_profile, connections, own, talk

ME, BOB, BEN, JANE = "ana@home.example", "bob@home.example", "ben@near.example", "jane@far.example"
ON = TODAY - timedelta(days=40)
CLEO = by_profile("cleo", "Cleo Far")
Rows = list[tuple[str, InvitationAdvice, list[str]]]


async def review(graph: Graph, network: str, *names: str) -> Rows:
    state = await read_state(graph, network)
    session = Session(graph, state, build_viewer(state, "ana"))
    reviews = await review_invitations(session, list_of_targets(names) if names else None)
    return [
        (each.invitation.name, each.advice, [one.person.name for one in each.invitation.mutual_contacts])
        for each in reviews
    ]


async def test_open_invitations_have_advice_from_what_is_in_view(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network = await create_team_network(driver, graph, "bob")
    archive: list[Record] = [
        own(ME, "Ana"),
        *connections((by_profile("dan", "Dan Near"), None)),
        InvitationRecord(PersonMention((Handle(HandleKind.EMAIL, JANE),), "Jane Far"), ON, False, False, "invitations"),
        InvitationRecord(CLEO, ON, True, False, "invitations"),
        InvitationRecord(by_profile("dan", "Dan Near"), ON, False, True, "invitations"),
        Part("invitations"),
        LatestDate(TODAY),
    ]
    await load_for(graph, "ana", archive, kind="linkedin")
    await load_for(graph, "ana", [own(ME, "Ana"), *talk(BEN, ME), LatestDate(TODAY)])
    before = await review(graph, network)
    await load_for(graph, "bob", [own(BOB, "Bob"), *talk(JANE, BEN, copy=BOB)])
    private = await review(graph, network)

    alone: Rows = [("Jane Far", InvitationAdvice.LEAVE, []), ("Cleo Far", InvitationAdvice.WITHDRAW, [])]
    assert before == private == alone

    state = await read_state(graph, network)
    (shared,) = [source for source in state.sources if source.member == "bob"]
    bob = build_viewer(state, "bob")
    await share_source(graph, bob, shared.id, SharingLevel.EVIDENCE, third_party_ties=True)
    asked = await review(graph, network)
    assert asked == [("Jane Far", InvitationAdvice.ASK_FIRST, ["Ben"]), alone[1]]

    by_name = await review(graph, network, "Jane Far", "Nobody Known", "Dan Near")
    assert [row[:2] for row in by_name] == [
        ("Jane Far", InvitationAdvice.ASK_FIRST),
        ("Nobody Known", InvitationAdvice.LEAVE),
        ("Dan Near", InvitationAdvice.NOTHING_TO_DO),
    ]

    state = await read_state(graph, network)
    session = Session(graph, state, build_viewer(state, "ana"))
    invitations = [each.invitation for each in await review_invitations(session)]
    (ben,) = {one.person.id for each in invitations for one in each.mutual_contacts}
    (jane,) = {each.person.id for each in invitations if each.person and each.name == "Jane Far"}
    await archive_people(session, [ben], today=TODAY)
    await tag_people(graph, build_viewer(state, "bob"), "Clients", [jane], is_shared=True)
    assert await review(graph, network) == alone, "a tag of a colleague counts"
