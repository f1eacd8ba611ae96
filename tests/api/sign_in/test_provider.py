"""Sign-in through an OpenID provider over HTTP: accepted and rejected accounts, and errors that reveal nothing."""

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
from limits import RateLimitItemPerHour

from api.sign_in.oidc import KEY_REFRESH_SECONDS, METADATA_SECONDS, Attempt, Client, Provider
from graph.database.client import Graph
from graph.membership.invitations import create_invitation
from graph.membership.leaving import leave_network
from graph.membership.session_rules import SessionRules
from graph.membership.sessions import begin_session, find_session
from graph.membership.sign_in import expect_sign_in
from graph.networks.members import list_members
from graph.networks.permissions import Role
from graph.networks.registry import find_or_create_network
from graph.networks.state import read_state
from graph.networks.tokens import TokenKind, grant_token
from tests.api.conftest import TODAY, served
from tests.conftest import wipe
from tests.provider import CLIENT, SECRET, Forge, Issuer, base64url, running_issuer, token_part

REDIRECT = "https://tertius/auth/callback"
OWN = {"Origin": "https://tertius"}
VIEWER = {"query": "{ viewer { role } network { name } }"}
ANA = {"sub": "17", "name": "Ana Ferreira", "email": "ana@home.example", "email_verified": True}
BEA = {"sub": "18", "name": "Bea\u202e Lang", "email": "Bea@Home.example", "email_verified": True}


class Clock:
    """A clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Team:
    """A network whose owner Ana may sign in with her address, a second network, and their OpenID provider."""

    def __init__(self, graph: Graph, issuer: Issuer, clock: Clock, client: httpx.AsyncClient) -> None:
        self.graph, self.issuer, self.clock, self.client = graph, issuer, clock, client

    async def create_network(self, name: str) -> tuple[str, str]:
        return await find_or_create_network(self.graph, name, today=TODAY)

    async def login(self, **wanted: str) -> httpx.Response:
        """Ask for the provider's address, as the page does."""
        return await self.client.post("/auth/login", json=wanted, headers=OWN)

    async def callback_url(self, person: dict[str, Any], **wanted: str) -> str:
        """Start a sign-in as this person, and return the URL that the provider redirects to."""
        self.issuer.person = person
        login = await self.login(**wanted)
        assert login.status_code == 200, login.text
        async with httpx.AsyncClient(trust_env=False) as browser:
            response = await browser.get(login.json()["location"])
        assert response.status_code == 302, response.text
        return response.headers["location"]

    async def sign_in(self, person: dict[str, Any], **wanted: str) -> httpx.Response:
        """Sign in with a new browser."""
        self.client.cookies.clear()
        return await self.client.get(await self.callback_url(person, **wanted))

    async def own_page(self) -> dict[str, str]:
        """The headers of a request from a page of the service."""
        shown = (await self.client.get("/session")).json()
        return {"X-CSRF-Token": shown["csrfToken"] or "", **OWN}

    async def query_viewer(self, **headers: str) -> httpx.Response:
        return await self.client.post("/graphql", json=VIEWER, headers=await self.own_page() | headers)

    async def signed_in_as(self) -> tuple[str, str]:
        """Return the role of the signed-in member, and the network."""
        data = (await self.query_viewer()).json()["data"]
        return data["viewer"]["role"], data["network"]["name"]


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        issuer.redirect = REDIRECT
        yield issuer


@pytest_asyncio.fixture(loop_scope="session")
async def team(driver: neo4j.AsyncDriver, issuer: Issuer) -> AsyncIterator[Team]:
    await wipe(driver)
    issuer.forge, issuer.metadata, issuer.userinfo = jwt.encode, {}, {}
    graph, clock = Graph(driver), Clock()
    provider = Provider(Client(issuer.address, CLIENT, SECRET, REDIRECT), clock=clock)
    async with served(graph, provider=provider, public_url="https://tertius") as client:
        client.base_url = httpx.URL("https://tertius")
        team = Team(graph, issuer, clock, client)
        await team.create_network("far")
        network, member = await team.create_network("home")
        assert await expect_sign_in(graph, network, member, member, "ana@home.example")
        yield team


async def test_an_expected_account_signs_in_and_out(team: Team) -> None:
    response = await team.sign_in(ANA)

    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert response.headers["cache-control"] == "no-store"
    assert await team.signed_in_as() == ("OWNER", "home")
    second = await team.sign_in({**ANA, "email": "ana@elsewhere.example"})
    assert (second.status_code, await team.signed_in_as()) == (303, ("OWNER", "home"))
    assert (await team.client.delete("/session", headers=await team.own_page())).status_code == 204
    assert (await team.query_viewer()).status_code == 401
    assert not [one for one in team.client.cookies if "session" in one]


async def test_a_session_is_no_token_and_ends_with_the_sign_out(team: Team) -> None:
    await team.sign_in(ANA)
    (secret,) = [value for name, value in team.client.cookies.items() if "session" in name]
    own_page = await team.own_page()

    as_token = await team.client.post("/graphql", json=VIEWER, headers={"Authorization": f"Bearer {secret}"})
    await team.client.delete("/session", headers=own_page)
    cookie = {"Cookie": f"__Host-tertius-session={secret}"}
    after = await team.client.post("/graphql", json=VIEWER, headers=own_page | cookie)

    assert (as_token.status_code, after.status_code) == (401, 401)


async def test_a_sign_in_redeems_an_invitation_once(team: Team) -> None:
    network, ana = await team.create_network("home")
    secret, _ = await create_invitation(team.graph, network, ana, role=Role.ASKER)

    first = await team.sign_in(BEA, invitation=secret)
    assert (first.status_code, await team.signed_in_as()) == (303, ("ASKER", "home"))
    second = await team.sign_in(BEA, invitation=secret)
    assert second.status_code == 403
    assert (await team.sign_in(BEA)).status_code == 303
    assert (await team.sign_in({**BEA, "sub": "19"}, invitation=secret)).status_code == 403

    (bea,) = [one for one in await list_members(team.graph, network) if one.id != ana]
    assert (bea.name, bea.role) == ("Bea Lang", Role.ASKER)
    assert (await read_state(team.graph, network)).confirmed_identities == {bea.id: ("email:bea@home.example",)}


async def test_a_person_invited_by_address_signs_in_to_the_named_network(team: Team) -> None:
    network, ana = await team.create_network("home")
    await create_invitation(team.graph, network, ana, role=Role.MEMBER, email="bea@home.example")

    unverified = await team.sign_in({**BEA, "email_verified": False}, network="home")
    without_network = await team.sign_in(BEA)
    verified = await team.sign_in(BEA, network="home")

    assert [one.status_code for one in (unverified, without_network, verified)] == [403, 403, 303]
    assert await team.signed_in_as() == ("MEMBER", "home")
    assert len(await list_members(team.graph, network)) == 2


async def test_a_refused_sign_in_does_not_reveal_networks(team: Team) -> None:
    await team.sign_in(ANA)
    stranger = {"sub": "99", "email": "eve@far.example", "email_verified": True}
    invitation = "tertius_invitation_" + "x" * 43

    refused = [
        await team.sign_in(stranger),
        await team.sign_in(stranger, network="home"),
        await team.sign_in(stranger, network="nowhere"),
        await team.sign_in(stranger, invitation=invitation),
        await team.sign_in(ANA, network="far"),
        await team.sign_in(ANA, network="nowhere"),
        await team.sign_in({**stranger, "email": "ana@home.example"}),  # the address belongs to another subject
    ]

    assert {one.status_code for one in refused} == {403}
    errors = [one.json()["errors"][0] for one in refused]
    assert {(one["message"], one["extensions"]["code"]) for one in errors} == {(errors[0]["message"], "FORBIDDEN")}
    assert (await team.query_viewer()).status_code == 401


async def test_a_member_of_two_networks_chooses_one_at_sign_in(team: Team) -> None:
    far, owner = await team.create_network("far")
    await create_invitation(team.graph, far, owner, role=Role.MEMBER, email="ana@home.example")

    assert (await team.sign_in(ANA)).status_code == 303
    assert await team.signed_in_as() == ("OWNER", "home")
    assert (await team.sign_in(ANA, network="far")).status_code == 303
    assert await team.signed_in_as() == ("MEMBER", "far")


async def test_a_member_who_left_cannot_sign_in(team: Team) -> None:
    network, ana = await team.create_network("home")
    await create_invitation(team.graph, network, ana, role=Role.MEMBER, email="bea@home.example")
    assert (await team.sign_in(BEA, network="home")).status_code == 303
    (bea,) = [one for one in await list_members(team.graph, network) if one.id != ana]

    await leave_network(team.graph, network, bea.id)

    assert (await team.query_viewer()).status_code == 401
    assert (await team.sign_in(BEA)).status_code == 403


async def test_the_account_of_a_member_can_be_changed(team: Team) -> None:
    network, ana = await team.create_network("home")
    await team.sign_in(ANA)
    await grant_token(team.graph, network, ana, "the token of Ana")
    by_token = await begin_session(team.graph, "the token of Ana", TokenKind.TOKEN, SessionRules())
    assert by_token is not None

    assert await expect_sign_in(team.graph, network, ana, ana, "ana@elsewhere.example")

    assert await find_session(team.graph, by_token) is None
    assert (await team.query_viewer()).status_code == 401
    assert (await team.sign_in(ANA)).status_code == 403
    assert (await team.sign_in({**ANA, "sub": "20", "email": "ana@elsewhere.example"})).status_code == 303


async def test_userinfo_counts_if_its_subject_is_that_of_the_token(team: Team) -> None:
    only_subject = {"sub": ANA["sub"]}
    team.issuer.userinfo = {**ANA, "sub": "another"}
    assert (await team.sign_in(only_subject)).status_code == 403

    team.issuer.userinfo = ANA
    assert (await team.sign_in(only_subject)).status_code == 303


async def test_keys_are_cached_and_fetched_again_after_a_change(team: Team) -> None:
    team.issuer.requests.clear()
    for _ in range(2):
        assert (await team.sign_in(ANA)).status_code == 303
    assert team.issuer.requests == ["metadata", "keys"]

    team.issuer.rotate()
    assert (await team.sign_in(ANA)).status_code == 401, "an unknown key does not cause a second fetch"
    team.clock.now += KEY_REFRESH_SECONDS + 1
    assert (await team.sign_in(ANA)).status_code == 303
    assert team.issuer.requests == ["metadata", "keys"] * 2

    team.clock.now += METADATA_SECONDS + 1
    assert (await team.sign_in(ANA)).status_code == 303
    assert team.issuer.requests == ["metadata", "keys"] * 3


def with_claims(**claims: Any) -> Forge:
    """Return a forge that signs correctly but changes these claims; None removes a claim."""

    def forge(header: dict[str, Any], original: dict[str, Any], key: jwk.Key) -> str:
        changed = {name: value for name, value in {**original, **claims}.items() if value is not None}
        return jwt.encode(header, changed, key)

    return forge


def signed_with_another_key(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    return jwt.encode(header, claims, jwk.RSAKey.generate_key(2048))


def signed_with_a_key_in_the_header(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    other = jwk.RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "jwk": other.as_dict(private=False)}, claims, other)


def signed_with_the_public_key_as_a_secret(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    assert isinstance(key, jwk.RSAKey)
    payload = f"{token_part({**header, 'alg': 'HS256'})}.{token_part(claims)}"
    return f"{payload}.{base64url(hmac.digest(key.as_pem(private=False), payload.encode(), 'sha256'))}"


def unsigned(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    return f"{token_part({**header, 'alg': 'none'})}.{token_part(claims)}."


def changed_after_signing(header: dict[str, Any], claims: dict[str, Any], key: jwk.Key) -> str:
    head, _, signature = jwt.encode(header, claims, key).split(".")
    return f"{head}.{token_part({**claims, 'sub': '1'})}.{signature}"


NOW = int(time.time())
FORGERIES: dict[str, Forge] = {
    "another key": signed_with_another_key,
    "a key in the header": signed_with_a_key_in_the_header,
    "the public key as a shared secret": signed_with_the_public_key_as_a_secret,
    "no signature": unsigned,
    "changed after signing": changed_after_signing,
    "no token": lambda *_: "",
    "three invalid parts": lambda *_: "a.b.c",
    "another audience": with_claims(aud="another client"),
    "several audiences, another authorized party": with_claims(aud=[CLIENT, "another"], azp="another"),
    "several audiences, no authorized party": with_claims(aud=[CLIENT, "another"]),
    "no audience": with_claims(aud=None),
    "another issuer": with_claims(iss="https://elsewhere.example"),
    "expired": with_claims(exp=NOW - 3600),
    "no expiry": with_claims(exp=None),
    "issued in the future": with_claims(iat=NOW + 7200),
    "another nonce": with_claims(nonce="an earlier nonce"),
    "no nonce": with_claims(nonce=None),
    "no subject": with_claims(sub=None),
    "a number as subject": with_claims(sub=17),
}


async def test_an_invalid_id_token_is_refused(team: Team) -> None:
    answers = {}
    for name, forge in FORGERIES.items():
        team.issuer.forge = forge
        response = await team.sign_in(ANA)
        code = response.json()["errors"][0]["extensions"]["code"]
        answers[name] = (response.status_code, code, (await team.query_viewer()).status_code)

    assert answers == dict.fromkeys(FORGERIES, (401, "UNAUTHENTICATED", 401))


async def test_only_the_browser_that_started_a_sign_in_completes_it_once(team: Team) -> None:
    url = await team.callback_url(ANA)
    cookies = dict(team.client.cookies)
    assert (await team.client.get(url)).status_code == 303
    team.client.cookies.clear()
    without_cookies = await team.client.get(url)
    team.client.cookies.update(cookies)
    replayed = await team.client.get(url)
    team.client.cookies.clear()
    other_url = await team.callback_url(ANA)
    team.client.cookies.clear()
    await team.callback_url(ANA)
    in_another_browser = await team.client.get(other_url)

    assert [one.status_code for one in (without_cookies, replayed, in_another_browser)] == [401, 401, 401]


async def test_an_invalid_callback_is_refused(team: Team) -> None:
    for change in ("code=&", "error=access_denied&code=&", "iss=https://elsewhere.example&"):
        team.client.cookies.clear()
        url = urlsplit(await team.callback_url(ANA))
        replaced = (change.partition("=")[0], "code" * ("code" in change))
        rest = "&".join(part for part in url.query.split("&") if part.partition("=")[0] not in replaced)
        assert (await team.client.get(f"{url.path}?{change}{rest}")).status_code == 401, change


async def test_a_client_has_few_callbacks(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.sign_in.attempt_limits.ATTEMPTS_PER_CLIENT", RateLimitItemPerHour(2))
    responses = []
    for secret, accept in (("first", "*/*"), ("second", "*/*"), ("third", "*/*"), ("fourth", "text/html")):
        made_up = {"state": Attempt(secret).state, "code": "x", "iss": team.issuer.address}
        headers = {"Cookie": f"__Host-tertius-signing-in={secret}..", "Accept": accept}
        responses.append(await team.client.get("/auth/callback", params=made_up, headers=headers))
    assert [each.status_code for each in responses] == [401, 401, 429, 429]
    assert (responses[-1].headers["retry-after"], 'href="/sign-in"' in responses[-1].text) == ("3600", True)


async def test_an_unavailable_or_wrong_provider_is_an_error(team: Team) -> None:
    team.issuer.metadata = {"issuer": "https://elsewhere.example"}
    other_issuer = await team.login()
    team.issuer.metadata = {"token_endpoint": "http://elsewhere.example/token"}
    without_tls = await team.login()
    unavailable = Provider(Client("http://127.0.0.1:9", CLIENT, SECRET, REDIRECT))
    async with served(team.graph, provider=unavailable, public_url="https://tertius") as client:
        no_answer = await client.post("/auth/login", json={}, headers=OWN)

    for each in (other_issuer, without_tls, no_answer):
        assert (each.status_code, each.json()["errors"][0]["extensions"]["code"]) == (503, "SERVICE_UNAVAILABLE")


async def test_the_cookies_are_restricted_to_tls_and_the_host(team: Team) -> None:
    team.issuer.person = ANA
    started = (await team.login()).headers.get_list("set-cookie")
    completed = (await team.sign_in(ANA)).headers.get_list("set-cookie")

    (session,) = [cookie for cookie in completed if "session" in cookie]
    for cookie, same_site in ((*started, "samesite=lax"), (session, "samesite=strict")):
        assert cookie.startswith("__Host-tertius-")
        assert {"httponly", "secure", same_site, "path=/"} <= {part.strip().lower() for part in cookie.split(";")}


async def test_a_session_of_the_provider_ends_after_a_day(team: Team, driver: neo4j.AsyncDriver) -> None:
    await team.sign_in(ANA)

    records, _, _ = await driver.execute_query(
        "MATCH (s:Token {kind: 'session'}) RETURN s.expires_at - s.created_at AS lifetime_ms"
    )

    assert [record["lifetime_ms"] for record in records] == [24 * 60 * 60 * 1000]


async def test_a_browser_gets_a_page_that_leads_back(team: Team) -> None:
    refused = await team.client.get("/auth/callback", headers={"Accept": "text/html"})

    assert refused.status_code == 403
    assert 'href="/sign-in"' in refused.text


async def test_sign_in_is_absent_without_a_provider(team: Team) -> None:
    async with served(team.graph) as client:
        assert (await client.post("/auth/login", json={}, headers=OWN)).status_code == 404
