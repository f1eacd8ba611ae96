"""What another site can do at the sign-in at a provider, which may sign in without a question."""

import neo4j
import pytest

from api.sign_in.oidc import Client, Provider
from graph.database.client import Graph
from tests.api.conftest import served
from tests.api.sign_in.test_session import FOREIGN

WANTED: tuple[dict[str, str], ...] = ({}, {"network": "far"}, {"invitation": "hush"})


@pytest.mark.parametrize("kind", FOREIGN)
async def test_another_site_cannot_begin_a_sign_in(driver: neo4j.AsyncDriver, kind: str) -> None:
    provider = Provider(Client("http://127.0.0.1:9", "client", "", "https://tertius.example.org/auth/callback"))
    async with served(Graph(driver), provider=provider, public_url="https://tertius.example.org") as client:
        answers = [await client.post("/auth/login", json=each, headers=FOREIGN[kind]) for each in WANTED]
        links = [await client.get("/auth/login", params=each, headers=FOREIGN[kind]) for each in WANTED]

    assert [each.status_code for each in answers] == [403] * len(WANTED)
    assert [each.status_code for each in links] == [405] * len(WANTED)
    assert not any("set-cookie" in each.headers for each in (*answers, *links))
