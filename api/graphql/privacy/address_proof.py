"""A member proves an address of their own."""

import strawberry

from api.context import Info
from api.graphql.field import mutation
from api.graphql.invalid_argument import InvalidArgument
from api.graphql.mutation_input import MutationInput
from graph.answers import AddressProof
from graph.names.keys import key_text
from graph.networks.permissions import Operation
from graph.privacy.address_proof import prove_address
from presentation.sentences import FAILED_PROOFS


@strawberry.input(description="The proof of an address.")
class ProveAddressInput(MutationInput):
    link: str = strawberry.field(
        description="The link that /about-me sent to the address, or its last part. It can be used once."
    )


@strawberry.type(description="The result of a proof.")
class ProveAddressPayload:
    address: str = strawberry.field(description="The address that is confirmed for the viewer.")


@strawberry.type
class AddressProofMutation:
    @mutation(
        description="Prove an address with a link that /about-me sent to it. It belongs to the viewer from now on, "
        "even if another member claims it, and a request at /about-me does not hide or erase it.",
        permission=Operation.MANAGE_OWN_ACCOUNT,
        cost=20,
    )
    async def prove_address(self, info: Info, input: ProveAddressInput) -> ProveAddressPayload:
        graph, viewer = info.context.graph.with_timeout(None), info.context.viewer
        proved = await prove_address(graph, viewer.network, viewer.member, input.link)
        if isinstance(proved, AddressProof):
            raise InvalidArgument(FAILED_PROOFS[proved])
        return ProveAddressPayload(address=key_text(proved))
