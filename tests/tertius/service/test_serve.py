"""`tertius up`, stopped by SIGINT or SIGTERM."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tertius.errors import ServerError
from tertius.service.serve import listen
from tertius.service_settings import Http

TERTIUS = Path(sys.executable).with_name("tertius")


@contextmanager
def up(environment: dict[str, str], *options: str, ended_by: signal.Signals) -> Iterator[tuple[str, str]]:
    """Yield the printed address, and the token from its file: it is not printed to a pipe, which may end in logs."""
    with subprocess.Popen([TERTIUS, "up", *options], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            output = ""
            while "Your token is in" not in output and (line := process.stdout.readline()):
                output += line
            (address,) = re.findall(r"^GraphQL: (.+)$", output, re.MULTILINE)
            assert re.findall(r"^Page: (.+)$", output, re.MULTILINE) == [address.removesuffix("/graphql")]
            assert "tertius_sign_in_" not in output
            (file,) = re.findall(r"^Your token is in (.+)\.$", output, re.MULTILINE)
            token = Path(file).read_text("ascii")
            yield address, token
            process.send_signal(ended_by)
            assert process.wait(30) == 0
            assert token not in output + process.stdout.read()
        finally:
            process.kill()


def status_of_query(address: str, token: str) -> int:
    body, headers = {"query": "{ viewer { asOf } }"}, {"Authorization": f"Bearer {token}"}
    return httpx.post(address, json=body, headers=headers, trust_env=False, timeout=60).status_code


def test_up_serves_requests_with_its_token_until_stopped(environment: dict[str, str]) -> None:
    with up(environment, ended_by=signal.SIGTERM) as (address, token):
        assert status_of_query(address, token) == 200
        assert status_of_query(address, token[::-1]) == 401

    with up(environment, ended_by=signal.SIGINT) as (address, second_token):
        assert second_token == token
        assert status_of_query(address, second_token) == 200
    token_file = Path(environment["TERTIUS_HOME"]) / "served.token"
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600


def test_two_services_with_workers_cannot_share_a_port() -> None:
    with listen(Http(port=0, workers=2)) as listener:
        port = listener.getsockname()[1]
        for workers in (1, 2):
            with pytest.raises(ServerError):
                listen(Http(port=port, workers=workers))


def test_a_port_in_use_prints_one_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        environment |= {"TERTIUS_HTTP__PORT": str(other.getsockname()[1])}
        done = subprocess.run([TERTIUS, "up"], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "TERTIUS_HTTP__PORT" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_terminal_gets_a_link_that_signs_in_once_and_a_browser_reads_it_from_a_private_file(
    environment: dict[str, str], tmp_path: Path
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}\n')
    browser.chmod(0o700)
    terminal, end = os.openpty()
    with subprocess.Popen([TERTIUS, "up", "--open"], env=environment | {"BROWSER": f"{browser} %s"}, stdout=end) as up:
        try:
            os.close(end)
            output = ""
            while "Ctrl-C" not in output:
                output += os.read(terminal, 4096).decode()
            (link,) = re.findall(r"Sign in within 15 minutes: (\S+)", output)
            address, _, code = link.partition("/sign-in#")
            first, second = [
                httpx.post(f"{address}/session", json={"code": code}, headers={"Origin": address}, trust_env=False)
                for _ in range(2)
            ]
            up.send_signal(signal.SIGTERM)
            assert up.wait(30) == 0
        finally:
            up.kill()
            os.close(terminal)

    assert (first.status_code, second.status_code) == (201, 401)
    page = Path(opened.read_text().removeprefix("file://"))
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert link in page.read_text("utf-8")
    assert code not in opened.read_text()


def test_a_command_prints_a_link_to_the_running_service_only(environment: dict[str, str]) -> None:
    command = [str(TERTIUS), "page", "--no-browser", "--json"]
    with up(environment, ended_by=signal.SIGTERM) as (address, _):
        url = address.removesuffix("/graphql")
        environment = environment | {"TERTIUS_HTTP__PORT": url.rpartition(":")[2]}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        shown = json.loads(done.stdout)
        body = {"code": shown["link"].partition("/sign-in#")[2]}
        began = httpx.post(f"{url}/session", json=body, headers={"Origin": url}, trust_env=False)
    after = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (shown["isOpened"], began.status_code) == (False, 201)
    assert shown["link"].startswith(f"{url}/sign-in#")
    assert (after.returncode, after.stdout) == (1, "")
    assert f"No service answers at {url}. Start it with `tertius up`" in " ".join(after.stderr.split())
