"""What is printed: answers on stdout, progress on stderr, colours and moving lines only where there is a terminal."""

import json
from collections.abc import Iterable
from typing import Any, Self, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text


def lines(told: Iterable[str | Text]) -> None:
    """Lines for a person."""
    for one in told:
        line(one)


def line(text: str | Text) -> None:
    """One line for a person: no colours where it is no terminal, never cut."""
    Console(soft_wrap=True).print(text, markup=False, highlight=False)


def data(found: Any) -> None:
    """Data for a program."""
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


class ConsoleProgress:
    """Progress on stderr: a moving line in a terminal, one plain line a stage elsewhere, nothing for what is quick."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:,.0f}{task.fields[of]}  {task.fields[rate]}"),
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
        self._plain(None)
        self._bars.stop()

    def report(self, stage: str, done: int, total: int = 0) -> None:
        """Show that `done` of `total` (0: unknown) items of a stage are done."""
        if not self._console.is_terminal:
            self._plain((stage, done))
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=None, of="", rate="")
        task = self._bars.tasks[self._bars.task_ids.index(self._tasks[stage])]
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        of = f" of {total:,}" if total else ""
        self._bars.update(self._tasks[stage], completed=done, total=total or None, of=of, rate=rate)

    def waiting(self, message: str) -> None:
        """Print what the command waits for."""
        self._plain(None)
        self._console.print(message, markup=False, highlight=False)

    def _plain(self, now: tuple[str, int] | None) -> None:
        before, self._last = self._last, now
        if before is not None and (now is None or now[0] != before[0]) and before[1]:
            self._console.print(f"{before[0]}: {before[1]:,}", markup=False, highlight=False)
