"""Read the cards of a vCard file, one at a time, with the lines that identify people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.records import BadRow
from sources.text.content_lines import ContentLine, content_lines

_MAX_LINES = 1_000
_WANTED = frozenset(
    {"N", "FN", "EMAIL", "TEL", "URL", "ORG", "TITLE", "REV", "KIND", "X-SOCIALPROFILE", "SOCIALPROFILE"}
    | {"X-ABLABEL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND"}
)


@dataclass(slots=True)
class Card:
    """One card. `number` is its first line; `depth` counts the cards inside it that are open while it is read."""

    file: str
    number: int
    lines: list[ContentLine] = field(default_factory=list)
    depth: int = 0
    is_too_long: bool = False

    def values(self, name: str) -> Iterator[str]:
        return (line.value for line in self.lines if line.name == name and line.value)

    def first(self, name: str) -> str:
        return next(self.values(name), "")


def cards(path: Path) -> Iterator[Card | BadRow]:
    """Stream the cards of a file. A card inside a card (AGENT in vCard 2.1) is ignored."""
    card: Card | None = None
    with path.open("rb") as stream:
        for line in content_lines(path.name, stream, _WANTED | {"BEGIN", "END"}):
            if isinstance(line, BadRow):
                yield line
            elif line.name in {"BEGIN", "END"}:
                if line.value.upper() != "VCARD":
                    continue
                if card is None:
                    card = Card(path.name, line.number) if line.name == "BEGIN" else None
                elif line.name == "BEGIN":
                    card.depth += 1
                elif card.depth:
                    card.depth -= 1
                else:
                    yield _checked(card)
                    card = None
            elif card and not card.depth:
                card.is_too_long = len(card.lines) >= _MAX_LINES
                if not card.is_too_long:
                    card.lines.append(line)
    if card:
        yield BadRow(card.file, card.number, "the card has no END line")


def _checked(card: Card) -> Card | BadRow:
    if card.is_too_long:
        return BadRow(card.file, card.number, f"the card has more than {_MAX_LINES:,} lines")
    return card
