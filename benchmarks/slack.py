"""Measures the Slack app: how soon it acknowledges a command, and how soon the reply arrives."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

import httpx
from aiohttp import web

from api.app import create_app
from api.paths import SLACK_EVENTS
from api.request_limits import Limits
from api.slack.config import SlackConfig
from api.slack.signature import sign
from benchmarks.figures import Figure, spread
from benchmarks.loading import TODAY
from graph.database.client import Graph, open_service_graph
from graph.networks.registry import find_or_create_network
from graph.slack.users import SlackUser, create_link_code, redeem_link_code
from graph.slack.workspaces import connect_workspace

_TEAM, _LINKED, _UNKNOWN, _SECRET = "TBENCH", "ULINKED", "UUNKNOWN", "of the benchmark"
_LIMITS = Limits(search_seconds=4, points_per_request=1_000, points_per_hour=10**9)


async def slack(
    graph: Graph, address: tuple[str, str, str], folder: Path, network: str, *, commands: int, return_1: float
) -> AsyncIterator[Figure]:
    """Commands in the network of `benchmarks.http`, and while Neo4j and Slack's API do not answer."""
    home, member = await find_or_create_network(graph, network, today=TODAY)
    await connect_workspace(graph, home, member, team=_TEAM, name="Bench")
    code = await create_link_code(graph, SlackUser(home, _TEAM, _LINKED))
    assert code is not None
    await redeem_link_code(graph, home, member, code)
    async with _StandIn() as slack, _Valve(address[0]) as valve:
        place = (f"bolt://127.0.0.1:{valve.port}", *address[1:])
        async with _service(place, folder, slack) as client:
            durations = [await slack.ask(client, _LINKED, f"o1@far{number}.example") for number in range(commands)]
            yield spread("/intro, acknowledged", [acknowledged for acknowledged, _ in durations], return_1)
            yield spread("/intro, answered", [answered for _, answered in durations], return_1)
            valve.is_closed = True
            stalled = [await slack.acknowledge(client, _UNKNOWN, f"s{number}") for number in range(commands)]
            yield spread("/intro, acknowledged while Neo4j and Slack stall", stalled, return_1)
            valve.is_closed = False


@asynccontextmanager
async def _service(place: tuple[str, str, str], folder: Path, slack: "_StandIn") -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(lambda: open_service_graph(*place), folder, _LIMITS, slack=slack.config)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):
        yield client


class _StandIn:
    """Slack, as far as a command needs it: it receives replies, and its Web API never answers."""

    def __init__(self) -> None:
        app = web.Application()
        app.router.add_post("/replies/{id}", self._receive)
        app.router.add_route("*", "/api/{method}", self._stall)
        self._runner = web.AppRunner(app, access_log=None)
        self._replied: dict[str, asyncio.Event] = {}
        self.config = SlackConfig("http://localhost")

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        url = f"http://{host}:{port}"
        self.config = SlackConfig(
            "http://localhost",
            signing_secret=_SECRET,
            bot_token=_SECRET,
            api_address=f"{url}/api/",
            response_address=f"{url}/replies/",
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def ask(self, client: httpx.AsyncClient, user: str, target: str) -> tuple[float, float]:
        """Milliseconds until a command was acknowledged, and until its reply arrived."""
        start = time.perf_counter()
        acknowledged = await self.acknowledge(client, user, target)
        await self._replied[target].wait()
        return acknowledged, (time.perf_counter() - start) * 1000

    async def acknowledge(self, client: httpx.AsyncClient, user: str, target: str) -> float:
        """Milliseconds until a command was acknowledged."""
        self._replied[target] = asyncio.Event()
        fields = {"command": "/intro", "text": target, "team_id": _TEAM, "user_id": user, "trigger_id": target}
        fields["response_url"] = f"{self.config.response_address}{target}"
        body, timestamp = urlencode(fields).encode(), str(int(time.time()))
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(body, timestamp, _SECRET),
        }
        start = time.perf_counter()
        (await client.post(SLACK_EVENTS, content=body, headers=headers)).raise_for_status()
        return (time.perf_counter() - start) * 1000

    async def _receive(self, request: web.Request) -> web.Response:
        self._replied[request.match_info["id"]].set()
        return web.Response()

    async def _stall(self, _: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()


class _Valve:
    """A TCP proxy before Neo4j. While it is closed, nothing passes and no connection ends."""

    def __init__(self, uri: str) -> None:
        self._to = urlsplit(uri)
        self._server: asyncio.Server | None = None
        self.port = 0
        self.is_closed = False

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._to.hostname, self._to.port)
        await asyncio.gather(self._pour(reader, back), self._pour(there, writer))

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if not self.is_closed:
                    writer.write(data)
        writer.close()
