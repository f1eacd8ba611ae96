"""Prints answers to stdout and progress to stderr, with colours and moving lines only in a terminal."""

import json
from collections.abc import Iterable
from typing import Any, Self, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text


def echo_lines(lines: Iterable[str | Text]) -> None:
    """Print lines of text."""
    for text in lines:
        echo(text)


def echo(text: str | Text) -> None:
    """Print one line of text. It is never cut, and coloured only in a terminal."""
    Console(soft_wrap=True).print(text, markup=False, highlight=False)


def echo_json(data: Any) -> None:
    """Print data as JSON, for programs."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


class ConsoleProgress:
    """Shows progress: a moving line in a terminal, elsewhere one plain line for each stage that reported items."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
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
