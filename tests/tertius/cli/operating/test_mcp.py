"""`tertius mcp` as a client starts it: a process that writes messages of the protocol to stdout and nothing else."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from api.mcp.addresses import shorten_addresses
from tests.tertius.cli.test_app import Tertius

pytestmark = pytest.mark.slow
INITIALIZE = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": 0,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
)
TERTIUS = str(Path(sys.executable).with_name("tertius"))


@pytest.fixture
def started(sample_environment: dict[str, str]) -> StdioServerParameters:
    """How a client starts the command on the sample."""
    return StdioServerParameters(command=TERTIUS, args=["mcp"], env={**os.environ, **sample_environment})


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_an_assistant_gets_the_answers_of_the_command_line(
    started: StdioServerParameters, here: Tertius, mode: Any
) -> None:
    printed = {
        target: json.loads((await asyncio.to_thread(here, "who", target, "--json")).stdout)
        for target in ("Jane Okonkwo", "Helena Brandt")
    }

    async with Client(started, mode=mode) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        called = {target: await client.call_tool("find_introductions", {"target": target}) for target in printed}
        assert client.protocol_version == {"legacy": "2025-11-25", "auto": "2026-07-28"}[mode]

    assert "find_introductions" in tools
    assert [result.is_error for result in called.values()] == [False, False]
    for target, answer in printed.items():
        assert called[target].structured_content == shorten_addresses(answer)


def test_only_messages_of_the_protocol_are_on_stdout(sample_environment: dict[str, str], tmp_path: Path) -> None:
    """Also if the client sends what is no message, and if a notice is due: a `.env` in the current folder."""
    (tmp_path / ".env").write_text("TERTIUS_NETWORK=planted\n", "utf-8")
    ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
    call = '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nothing","arguments":{}}}'
    with subprocess.Popen(
        [TERTIUS, "mcp"],
        cwd=tmp_path,
        env={**os.environ, **sample_environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        messages: list[dict[str, Any]] = []
        for sent, id in ((INITIALIZE, 0), (f"no message\n{ping}", 1), (call, 2)):
            process.stdin.write(f"{sent}\n")
            process.stdin.flush()
            while not messages or messages[-1].get("id") != id:
                messages.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        rest, errors = process.stdout.read(), process.stderr.read()

    assert process.returncode == 0, errors
    assert (rest, {message["jsonrpc"] for message in messages}) == ("", {"2.0"})
    assert "There is no such tool" in messages[-1]["error"]["message"]
    assert ".env" in errors


def test_ctrl_c_ends_it_while_it_waits_for_a_message(sample_environment: dict[str, str]) -> None:
    """The thread that waited for stdin once kept the process from its end."""
    with subprocess.Popen(
        [TERTIUS, "mcp"],
        env={**os.environ, **sample_environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{INITIALIZE}\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(60) == -signal.SIGINT
        finally:
            process.kill()


def test_the_demo_shows_a_route_and_a_refusal_and_ends(sample_environment: dict[str, str]) -> None:
    done = subprocess.run(
        [TERTIUS, "demo", "--mcp"],
        env={**os.environ, **sample_environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "  find_introductions: " in done.stdout
    assert "  Introductions, isError: false" in done.stdout
    assert "  Ask Noor Haddad: " in done.stdout
    assert "  Refusal, isError: false" in done.stdout
    assert "  Suggestion: " in done.stdout
