"""Read the cards of a vCard file, one at a time, with the lines that identify people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.records import BadRow
from sources.text.content_lines import ContentLine, content_lines

_MAX_LINES = 1_000
_GLUED = re.compile(r"END:VCARD\s*(BEGIN:VCARD)?$", re.IGNORECASE)
_WANTED = frozenset(
    {"N", "FN", "EMAIL", "TEL", "URL", "ORG", "TITLE", "REV", "KIND", "CATEGORIES", "X-SOCIALPROFILE", "SOCIALPROFILE"}
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
    """Stream the cards of a file. A card inside a card (AGENT in vCard 2.1) is ignored.

    A card without its END line ends where the next one begins. Some programs write `END:VCARDBEGIN:VCARD`.
    """
    card: Card | None = None
    follows_agent = False
    with path.open("rb") as stream:
        for content_line in content_lines(path.name, stream, _WANTED | {"BEGIN", "END", "AGENT"}):
            if isinstance(content_line, BadRow):
                yield content_line
                continue
            line, ends, begins = _without_markers(content_line)
            if card and not card.depth and line.name in _WANTED:
                card.is_too_long = card.is_too_long or len(card.lines) >= _MAX_LINES
                if not card.is_too_long:
                    card.lines.append(line)
            if ends and card:
                if card.depth:
                    card.depth -= 1
                else:
                    yield _checked(card)
                    card = None
            if begins and card and (follows_agent or card.depth):
                card.depth += 1
            elif begins:
                if card:
                    yield _checked(card)
                card = Card(path.name, line.number)
            follows_agent = line.name == "AGENT" and not line.value
    if card:
        yield BadRow(card.file, card.number, "the card has no END line")


def _without_markers(line: ContentLine) -> tuple[ContentLine, bool, bool]:
    """The line without an END or BEGIN behind it, whether a card ends here, and whether one begins."""
    if line.name in {"BEGIN", "END"}:
        value = "".join(line.value.upper().split())
        ends = line.name == "END" and value.startswith("VCARD")
        return line, ends, (line.name == "BEGIN" and value == "VCARD") or (ends and value.endswith("BEGIN:VCARD"))
    glued = _GLUED.search(line.value)
    if glued is None:
        return line, False, False
    return line._replace(value=line.value[: glued.start()].strip()), True, glued[1] is not None


def _checked(card: Card) -> Card | BadRow:
    if card.is_too_long:
        return BadRow(card.file, card.number, f"the card has more than {_MAX_LINES:,} lines")
    return card
