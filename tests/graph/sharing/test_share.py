"""Sharing: whom a level opens, what stays with its owner, and that taken back it leaves no trace."""

from contextlib import suppress
from itertools import combinations
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.answers import AlreadyKnown, Answer, Introductions, UnknownTarget
from graph.database.client import Graph
from graph.derivation.refresh import recover_if_interrupted
from graph.errors import SourceNotFound
from graph.introductions.answer import introductions
from graph.networks.sources import SharingLevel
from graph.sharing.hidden_contacts import hide_contact, list_hidden_contacts, unhide_contact
from graph.sharing.share import preview_sharing, share_source
from graph.ties.evidence import read_evidence
from tests.graph.teams import brings, joined, seen_by
from tests.graph.worlds import TODAY, own, talk, whole, wrote

ANA, BEN, CLEO, DAN, EVE = (
    "ana@home.example",
    "ben@home.example",
    "cleo@far.example",
    "dan@gmail.com",
    "eve@wide.example",
)
ANAS = [own(ANA, "Ana"), *talk(ANA, BEN, ago=3), *talk(ANA, EVE, ago=9)]
BENS = [
    own(BEN, "Ben"),
    *talk(BEN, ANA, ago=3),
    *talk(BEN, CLEO, ago=5),
    *talk(BEN, DAN, ago=7),
    *talk(CLEO, EVE, ago=2, copy=BEN),
]


async def people_of(driver: neo4j.AsyncDriver) -> dict[str, str]:
    """Everybody's id, by an identity of theirs."""
    rows, _, _ = await driver.execute_query("MATCH (i:Identity)-[:OF]->(p:Person) RETURN i.key, p.id")
    return {row[0]: row[1] for row in rows}


async def asked(graph: Graph, member: str, target: str) -> Answer:
    return await introductions(graph, await seen_by(graph, member), target)


@pytest.mark.parametrize("others", [False, True])
async def test_shared_and_taken_back_it_was_never_shared(
    driver: neo4j.AsyncDriver, graph: Graph, *, others: bool
) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS)
    ben = await seen_by(graph, "ben")
    private = await whole(driver)
    assert isinstance(await asked(graph, "ana", CLEO), UnknownTarget)

    await share_source(graph, ben, "mailbox", SharingLevel.STRENGTH, third_party_ties=others)
    shared = await whole(driver)
    routes = await asked(graph, "ana", CLEO)
    await brings(graph, "ben", BENS)
    again = await whole(driver)
    await share_source(graph, ben, "mailbox", SharingLevel.PRIVATE)

    assert isinstance(routes, Introductions)
    assert {route.people[0].name for route in routes.routes} == ({"Ben", "Eve"} if others else {"Ben"})
    assert again == shared
    assert await whole(driver) == private


@pytest.mark.parametrize("others", [False, True])
async def test_shared_later_or_in_pieces_is_as_shared_from_the_start(
    driver: neo4j.AsyncDriver, graph: Graph, *, others: bool
) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS, SharingLevel.EVIDENCE, others=others)
    start = await whole(driver)
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")

    await joined(driver, graph, "ben")
    await brings(graph, "ben", BENS[:12])
    await share_source(graph, await seen_by(graph, "ben"), "mailbox", SharingLevel.EVIDENCE, third_party_ties=others)
    await brings(graph, "ben", BENS)
    await brings(graph, "ana", ANAS)

    assert await whole(driver) == start


async def test_what_stays_with_its_owner(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS)
    ben = await seen_by(graph, "ben")

    told = await preview_sharing(graph, ben, "mailbox", SharingLevel.EVIDENCE)
    assert (told.newly_reachable, told.personal_domain, told.source.sharing_level) == (1, 1, SharingLevel.PRIVATE)
    pairs = list(combinations(sorted((await people_of(driver)).values()), 2))
    before = [await read_evidence(graph, ben, [pair]) for pair in pairs]
    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE)

    assert isinstance(await asked(graph, "ana", DAN), UnknownTarget)  # of a personal mail domain
    towards_eve = await asked(graph, "ana", "Cleo")  # Ana knows Eve, who knows Cleo: Ben alone has seen that
    assert isinstance(towards_eve, Introductions)
    assert [route.people[0].name for route in towards_eve.routes] == ["Ben"]
    ben = await seen_by(graph, "ben")
    assert [await read_evidence(graph, ben, [pair]) for pair in pairs] == before

    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE, third_party_ties=True)
    opened = await asked(graph, "ana", "Cleo")
    assert isinstance(opened, Introductions)
    assert {route.people[0].name for route in opened.routes} == {"Ben", "Eve"}


async def test_whom_a_member_conceals_nobody_else_sees(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS, SharingLevel.EVIDENCE, others=True)
    opened = await whole(driver)

    for what in ({"name": "Cleo"}, {"person": (await people_of(driver))[f"email:{CLEO}"]}, {"company": "Far"}):
        await hide_contact(graph, await seen_by(graph, "ben"), today=TODAY, **what)  # type: ignore[arg-type]
        assert isinstance(await asked(graph, "ana", CLEO), UnknownTarget)
        assert isinstance(await asked(graph, "ben", CLEO), AlreadyKnown)
        await brings(graph, "ben", [*BENS, wrote(BEN, CLEO, ago=5)])
        assert isinstance(await asked(graph, "ana", CLEO), UnknownTarget)
        (mark,) = await list_hidden_contacts(graph, await seen_by(graph, "ben"))
        assert not await unhide_contact(graph, await seen_by(graph, "ana"), mark.id)
        assert await unhide_contact(graph, await seen_by(graph, "ben"), mark.id)
        assert await whole(driver) == opened


class Dying(Graph):
    """A graph whose process is killed before its nth write."""

    def __init__(self, driver: neo4j.AsyncDriver, writes: int) -> None:
        super().__init__(driver)
        self.left = writes

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.left -= query.writes and query.name not in ("networks/acquire_lease", "networks/release_lease")
        if self.left < 0 and query.name != "networks/release_lease":
            raise Killed
        return await super().run(query, **params)


class Killed(Exception):
    """Stands for the end of a process."""


async def test_killed_anywhere_it_is_shared_or_not_and_nothing_kept_is_seen(
    driver: neo4j.AsyncDriver, graph: Graph
) -> None:
    network = await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS)
    ben = await seen_by(graph, "ben")
    whole_of = {SharingLevel.PRIVATE: await whole(driver)}
    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE)
    whole_of[SharingLevel.EVIDENCE] = await whole(driver)

    for writes in (1, 2, 4, 7, 9, 11):
        for level in (SharingLevel.PRIVATE, SharingLevel.EVIDENCE):
            with suppress(Killed):
                await share_source(Dying(driver, writes), ben, "mailbox", level)
            assert isinstance(await asked(graph, "ana", DAN), UnknownTarget)
            left = await recover_if_interrupted(graph, network)
            (source,) = [s for s in left.sources if s.member == "ben"]
            assert await whole(driver) == whole_of[source.sharing_level]


async def test_who_owns_a_source_decides_and_nobody_else(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await joined(driver, graph, "ben")
    await brings(graph, "ana", ANAS)
    await brings(graph, "ben", BENS, SharingLevel.EVIDENCE)
    ana = await seen_by(graph, "ana")
    before = await whole(driver)

    said = set()
    for source in (
        f"mailbox {BEN}",
        "mailbox nobody@home.example",
        next(s for s in ana.sources if s in ana.evidence_sources[1:]),
    ):
        with pytest.raises(SourceNotFound) as refused:
            await share_source(graph, ana, source, SharingLevel.EVIDENCE)
        said.add(str(refused.value))

    assert len(said) == 1
    assert await whole(driver) == before
