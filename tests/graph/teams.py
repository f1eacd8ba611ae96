"""A network of several members, each with what they bring."""

from collections.abc import Iterable

import neo4j

from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Record
from graph.viewer import Viewer
from tests.graph.worlds import TODAY, home


async def joined(driver: neo4j.AsyncDriver, graph: Graph, *members: str) -> str:
    """The network "home", with these members beside its first one, whose id is made "ana"; it may share, they name each
    other."""
    network, _ = await home(graph)
    await driver.execute_query(
        """
        MATCH (n:Network {id: $network})-[:HAS]->(first:Member)
        SET first.id = 'ana', n.controller = 'Acme', n.contact = 'dpo@acme.example',
          n.legal_basis = 'legitimate interest', n.retention_months = 0, n.introducer_visibility = 'immediate'
        WITH n
        UNWIND $members AS id
        CREATE (n)-[:HAS]->(:Member {network: n.id, id: id, role: 'member'})
        """,
        network=network,
        members=members,
    )
    return network


async def brings(
    graph: Graph,
    member: str,
    records: Iterable[Record],
    sharing: SharingLevel = SharingLevel.PRIVATE,
    *,
    others: bool = False,
    kind: str = "mailbox",
) -> None:
    """Load a member's export, whose owner is `<member>@home.example`."""
    network, _ = await home(graph)
    said = f"{member}@home.example"
    await load_records(
        graph,
        network,
        member,
        kind=kind,
        records=records,
        today=TODAY,
        stated_owner=said,
        sharing_level=sharing,
        third_party_ties=others,
    )


async def seen_by(graph: Graph, member: str) -> Viewer:
    """What a member sees."""
    network, _ = await home(graph)
    return build_viewer(await read_state(graph, network), member)
