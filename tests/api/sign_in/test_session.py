"""`/session` over HTTP: beginning, showing and ending the session of a browser, and attempts to misuse it."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import neo4j
import pytest
import pytest_asyncio
from limits import RateLimitItemPerHour

from graph.database.client import Graph
from graph.membership.invitations import create_invitation
from graph.membership.leaving import remove_member
from graph.membership.sessions import create_sign_in_code
from graph.networks.members import list_members
from graph.networks.permissions import Role, Scope
from graph.networks.tokens import grant_token, list_tokens
from tests.api.conftest import served
from tests.conftest import wipe
from tests.graph.teams import create_team_network

PUBLIC = "https://tertius.example.org"
OWN = {"Origin": PUBLIC, "Sec-Fetch-Site": "same-origin"}
VIEWER = {"query": "{ viewer { role } }"}
COOKIE = "__Host-tertius-session"
FOREIGN: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    "another host of the domain": {"Origin": "https://evil.example.org", "Sec-Fetch-Site": "same-site"},
    "another site, stated by the origin only": {"Origin": "https://evil.example"},
    "another site, stated by the browser only": {"Sec-Fetch-Site": "cross-site"},
    "the address bar": {"Sec-Fetch-Site": "none"},
    "an opaque origin": {"Origin": "null"},
    "another port": {"Origin": f"{PUBLIC}:8443"},
    "the host by HTTP": {"Origin": PUBLIC.replace("https", "http")},
    "a longer host": {"Origin": f"{PUBLIC}.evil.example"},
    "another port of this machine": {"Origin": "http://localhost:9999"},
    "neither header": {},
    "the name of another host": {"Host": "evil.example", "Origin": "https://evil.example"},
}


class Browser:
    """A browser at a page of the service."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def sign_in(self, **credential: str) -> httpx.Response:
        return await self.client.post("/session", json=credential, headers=OWN)

    async def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = (await self.client.get("/session", headers=OWN)).json()
        return shown

    async def own_page(self) -> dict[str, str]:
        """The headers of a request that a page sends."""
        return OWN | {"X-CSRF-Token": (await self.shown())["csrfToken"] or ""}

    async def ask(self, headers: dict[str, str] | None = None) -> int:
        """The status of a question that the page sends."""
        headers = await self.own_page() if headers is None else headers
        return (await self.client.post("/graphql", json=VIEWER, headers=headers)).status_code

    @property
    def secret(self) -> str | None:
        return self.client.cookies.get(COOKIE)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def network(driver: neo4j.AsyncDriver) -> str:
    """Ana and Ben, each with a token."""
    await wipe(driver)
    graph = Graph(driver)
    network = await create_team_network(driver, graph, "ben")
    for member in ("ana", "ben"):
        await grant_token(graph, network, member, member)
    await grant_token(graph, network, "ana", "reader", scopes=[Scope.READ])
    return network


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(driver: neo4j.AsyncDriver, network: str) -> AsyncIterator[httpx.AsyncClient]:
    async with served(Graph(driver), public_url=PUBLIC) as client:
        client.base_url = httpx.URL(PUBLIC)
        yield client


@pytest.fixture
def browser(client: httpx.AsyncClient) -> Browser:
    """A browser without a session."""
    client.cookies.clear()
    return Browser(client)


async def test_a_token_signs_in_until_the_sign_out(browser: Browser) -> None:
    before = await browser.shown()
    began = await browser.sign_in(token="ana")
    own_page = await browser.own_page()
    secret = browser.secret
    asked = await browser.ask()
    ended = await browser.client.delete("/session", headers=own_page)
    kept = {"Cookie": f"{COOKIE}={secret}", **own_page}

    assert before == {
        "signedIn": False,
        "csrfToken": None,
        "viewer": None,
        "scopes": [],
        "expiresAt": None,
        "signInMethods": ["LINK", "TOKEN", "INVITATION"],
        "signInRefusal": None,
    }
    assert began.status_code == 201
    assert began.json()["viewer"] == {"memberId": "ana", "name": None, "network": "home", "role": "OWNER"}
    assert began.json()["scopes"] == ["READ", "WRITE", "ADMIN"]
    assert began.json()["csrfToken"] == own_page["X-CSRF-Token"]
    assert secret is not None
    assert secret not in began.text
    assert (asked, ended.status_code, browser.secret) == (200, 204, None)
    assert await browser.ask(kept) == 401
    assert (await browser.shown())["signedIn"] is False


async def test_the_cookie_is_for_this_host_and_not_for_scripts_or_other_sites(browser: Browser) -> None:
    (cookie,) = (await browser.sign_in(token="ana")).headers.get_list("set-cookie")

    name, *flags = (part.strip().lower() for part in cookie.split(";"))
    assert name.startswith("__host-tertius-session=tertius_session_")
    assert sorted(flags) == ["httponly", "max-age=604800", "path=/", "samesite=strict", "secure"]


@pytest.mark.parametrize("kind", FOREIGN)
async def test_another_site_can_neither_sign_in_nor_use_the_session(browser: Browser, kind: str) -> None:
    foreign = FOREIGN[kind]
    refused = await browser.client.post("/session", json={"token": "ben"}, headers=foreign)
    await browser.sign_in(token="ana")
    own_page = await browser.own_page()
    theirs = {"X-CSRF-Token": own_page["X-CSRF-Token"], **foreign}
    statuses = [
        await browser.ask(theirs),
        (await browser.client.delete("/session", headers=theirs)).status_code,
        (await browser.client.delete("/sessions", headers=theirs)).status_code,
        (await browser.client.put("/uploads/x", content=b"x", headers=theirs)).status_code,
        (await browser.client.post("/targets", content=b"Name\nIda", headers=theirs)).status_code,
    ]

    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert refused.headers.get_list("set-cookie") == []
    assert statuses == [401] * 5
    assert await browser.ask(own_page) == 200


async def test_a_request_with_the_cookie_needs_the_csrf_token_of_its_session(browser: Browser) -> None:
    await browser.sign_in(token="ana")
    others = (await browser.own_page())["X-CSRF-Token"]
    await browser.sign_in(token="ben")
    own_page = await browser.own_page()
    right = own_page["X-CSRF-Token"]

    wrong = [OWN, *(OWN | {"X-CSRF-Token": token} for token in ("", others, right[:-1], right.upper(), right + "0"))]

    assert [await browser.ask(headers) for headers in wrong] == [401] * len(wrong)
    assert await browser.ask(own_page) == 200


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "ana", "tertius_session_" + "x" * 43, "tertius_session_" + "x" * 10_000],
    ids=["empty", "short", "a token", "invented", "long"],
)
async def test_a_forged_cookie_is_no_session(browser: Browser, cookie: str) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}"}
    shown = await browser.client.get("/session", headers=headers)

    assert shown.json()["signedIn"] is False
    assert await browser.ask(OWN | headers | {"X-CSRF-Token": "0" * 64}) == 401


async def test_a_sign_in_replaces_the_session_of_the_browser(browser: Browser) -> None:
    planted = "tertius_session_" + "p" * 43
    browser.client.cookies.set(COOKIE, planted, domain="tertius.example.org", path="/")
    await browser.sign_in(token="ana")
    first, first_page = browser.secret, await browser.own_page()
    await browser.sign_in(token="ana")
    second = browser.secret

    assert len({planted, first, second}) == 3
    assert await browser.ask({"Cookie": f"{COOKIE}={first}", **first_page}) == 401
    assert await browser.ask() == 200


async def test_a_link_signs_in_once(browser: Browser, driver: neo4j.AsyncDriver, network: str) -> None:
    code = await create_sign_in_code(Graph(driver), network, "ben")

    first = await browser.sign_in(code=code)
    replayed = await browser.sign_in(code=code)
    as_token = await browser.sign_in(token=code)
    in_header = await browser.client.post("/graphql", json=VIEWER, headers={"Authorization": f"Bearer {code}"})

    assert (first.status_code, first.json()["viewer"]["memberId"]) == (201, "ben")
    assert [response.status_code for response in (replayed, as_token, in_header)] == [401] * 3


async def test_a_link_shows_whom_it_signs_in_before_it_does(
    browser: Browser, driver: neo4j.AsyncDriver, network: str
) -> None:
    code = await create_sign_in_code(Graph(driver), network, "ben")

    foreign = await browser.client.post("/session/code", json={"code": code}, headers=FOREIGN["another site"])
    shown = [await browser.client.post("/session/code", json={"code": code}, headers=OWN) for _ in range(2)]
    used = await browser.sign_in(code=code)
    after = await browser.client.post("/session/code", json={"code": code}, headers=OWN)
    of_token = await browser.client.post("/session/code", json={"code": "ana"}, headers=OWN)

    assert [each.json()["viewer"] for each in (*shown, used)] == [
        {"memberId": "ben", "name": None, "network": "home", "role": "MEMBER"}
    ] * 3
    assert not any("set-cookie" in each.headers for each in shown)
    assert (foreign.status_code, after.status_code, of_token.status_code) == (403, 401, 401)


async def test_attempts_are_limited(driver: neo4j.AsyncDriver, network: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.sign_in.attempt_limits.ATTEMPTS_PER_CLIENT", RateLimitItemPerHour(3))
    async with served(Graph(driver), public_url=PUBLIC) as client:
        client.base_url = httpx.URL(PUBLIC)
        foreign = FOREIGN["another site"]
        others = [await client.post("/session", json={"token": "ana"}, headers=foreign) for _ in range(4)]
        wrong = [
            await client.post("/session", json={"token": "x"}, headers=OWN),
            await client.post("/session/code", json={"code": "x"}, headers=OWN),
            await client.post("/join", json={"name": "Eve"}, headers={"Authorization": "Bearer x"}),
        ]
        refused = [
            await client.post("/session", json={"token": "ana"}, headers=OWN),
            await client.post("/session/code", json={"code": "x"}, headers=OWN),
            await client.post("/join", json={"name": "Eve"}, headers={"Authorization": "Bearer x"}),
        ]

    assert {each.status_code for each in others} == {403}
    assert [each.status_code for each in wrong] == [401, 401, 403]
    assert {(each.status_code, each.json()["errors"][0]["extensions"]["code"]) for each in refused} == {
        (429, "RATE_LIMITED")
    }


async def test_every_wrong_credential_gets_the_same_answer(
    browser: Browser, driver: neo4j.AsyncDriver, network: str
) -> None:
    graph = Graph(driver)
    await grant_token(graph, network, "ben", "expired")
    await driver.execute_query(
        "MATCH (:Member {id: 'ben'})-[:HOLDS]->(t:Token) WHERE t.kind IS NULL AND t.name IS NULL "
        "WITH t ORDER BY t.created_at DESC LIMIT 1 SET t.expires_at = timestamp() - 1"
    )
    used = await create_sign_in_code(graph, network, "ben")
    await browser.sign_in(code=used)
    browser.client.cookies.clear()

    answers = [
        await browser.sign_in(**credential)
        for credential in ({"token": "quorwin"}, {"token": "expired"}, {"code": used}, {"code": "quorwin"})
    ]

    assert {(each.status_code, each.json()["errors"][0]["message"]) for each in answers} == {
        (401, answers[0].json()["errors"][0]["message"])
    }
    assert all(each.headers.get_list("set-cookie") == [] for each in answers)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"{}", b'{"token": 1}', b'{"token": ""}', b'{"token": "a", "code": "b"}', b'{"invitation": "a"}',
     b'{"token": "ana", "member": "ben"}', b'{"invitation": "a", "name": " "}', b'{"code": "\\ud800"}'],
)  # fmt: skip
async def test_another_body_is_refused(browser: Browser, body: bytes) -> None:
    response = await browser.client.post("/session", content=body, headers=OWN)

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")


async def test_a_session_allows_what_its_token_allows(browser: Browser) -> None:
    await browser.sign_in(token="reader")
    own_page = await browser.own_page()
    everywhere = await browser.client.delete("/sessions", headers=own_page)
    job = {"query": 'mutation { createLoadJob(input: {fileName: "a.mbox"}) { __typename } }'}
    written = (await browser.client.post("/graphql", json=job, headers=own_page)).json()

    assert (await browser.shown())["scopes"] == ["READ"]
    assert everywhere.status_code == 403
    assert written["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await browser.ask() == 200


async def test_a_token_in_the_header_counts_before_the_session(browser: Browser) -> None:
    await browser.sign_in(token="ana")
    own_page = await browser.own_page()

    as_ben = await browser.client.post("/graphql", json=VIEWER, headers={**own_page, "Authorization": "Bearer ben"})
    as_nobody = await browser.client.post("/graphql", json=VIEWER, headers={**own_page, "Authorization": "Bearer x"})

    assert as_ben.json()["data"]["viewer"] == {"role": "MEMBER"}
    assert as_nobody.status_code == 401


async def test_the_session_reaches_uploads_and_lists_and_no_other_door(browser: Browser) -> None:
    await browser.sign_in(token="ana")
    own_page = await browser.own_page()
    request = {"jsonrpc": "2.0", "id": 1, "method": "ping"}

    targets = await browser.client.post("/targets", content=b"Name\nIda", headers=own_page)
    upload = await browser.client.put("/uploads/x", content=b"x", headers=own_page)
    logout = await browser.client.post("/auth/logout", headers=own_page)
    mcp = await browser.client.post("/mcp", json=request, headers=own_page)
    join = await browser.client.post("/join", json={"name": "Eve"}, headers=own_page)

    assert [each.status_code for each in (targets, upload, logout, mcp, join)] == [409, 404, 401, 401, 403]


async def test_signing_out_everywhere_ends_every_browser_and_no_token(browser: Browser) -> None:
    await browser.sign_in(token="ben")
    elsewhere = {"Cookie": f"{COOKIE}={browser.secret}", **await browser.own_page()}
    browser.client.cookies.clear()
    await browser.sign_in(token="ben")

    ended = await browser.client.delete("/sessions", headers=await browser.own_page())
    by_token = await browser.client.post("/graphql", json=VIEWER, headers={"Authorization": "Bearer ben"})

    assert (ended.status_code, browser.secret) == (204, None)
    assert await browser.ask(elsewhere) == 401
    assert by_token.status_code == 200


async def test_showing_the_session_changes_nothing_but_its_last_use(
    browser: Browser, driver: neo4j.AsyncDriver, network: str
) -> None:
    await browser.sign_in(token="ana")
    graph = Graph(driver)
    before = [token.id for token in await list_tokens(graph, network, "ana")]

    for _ in range(3):
        assert (await browser.shown())["signedIn"] is True

    assert [token.id for token in await list_tokens(graph, network, "ana")] == before


async def test_an_invitation_signs_its_new_member_in(browser: Browser, driver: neo4j.AsyncDriver, network: str) -> None:
    graph = Graph(driver)
    invitation, _ = await create_invitation(graph, network, "ana", role=Role.MEMBER)
    credential = {"invitation": invitation, "name": "Cleo", "key": "k" * 32}

    joined = await browser.sign_in(**credential)
    cleo = joined.json()["viewer"]
    first = {"Cookie": f"{COOKIE}={browser.secret}", **await browser.own_page()}
    browser.client.cookies.clear()
    again = await browser.sign_in(invitation=invitation, name="Eve")
    repeated = await browser.sign_in(**credential)

    assert (joined.status_code, cleo["name"], cleo["role"]) == (201, "Cleo", "MEMBER")
    assert (again.status_code, again.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    assert (repeated.status_code, repeated.json()["viewer"]["memberId"]) == (201, cleo["memberId"])
    assert await browser.ask() == 200
    assert await browser.ask(first) == 200
    assert [token.is_session for token in await list_tokens(graph, network, cleo["memberId"])].count(False) == 0

    await remove_member(graph, network, "ana", cleo["memberId"])
    assert await browser.ask(await browser.own_page()) == 401
    assert (await browser.shown())["signedIn"] is False
    assert cleo["memberId"] not in {member.id for member in await list_members(graph, network)}


@pytest.mark.parametrize(
    ("public_url", "address", "accepts"),
    [
        ("http://192.168.1.5:8787", "http://192.168.1.5:8787", False),
        ("http://127.0.0.1:8787", "http://evil.example:8787", False),
        ("http://127.0.0.1:8787", "https://tertius.example.org", False),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787", True),
        ("http://127.0.0.1:8787", "http://localhost:8787", True),
        ("http://127.0.0.1:8787", "http://[::1]:8787", True),
        (PUBLIC, "http://localhost:8787", True),
        (PUBLIC, PUBLIC, True),
    ],
)
async def test_only_https_and_this_machine_can_sign_in(
    driver: neo4j.AsyncDriver, network: str, public_url: str, address: str, accepts: bool
) -> None:
    async with served(Graph(driver), public_url=public_url) as client:
        client.base_url = httpx.URL(address)
        shown = (await client.get("/session")).json()
        began = await client.post("/session", json={"token": "ana"}, headers={"Origin": address})

    assert began.status_code == (201 if accepts else 403)
    if accepts:
        assert (shown["signInRefusal"], bool(shown["signInMethods"])) == (None, True)
    else:
        message = began.json()["errors"][0]["message"]
        assert public_url in message
        assert "evil" not in message
