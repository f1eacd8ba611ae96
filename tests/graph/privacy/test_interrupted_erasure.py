"""Tests of an erasure that was interrupted after a part of it was deleted."""

from pathlib import Path
from typing import Any

import neo4j
import pytest

from cypher import Query
from graph.database.client import Graph
from graph.database.erasure_ledger import ErasureLedger
from graph.derivation.refresh import recover_if_interrupted
from graph.insights.tags import tag_people
from graph.lookup.resolve import ResolvedTarget, resolve_reference
from graph.networks.sources import SharingLevel
from graph.privacy.erasure import erase_person, reapply_erasures
from graph.records import Connection, Handle, HandleKind, Part, PersonMention
from tests.graph.teams import create_team_network, load_for, viewer_of
from tests.graph.worlds import own, talk

ME = "ana@home.example"
BEN, CLEO, DAN = "ben.okoro@acme.example", "cleo@far.example", "dan@far.example"


class Killed(Exception):
    """The process ended."""


class KilledBeforeTraces(Graph):
    """A graph whose process ends when an erasure has deleted rows, and not yet what members stored."""

    async def run(self, query: Query, **params: Any) -> list[dict[str, Any]]:
        if query.name == "privacy/delete_traces":
            raise Killed
        return await super().run(query, **params)


async def test_a_reapplied_erasure_deletes_what_a_member_stored_beside_deleted_rows(
    driver: neo4j.AsyncDriver, graph: Graph, tmp_path: Path
) -> None:
    """Ben's private list states Dan beside Cleo, and Ben tagged Dan. So did Vera, who privately writes to Dan."""
    graph = Graph(driver, ledger=ErasureLedger(tmp_path))
    network = await create_team_network(driver, graph, "ben", "vera")
    beside = PersonMention((Handle(HandleKind.EMAIL, CLEO), Handle(HandleKind.EMAIL, DAN)), "Cleo Marsh")
    ana, ben, vera = (own(f"{name}@home.example", name) for name in ("ana", "ben", "vera"))
    await load_for(graph, "ana", [ana, *talk(ME, CLEO), *talk(ME, BEN)], SharingLevel.EVIDENCE)
    await load_for(graph, "vera", [vera, *talk("vera@home.example", DAN)])
    await load_for(graph, "ben", [ben, Part("candidates"), Connection(beside, None, "candidates")], kind="contacts")
    for member in ("ben", "vera"):
        viewer = await viewer_of(graph, member)
        dan = await resolve_reference(graph, viewer, DAN)
        assert isinstance(dan, ResolvedTarget)
        await tag_people(graph, viewer, member, [dan.person.id])

    killed, ana_viewer = KilledBeforeTraces(driver, ledger=ErasureLedger(tmp_path)), await viewer_of(graph, "ana")
    with pytest.raises(Killed):
        await erase_person(killed, ana_viewer, CLEO)
    restarted = Graph(driver, ledger=ErasureLedger(tmp_path))
    await reapply_erasures(restarted, network)
    await recover_if_interrupted(restarted, network)

    tags, _, _ = await driver.execute_query("MATCH (t:Tag) RETURN t.name AS name, t.keys AS keys")
    assert {tag["name"]: tag["keys"] for tag in tags} == {"ben": [], "vera": [f"email:{DAN}"]}
