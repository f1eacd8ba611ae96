"""A network founded for others: whoever takes the invitation is its first owner, who founded it is nobody there."""

import pytest

from graph.database.client import Graph
from graph.derivation.refresh import advance_day
from graph.errors import InvalidInvitation, PermissionDenied
from graph.membership.joining import join_network
from graph.membership.network_creation import create_network_for_others
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.registry import find_or_create_network, list_networks
from graph.privacy.erasure import reapply_erasures
from graph.privacy.retention import delete_expired_evidence
from tests.graph.worlds import TODAY


@pytest.mark.parametrize("make", [False, True])
async def test_its_first_owner_is_who_takes_the_last_invitation(graph: Graph, *, make: bool) -> None:
    lost, _ = await create_network_for_others(graph, "theirs", today=TODAY)
    invitation, _ = await create_network_for_others(graph, "theirs", today=TODAY)
    (network,) = await list_networks(graph)
    for care in (
        reapply_erasures(graph, network),
        advance_day(graph, network, today=TODAY),
        delete_expired_evidence(graph, network, today=TODAY),
    ):
        await care
    with pytest.raises(PermissionDenied):
        await find_or_create_network(graph, "theirs", today=TODAY, create=make)

    with pytest.raises(InvalidInvitation):
        await join_network(graph, lost, name="Dan", email=None)
    await join_network(graph, invitation, name="Bea", email=None)

    assert [(one.name, one.role) for one in await list_members(graph, network)] == [("Bea", Role.OWNER)]
    with pytest.raises(PermissionDenied):
        await find_or_create_network(graph, "theirs", today=TODAY, create=make)
    with pytest.raises(PermissionDenied):
        await create_network_for_others(graph, "theirs", today=TODAY)


async def test_ones_own_network_is_not_founded_for_others(graph: Graph) -> None:
    home = await find_or_create_network(graph, "home", today=TODAY)

    with pytest.raises(PermissionDenied):
        await create_network_for_others(graph, "home", today=TODAY)

    assert await find_or_create_network(graph, "home", today=TODAY) == home
