"""Sentences about sources."""

import pytest

from graph.days import day_of
from graph.networks.sources import STATEMENTS, SharingLevel, Source
from presentation.sentences import source_text, sources_note
from tests.graph.worlds import TODAY

DAY = day_of(TODAY)


def source(kind: str, *, member: str = "ana", until: int | None = None) -> Source:
    return Source(
        kind, kind, "", SharingLevel.PRIVATE, "ready", member, until, DAY, None, {}, owner_name=member.title()
    )


@pytest.mark.parametrize(
    ("one", "names_owner", "text"),
    [
        (source("vcard"), False, "Address book: private, ready, without dates"),
        (source("google contacts"), True, "Google Contacts (yours): private, ready, without dates"),
        (source(STATEMENTS), True, "Statements (yours): private, ready, without dates"),
        (source("mailbox", member="ben", until=DAY), True, "Mailbox (of Ben): private, ready, until 22 Nov 2026"),
        (
            source("mailbox", member="ben", until=DAY - 40),
            True,
            "Mailbox (of Ben): private, ready, until 13 Oct 2026; it is over 30 days old",
        ),
        (
            source("mailbox", until=DAY - 40),
            False,
            "Mailbox: private, ready, until 13 Oct 2026; load it again: it is over 30 days old",
        ),
    ],
)
def test_a_source_is_described_by_owner_and_contents(one: Source, names_owner: bool, text: str) -> None:
    assert source_text(one, is_own=one.member == "ana", today=DAY, names_owner=names_owner) == text


def test_an_address_book_is_no_statement_below_an_answer() -> None:
    sources = [source("vcard"), source(STATEMENTS), source("mailbox", until=DAY)]

    assert sources_note(sources) == "Sources: Address book, Statements, Mailbox (until 22 Nov 2026)."
