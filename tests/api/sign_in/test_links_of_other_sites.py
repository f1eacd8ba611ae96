"""Links of other sites to the sign-in at a provider, which may sign in without a question."""

import neo4j
import pytest

from api.sign_in.oidc import Client, Provider
from graph.database.client import Graph
from tests.api.conftest import served


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_link_of_another_site_redeems_no_invitation_without_a_question(
    driver: neo4j.AsyncDriver, site: str
) -> None:
    provider = Provider(Client("http://127.0.0.1:9", "client", "", "https://tertius/auth/callback"))
    async with served(Graph(driver), provider=provider, public_url="https://tertius") as client:
        answer = await client.get("/auth/login?invitation=hush", headers={"Sec-Fetch-Site": site})

    assert (answer.status_code, answer.headers["location"]) == (303, "/join#hush")
    assert "set-cookie" not in answer.headers
