"""What a terminal of 80 columns shows, and what a pipe gets."""

import os
import pty
import re
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len

from tertius.cli.app import app
from tests.tertius.cli.test_app import Tertius

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*[349][0-7](?:;\d+)*m")
DRAWN = re.compile("[█░─]+")
COMMANDS = {
    "routes": ("who", "Jane Okonkwo", "--team", "--details"),
    "refusal": ("who", "Ulrike Neumann"),
    "ambiguous": ("who", "Wei Chen"),
    "people": ("people", "Ma"),
    "company": ("company", "Tidewater"),
    "fading": ("fading", "--within", "90"),
    "tie": ("tie", "me", "Noor Haddad", "--details", "--as-of", "2026-11-22"),
}
Terminal = Callable[..., str]


@pytest.fixture
def terminal(sample_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Run the command in a pseudo-terminal and return what it prints."""

    def run(*words: str, **more: str) -> str:
        controller, terminal = pty.openpty()
        with (
            monkeypatch.context() as patch,
            ThreadPoolExecutor(1) as reader,
            os.fdopen(terminal, "w", encoding="utf-8") as stdout,
        ):
            for name in ("NO_COLOR", "FORCE_COLOR"):
                patch.delenv(name, raising=False)
            for name, value in {**sample_environment, "TERM": "xterm-256color", "COLUMNS": "80", **more}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdout", stdout)
            patch.setattr(sys, "stderr", StringIO())
            output = reader.submit(read_until_closed, controller)
            with pytest.raises(SystemExit) as ended:
                app(words)
            stdout.close()
        assert ended.value.code in (0, 3, 4)
        os.close(controller)
        return output.result().decode().replace("\r\n", "\n")

    return run


def read_until_closed(controller: int) -> bytes:
    output = b""
    try:
        while part := os.read(controller, 65_536):
            output += part
    except OSError:  # Linux reports the end of a pseudo-terminal as an error
        pass
    return output


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_lines_fit_80_columns_and_no_word_is_broken(
    here: Tertius, terminal: Terminal, command: tuple[str, ...]
) -> None:
    shown, piped = terminal(*command), here(*command).stdout

    assert ESCAPE.search(shown)
    text = ESCAPE.sub("", shown)
    assert [line for line in text.splitlines() if cell_len(line.rstrip()) > 80] == []
    assert {*DRAWN.sub(" ", text).split()} <= {*piped.split()} | {"Message", "to", "forward"}
    assert not ESCAPE.search(piped)
    assert not DRAWN.search(piped)


def test_every_line_of_a_pipe_is_one_fact(here: Tertius) -> None:
    lines = here("who", "Jane Okonkwo", "--limit", "1").stdout.splitlines()

    assert [line[:32] for line in lines if line] == [
        "Routes to Jane Okonkwo (CTO at H",
        "1. Ask Noor Haddad (Principal En",
        "   strong  Noor Haddad knows you",
        "   strong  Noor Haddad knows Jan",
        "   good    Jane Okonkwo knows No",
        "   Message to forward: Hi Noor, ",
        lines[-1][:32],
    ]


def test_colours_are_left_out_where_the_environment_says_so(terminal: Terminal) -> None:
    command = COMMANDS["refusal"]

    assert COLOUR.search(terminal(*command))
    assert not COLOUR.search(terminal(*command, NO_COLOR="1"))
    assert not ESCAPE.search(terminal(*command, TERM="dumb"))


def test_a_targets_table_fits_too(here: Tertius, terminal: Terminal, tmp_path: Path) -> None:
    targets = tmp_path / "targets.txt"
    targets.write_text("Name\nJane Okonkwo\nHelena Brandt\nNoor Haddad\nNobody Atall\n", "utf-8")

    text = ESCAPE.sub("", terminal("targets", str(targets)))

    assert "Jane Okonkwo" in text
    assert [line for line in text.splitlines() if cell_len(line.rstrip()) > 80] == []


def test_an_answer_on_a_terminal_is_in_words_and_ends_with_a_text_to_forward(here: Tertius) -> None:
    plain = here("who", "Jane Okonkwo", "--limit", "1").stdout
    detailed = here("who", "Jane Okonkwo", "--limit", "1", "--details").stdout

    assert "   strong  Noor Haddad knows you: 91 messages both ways" in plain
    assert "   good    Jane Okonkwo knows Noor Haddad\n" in plain
    assert "Message to forward: Hi Noor, could you introduce me to Jane Okonkwo, CTO at Halden Robotics?" in plain
    assert "until 20 Nov 2026" in plain
    assert "0." not in plain
    assert "score 0." in detailed


def test_a_tie_is_explained_with_a_chart_by_month(here: Tertius) -> None:
    detailed = here("tie", "Noor Haddad", "Jane Okonkwo", "--details", "--as-of", "2026-07-15").stdout

    assert re.search(r"^Noor Haddad → Jane Okonkwo \(0\.\d{3}\): ", detailed, re.MULTILINE)
    assert "Aug 2025" in detailed
    assert "Aug 2026" not in detailed


def test_the_message_is_copied_and_a_refusal_has_none(here: Tertius) -> None:
    commands = {"PATH": "", "SSH_CONNECTION": "203.0.113.1 22 203.0.113.2 22"}

    answer = here("who", "Jane Okonkwo", "--copy", **commands)
    refusal = here("who", "Helena Brandt", "--copy", **commands)

    assert (answer.exit_code, refusal.exit_code) == (0, 3)
    assert answer.stderr.endswith("There is no clipboard on this machine. Copy the message from the answer.\n")
    assert refusal.stderr.endswith("There is no route, so there is no message to copy.\n")
