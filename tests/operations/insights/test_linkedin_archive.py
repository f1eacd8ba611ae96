"""The health of the network of a LinkedIn archive of 2,000 connections, which is not in the repository."""

from pathlib import Path

from graph.database.client import Graph
from graph.insights.health import ConnectionClass, HealthDimension
from graph.networks.registry import find_or_create_network
from graph.networks.state import build_viewer, read_state
from operations.insights.connections import list_connections_of_viewer
from operations.insights.health import assess_network
from operations.load_exports import load_paths
from operations.session import Session
from tests.api.conftest import TODAY
from tests.sources.shared_exports import unpacked


async def test_an_archive_of_old_letters_has_no_connection_in_contact(graph: Graph, tmp_path: Path) -> None:
    archive = next(unpacked("linkedin", tmp_path).rglob("sample_export.zip"))
    network, member = await find_or_create_network(graph, "home", today=TODAY)
    await load_paths(graph, network, member, [archive], today=TODAY)
    state = await read_state(graph, network)
    session = Session(graph, state, build_viewer(state, member))

    health = await assess_network(session, await list_connections_of_viewer(session))

    assert health.counts.by_class == {
        ConnectionClass.STRONG: 0,
        ConnectionClass.MUTUAL: 0,
        ConnectionClass.THEY_REACH_OUT: 0,
        ConnectionClass.YOU_REACH_OUT: 0,
        ConnectionClass.GONE_COLD: 246,
        ConnectionClass.NEVER: 1_754,
    }
    assert health.inner_circle == ()
    assert [(one.is_sent, one.has_note, one.count, one.accepted) for one in health.acceptance] == [
        (True, True, 39, 36),
        (True, False, 44, 43),
        (False, True, 42, 40),
        (False, False, 35, 35),
    ]
    origins = {group.name: group.counts.total for group in health.groups if group.dimension is HealthDimension.ORIGIN}
    assert origins == {
        "unknown": 1_852,
        "sent": 41,
        "received_with_note": 38,
        "sent_with_note": 35,
        "received": 34,
    }
