"""A stand-in of Slack: its Web API, the address for replies, and signed requests to the service."""

import asyncio
import itertools
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import WSMsgType, web

from api.paths import SLACK_EVENTS
from api.slack.config import SlackConfig
from api.slack.signature import sign
from operations.background_task import background_task

SECRET = "signing-secret-of-the-tests"
TEAM, USER = "T1", "UANA"
MAX_HOME_BLOCKS = 100
_trigger = itertools.count()


def profile(address: str | None, **more: Any) -> dict[str, Any]:
    """A user as `users.info` describes them."""
    return {"team_id": TEAM, "is_email_confirmed": True, "profile": {"email": address}, **more}


@dataclass
class StandIn:
    """A running stand-in. `calls` are the requests to the Web API, `replies` those to the address for replies.

    In socket mode the service receives what is in `to_socket`; its acknowledgements are in `from_socket`.
    """

    address: str
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    replies: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    by_method: dict[str, asyncio.Queue[dict[str, Any]]] = field(default_factory=lambda: defaultdict(asyncio.Queue))
    to_socket: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    from_socket: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    def config(self, **more: Any) -> SlackConfig:
        """The configuration of a service that uses this stand-in."""
        options: dict[str, Any] = {
            "public_url": "https://tertius.example",
            "signing_secret": SECRET,
            "bot_token": "xoxb-of-the-tests",
            "api_address": f"{self.address}/api/",
            "response_address": f"{self.address}/replies/",
        }
        return SlackConfig(**options | more)

    @property
    def newest_view(self) -> str:
        """The id of the form that was opened last."""
        return f"V{sum(method == 'views.open' for method, *_ in self.calls)}"

    async def reply(self) -> dict[str, Any]:
        """The next reply."""
        async with asyncio.timeout(30):
            return await self.replies.get()

    async def called(self, method: str) -> dict[str, Any]:
        """The arguments of the next call of a method."""
        async with asyncio.timeout(30):
            return await self.by_method[method].get()

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = dict(request.query) if request.method == "GET" else dict(await request.post())
        if not form and request.can_read_body:
            form = await request.json()
        authorization = request.headers.get("Authorization", "")
        problem = _invalid_blocks(form.get("blocks")) or _invalid_blocks(
            (_parsed(form.get("view")) or {}).get("blocks")
        )
        if problem:
            return web.json_response({"ok": False, "error": problem})
        arguments = {key: _parsed(value) for key, value in form.items()}
        self.calls.append((method, arguments, authorization))
        await self.by_method[method].put(arguments)
        if method == "users.info":
            user = self.users.get(str(form["user"]))
            return web.json_response({"ok": True, "user": user} if user else {"ok": False, "error": "user_not_found"})
        if method == "users.lookupByEmail":
            ids = [id for id, user in self.users.items() if user["profile"]["email"] == form["email"]]
            if not ids:
                return web.json_response({"ok": False, "error": "users_not_found"})
            return web.json_response({"ok": True, "user": {"id": ids[0], **self.users[ids[0]]}})
        if method == "apps.connections.open":
            return web.json_response({"ok": True, "url": f"{self.address.replace('http', 'ws', 1)}/socket"})
        if method == "views.open":
            return web.json_response({"ok": True, "view": {"id": self.newest_view}})
        return web.json_response({"ok": True} | self.results.get(method, {}))

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)

        async def push() -> None:
            while True:
                await socket.send_json(await self.to_socket.get())

        async with background_task(push()):
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self.from_socket.put(message.json())
        return socket

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.json()
        if problem := _invalid_blocks(body.get("blocks")):
            body = {"text": problem, "blocks": []}
        await self.replies.put(body)
        return web.Response(text="ok")


def _invalid_blocks(blocks: Any) -> str | None:
    """Why Slack refuses blocks, as far as its library does not check it."""
    parsed = _parsed(blocks) or []
    if len(parsed) > MAX_HOME_BLOCKS:
        return "too many blocks"
    for block in parsed:
        ids = [one.get("action_id") for one in (*block.get("elements", ()), *(block.get("actions") or ()))]
        named = [id for id in ids if id]
        if len(named) != len(set(named)):
            return f"an action id of {named} exists twice in one block"
    return None


def _parsed(value: Any) -> Any:
    """An argument: the library sends objects as JSON in forms."""
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    """A stand-in that listens on a free port of the loopback interface."""
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    slack = StandIn("")
    app.router.add_route("*", "/api/{method}", slack.call)
    app.router.add_get("/socket", slack.connect)
    app.router.add_post("/replies/{id}", slack.receive)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    slack.address = f"http://{host}:{port}"
    try:
        yield slack
    finally:
        await runner.cleanup()


def signed(body: bytes, *, age: int = 0, secret: str = SECRET) -> dict[str, str]:
    """The headers with which Slack signs a body, `age` seconds ago."""
    timestamp = str(int(time.time()) - age)
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": sign(body, timestamp, secret),
        "content-type": "application/x-www-form-urlencoded",
    }


def command_body(slack: StandIn, text: str, *, team: str = TEAM, user: str = USER, trigger: str | None = None) -> bytes:
    """The body of a slash command."""
    return urlencode(
        {
            "command": "/intro",
            "text": text,
            "team_id": team,
            "user_id": user,
            "channel_id": "C1",
            "response_url": f"{slack.address}/replies/command",
            "trigger_id": trigger or f"trigger {next(_trigger)}",
        }
    ).encode()


def action_body(
    slack: StandIn,
    action: Mapping[str, Any],
    *,
    team: str = TEAM,
    user: str = USER,
    message: str = "1.0",
    container: Mapping[str, Any] | None = None,
) -> bytes:
    """The body of a click on a button, or of a choice from a menu."""
    payload = {
        "type": "block_actions",
        "team": {"id": team},
        "user": {"id": user, "team_id": team},
        "container": container or {"type": "message", "message_ts": message, "is_ephemeral": True},
        "response_url": f"{slack.address}/replies/action",
        "trigger_id": f"trigger {next(_trigger)}",
        "actions": [{"type": "button", "block_id": "b", "action_ts": "1", **action}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def submission_body(view: Mapping[str, Any], id: str, user: str, **values: str) -> bytes:
    """The body of a submitted form, with the texts of its fields."""
    state = {"values": {name: {"text": {"type": "plain_text_input", "value": text}} for name, text in values.items()}}
    payload = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "view": {**view, "id": id, "hash": "1", "state": state},
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def event_body(event: Mapping[str, Any], *, team: str = TEAM, id: str | None = None, event_time: int = 0) -> bytes:
    """The body of an event."""
    event_id = id or f"Ev{next(_trigger)}"
    body: dict[str, Any] = {"type": "event_callback", "team_id": team, "event_id": event_id, "event": event}
    body |= {"event_time": event_time or int(time.time()), "api_app_id": "A1"}
    return json.dumps(body).encode()


async def send(client: httpx.AsyncClient, body: bytes, **headers: str) -> httpx.Response:
    """Send a signed body to the service."""
    return await client.post(SLACK_EVENTS, content=body, headers={**signed(body), **headers})


def texts(value: Any) -> list[str]:
    """Every text in the blocks of a message."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for one in value.values() for text in texts(one)]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else []


def elements(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons and menus of a message."""
    items = []
    for block in message.get("blocks", ()):
        items += block.get("elements", []) if block["type"] == "actions" else block.get("actions", [])
    return items


def button(message: dict[str, Any], label: str) -> dict[str, Any]:
    """The first button whose label begins so, as Slack sends it back."""
    one = next(
        each for each in elements(message) if each["type"] == "button" and each["text"]["text"].startswith(label)
    )
    return {"action_id": one["action_id"], "value": one.get("value", "")}
