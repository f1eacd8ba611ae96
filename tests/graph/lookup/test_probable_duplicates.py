"""Who is probably the same as whom, and who is one person, for each member by what they may see and by nothing else."""

import neo4j
import pytest

from graph.database.client import Graph
from graph.lookup.resolve import Target, find
from graph.lookup.search import search_people
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.records import Record
from graph.sharing.exclusions import exclude_introducer
from graph.sharing.share import share_source
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, by_mail, by_profile, connections, own, talk, whole

ANA, BEN, CQ = "ana@home.example", "ben@home.example", "cq77@far.example"
CLEO = "Cleo Quist"
PROFILE = "https://www.linkedin.com/in/cleo-q"
ANAS: list[Record] = [own(ANA, "Ana"), *talk(ANA, BEN)]
BENS: list[Record] = [own(BEN, "Ben"), *talk(BEN, ANA), *talk(BEN, CQ)]
LISTED: list[Record] = [own(BEN, "Ben"), *connections((by_profile("cleo-q", CLEO), None))]
CALLS_CQ_CLEO: list[Record] = [own(BEN, "Ben"), *connections((by_mail(CQ, CLEO), None))]


async def meant(graph: Graph, member: str, *asked: str) -> list[tuple[str, ...] | None]:
    """For each of these whom it means and who is probably the same, by name; None where it means nobody alone."""
    viewer = await seen_by(graph, member)
    found = [await find(graph, viewer, one) for one in asked]
    return [(one.person.name, *(twin.name for twin in one.same)) if isinstance(one, Target) else None for one in found]


async def test_who_is_probably_the_same_is_told_to_those_who_may_see_why(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    """Ben's address book alone calls CQ by the name that a profile has."""
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS, SharingLevel.EVIDENCE)
    await brings(graph, "ben", LISTED, SharingLevel.EVIDENCE, kind="linkedin")
    assert await meant(graph, "ana", CQ, PROFILE) == [("Cq77",), (CLEO,)]
    before = await whole(driver)

    await brings(graph, "ben", CALLS_CQ_CLEO, SharingLevel.PRIVATE, kind="contacts")
    private = await whole(driver)
    assert await meant(graph, "ana", CQ, PROFILE, CLEO) == [("Cq77",), (CLEO,), (CLEO,)]
    assert await meant(graph, "ben", CQ, PROFILE, CLEO) == [(CLEO, CLEO)] * 3
    assert len(await search_people(graph, await seen_by(graph, "ben"), CLEO, 9)) == 1

    ben = await seen_by(graph, "ben")
    await share_source(graph, ben, "contacts", SharingLevel.STRENGTH)
    assert await meant(graph, "ana", CQ, PROFILE, CLEO) == [(CLEO, CLEO)] * 3
    await share_source(graph, ben, "contacts", SharingLevel.PRIVATE)
    assert await whole(driver) == private
    assert private != before


async def test_a_profile_in_a_private_source_leaves_a_colleagues_twins_as_they_are(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    """Of two who are probably one, Ben's list alone has another profile for the address: to Ben they are two."""
    address = "cleo.quist@far.example"
    await joined(driver, graph, "ben")
    await brings(graph, "ana", [*ANAS, *talk(ANA, address)])
    await brings(graph, "ana", [own(ANA, "Ana"), *LISTED[1:]], kind="linkedin")
    assert await meant(graph, "ana", address, PROFILE, CLEO) == [(CLEO, CLEO)] * 3

    rows = connections((by_profile("cleo-2", CLEO, address), None), (by_profile("cleo-q", CLEO), None))
    await brings(graph, "ben", [own(BEN, "Ben"), *rows], SharingLevel.PRIVATE, kind="linkedin")

    assert await meant(graph, "ana", address, PROFILE, CLEO) == [(CLEO, CLEO)] * 3
    assert await meant(graph, "ben", address, PROFILE, CLEO) == [(CLEO,), (CLEO,), None]


@pytest.mark.parametrize(
    ("mail", "listed"),
    [
        (SharingLevel.PRIVATE, SharingLevel.PRIVATE),
        (SharingLevel.EVIDENCE, SharingLevel.PRIVATE),
        (SharingLevel.PRIVATE, SharingLevel.EVIDENCE),
    ],
)
async def test_a_private_row_joins_nobody_whom_a_colleague_sees_apart(
    driver: neo4j.AsyncDriver, graph: Graph, mail: SharingLevel, listed: SharingLevel
) -> None:
    """Ben's list alone says whose address it is."""
    await joined(driver, graph, "ben")
    await brings(graph, "ana", [*ANAS, *talk(ANA, CQ)], mail)
    await brings(graph, "ana", [own(ANA, "Ana"), *LISTED[1:]], listed, kind="linkedin")
    before = await meant(graph, "ana", CQ, PROFILE)

    rows = connections((by_profile("cleo-q", CLEO, CQ), None))
    await brings(graph, "ben", [own(BEN, "Ben"), *rows], SharingLevel.PRIVATE, kind="linkedin")

    assert await meant(graph, "ana", CQ, PROFILE) == before == [("Cq77",), (CLEO,)]


async def test_whoever_is_passed_over_takes_no_twin_along_whom_only_a_colleague_sees(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS, SharingLevel.EVIDENCE)
    await brings(graph, "ben", LISTED, SharingLevel.EVIDENCE, kind="linkedin")
    await brings(graph, "ben", CALLS_CQ_CLEO, SharingLevel.PRIVATE, kind="contacts")
    for member in ("ana", "ben"):
        viewer = await seen_by(graph, member)
        profile = await find(graph, viewer, PROFILE)
        assert isinstance(profile, Target)
        await exclude_introducer(graph, await read_state(graph, network), viewer, profile.person.id, today=TODAY)

    assert len((await seen_by(graph, "ana")).excluded_introducers) == 1
    assert len((await seen_by(graph, "ben")).excluded_introducers) == 2
