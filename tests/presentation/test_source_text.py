"""The line about a source says whose it is, and calls only statements statements."""

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
        (source("vcard"), False, "vcard: private, ready, without dates"),
        (source("google_contacts"), True, "google_contacts (yours): private, ready, without dates"),
        (source(STATEMENTS), True, "statements (yours): private, ready, your statements about ties"),
        (source("mailbox", member="ben", until=DAY), True, "mailbox (of Ben): private, ready, until 22 Nov 2026"),
        (
            source("mailbox", member="ben", until=DAY - 40),
            True,
            "mailbox (of Ben): private, ready, until 13 Oct 2026; it is over 30 days old",
        ),
        (
            source("mailbox", until=DAY - 40),
            False,
            "mailbox: private, ready, until 13 Oct 2026; load it again: it is over 30 days old",
        ),
    ],
)
def test_a_source_is_described_by_owner_and_contents(one: Source, names_owner: bool, text: str) -> None:
    assert source_text(one, is_own=one.member == "ana", today=DAY, names_owner=names_owner) == text


def test_an_address_book_is_no_statement_below_an_answer() -> None:
    sources = [source("vcard"), source(STATEMENTS), source("mailbox", until=DAY)]

    assert sources_note(sources) == "Sources: vcard, your statements, mailbox (until 22 Nov 2026)."
