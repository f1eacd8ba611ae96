"""A member proves an address with a link of /about-me. From then on it belongs to that member."""

import neo4j

from graph.database.client import Graph
from graph.networks.state import read_state
from graph.networks.tokens import grant_token
from graph.privacy.erasure_requests import ErasureRequest, find_erasure_request
from graph.privacy.proof_links import create_proof_link
from graph.privacy.subject_requests import SubjectOutcome, request_erasure_of_address
from tests.api.graphql.privacy.test_data_subjects import ask
from tests.api.self_service.test_proved_identity import TOM, claim_as, own_addresses, prove
from tests.api.self_service.test_routes import ANA, BEN, complete_requested_erasures, create_team, serving

PROVE = "mutation($link: String!) { proveAddress(input: {link: $link}) { address } }"
KEY = f"email:{TOM.text}"


async def test_a_member_proves_an_address_that_another_member_claims(driver: neo4j.AsyncDriver) -> None:
    graph = Graph(driver)
    network = await create_team(driver, graph, "cleo@far.example")
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    await claim_as(graph, "ben", TOM.text)
    assert isinstance(await request_erasure_of_address(graph, network, KEY, proved_at=1, days=7), ErasureRequest)
    async with serving(graph, None) as client:
        link = f"https://tertius.example/about-me/link/{await create_proof_link(graph, KEY)}"

        proved, again = [await ask(client, PROVE, "ana", link=link) for _ in range(2)]
        assert proved["data"]["proveAddress"] == {"address": TOM.text}
        assert "not valid" in again["errors"][0]["message"]
        await claim_as(graph, "ana", TOM.text)

        assert (await read_state(graph, network)).confirmed_identities == {"ana": (KEY,)}
        assert await own_addresses(graph, network) == {"ana": {ANA, TOM.text}, "ben": {BEN}}
        assert "A member has this address" in (await prove(graph, client, TOM.text)).text
        second = await ask(client, PROVE, "ben", link=await create_proof_link(graph, KEY))
        assert second["errors"][0]["message"] == "This address is confirmed for another member. Ask an owner."
    refused = await request_erasure_of_address(graph, network, KEY, proved_at=1, days=7)
    assert refused is SubjectOutcome.MEMBER
    await complete_requested_erasures(driver, graph, network)
    assert await find_erasure_request(graph, network, KEY) is None
    assert await own_addresses(graph, network) == {"ana": {ANA, TOM.text}, "ben": {BEN}}
