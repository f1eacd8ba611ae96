"""Address books as vCards (2.1, 3.0, 4.0): one card to a file or all in one, from Apple, Google, Outlook, Android.

A card says what somebody is called by: addresses, a LinkedIn profile, a mobile number; and where they work. That joins
identities, so what several people share is none of theirs: a number of a place, and whatever stands on the cards of
two names. Photos and notes are passed over unread. Samples and expected records: tests/samples/vcard/.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from graph.records import BadRow, Connection, Handle, HandleKind, Job, LatestDate, Part, Record, SkippedRow
from sources.content_lines import Line, begins, fields, lines, text
from sources.handles import digits, emails, phones, profiles, somebody

name = "vcard"

_PART = "contacts"
_MOST_LINES = 1_000
_SAYING = frozenset(
    {"N", "FN", "EMAIL", "TEL", "URL", "ORG", "TITLE", "REV", "KIND", "X-SOCIALPROFILE", "SOCIALPROFILE"}
    | {"X-ABLABEL", "X-ABSHOWAS", "X-ADDRESSBOOKSERVER-KIND"}
)
_OF_A_PLACE = {"WORK", "HOME", "MAIN", "COMPANY"}
_MOBILE = {"CELL", "MOBILE", "IPHONE", "TEXT"}
_NO_TELEPHONE = {"FAX", "PAGER", "MODEM", "BBS", "VIDEO-CONFERENCE"}
_OF_ANOTHER = re.compile(r"assist|fax|pager|main|company", re.IGNORECASE)
"""What Apple writes on numbers in place of a type: `_$!<AssistantPhone>!$_`, `_$!<HomeFAX>!$_`."""


@dataclass(slots=True)
class _Card:
    file: str
    number: int
    lines: list[Line] = field(default_factory=list)
    inner: int = 0
    too_long: bool = False

    def values(self, name: str) -> Iterator[str]:
        return (line.value for line in self.lines if line.name == name and line.value)

    def first(self, name: str) -> str:
        return next(self.values(name), "")


def identify(path: Path) -> bool:
    """Whether this begins with a card."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return begins(stream, "VCARD")


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The people in file order, and that this is the whole book."""
    shared = _shared(card for path in paths for card in _cards(path) if isinstance(card, _Card))
    newest: date | None = None
    for path in paths:
        for card in _cards(path):
            if isinstance(card, BadRow):
                yield card
                continue
            yield from _records(card, shared)
            if revised := _day(card.first("REV")):
                newest = max(newest or revised, revised)
    if newest:
        yield LatestDate(newest)
    yield Part(_PART)


def _cards(path: Path) -> Iterator[_Card | BadRow]:
    """One card at a time. A card within a card (2.1's AGENT) is passed over."""
    card: _Card | None = None
    with path.open("rb") as stream:
        for line in lines(path.name, stream, _SAYING | {"BEGIN", "END"}):
            if isinstance(line, BadRow):
                yield line
            elif line.name in {"BEGIN", "END"}:
                if line.value.upper() != "VCARD":
                    continue
                if card is None:
                    card = _Card(path.name, line.number) if line.name == "BEGIN" else None
                elif line.name == "BEGIN":
                    card.inner += 1
                elif card.inner:
                    card.inner -= 1
                else:
                    yield BadRow(card.file, card.number, f"more than {_MOST_LINES:,} lines") if card.too_long else card
                    card = None
            elif card and not card.inner:
                card.too_long = len(card.lines) >= _MOST_LINES
                if not card.too_long:
                    card.lines.append(line)
    if card:
        yield BadRow(card.file, card.number, "it begins and never ends")


def _shared(cards: Iterable[_Card]) -> set[Handle]:
    """What stands on the cards of several people."""
    held: defaultdict[Handle, set[str]] = defaultdict(set)
    for card in cards:
        called = _called(card).casefold()
        for handle in _handles(card):
            if len(held[_plain(handle)]) < 2:
                held[_plain(handle)].add(called)
    return {handle for handle, names in held.items() if len(names) > 1}


def _records(card: _Card, shared: set[Handle]) -> Iterator[Record]:
    if reason := _is_nobody(card):
        yield SkippedRow(card.file, reason)
        return
    called = _called(card)
    who = somebody(called, (handle for handle in _handles(card) if _plain(handle) not in shared))
    if not who:
        yield SkippedRow(card.file, "nothing to know anybody by")
        return
    yield Connection(who, None, _PART)
    if company := fields(card.first("ORG"))[0]:
        yield Job(who, company, text(card.first("TITLE")) or None, None, None, _PART)


def _is_nobody(card: _Card) -> str | None:
    kind = (card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")).lower()
    if kind in {"group", "org", "location", "application"} or "COMPANY" in card.first("X-ABSHOWAS").upper():
        return "a company, a group or a place"
    return None


def _called(card: _Card) -> str:
    """As the card is headed; else given names and family name, without titles before and after."""
    heading = text(card.first("FN"))
    if heading and "@" not in heading:
        return heading
    family, given, more = (*fields(card.first("N")), "", "")[:3]
    return " ".join(filter(None, (given, more, family)))


def _handles(card: _Card) -> list[Handle]:
    labels = {line.group: line.value for line in card.lines if line.name == "X-ABLABEL" and line.group}
    found: dict[Handle, Handle] = {}
    for line in card.lines:
        if not _OF_ANOTHER.search(labels.get(line.group, "")):
            for handle in _said(line):
                found.setdefault(_plain(handle), handle)
    return list(found.values())


def _said(line: Line) -> Iterator[Handle]:
    value = text(line.value)
    if line.name == "EMAIL":
        yield from (Handle(HandleKind.EMAIL, address) for address in emails(value))
    elif line.name == "TEL":
        types = {word.strip().upper() for values in line.parameters.get("TYPE", ()) for word in values.split(",")}
        if not types & _NO_TELEPHONE and (types & _MOBILE or not types & _OF_A_PLACE):
            yield from (Handle(HandleKind.PHONE, number) for number in phones(value.partition(";")[0]))
    elif line.name in {"URL", "X-SOCIALPROFILE", "SOCIALPROFILE"}:
        user = next(iter(line.parameters.get("X-USER", ())), "") if line.parameter("TYPE") == "LINKEDIN" else ""
        found = profiles(value) or (profiles(f"https://www.linkedin.com/in/{user}") if user else [])
        yield from (Handle(HandleKind.LINKEDIN, url) for url in found)


def _plain(handle: Handle) -> Handle:
    """To tell the same from another, however it is written."""
    if handle.kind is HandleKind.PHONE:
        return Handle(handle.kind, digits(handle.text))
    return Handle(handle.kind, handle.text.casefold().rstrip("/"))


def _day(written: str) -> date | None:
    digits = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", written)
    with suppress(ValueError):
        return date(*map(int, digits.groups())) if digits else None
    return None
