"""Tests that a service answers from an index only while it is current, and reads it again in the background."""

import asyncio
import os
from datetime import timedelta
from random import Random

import neo4j
import pytest

from graph.answers import Answer, Introductions
from graph.database.client import Graph
from graph.derivation.refresh import advance_day
from graph.ingest.remove import remove_source
from graph.insights.measures.reach import read_reach
from graph.introductions.answer import introductions
from graph.introductions.index.build import read_route_index
from graph.introductions.index.registry import ROUTE_INDEXES
from graph.introductions.routes import RouteQuestion, search_in_database, search_in_memory
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import SharingLevel
from graph.networks.state import read_state
from graph.sharing.share import share_source
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from graph.viewer import Viewer
from operations.questions.route_indexing import route_indexing
from tests.conftest import wipe
from tests.graph.introductions.test_index_changes import arrays
from tests.graph.route_indexes import ROOM, Recording
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, home, own, talk

ANA, BEN, DAN, JANE = "ana@home.example", "ben@home.example", "dan@near.example", "jane@far.example"
SEED, CHANGES = int(os.environ.get("TERTIUS_TEST_SEED", "1")), 9


async def current_viewer(graph: Graph) -> Viewer:
    """Ana's view, as soon as the index is current."""
    async with asyncio.timeout(30):
        while True:
            viewer = await viewer_of(graph, "ana")
            if ROUTE_INDEXES.find(viewer):
                return viewer
            await asyncio.sleep(0.02)


def introducers(answer: Answer) -> list[str]:
    return [route.people[0].name for route in answer.routes] if isinstance(answer, Introductions) else []


async def test_a_load_is_in_the_next_answer_and_in_the_next_index(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN), *talk(ANA, DAN), *talk(BEN, JANE, copy=ANA)])
    async with route_indexing(graph, None, ROOM, poll_seconds=0.02):
        viewer = await current_viewer(graph)
        assert introducers(await introductions(graph, viewer, JANE)) == ["Ben"]
        assert ROUTE_INDEXES.nbytes > 0

        await load_for(graph, "ana", [own(ANA, "Ana"), *talk(DAN, JANE, copy=ANA, times=9)], kind="calendar")
        newer = await viewer_of(graph, "ana")
        assert newer.ties_id != viewer.ties_id
        from_neo4j = await introductions(graph, newer, JANE)
        from_index = await introductions(graph, await current_viewer(graph), JANE)

        assert set(introducers(from_neo4j)) == {"Ben", "Dan"}
        assert from_index == from_neo4j
        assert ROUTE_INDEXES.find(viewer) is None

        ROUTE_INDEXES.outdated.clear()
        await driver.execute_query("MATCH (n:Network) DETACH DELETE n")
        async with asyncio.timeout(30):  # without a request
            while ROUTE_INDEXES.networks:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.02)
    assert ROUTE_INDEXES.nbytes == 0


@pytest.mark.parametrize("limit", [1, 2 * 24])  # less than the ties take, and less than ties and people take
async def test_a_network_that_exceeds_the_memory_limit_has_no_index(
    driver: neo4j.AsyncDriver, graph: Graph, caplog: pytest.LogCaptureFixture, limit: int
) -> None:
    await create_team_network(driver, graph)
    await load_for(graph, "ana", [own(ANA, "Ana"), *talk(ANA, BEN)])
    async with route_indexing(graph, None, limit, poll_seconds=0.02):
        async with asyncio.timeout(30):
            while "exceeds the memory limit" not in caplog.text:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.02)
        assert ROUTE_INDEXES.find(await viewer_of(graph, "ana")) is None


def people_read(graph: Recording) -> int | None:
    """The number of people whose ties were read since the last call; None if everything was read."""
    ran, graph.ran = graph.ran, []
    everything = any(name == "introductions/list_people_for_index" for name, _ in ran)
    read = sum(len(params["ids"]) for name, params in ran if name == "introductions/list_ties_for_index")
    return None if everything else read


def address(number: int) -> str:
    return f"person{number}@firm{number % 5}.example"


async def random_change(graph: Graph, chance: Random) -> None:
    """Load, share, remove or state something."""
    network, _ = await home(graph)
    member = chance.choice(("ana", "ben"))
    viewer = await viewer_of(graph, member)
    own_address = f"{member}@home.example"
    kind = chance.choice(("mailbox", "calendar"))
    sources = [source.kind for source in (await read_state(graph, network)).sources if source.member == member]
    sources = sorted({*sources} & {"mailbox", "calendar"})
    match chance.choice(("load", "load", "load", "share", "remove", "state", "day")):
        case "share" if sources:
            level = chance.choice((SharingLevel.PRIVATE, SharingLevel.STRENGTH, SharingLevel.EVIDENCE))
            await share_source(graph, viewer, chance.choice(sources), level)
        case "remove" if sources:
            await remove_source(graph, network, member, chance.choice(sources))
        case "state" if viewer.person_id:
            target = await resolve_reference(graph, viewer, address(chance.randrange(30)))
            if isinstance(target, ResolvedTarget):
                by, statement = target.person.id, chance.choice(list(StatementKind))
                await add_statement(
                    graph, viewer, by=by, towards=viewer.person_id, kind=statement, on=TODAY, today=TODAY
                )
        case "day":
            await advance_day(graph, network, today=TODAY + timedelta(days=chance.randrange(3)))
        case _:
            ages = (1, 700)
            others = chance.sample(range(30), chance.choice((1, 2, 6)))
            pairs = [*((own_address, address(other)) for other in others)]
            pairs += [(address(one), address(chance.choice(others))) for one in chance.sample(range(30), 2)]
            records = [
                record
                for one, other in pairs
                if one != other
                for record in talk(one, other, times=chance.randint(1, 6), ago=chance.choice(ages), copy=own_address)
            ]
            level = chance.choice((SharingLevel.PRIVATE, SharingLevel.EVIDENCE))
            await load_for(graph, member, [own(own_address, member.title()), *records], level, kind=kind)


async def test_an_index_with_changes_equals_a_new_index_and_neo4j(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph, chance = Recording(driver), Random(SEED)
    network = await create_team_network(driver, graph, "ben")
    for member, others in (("ana", range(18)), ("ben", range(12, 30))):
        records = [
            record
            for other in others
            for record in talk(f"{member}@home.example", address(other), copy=address(29 - other))
        ]
        await load_for(graph, member, [own(f"{member}@home.example", member.title()), *records], SharingLevel.EVIDENCE)
    present = await read_route_index(graph, network, max_bytes=ROOM)
    assert present
    by_changes = 0
    for _ in range(CHANGES):
        await random_change(graph, chance)
        people_read(graph)
        changed = await read_route_index(graph, network, max_bytes=ROOM, present=present, max_changed=9)
        by_changes += people_read(graph) is not None
        new = await read_route_index(graph, network, max_bytes=ROOM)

        assert changed
        assert new
        assert arrays(changed.content) == arrays(new.content)
        ROUTE_INDEXES.clear()
        ana = await viewer_of(graph, "ana")
        reach = await read_reach(graph, ana, min_score=0.05)
        ROUTE_INDEXES.keep(changed, ROOM)
        assert await read_reach(graph, ana, min_score=0.05) == reach
        for member in ("ana", "ben"):
            viewer = await viewer_of(graph, member)
            for target in chance.sample(changed.content.all_ids, min(6, changed.content.ids.size)):
                if viewer.person_id not in (None, target):
                    question = RouteQuestion(viewer, [target], max_introducers=3, colleagues=viewer.colleagues)
                    assert await search_in_memory(graph, question) == await search_in_database(graph, question)
        present = changed
    ROUTE_INDEXES.clear()
    assert by_changes >= CHANGES // 2


async def test_a_small_load_reads_few_ties_again(driver: neo4j.AsyncDriver) -> None:
    await wipe(driver)
    graph = Recording(driver)
    network = await create_team_network(driver, graph, "ben")
    records = [record for other in range(30) for record in talk(ANA, address(other))]
    await load_for(graph, "ana", [own(ANA, "Ana"), *records], SharingLevel.EVIDENCE)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, DAN)], SharingLevel.EVIDENCE)
    present = await read_route_index(graph, network, max_bytes=ROOM)
    await load_for(graph, "ben", [own(BEN, "Ben"), *talk(BEN, JANE)], SharingLevel.EVIDENCE, kind="calendar")
    people_read(graph)

    assert await read_route_index(graph, network, max_bytes=ROOM, present=present)
    assert people_read(graph) == 3
