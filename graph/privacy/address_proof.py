"""A member proves an address with a link that was sent to it: it belongs to the member, whatever others claim."""

import cypher
from graph.answers import AddressProof
from graph.database.client import Graph
from graph.derivation.refresh import recover_if_interrupted
from graph.privacy.proof_links import end_proof, find_proved_address, redeem_proof_link
from graph.progress import SILENT, Progress

_CONFIRM_ADDRESS = cypher.load("privacy/confirm_address")


async def prove_address(
    graph: Graph, network: str, member: str, link: str, *, progress: Progress = SILENT
) -> str | AddressProof:
    """Redeem a link of /about-me for a member. Returns the key of the address, which belongs to the member from now on.

    `link` is the link or its last part. It is used up in any case.
    """
    proof = await redeem_proof_link(graph, link.strip().rpartition("/")[2])
    proved = await find_proved_address(graph, proof) if proof else None
    if proof is None or proved is None:
        return AddressProof.INVALID_LINK
    await end_proof(graph, proved.networks, proof)
    if network not in proved.networks:
        return AddressProof.INVALID_LINK
    (row,) = await graph.run(_CONFIRM_ADDRESS, network=network, member=member, key=proved.key)
    if row["is_refused"]:
        return AddressProof.OF_ANOTHER_MEMBER
    await recover_if_interrupted(graph, network, progress=progress)  # derives people, unless a load will do so
    return proved.key
