"""Tests that duplicates and merged people depend only on the sources that the viewer may see."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.lookup.search import search_people
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.records import Record
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.share import share_source
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, by_mail, by_profile, connections, network_contents, own, talk

ANA, BEN, CQ = "ana@home.example", "ben@home.example", "cq77@far.example"
CLEO = "Cleo Quist"
PROFILE = "https://www.linkedin.com/in/cleo-q"
ANAS_MAIL: list[Record] = [own(ANA, "Ana"), *talk(ANA, BEN)]
BENS_MAIL: list[Record] = [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, CQ)]
BENS_PROFILES: list[Record] = [own(BEN, "Ben"), *connections((by_profile("cleo-q", CLEO), None))]
CALLS_CQ_CLEO: list[Record] = [own(BEN, "Ben"), *connections((by_mail(CQ, CLEO), None))]


async def resolve_names(graph: Graph, member: str, *texts: str) -> list[tuple[str, ...] | None]:
    """For each text, the names of its target and probable duplicates, or None if there is no single target."""
    viewer = await viewer_of(graph, member)
    targets = [await resolve_reference(graph, viewer, text) for text in texts]
    return [
        (target.person.name, *(other.name for other in target.possible_duplicates))
        if isinstance(target, ResolvedTarget)
        else None
        for target in targets
    ]


async def test_a_duplicate_is_visible_only_to_viewers_of_its_reason(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    """Only Ben's address book names CQ as the profile does."""
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANAS_MAIL)
    await load_for(graph, "ben", BENS_MAIL, SharingLevel.EVIDENCE)
    await load_for(graph, "ben", BENS_PROFILES, SharingLevel.EVIDENCE, kind="linkedin")
    assert await resolve_names(graph, "ana", CQ, PROFILE) == [("Cq77",), (CLEO,)]
    before = await network_contents(driver)

    await load_for(graph, "ben", CALLS_CQ_CLEO, SharingLevel.PRIVATE, kind="contacts")
    private = await network_contents(driver)
    assert await resolve_names(graph, "ana", CQ, PROFILE, CLEO) == [("Cq77",), (CLEO,), (CLEO,)]
    named = [("Cq77", CLEO), (CLEO, "Cq77"), ("Cq77", CLEO)]  # by the sources that all see
    assert await resolve_names(graph, "ben", CQ, PROFILE, CLEO) == named
    assert len(await search_people(graph, await viewer_of(graph, "ben"), CLEO, 9)) == 1

    ben = await viewer_of(graph, "ben")
    await share_source(graph, ben, "contacts", SharingLevel.STRENGTH)
    assert await resolve_names(graph, "ana", CQ, PROFILE, CLEO) == [(CLEO, CLEO)] * 3
    await share_source(graph, ben, "contacts", SharingLevel.PRIVATE)
    assert await network_contents(driver) == private
    assert private != before


async def test_a_private_profile_does_not_change_a_colleagues_duplicates(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    """Only Ben's list has a second profile for the address of a duplicate, so Ben sees two people: one has both."""
    address = "cleo.quist@far.example"
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [*ANAS_MAIL, *talk(ANA, address)])
    await load_for(graph, "ana", [own(ANA, "Ana"), *BENS_PROFILES[1:]], kind="linkedin")
    assert await resolve_names(graph, "ana", address, PROFILE, CLEO) == [(CLEO, CLEO)] * 3

    rows = connections((by_profile("cleo-2", CLEO, address), None), (by_profile("cleo-q", CLEO), None))
    await load_for(graph, "ben", [own(BEN, "Ben"), *rows], SharingLevel.PRIVATE, kind="linkedin")

    assert await resolve_names(graph, "ana", address, PROFILE, CLEO) == [(CLEO, CLEO)] * 3
    assert await resolve_names(graph, "ben", address, PROFILE, CLEO) == [(CLEO, CLEO), (CLEO,), None]


@pytest.mark.parametrize(
    ("mail", "listed"),
    [
        (SharingLevel.PRIVATE, SharingLevel.PRIVATE),
        (SharingLevel.EVIDENCE, SharingLevel.PRIVATE),
        (SharingLevel.PRIVATE, SharingLevel.EVIDENCE),
    ],
)
async def test_a_private_row_does_not_merge_people_for_a_colleague(
    driver: neo4j.AsyncDriver, graph: Graph, mail: SharingLevel, listed: SharingLevel
) -> None:
    """Only Ben's list connects the address with the profile."""
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", [*ANAS_MAIL, *talk(ANA, CQ)], mail)
    await load_for(graph, "ana", [own(ANA, "Ana"), *BENS_PROFILES[1:]], listed, kind="linkedin")
    before = await resolve_names(graph, "ana", CQ, PROFILE)

    rows = connections((by_profile("cleo-q", CLEO, CQ), None))
    await load_for(graph, "ben", [own(BEN, "Ben"), *rows], SharingLevel.PRIVATE, kind="linkedin")

    assert await resolve_names(graph, "ana", CQ, PROFILE) == before == [("Cq77",), (CLEO,)]


async def test_an_exclusion_covers_only_duplicates_visible_to_the_viewer(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANAS_MAIL)
    await load_for(graph, "ben", BENS_MAIL, SharingLevel.EVIDENCE)
    await load_for(graph, "ben", BENS_PROFILES, SharingLevel.EVIDENCE, kind="linkedin")
    await load_for(graph, "ben", CALLS_CQ_CLEO, SharingLevel.PRIVATE, kind="contacts")
    for member in ("ana", "ben"):
        viewer = await viewer_of(graph, member)
        profile = await resolve_reference(graph, viewer, PROFILE)
        assert isinstance(profile, ResolvedTarget)
        await exclude_introducer(graph, await read_state(graph, network), viewer, profile.person.id, today=TODAY)

    assert len((await viewer_of(graph, "ana")).excluded_introducers) == 1
    assert len((await viewer_of(graph, "ben")).excluded_introducers) == 2
