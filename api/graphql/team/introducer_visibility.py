"""The network's setting of when colleagues are named as introducers."""

import strawberry

from api.context import Info
from api.graphql.field import mutation
from api.graphql.mutation_input import MutationInput
from api.graphql.team.members import Network
from graph.networks.members import read_network_settings
from graph.networks.permissions import Operation
from graph.networks.sources import IntroducerVisibility
from graph.sharing import introducer_visibility


@strawberry.input(description="The network's setting.")
class SetIntroducerVisibilityInput(MutationInput):
    introducer_visibility: IntroducerVisibility = strawberry.field(description="When colleagues are named.")


@strawberry.type(description="The result of a change of the network's setting.")
class SetIntroducerVisibilityPayload:
    network: Network = strawberry.field(description="The network.")


@strawberry.type
class IntroducerVisibilityMutation:
    @mutation(
        description="Set when colleagues are named as introducers in the network.",
        permission=Operation.MANAGE_OWNERS,
        cost=20,
    )
    async def set_introducer_visibility(
        self, info: Info, input: SetIntroducerVisibilityInput
    ) -> SetIntroducerVisibilityPayload:
        context, visibility = info.context, input.introducer_visibility
        member = context.viewer.member
        await introducer_visibility.set_introducer_visibility(context.graph, context.state, member, visibility)
        settings = await read_network_settings(context.graph, context.viewer.network)
        return SetIntroducerVisibilityPayload(network=Network.from_settings(settings, visibility))
