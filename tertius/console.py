"""Prints answers to stdout and progress to stderr, with colours and moving lines only in a terminal.

Stored text is printed without the characters that a terminal obeys (graph.names.visible_text).
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Self, TextIO

import typer
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.text import Text

from graph.names.visible_text import is_visible_character, visible_text
from tertius.errors import NotWritten

_UNWRAPPED = 100_000
"""The width of output that is not a terminal, in characters: no line is that long."""
_MIN_WIDTH = 20
_INDENT = re.compile(r" *(?:\d+\. )?")
"""What precedes the text of a line. Its continuation lines have the same indentation."""


class _SafeConsole(Console):
    """A console on which only its own styles are orders to the terminal, and none that a text contains."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Yield the parts to print. A text keeps its visible characters only."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible_text(segment.text), segment.style)


def echo_lines(lines: Iterable[RenderableType]) -> None:
    """Print lines of text, or other renderables of rich."""
    for line in lines:
        echo(line)


def echo(output: RenderableType, *, err: bool = False) -> None:
    """Print text or another renderable of rich to stdout, or to stderr with `err`.

    In a terminal, lines break between words. A line with a word that is wider than the terminal, such as a token, is
    left to the terminal, so that the word can be copied. Elsewhere every line is printed as one line without colours.
    """
    console = _SafeConsole(stderr=err, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        for line in _plain_lines(output):
            typer.echo(line, err=err)
    elif isinstance(output, str | Text):
        for wrapped in _wrapped_lines(Text() + output, console):
            console.print(wrapped, soft_wrap=True)
    else:
        console.print(output)


def _plain_lines(output: RenderableType) -> Iterator[str]:
    console = _SafeConsole(
        file=StringIO(),
        force_terminal=False,
        color_system=None,
        width=_UNWRAPPED,
        markup=False,
        highlight=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(output)
    for line in capture.get().splitlines() or [""]:
        yield line.rstrip()


def _wrapped_lines(text: Text, console: Console) -> Iterator[Text]:
    for paragraph in text.split(allow_blank=True):
        indent = len(match.group()) if (match := _INDENT.match(paragraph.plain)) else 0
        width = max(console.width - indent, _MIN_WIDTH)
        prefix = paragraph[:indent]
        content = paragraph[indent:]
        has_wide_word = any(cell_len(word) > width for word in content.plain.split())
        for line in [content] if has_wide_word else content.wrap(console, width):
            yield prefix + line
            prefix = Text(" " * indent)


def echo_json(data: Any) -> None:
    """Print data as JSON, for programs. Invisible characters are escaped, so that none is lost."""
    typer.echo(safe_json(data, indent=2))


def write_output(path: Path, text: str) -> None:
    """Write a text to a file, or to stdout if the path is `-`. Raises NotWritten."""
    data = text.encode("utf-8", "replace")
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise NotWritten(f"{path} was not written: {(error.strerror or 'no reason given').lower()}.") from error


def safe_json(data: Any, *, indent: int | None = None) -> str:
    """Return data as JSON text of visible characters, in which all others are escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return "".join(
        character if character == "\n" or is_visible_character(character) else json.dumps(character)[1:-1]
        for character in text
    )


class ConsoleProgress:
    """Shows progress: a moving line in a terminal, elsewhere one plain line for each stage that reported items."""

    def __init__(self, stream: TextIO) -> None:
        self._console = _SafeConsole(file=stream)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:,.0f}{task.fields[total_text]}  {task.fields[rate]}"),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._tasks: dict[str, TaskID] = {}
        self._last: tuple[str, int] | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._print_finished(None)
        self._bars.stop()

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Show that `done` of `total` (0: unknown) items of a stage are done."""
        if not self._console.is_terminal:
            self._print_finished((stage, done))
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=None, total_text="", rate="")
        task = self._bars.tasks[self._bars.task_ids.index(self._tasks[stage])]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        total_text = f" of {total:,}" if total else ""
        self._bars.update(self._tasks[stage], completed=done, total=total or None, total_text=total_text, rate=rate)

    def waiting(self, message: str) -> None:
        """Print what the command waits for."""
        self._print_finished(None)
        self._console.print(message, markup=False, highlight=False)

    def _print_finished(self, report: tuple[str, int] | None) -> None:
        """Outside a terminal, print the last report of a stage when the next stage, or nothing, follows."""
        last, self._last = self._last, report
        if last is not None and (report is None or report[0] != last[0]) and last[1]:
            self._console.print(f"{last[0]}: {last[1]:,}", markup=False, highlight=False)
