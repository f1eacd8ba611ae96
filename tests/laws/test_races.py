"""Concurrent writes: each succeeds, and no update is lost."""

import asyncio
import os
from collections.abc import Sequence
from typing import Any

import neo4j
import pytest

from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.networks.sources import SharingLevel
from graph.records import Record
from graph.sharing.hidden_contacts import hide_contact
from graph.sharing.share import share_source
from graph.statements.tie_statements import add_statement
from graph.strength.statement_kinds import StatementKind
from tests.conftest import wipe
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import TODAY, home, load_export, network_contents, own, talk, wrote

pytestmark = pytest.mark.fuzz

MESSAGES, REPEATS = (100, 20) if "TERTIUS_TEST_EXAMPLES" in os.environ else (20, 1)
"""Concurrent writers of one tie, and repetitions; `make fuzz` repeats more often."""
ME, BEN_AT_HOME, BEN = "ana@home.example", "ben@home.example", "ben@near.example"


async def load_piece(graph: Graph, name: str, records: Sequence[Record]) -> None:
    """Load one more piece of the mailbox."""
    network, member = await home(graph, name)
    await load_records(
        graph, network, member, kind="mailbox", records=[own(ME, "Ana"), *records], today=TODAY, stated_owner=ME
    )


async def test_concurrent_loads_of_pieces_lose_nothing(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    messages = [wrote(BEN, ME, ago=number) for number in range(MESSAGES)]
    await load_export(graph, [own(ME, "Ana"), *messages], name="one")

    for repeat in range(REPEATS):
        many = f"many_{repeat}"
        await home(graph, many)
        await asyncio.gather(*(load_piece(graph, many, [message]) for message in messages))
        assert await network_contents(driver, many) == await network_contents(driver, "one")


async def test_sixteen_equal_loads_equal_one(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    messages = [wrote(f"p{number}@near.example", ME, ago=number % 90) for number in range(1_000)]
    await load_export(graph, [own(ME, "Ana"), *messages], name="one")
    await home(graph, "many")

    await asyncio.gather(*(load_piece(graph, "many", messages[turn::] + messages[:turn]) for turn in range(16)))

    assert await network_contents(driver, "many") == await network_contents(driver, "one")


async def test_concurrent_changes_equal_sequential_changes(driver: neo4j.AsyncDriver, graph: Graph) -> None:
    async def contents_after_changes(*, at_once: bool) -> dict[str, Any]:
        await wipe(driver)
        await create_team_network(driver, graph, "ben")
        await load_for(graph, "ana", [own(ME, "Ana"), *talk(ME, BEN_AT_HOME), *talk(ME, "cleo@far.example")])
        await load_for(
            graph, "ben", [own(BEN_AT_HOME, "Ben"), *talk(BEN_AT_HOME, ME), *talk(BEN_AT_HOME, "dan@far.example")]
        )
        ana, ben = await viewer_of(graph, "ana"), await viewer_of(graph, "ben")
        by, towards = ben.person_id or "", ana.person_id or ""
        changes = [
            share_source(graph, ana, "mailbox", SharingLevel.STRENGTH),
            share_source(graph, ben, "mailbox", SharingLevel.EVIDENCE),
            hide_contact(graph, ben, name="Dan", today=TODAY),
            add_statement(graph, ana, by=by, towards=towards, kind=StatementKind.KNOWS_WELL, on=TODAY, today=TODAY),
            *(load_for(graph, "ana", [own(ME, "Ana"), *talk(ME, f"p{n}@far.example")]) for n in range(3)),
            *(load_for(graph, "ben", [own(BEN_AT_HOME, "Ben"), *talk(f"p{n}@far.example", ME)]) for n in range(3)),
        ]
        if at_once:
            await asyncio.gather(*changes)
        else:
            for change in changes:
                await change
        return await network_contents(driver)

    assert await contents_after_changes(at_once=True) == await contents_after_changes(at_once=False)
