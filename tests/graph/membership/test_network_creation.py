"""Tests of a network created for others. The person who accepts the invitation owns it. Its creator is not a member."""

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
async def test_a_later_invitation_of_the_first_owner_replaces_the_earlier_one(graph: Graph, *, make: bool) -> None:
    replaced_invitation, _ = await create_network_for_others(graph, "theirs", today=TODAY)
    invitation, _ = await create_network_for_others(graph, "theirs", today=TODAY)
    (network,) = await list_networks(graph)
    for upkeep in (
        reapply_erasures(graph, network),
        advance_day(graph, network, today=TODAY),
        delete_expired_evidence(graph, network, today=TODAY),
    ):
        await upkeep
    with pytest.raises(PermissionDenied):
        await find_or_create_network(graph, "theirs", today=TODAY, create=make)

    with pytest.raises(InvalidInvitation):
        await join_network(graph, replaced_invitation, name="Dan", email=None)
    await join_network(graph, invitation, name="Bea", email=None)

    assert [(member.name, member.role) for member in await list_members(graph, network)] == [("Bea", Role.OWNER)]
    with pytest.raises(PermissionDenied):
        await find_or_create_network(graph, "theirs", today=TODAY, create=make)
    with pytest.raises(PermissionDenied):
        await create_network_for_others(graph, "theirs", today=TODAY)


async def test_a_network_with_members_cannot_be_created_for_others(graph: Graph) -> None:
    home = await find_or_create_network(graph, "home", today=TODAY)

    with pytest.raises(PermissionDenied):
        await create_network_for_others(graph, "home", today=TODAY)

    assert await find_or_create_network(graph, "home", today=TODAY) == home
