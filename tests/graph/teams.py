"""A network of several members with their sources."""

from collections.abc import Iterable

import neo4j

from graph.database.client import Graph
from graph.ingest.load import load_records
from graph.networks.sources import SharingLevel
from graph.networks.state import build_viewer, read_state
from graph.records import Record
from graph.viewer import Viewer
from tests.graph.worlds import TODAY, home


async def create_team_network(driver: neo4j.AsyncDriver, graph: Graph, *members: str) -> str:
    """Create the network "home" with the owner "ana" and these members.

    It has a data controller, so sources may be shared. Colleagues are named immediately.
    """
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


async def load_for(
    graph: Graph,
    member: str,
    records: Iterable[Record],
    sharing: SharingLevel = SharingLevel.PRIVATE,
    *,
    others: bool = False,
    kind: str = "mailbox",
) -> None:
    """Load an export of a member, whose address is `<member>@home.example`."""
    network, _ = await home(graph)
    address = f"{member}@home.example"
    await load_records(
        graph,
        network,
        member,
        kind=kind,
        records=records,
        today=TODAY,
        stated_owner=address,
        sharing_level=sharing,
        third_party_ties=others,
    )


async def viewer_of(graph: Graph, member: str) -> Viewer:
    """The viewer that is this member."""
    network, _ = await home(graph)
    return build_viewer(await read_state(graph, network), member)
