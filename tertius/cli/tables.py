"""Tables and panels that a terminal shows with bars and frames, and other output as plain aligned text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from presentation.explanations import label_or_no_tie

LABEL_STYLES = {"no tie": "dim", "weak": "red", "fair": "yellow", "good": "cyan", "strong": "green"}
"""The style of each label, the weakest first."""
INDENT = 3


@dataclass(frozen=True, slots=True)
class TerminalOrPlain:
    """Two forms of the same content: for a terminal, and for files, pipes and other programs."""

    terminal: RenderableType
    plain: RenderableType

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterator[RenderableType]:
        yield self._form(console)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._form(console))

    def _form(self, console: Console) -> RenderableType:
        return self.terminal if console.is_terminal else self.plain


def strength_cell(strength: float | None) -> TerminalOrPlain:
    """Return the label of a strength, in a terminal with a bar of one to four blocks."""
    return label_cell(label_or_no_tie(strength))


def label_cell(label: str, strength: float | None = None) -> TerminalOrPlain:
    """Return a strength label as `strength_cell` does, followed by the strength itself if it is given."""
    style, blocks = LABEL_STYLES[label], [*LABEL_STYLES].index(label)
    text = Text(label, style)
    if strength is not None:
        text.append(f" {strength:.3f}")
    bar = Text("█" * blocks, style).append("░" * (len(LABEL_STYLES) - 1 - blocks), "dim")
    return TerminalOrPlain(bar + Text(" ") + text, text)


def facts(rows: Iterable[tuple[RenderableType, RenderableType]]) -> RenderableType:
    """Return indented rows of a short heading and a text. The text wraps within its column."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return Padding.indent(grid, INDENT)


def table(
    headings: Sequence[str], rows: Iterable[Sequence[RenderableType]], *, unbroken: Collection[str] = ()
) -> TerminalOrPlain:
    """Return a table. Columns in `unbroken` do not wrap, so that their cells can be copied."""
    rows = list(rows)

    def build(style: box.Box | None) -> Table:
        built = Table(box=style, pad_edge=False, show_edge=False, header_style="bold")
        for heading in headings:
            built.add_column(heading, overflow="fold", no_wrap=heading in unbroken)
        for row in rows:
            built.add_row(*row)
        return built

    return TerminalOrPlain(build(box.SIMPLE_HEAD), build(None))


def quotation(title: str, text: str) -> TerminalOrPlain:
    """Return a text to copy. The panel has no sides, so that a selection contains the text only."""
    panel = Panel(Text(text), title=title, title_align="left", box=box.HORIZONTALS, border_style="dim", padding=(0, 0))
    return TerminalOrPlain(Padding(panel, (0, 0, 0, INDENT - 1)), Padding.indent(Text(f"{title}: {text}"), INDENT))
