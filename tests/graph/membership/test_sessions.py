"""Sessions of browsers: what they allow, and when they end."""

import asyncio
from typing import Any

import neo4j
import pytest

from graph.database.client import Graph
from graph.membership.leaving import remove_member
from graph.membership.session_rules import DEFAULT_SESSION_RULES, SessionRules
from graph.membership.sessions import (
    begin_session,
    create_sign_in_code,
    end_sessions,
    find_session,
)
from graph.networks.permissions import ALL_SCOPES, Scope
from graph.networks.tokens import TokenKind, create_token, find_token_holder, grant_token, list_tokens, revoke_token
from tests.conftest import wipe
from tests.graph.membership.test_membership import join_member
from tests.graph.worlds import home

RULES = DEFAULT_SESSION_RULES


@pytest.fixture
async def ana(driver: neo4j.AsyncDriver, graph: Graph) -> tuple[str, str]:
    """An empty network, and its owner."""
    await wipe(driver)
    return await home(graph)


async def move_sessions(driver: neo4j.AsyncDriver, milliseconds: int) -> None:
    """Let this time pass for the sessions."""
    await driver.execute_query(
        """
        MATCH (s:Token {kind: 'session'})
        SET s.created_at = s.created_at - $passed, s.last_used_at = s.last_used_at - $passed,
          s.expires_at = s.expires_at - $passed
        """,
        passed=milliseconds,
    )


async def test_a_session_allows_what_its_token_allows_and_no_more(graph: Graph, ana: tuple[str, str]) -> None:
    await grant_token(graph, *ana, "reader", scopes=[Scope.READ])

    secret = await begin_session(graph, "reader", TokenKind.TOKEN, RULES)

    assert secret is not None
    holder = await find_session(graph, secret)
    assert holder is not None
    assert (holder.network, holder.member, holder.scopes) == (*ana, frozenset({Scope.READ}))


async def test_each_credential_is_accepted_as_its_own_kind_only(graph: Graph, ana: tuple[str, str]) -> None:
    await grant_token(graph, *ana, "token")
    code = await create_sign_in_code(graph, *ana)
    session = await begin_session(graph, "token", TokenKind.TOKEN, RULES)
    assert session is not None

    accepted = {
        (name, kind): await find_token_holder(graph, secret, kind) is not None
        for name, secret in (("token", "token"), ("session", session), ("sign_in_code", code))
        for kind in TokenKind
    }

    assert accepted == {(name, kind): name == kind for name, kind in accepted}
    assert await begin_session(graph, session, TokenKind.TOKEN, RULES) is None
    assert await begin_session(graph, code, TokenKind.TOKEN, RULES) is None
    assert await begin_session(graph, "token", TokenKind.SIGN_IN_CODE, RULES) is None


async def test_one_of_many_uses_of_a_code_starts_a_session(graph: Graph, ana: tuple[str, str]) -> None:
    code = await create_sign_in_code(graph, *ana)

    begun = await asyncio.gather(*(begin_session(graph, code, TokenKind.SIGN_IN_CODE, RULES) for _ in range(8)))

    (secret,) = [each for each in begun if each]
    holder = await find_session(graph, secret)
    assert holder is not None
    assert holder.scopes == ALL_SCOPES
    assert await begin_session(graph, code, TokenKind.SIGN_IN_CODE, RULES) is None


async def test_a_code_expires(driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]) -> None:
    code = await create_sign_in_code(graph, *ana)
    await driver.execute_query("MATCH (t:Token {kind: 'sign_in_code'}) SET t.expires_at = t.expires_at - 15 * 60000")

    assert await begin_session(graph, code, TokenKind.SIGN_IN_CODE, RULES) is None


async def test_a_session_ends_without_requests_and_after_its_lifetime(
    driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]
) -> None:
    rules = SessionRules(idle_hours=1, max_hours=3)
    await grant_token(graph, *ana, "token")
    idle, used = [await begin_session(graph, "token", TokenKind.TOKEN, rules) for _ in range(2)]
    assert idle
    assert used
    states: list[list[bool]] = []

    for _ in range(3):
        await move_sessions(driver, 59 * 60_000)
        states.append([await find_session(graph, used) is not None])
    await move_sessions(driver, 4 * 60_000)
    states.append([await find_session(graph, secret) is not None for secret in (used, idle)])

    assert states == [[True], [True], [True], [False, False]]
    assert [token.is_session for token in await list_tokens(graph, *ana)] == [False]


async def test_a_session_that_is_not_used_ends_first(
    driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]
) -> None:
    await grant_token(graph, *ana, "token")
    secret = await begin_session(graph, "token", TokenKind.TOKEN, SessionRules(idle_hours=1, max_hours=3))
    assert secret

    await move_sessions(driver, 61 * 60_000)

    assert await find_session(graph, secret) is None
    assert len(await list_tokens(graph, *ana)) == 1


async def test_a_session_ends_with_its_token(driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]) -> None:
    token, listed = await create_token(graph, *ana, name="laptop", scopes=ALL_SCOPES, days=1)
    await grant_token(graph, *ana, "other")
    first, second = [await begin_session(graph, each, TokenKind.TOKEN, RULES) for each in (token, "other")]
    assert first
    assert second
    holder = await find_session(graph, first)
    assert holder is not None

    assert holder.expires_at == listed.expires_at, "a session outlives its token"
    assert await revoke_token(graph, *ana, listed.id)

    assert [await find_session(graph, each) is not None for each in (first, second)] == [False, True]


async def test_ending_all_sessions_ends_those_of_one_member_and_no_token(graph: Graph, ana: tuple[str, str]) -> None:
    network, owner = ana
    bea = await join_member(graph, network, owner)
    await grant_token(graph, *ana, "ana")
    await grant_token(graph, network, bea, "bea")
    sessions = [await begin_session(graph, each, TokenKind.TOKEN, RULES) for each in ("ana", "ana", "bea")]
    codes = [await create_sign_in_code(graph, network, member) for member in (owner, bea)]

    assert await end_sessions(graph, *ana) == 2

    begun = [await begin_session(graph, code, TokenKind.SIGN_IN_CODE, RULES) is not None for code in codes]
    assert begun == [False, True], "an unused sign-in code outlives the sessions"
    assert [await find_session(graph, each or "") is not None for each in sessions] == [False, False, True]
    assert await find_token_holder(graph, "ana") is not None


async def test_a_session_can_be_listed_and_revoked(graph: Graph, ana: tuple[str, str]) -> None:
    await grant_token(graph, *ana, "token", name="laptop")
    await create_sign_in_code(graph, *ana)
    secret = await begin_session(graph, "token", TokenKind.TOKEN, RULES)
    assert secret

    listed = await list_tokens(graph, *ana)
    assert [(token.name, token.is_session) for token in listed] == [("laptop", False), ("browser", True)]
    assert await revoke_token(graph, *ana, listed[1].id)

    assert await find_session(graph, secret) is None
    assert await find_token_holder(graph, "token") is not None


async def test_a_removed_member_has_no_session_and_no_code(
    driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]
) -> None:
    network, owner = ana
    bea = await join_member(graph, network, owner)
    await grant_token(graph, network, bea, "bea")
    secret = await begin_session(graph, "bea", TokenKind.TOKEN, RULES)
    code = await create_sign_in_code(graph, network, bea)
    assert secret

    await remove_member(graph, network, owner, bea)

    assert await find_session(graph, secret) is None
    assert await begin_session(graph, code, TokenKind.SIGN_IN_CODE, RULES) is None
    records, _, _ = await driver.execute_query("MATCH (t:Token) WHERE t.kind IS NOT NULL RETURN t")
    assert records == []


async def test_the_database_stores_no_secret(driver: neo4j.AsyncDriver, graph: Graph, ana: tuple[str, str]) -> None:
    await grant_token(graph, *ana, "token")
    code = await create_sign_in_code(graph, *ana)
    secret = await begin_session(graph, "token", TokenKind.TOKEN, RULES)

    records, _, _ = await driver.execute_query("MATCH (t:Token) RETURN properties(t) AS stored")

    stored: list[dict[str, Any]] = [record["stored"] for record in records]
    assert len(stored) == 3
    assert not {secret, code} & {value for each in stored for value in each.values() if isinstance(value, str)}
