"""Signing in by a provider that speaks real HTTP: who comes in, who does not, and what nobody learns from either."""

import hmac
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import neo4j
import pytest
import pytest_asyncio
from joserfc import jwk, jwt

from api.http.oidc import KEPT, KEY_REFRESH_SECONDS, Client, Provider
from graph.database.client import Graph
from graph.membership.invitations import create_invitation
from graph.membership.leaving import leave_network
from graph.membership.sign_in import expect_sign_in
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from tests.api.conftest import TODAY, served
from tests.conftest import wipe
from tests.provider import CLIENT, SECRET, Forge, Issuer, encoded, issuing, plain

REDIRECT = "http://tertius/auth/callback"
VIEWER = {"query": "{ viewer { role } network { name } }"}
OURS = {"X-Tertius-Page": "1"}
ANA = {"sub": "17", "name": "Ana Ferreira", "email": "ana@home.example", "email_verified": True}
BEA = {"sub": "18", "name": "Bea\u202e Lang", "email": "Bea@Home.example", "email_verified": True}


class Clock:
    """Time that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Team:
    """A network whose owner Ana is expected by her address, another one, and their provider."""

    def __init__(self, graph: Graph, issuer: Issuer, clock: Clock, client: httpx.AsyncClient) -> None:
        self.graph, self.issuer, self.clock, self.client = graph, issuer, clock, client

    async def founded(self, name: str) -> tuple[str, str]:
        return await find_or_create_network(self.graph, name, today=TODAY)

    async def back(self, person: dict[str, Any], **asked: str) -> str:
        """Where the provider sends this person back to, whom we sent there."""
        self.issuer.person = person
        away = await self.client.get("/auth/login", params=asked)
        assert away.status_code == 303, away.text
        async with httpx.AsyncClient(trust_env=False) as browser:
            answer = await browser.get(away.headers["location"])
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    async def signs_in(self, person: dict[str, Any], **asked: str) -> httpx.Response:
        """As somebody new at a browser of their own."""
        self.client.cookies.clear()
        return await self.client.get(await self.back(person, **asked))

    async def asks(self, **headers: str) -> httpx.Response:
        return await self.client.post("/graphql", json=VIEWER, headers=OURS | headers)

    async def is_in(self) -> tuple[str, str]:
        """As what, and where."""
        told = (await self.asks()).json()["data"]
        return told["viewer"]["role"], told["network"]["name"]


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        issuer.redirect = REDIRECT
        yield issuer


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver, issuer: Issuer) -> AsyncIterator[Team]:
    await wipe(driver)
    issuer.forge, issuer.about, issuer.apart = jwt.encode, {}, {}
    graph, clock = Graph(driver), Clock()
    provider = Provider(Client(issuer.address, CLIENT, SECRET, REDIRECT), clock=clock)
    async with served(graph, provider=provider) as client:
        team = Team(graph, issuer, clock, client)
        await team.founded("far")
        network, member = await team.founded("home")
        assert await expect_sign_in(graph, network, member, member, "ana@home.example")
        yield team


async def test_whoever_is_expected_signs_in_and_out_again(team: Team) -> None:
    found = await team.signs_in(ANA)

    assert found.status_code == 200
    assert found.headers["cache-control"] == "no-store"
    assert await team.is_in() == ("OWNER", "home")
    assert "ana@" not in found.text
    again = await team.signs_in({**ANA, "email": "ana@elsewhere.example"})
    assert (again.status_code, await team.is_in()) == (200, ("OWNER", "home"))
    assert (await team.client.post("/auth/logout", headers=OURS)).status_code == 204
    assert (await team.asks()).status_code == 401
    assert not [one for one in team.client.cookies if "session" in one]


async def test_a_token_that_was_signed_out_stands_for_nobody_even_where_it_was_kept(team: Team) -> None:
    await team.signs_in(ANA)
    (token,) = [value for name, value in team.client.cookies.items() if "session" in name]

    await team.client.post("/auth/logout", headers=OURS)

    assert (await team.asks(Authorization=f"Bearer {token}")).status_code == 401


async def test_a_request_by_cookie_says_that_our_own_page_sends_it(team: Team) -> None:
    await team.signs_in(ANA)

    by_another_site = await team.client.post("/graphql", json=VIEWER)
    out = await team.client.post("/auth/logout")

    assert (by_another_site.status_code, out.status_code) == (401, 401)
    assert await team.is_in() == ("OWNER", "home")


async def test_an_invitation_is_taken_by_signing_in_once(team: Team) -> None:
    network, ana = await team.founded("home")
    secret, _ = await create_invitation(team.graph, network, ana, role=Role.ASKER)

    taken = await team.signs_in(BEA, invitation=secret)
    assert (taken.status_code, await team.is_in()) == (200, ("ASKER", "home"))
    again = await team.signs_in(BEA, invitation=secret)
    assert again.status_code == 403
    assert (await team.signs_in(BEA)).status_code == 200
    assert (await team.signs_in({**BEA, "sub": "19"}, invitation=secret)).status_code == 403

    (bea,) = [one for one in await list_members(team.graph, network) if one.id != ana]
    assert (bea.name, bea.role) == ("Bea Lang", Role.ASKER)
    assert (await read_state(team.graph, network)).confirmed_identities == {bea.id: "email:bea@home.example"}


async def test_whom_a_member_invited_by_their_address_signs_in_where_they_say(team: Team) -> None:
    network, ana = await team.founded("home")
    await create_invitation(team.graph, network, ana, role=Role.MEMBER, email="bea@home.example")

    unproved = await team.signs_in({**BEA, "email_verified": False}, network="home")
    unasked = await team.signs_in(BEA)
    proved = await team.signs_in(BEA, network="home")

    assert [one.status_code for one in (unproved, unasked, proved)] == [403, 403, 200]
    assert await team.is_in() == ("MEMBER", "home")
    assert len(await list_members(team.graph, network)) == 2


async def test_whoever_is_in_one_network_is_told_of_no_other(team: Team) -> None:
    await team.signs_in(ANA)
    nobody = {"sub": "99", "email": "eve@far.example", "email_verified": True}
    invitation = "tertius_invitation_" + "x" * 43

    refused = [
        await team.signs_in(nobody),
        await team.signs_in(nobody, network="home"),
        await team.signs_in(nobody, network="nowhere"),
        await team.signs_in(nobody, invitation=invitation),
        await team.signs_in(ANA, network="far"),
        await team.signs_in(ANA, network="nowhere"),
        await team.signs_in({**nobody, "email": "ana@home.example"}),  # whose subject is another one by now
    ]

    assert {one.status_code for one in refused} == {403}
    told = [one.json()["errors"][0] for one in refused]
    assert {(one["message"], one["extensions"]["code"]) for one in told} == {(told[0]["message"], "FORBIDDEN")}
    assert (await team.asks()).status_code == 401


async def test_somebody_of_two_networks_says_which(team: Team) -> None:
    far, owner = await team.founded("far")
    await create_invitation(team.graph, far, owner, role=Role.MEMBER, email="ana@home.example")

    assert (await team.signs_in(ANA)).status_code == 200
    assert await team.is_in() == ("OWNER", "home")
    assert (await team.signs_in(ANA, network="far")).status_code == 200
    assert await team.is_in() == ("MEMBER", "far")


async def test_whoever_has_left_does_not_come_back_by_signing_in(team: Team) -> None:
    network, ana = await team.founded("home")
    await create_invitation(team.graph, network, ana, role=Role.MEMBER, email="bea@home.example")
    assert (await team.signs_in(BEA, network="home")).status_code == 200
    (bea,) = [one for one in await list_members(team.graph, network) if one.id != ana]

    await leave_network(team.graph, network, bea.id)

    assert (await team.asks()).status_code == 401
    assert (await team.signs_in(BEA)).status_code == 403


async def test_whose_account_a_member_has_can_be_said_anew(team: Team) -> None:
    network, ana = await team.founded("home")
    await team.signs_in(ANA)

    assert await expect_sign_in(team.graph, network, ana, ana, "ana@elsewhere.example")

    assert (await team.asks()).status_code == 401
    assert (await team.signs_in(ANA)).status_code == 403
    assert (await team.signs_in({**ANA, "sub": "20", "email": "ana@elsewhere.example"})).status_code == 200


async def test_an_address_that_is_told_apart_from_the_token_counts_where_it_is_the_same_persons(team: Team) -> None:
    thin = {"sub": ANA["sub"]}
    team.issuer.apart = {**ANA, "sub": "another"}
    assert (await team.signs_in(thin)).status_code == 403

    team.issuer.apart = ANA
    assert (await team.signs_in(thin)).status_code == 200


async def test_keys_are_asked_for_once_and_again_when_they_changed(team: Team) -> None:
    team.issuer.asked.clear()
    for _ in range(2):
        assert (await team.signs_in(ANA)).status_code == 200
    assert team.issuer.asked == ["self", "keys"]

    team.issuer.rotate()
    assert (await team.signs_in(ANA)).status_code == 401, "whoever makes up keys does not make us ask without end"
    team.clock.now += KEY_REFRESH_SECONDS + 1
    assert (await team.signs_in(ANA)).status_code == 200
    assert team.issuer.asked == ["self", "keys"] * 2

    team.clock.now += KEPT + 1
    assert (await team.signs_in(ANA)).status_code == 200
    assert team.issuer.asked == ["self", "keys"] * 3


def claiming(**claims: Any) -> Forge:
    """An honest signature under other claims; None takes one away."""

    def forge(header: dict[str, Any], said: dict[str, Any], key: jwk.Key) -> str:
        return jwt.encode(header, {name: value for name, value in {**said, **claims}.items() if value is not None}, key)

    return forge


def by_another_key(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    return jwt.encode(header, claims, jwk.RSAKey.generate_key(2048))


def by_a_key_it_brings(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    own = jwk.RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "jwk": own.as_dict(private=False)}, claims, own)


def by_the_public_key_as_a_secret(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    assert isinstance(key, jwk.RSAKey)
    said = f"{plain({**header, 'alg': 'HS256'})}.{plain(claims)}"
    return f"{said}.{encoded(hmac.digest(key.as_pem(private=False), said.encode(), 'sha256'))}"


def by_nobody(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    return f"{plain({**header, 'alg': 'none'})}.{plain(claims)}."


def changed(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    head, _, signature = jwt.encode(header, claims, key).split(".")
    return f"{head}.{plain({**claims, 'sub': '1'})}.{signature}"


NOW = int(time.time())
FORGED: dict[str, Forge] = {
    "another key": by_another_key,
    "a key of its own in its head": by_a_key_it_brings,
    "the public key as a secret": by_the_public_key_as_a_secret,
    "no signature": by_nobody,
    "changed after it was signed": changed,
    "no token": lambda *_: "",
    "three words": lambda *_: "a.b.c",
    "for somebody else": claiming(aud="another client"),
    "for several, by another": claiming(aud=[CLIENT, "another"], azp="another"),
    "for several, by nobody": claiming(aud=[CLIENT, "another"]),
    "for nobody": claiming(aud=None),
    "of another issuer": claiming(iss="https://elsewhere.example"),
    "expired": claiming(exp=NOW - 3600),
    "without an end": claiming(exp=None),
    "of the future": claiming(iat=NOW + 7200),
    "of another sign-in": claiming(nonce="a nonce of before"),
    "of any sign-in": claiming(nonce=None),
    "of nobody": claiming(sub=None),
    "of a number": claiming(sub=17),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_a_token_that_proves_nothing_lets_nobody_in(team: Team, forge: Forge) -> None:
    team.issuer.forge = forge

    found = await team.signs_in(ANA)

    assert (found.status_code, found.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    assert (await team.asks()).status_code == 401


async def test_a_sign_in_is_ended_once_and_by_the_browser_that_began_it(team: Team) -> None:
    back = await team.back(ANA)
    begun = dict(team.client.cookies)
    assert (await team.client.get(back)).status_code == 200
    team.client.cookies.clear()
    without = await team.client.get(back)
    team.client.cookies.update(begun)
    replayed = await team.client.get(back)
    team.client.cookies.clear()
    stolen = await team.back(ANA)
    team.client.cookies.clear()
    await team.back(ANA)
    at_another = await team.client.get(stolen)

    assert [one.status_code for one in (without, replayed, at_another)] == [401, 401, 401]


@pytest.mark.parametrize("change", ["code=&", "error=access_denied&code=&", "iss=https://elsewhere.example&"])
async def test_an_answer_that_is_none_lets_nobody_in(team: Team, change: str) -> None:
    back = urlsplit(await team.back(ANA))
    changed = change.partition("=")[0]
    rest = "&".join(
        part for part in back.query.split("&") if part.partition("=")[0] not in (changed, "code" * ("code" in change))
    )

    assert (await team.client.get(f"{back.path}?{change}{rest}")).status_code == 401


async def test_a_provider_that_is_away_or_another_one_is_said_so(team: Team) -> None:
    team.issuer.about = {"issuer": "https://elsewhere.example"}
    another = await team.client.get("/auth/login")
    team.issuer.about = {"token_endpoint": "http://elsewhere.example/token"}
    in_the_open = await team.client.get("/auth/login")
    nobody = Provider(Client("http://127.0.0.1:9", CLIENT, SECRET, REDIRECT))
    async with served(team.graph, provider=nobody) as client:
        away = await client.get("/auth/login")

    for answer in (another, in_the_open, away):
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")


async def test_over_tls_the_cookies_are_for_tls_and_this_host_alone(team: Team) -> None:
    redirect = "https://tertius/auth/callback"
    team.issuer.redirect = redirect
    try:
        provider = Provider(Client(team.issuer.address, CLIENT, SECRET, redirect))
        async with served(team.graph, provider=provider) as client:
            client.base_url = httpx.URL("https://tertius")
            secured = Team(team.graph, team.issuer, team.clock, client)
            found = await secured.signs_in(ANA)
            assert (found.status_code, await secured.is_in()) == (200, ("OWNER", "home"))
    finally:
        team.issuer.redirect = REDIRECT

    kept = found.headers.get_list("set-cookie")
    assert len(kept) == 2
    for cookie in kept:
        assert cookie.startswith("__Host-tertius_")
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}


async def test_without_a_provider_there_is_nowhere_to_sign_in(team: Team) -> None:
    async with served(team.graph) as client:
        assert (await client.get("/auth/login")).status_code == 404
