"""Tests of sharing a source: what becomes visible, what stays private, and that undoing it restores all."""

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
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, network_contents, own, talk, wrote

ANA, BEN, CLEO, DAN, EVE = (
    "ana@home.example",
    "ben@home.example",
    "cleo@far.example",
    "dan@gmail.com",
    "eve@wide.example",
)
ANA_RECORDS = [own(ANA, "Ana"), *talk(ANA, BEN, ago=3), *talk(ANA, EVE, ago=9)]
BEN_RECORDS = [
    own(BEN, "Ben"),
    *talk(BEN, ANA, ago=3),
    *talk(BEN, CLEO, ago=5),
    *talk(BEN, DAN, ago=7),
    *talk(CLEO, EVE, ago=2, copy=BEN),
]


async def person_ids(driver: neo4j.AsyncDriver) -> dict[str, str]:
    """The id of the person of each identity."""
    rows, _, _ = await driver.execute_query("MATCH (i:Identity)-[:OF]->(p:Person) RETURN i.key, p.id")
    return {row[0]: row[1] for row in rows}


async def ask(graph: Graph, member: str, target: str) -> Answer:
    return await introductions(graph, await viewer_of(graph, member), target)


@pytest.mark.parametrize("others", [False, True])
async def test_making_a_shared_source_private_restores_the_network(
    driver: neo4j.AsyncDriver, graph: Graph, *, others: bool
) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS)
    ben = await viewer_of(graph, "ben")
    private = await network_contents(driver)
    assert isinstance(await ask(graph, "ana", CLEO), UnknownTarget)

    await share_source(graph, ben, "mailbox", SharingLevel.STRENGTH, third_party_ties=others)
    shared = await network_contents(driver)
    answer = await ask(graph, "ana", CLEO)
    await load_for(graph, "ben", BEN_RECORDS)
    reloaded = await network_contents(driver)
    await share_source(graph, ben, "mailbox", SharingLevel.PRIVATE)

    assert isinstance(answer, Introductions)
    assert {route.people[0].name for route in answer.routes} == ({"Ben", "Eve"} if others else {"Ben"})
    assert reloaded == shared
    assert await network_contents(driver) == private


@pytest.mark.parametrize("others", [False, True])
async def test_sharing_later_equals_sharing_from_the_start(
    driver: neo4j.AsyncDriver, graph: Graph, *, others: bool
) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS, SharingLevel.EVIDENCE, others=others)
    start = await network_contents(driver)
    await driver.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n")

    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ben", BEN_RECORDS[:12])
    await share_source(graph, await viewer_of(graph, "ben"), "mailbox", SharingLevel.EVIDENCE, third_party_ties=others)
    await load_for(graph, "ben", BEN_RECORDS)
    await load_for(graph, "ana", ANA_RECORDS)

    assert await network_contents(driver) == start


async def test_personal_domains_and_third_party_ties_stay_private(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS)
    ben = await viewer_of(graph, "ben")

    preview = await preview_sharing(graph, ben, "mailbox", SharingLevel.EVIDENCE)
    assert (preview.newly_reachable, preview.personal_domain, preview.source.sharing_level) == (
        1,
        1,
        SharingLevel.PRIVATE,
    )
    pairs = list(combinations(sorted((await person_ids(driver)).values()), 2))
    before = [await read_evidence(graph, ben, [pair]) for pair in pairs]
    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE)

    assert isinstance(await ask(graph, "ana", DAN), UnknownTarget)  # the address has a personal mail domain
    towards_eve = await ask(graph, "ana", "Cleo")  # only Ben's source shows that Eve knows Cleo
    assert isinstance(towards_eve, Introductions)
    assert [route.people[0].name for route in towards_eve.routes] == ["Ben"]
    ben = await viewer_of(graph, "ben")
    assert [await read_evidence(graph, ben, [pair]) for pair in pairs] == before

    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE, third_party_ties=True)
    wider = await ask(graph, "ana", "Cleo")
    assert isinstance(wider, Introductions)
    assert {route.people[0].name for route in wider.routes} == {"Ben", "Eve"}


async def test_a_hidden_contact_is_visible_only_to_its_member(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS, SharingLevel.EVIDENCE, others=True)
    shared = await network_contents(driver)

    for contact in ({"name": "Cleo"}, {"person": (await person_ids(driver))[f"email:{CLEO}"]}, {"company": "Far"}):
        await hide_contact(graph, await viewer_of(graph, "ben"), today=TODAY, **contact)  # type: ignore[arg-type]
        assert isinstance(await ask(graph, "ana", CLEO), UnknownTarget)
        assert isinstance(await ask(graph, "ben", CLEO), AlreadyKnown)
        await load_for(graph, "ben", [*BEN_RECORDS, wrote(BEN, CLEO, ago=5)])
        assert isinstance(await ask(graph, "ana", CLEO), UnknownTarget)
        (hidden_contact,) = await list_hidden_contacts(graph, await viewer_of(graph, "ben"))
        assert not await unhide_contact(graph, await viewer_of(graph, "ana"), hidden_contact.id)
        assert await unhide_contact(graph, await viewer_of(graph, "ben"), hidden_contact.id)
        assert await network_contents(driver) == shared


class InterruptedGraph(Graph):
    """A graph whose process is killed after `writes` writes."""

    def __init__(self, driver: neo4j.AsyncDriver, writes: int) -> None:
        super().__init__(driver)
        self.left = writes

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        self.left -= query.writes and query.name not in ("networks/acquire_lease", "networks/release_lease")
        if self.left < 0 and query.name != "networks/release_lease":
            raise Killed
        return await super().run(query, **params)


class Killed(Exception):
    """Simulates the end of a process."""


async def test_an_interrupted_share_is_completed_or_rolled_back(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    network = await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS)
    ben = await viewer_of(graph, "ben")
    contents_by_level = {SharingLevel.PRIVATE: await network_contents(driver)}
    await share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE)
    contents_by_level[SharingLevel.EVIDENCE] = await network_contents(driver)

    for writes in (1, 2, 4, 7, 9, 11):
        for level in (SharingLevel.PRIVATE, SharingLevel.EVIDENCE):
            with suppress(Killed):
                await share_source(InterruptedGraph(driver, writes), ben, "mailbox", level)
            assert isinstance(await ask(graph, "ana", DAN), UnknownTarget)
            state = await recover_if_interrupted(graph, network)
            (source,) = [s for s in state.sources if s.member == "ben"]
            assert await network_contents(driver) == contents_by_level[source.sharing_level]


async def test_only_the_owner_of_a_source_may_share_it(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph, "ben")
    await load_for(graph, "ana", ANA_RECORDS)
    await load_for(graph, "ben", BEN_RECORDS, SharingLevel.EVIDENCE)
    ana = await viewer_of(graph, "ana")
    before = await network_contents(driver)

    messages = set()
    for source in (
        f"mailbox {BEN}",
        "mailbox nobody@home.example",
        next(s for s in ana.sources if s in ana.evidence_sources[1:]),
    ):
        with pytest.raises(SourceNotFound) as error:
            await share_source(graph, ana, source, SharingLevel.EVIDENCE)
        messages.add(str(error.value))

    assert len(messages) == 1
    assert await network_contents(driver) == before
