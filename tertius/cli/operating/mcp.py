"""`tertius mcp`: answers an assistant on this machine over stdin and stdout."""

import asyncio
import signal
import sys
from dataclasses import replace

from mcp.server.stdio import stdio_server

from api.mcp.server import CallContext, ToolServer
from api.quotas import Meter
from graph.progress import SILENT
from operations.session import Session
from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.errors import cli_message
from tertius.runner import run
from tertius.service import logs
from tertius.service.serve import points_store, request_limits
from tertius.session import OpenNetwork, advance_to_today
from tertius.settings import Settings


def serve_tools() -> None:
    """Answer calls of the tools until stdin ends. Only messages of the protocol are written to stdout."""
    current = settings.read_settings()
    if sys.stdin.isatty():
        console.echo("An MCP client starts this command (docs/mcp.md). Ctrl-C ends it.", err=True)
    logs.configure()

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        await _answer(network, current)

    run(do, create=True)


async def _answer(network: OpenNetwork, current: Settings) -> None:
    limits = request_limits(current)
    # no other client waits, and the first queries of a database that has just started take longer
    limits = replace(limits, request_seconds=limits.mutation_seconds)
    meter = Meter(limits, points_store(current.limits.redis_url))
    server = ToolServer(_Sessions(network).open, lambda: meter, cli_message).protocol()
    # the thread that waits for stdin would keep the process from its end; a kill at any moment is safe
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
    await meter.aclose()


class _Sessions:
    """Sessions of the member on whose behalf the command runs, each with the present state of the network."""

    def __init__(self, network: OpenNetwork) -> None:
        self._network = network
        self._advancing = asyncio.Lock()

    async def open(self, _: CallContext) -> Session:
        """Read the state, and advance the network to today as other commands do."""
        async with self._advancing:
            network = await advance_to_today(await self._network.reload(), progress=SILENT)
        return network.session
