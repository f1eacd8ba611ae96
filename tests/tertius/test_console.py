"""Stored text gives no orders to the terminal, in no form of output and in no log."""

import io
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from graph.names.visible_text import visible_text
from tertius.console import ConsoleProgress, echo, echo_json, safe_json
from tertius.service.logs import LineFormatter

HOSTILE = [
    "Ra\x1b]0;owned\x07w",
    "Nice \x1b]52;c;ZXZpbA==\x07\x1b[2J Name",
    "C1 \x9b31m\x9d0;owned\x9c",
    "A\u202eB C\u2066D\u2069",
    "line\u2028break\x0b\x85\x00\x7f",
    "tag\U000e0041 and\u200bnothing",
]
HARMFUL = set("".join(HOSTILE)) - set("".join(map(visible_text, HOSTILE)))


def table(text: str) -> Table:
    grid = Table(text, title=text)
    grid.add_row(Text(text, "bold"))
    return grid


@pytest.mark.parametrize("in_terminal", [True, False])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_stored_name_contains_no_terminal_control_characters(
    text: str, in_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if in_terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
    for output in (text, Text(text, "bold"), table(text), Panel(text, title=text)):
        echo(output)
        echo(output, err=True)
    printed = "".join(capsys.readouterr())

    for order in ("\x1b]", "\x1b[2J", "\x07", "\x9b", "\x9d", "\u202e", "\u2066", "\x00"):
        assert order not in printed
    styles = {part.partition("m")[0] for part in printed.split("\x1b[")[1:]}
    assert (HARMFUL - {"\x1b"}).isdisjoint(printed)
    assert all(style.replace(";", "").isdigit() for style in styles)


@pytest.mark.parametrize("text", HOSTILE)
def test_json_escapes_invisible_characters_and_loses_none(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    echo_json({"name": text})
    printed = capsys.readouterr().out

    assert HARMFUL.isdisjoint(printed)
    assert json.loads(printed) == {"name": text}


@given(st.text())
def test_json_of_any_text_is_read_back_unchanged(text: str) -> None:
    assert json.loads(safe_json([text])) == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_log_line_is_one_line_of_visible_text(text: str) -> None:
    record = logging.LogRecord("tertius", logging.INFO, __file__, 1, f"one\ntwo {text}", None, None)
    for plain in (True, False):
        line = LineFormatter(plain=plain).format(record)
        assert HARMFUL.isdisjoint(line)
        assert "\n" not in line


@pytest.mark.parametrize("text", HOSTILE)
def test_progress_prints_visible_text(text: str) -> None:
    stream = io.StringIO()
    with ConsoleProgress(stream) as progress:
        progress.waiting(text)
        progress.report(text, 5)
    assert HARMFUL.isdisjoint(stream.getvalue())
