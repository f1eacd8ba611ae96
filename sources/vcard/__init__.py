"""Address books as vCards (2.1, 3.0, 4.0), one card or many in a file, from Apple, Google, Outlook and Android.

A card has a person's handles (addresses, a LinkedIn profile, mobile numbers) and their job. All handles of a card
become one person, so handles that several people share are dropped: the number of a place, and any handle that is on
the cards of two people. Photos and notes are not read. `cards` reads the cards, `card_people` the person of a card.
Samples and expected records: tests/samples/vcard/.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from graph.records import BadRow, Connection, Handle, Job, LatestDate, Part, Record, SkippedRow
from sources.text.contact_groups import own_groups
from sources.text.content_lines import begins_with_component, split_components, unescaped
from sources.text.handles import build_person
from sources.vcard.card_people import card_handles, card_name, handle_key, shared_handles
from sources.vcard.cards import Card, cards

name = "vcard"

_PART = "contacts"


def identify(path: Path) -> bool:
    """Whether the file begins with a card."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return begins_with_component(stream, "VCARD")


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The people in file order, the date of the newest card, and the Part that the address book replaces."""
    shared = shared_handles(card for path in paths for card in cards(path) if isinstance(card, Card))
    newest: date | None = None
    for path in paths:
        for card in cards(path):
            if isinstance(card, BadRow):
                yield card
                continue
            yield from _card_records(card, shared)
            if revised := _revision_date(card.first("REV")):
                newest = max(newest or revised, revised)
    if newest:
        yield LatestDate(newest)
    yield Part(_PART)


def _card_records(card: Card, shared: set[Handle]) -> Iterator[Record]:
    if not _is_person(card):
        yield SkippedRow(card.file, "a company, a group or a place")
        return
    own_handles = (handle for handle in card_handles(card) if handle_key(handle) not in shared)
    person = build_person(card_name(card), own_handles)
    if not person:
        yield SkippedRow(card.file, "nothing that identifies a person")
        return
    groups = [group for line in card.values("CATEGORIES") for group in split_components(line, ",")]
    yield Connection(person, None, _PART, own_groups(groups))
    if company := split_components(card.first("ORG"))[0]:
        yield Job(person, company, unescaped(card.first("TITLE")) or None, None, None, _PART)


def _is_person(card: Card) -> bool:
    kind = (card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")).lower()
    return kind not in {"group", "org", "location", "application"} and "COMPANY" not in card.first("X-ABSHOWAS").upper()


def _revision_date(value: str) -> date | None:
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", value)
    with suppress(ValueError):
        return date(*map(int, match.groups())) if match else None
    return None
