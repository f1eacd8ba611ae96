"""A network founded for others: whoever takes the invitation is its first owner, who founded it is nobody there."""

import pytest

from graph.database.client import Graph
from graph.derivation.refresh import advance_day
from graph.errors import InvalidInvitation, PermissionDenied
from graph.membership.founding import found
from graph.membership.joining import join
from graph.networks.members import members
from graph.networks.permissions import Role
from graph.networks.registry import networks, opened
from graph.privacy.erasure import reapply
from graph.privacy.retention import drop_old
from tests.graph.worlds import TODAY


@pytest.mark.parametrize("make", [False, True])
async def test_its_first_owner_is_who_takes_the_last_invitation(graph: Graph, *, make: bool) -> None:
    lost, _ = await found(graph, "theirs", today=TODAY)
    invitation, _ = await found(graph, "theirs", today=TODAY)
    (network,) = await networks(graph)
    for care in (
        reapply(graph, network),
        advance_day(graph, network, today=TODAY),
        drop_old(graph, network, today=TODAY),
    ):
        await care
    with pytest.raises(PermissionDenied):
        await opened(graph, "theirs", today=TODAY, make=make)

    with pytest.raises(InvalidInvitation):
        await join(graph, lost, name="Dan", email=None)
    await join(graph, invitation, name="Bea", email=None)

    assert [(one.name, one.role) for one in await members(graph, network)] == [("Bea", Role.OWNER)]
    with pytest.raises(PermissionDenied):
        await opened(graph, "theirs", today=TODAY, make=make)
    with pytest.raises(PermissionDenied):
        await found(graph, "theirs", today=TODAY)


async def test_ones_own_network_is_not_founded_for_others(graph: Graph) -> None:
    home = await opened(graph, "home", today=TODAY)

    with pytest.raises(PermissionDenied):
        await found(graph, "home", today=TODAY)

    assert await opened(graph, "home", today=TODAY) == home
