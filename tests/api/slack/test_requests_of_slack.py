"""Only requests that Slack signed within five minutes are processed, and they are acknowledged before any work."""

import asyncio
import contextlib
import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, unquote_plus

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.paths import SLACK_EVENTS
from api.request_limits import MAX_SLACK_BODY_BYTES
from api.slack.signature import is_from_slack
from graph.database.client import open_service_graph
from tests.api.conftest import LIMITS, Counting, served
from tests.api.slack.stand_in import SECRET, StandIn, command_body, send, signed, stand_in
from tests.api.test_app import Cable

SLACK = StandIn("http://127.0.0.1:9")
BODY = command_body(SLACK, "Jane Okonkwo", trigger="x")
TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"
Headers = dict[str, Any]


def _forged() -> dict[str, tuple[bytes, Headers]]:
    """Requests that Slack did not send, or sent too long ago."""
    valid: Headers = dict(signed(BODY))
    return {
        "without a signature": (BODY, {key: value for key, value in valid.items() if key != SIGNATURE}),
        "without a timestamp": (BODY, {key: value for key, value in valid.items() if key != TIMESTAMP}),
        "without any header": (BODY, {}),
        "of 301 seconds ago": (BODY, signed(BODY, age=301)),
        "of the future": (BODY, signed(BODY, age=-3600)),
        "under another secret": (BODY, signed(BODY, secret="another")),
        "truncated": (BODY[:-1], valid),
        "re-encoded": (BODY.replace(b"+", b"%20"), valid),
        "with a letter as timestamp": (BODY, {**valid, TIMESTAMP: "x"}),
        "with a signature beyond ASCII": (BODY, {**valid, SIGNATURE: b"v0=\xe4"}),
        "an unsigned check of the certificate": (b"ssl_check=1&token=x", {"content-type": valid["content-type"]}),
    }


@pytest.mark.parametrize("name", _forged())
async def test_a_forged_request_is_refused_without_effect(name: str) -> None:
    body, headers = _forged()[name]

    async with _service_without_database() as client:
        response = await client.post(SLACK_EVENTS, content=body, headers=headers)

    assert response.status_code == 401


async def test_a_signed_body_that_is_no_text_is_refused() -> None:
    body = b"\xff\xfe"

    async with _service_without_database() as client:
        assert (await client.post(SLACK_EVENTS, content=body, headers=signed(body))).status_code == 400


@pytest.mark.parametrize(
    ("size", "is_signed", "status"), [(300_000, True, 200), (300_000, False, 401), (MAX_SLACK_BODY_BYTES, True, 413)]
)
async def test_a_form_may_be_long_and_has_a_limit(size: int, is_signed: bool, status: int) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c", "padding": "x" * size}).encode()

    async with _service_without_database() as client:
        headers = {**signed(body), "content-type": "application/json"} if is_signed else {}
        response = await client.post(SLACK_EVENTS, content=body, headers=headers)

    assert response.status_code == status


async def test_slack_can_verify_the_address() -> None:
    body = json.dumps({"type": "url_verification", "challenge": "of-slack", "token": "x"}).encode()
    headers = {**signed(body), "content-type": "application/json"}

    async with _service_without_database() as client:
        response = await client.post(SLACK_EVENTS, content=body, headers=headers)

    assert (response.status_code, response.json()) == (200, {"challenge": "of-slack"})
    assert logging.getLogger("tertius").isEnabledFor(logging.ERROR)  # Bolt sets levels of loggers


@contextlib.asynccontextmanager
async def _service_without_database() -> Any:
    """The service without a lifespan: a request that starts any work fails."""

    async def connect() -> None:
        raise AssertionError

    app = create_app(connect, Path(), LIMITS, slack=SLACK.config())  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tertius") as client:
        yield client


@st.composite
def _mutations(draw: st.DrawFn) -> tuple[bytes, dict[str, str]]:
    """A signed request that was changed in one place."""
    original = signed(BODY)
    body, headers = bytearray(BODY), dict(original)
    kind = draw(st.sampled_from(["byte", "cut", "add", "drop", "header", "decode", "case"]))
    place = draw(st.integers(0, len(body) - 1))
    if kind == "byte":
        body[place] ^= draw(st.integers(1, 255))
    elif kind == "cut":
        del body[place:]
    elif kind == "add":
        body[place:place] = draw(st.binary(min_size=1, max_size=20))
    elif kind == "drop":
        del headers[draw(st.sampled_from([TIMESTAMP, SIGNATURE]))]
    elif kind == "header":
        name = draw(st.sampled_from([TIMESTAMP, SIGNATURE]))
        headers[name] = draw(st.text(max_size=80).filter(lambda text: text != original[name]))
    elif kind == "decode":
        body = bytearray(unquote_plus(BODY.decode()).encode())
    else:
        body = bytearray(quote_plus(unquote_plus(BODY.decode())).encode())
    return bytes(body), headers


@given(_mutations())
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mutation_of_a_signed_request_is_accepted(mutation: tuple[bytes, dict[str, str]]) -> None:
    body, headers = mutation

    assert is_from_slack(BODY, signed(BODY), SECRET)
    assert not is_from_slack(body, headers, SECRET) or body == BODY


def test_nothing_is_accepted_without_a_signing_secret() -> None:
    assert not is_from_slack(BODY, signed(BODY, secret=""), "")


@pytest.mark.slow
async def test_a_command_is_acknowledged_while_neo4j_and_slack_are_stalled(
    connected: Counting, migrated: tuple[str, str, str]
) -> None:
    uri, user, password = migrated
    neo4j = Cable(uri)
    async with stand_in() as slack:
        api = Cable(slack.address)
        await neo4j.plug()
        await api.plug()
        config = slack.config(api_address=f"http://127.0.0.1:{api.port}/api/")
        async with (
            open_service_graph(f"bolt://127.0.0.1:{neo4j.port}", user, password) as graph,
            served(graph, slack=config) as client,
        ):
            api.silent = True
            # the database answers and Slack does not, and then neither answers
            acknowledged = [await send(client, command_body(slack, "Jane Okonkwo"))]
            first_is_open = slack.replies.empty()
            neo4j.silent = True
            acknowledged.append(await send(client, command_body(slack, "Jane Okonkwo")))
            second_is_open = slack.replies.empty()
            replies = [await slack.reply(), await slack.reply()]
        await asyncio.gather(neo4j.cut(), api.cut())

    assert [(each.status_code, each.text) for each in acknowledged] == [(200, ""), (200, "")]
    assert first_is_open
    assert second_is_open
    assert [reply["text"] for reply in replies] == ["Tertius could not answer now. Try again in a minute."] * 2
    assert slack.calls == []
