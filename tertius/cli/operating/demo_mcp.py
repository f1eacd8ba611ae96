"""`tertius demo --mcp`: an MCP client asks about the sample network, as an assistant does (docs/mcp.md)."""

import os
import sys
from typing import Any

from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from tertius import console
from tertius.cli.operating.demo import NETWORK, load_sample
from tertius.console import ConsoleProgress
from tertius.runner import run
from tertius.session import OpenNetwork

_TARGETS = ("Jane Okonkwo", "Helena Brandt")
"""A target with routes, and a refusal."""
_START = (sys.executable, "-c", "from tertius.cli.app import main; main()", "mcp")


def demo_tools() -> None:
    """Load the sample network, and show what an MCP client gets from it."""
    run(_show_tools, name=NETWORK, create=True)


async def _show_tools(network: OpenNetwork, progress: ConsoleProgress) -> None:
    """Load the sample, start `tertius mcp` with a client, list its tools, and call one."""
    await load_sample(network, progress)
    command, *arguments = _START
    # the server writes its errors to the stderr of this process
    server = StdioServerParameters(command=command, args=arguments, env={**os.environ, "TERTIUS_NETWORK": NETWORK})
    console.echo("")
    console.echo("An MCP client starts `tertius mcp` and lists its tools:")
    async with Client(server) as client:
        for tool in (await client.list_tools()).tools:
            console.echo(f"  {tool.name}: {(tool.description or '').partition('. ')[0].rstrip('.')}.")
        for target in _TARGETS:
            console.echo("")
            console.echo(f'find_introductions {{"target": "{target}", "limit": 2}}')
            result = await client.call_tool("find_introductions", {"target": target, "limit": 2})
            console.echo_lines(_summary(result))


def _summary(result: CallToolResult) -> list[str]:
    """The kind of an answer, and what an assistant would say first."""
    answer: Any = result.structured_content
    if result.is_error:
        return [f"  {error['extensions']['code']}: {error['message']}" for error in answer["errors"]]
    lines = [f"  {answer['__typename']}, isError: false"]
    if answer["__typename"] == "Refusal":
        return [*lines, f"  {answer['reason']}: {answer['message']}", f"  Suggestion: {answer['suggestion']}"]
    return [*lines, *(f"  Ask {route['firstIntroducer']['name']}: {route['summary']}" for route in answer["routes"])]
