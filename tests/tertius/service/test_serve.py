"""`tertius up`, ended as a person or a supervisor ends it."""

import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

TERTIUS = Path(sys.executable).with_name("tertius")


@contextmanager
def up(environment: dict[str, str], *, ended_by: signal.Signals) -> Iterator[tuple[str, str]]:
    """The address that `tertius up` prints, and the token that it says the place of: pipes may end in logs."""
    with subprocess.Popen([TERTIUS, "up"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = ""
            while "Your token is in" not in said and (line := process.stdout.readline()):
                said += line
            (address,) = re.findall(r"^GraphQL: (.+)$", said, re.MULTILINE)
            (kept,) = re.findall(r"^Your token is in (.+)\.$", said, re.MULTILINE)
            token = Path(kept).read_text("ascii")
            yield address, token
            process.send_signal(ended_by)
            assert process.wait(30) == 0
            assert token not in said + process.stdout.read()
        finally:
            process.kill()


def asked(address: str, token: str) -> int:
    question = {"query": "{ viewer { asOf } }"}
    return httpx.post(address, json=question, headers={"Authorization": f"Bearer {token}"}, trust_env=False).status_code


def test_up_serves_the_one_who_has_its_token_until_it_is_ended(environment: dict[str, str]) -> None:
    with up(environment, ended_by=signal.SIGTERM) as (address, token):
        assert asked(address, token) == 200
        assert asked(address, token[::-1]) == 401

    with up(environment, ended_by=signal.SIGINT) as (address, again):
        assert again == token
        assert asked(address, again) == 200
    kept = Path(environment["TERTIUS_HOME"]) / "served.token"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_another_machine_on_the_same_network_takes_nobodys_token_away(environment: dict[str, str]) -> None:
    elsewhere = environment | {"TERTIUS_HOME": environment["TERTIUS_HOME"] + "-elsewhere"}

    with (
        up(environment, ended_by=signal.SIGTERM) as (here, first),
        up(elsewhere, ended_by=signal.SIGTERM) as (_, other),
    ):
        assert first != other
        assert [asked(here, token) for token in (first, other)] == [200, 200]


def test_a_port_that_is_taken_is_said_in_a_sentence(environment: dict[str, str]) -> None:
    with up(environment, ended_by=signal.SIGTERM) as (address, _):
        port = address.rpartition(":")[2].partition("/")[0]
        environment |= {"TERTIUS_HTTP__PORT": port}
        done = subprocess.run([TERTIUS, "up"], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "TERTIUS_HTTP__PORT" in done.stderr
    assert len(done.stderr.splitlines()) == 1
