"""messages.csv: who wrote to whom, and when.

The text is looked at for one mark of advertising and dropped.
"""

import re
from collections.abc import Iterator

from graph.records import Channel, Interaction, PersonMention, Record, SkippedRow
from sources.linkedin.dates import moment
from sources.linkedin.owner import conversation, is_incoming, is_outgoing, is_yes
from sources.linkedin.people import People, profiles, slug
from sources.tables import Row

_ADVERTISEMENT = '<p class="spinmail'
_PAGE = re.compile(r"linkedin\.com/(?:company|school|showcase)/", re.IGNORECASE)
# LinkedIn's own machines write in files of the same header.
_ASSISTANTS = re.compile(r"guide|coach|role_?play", re.IGNORECASE)


def messages(row: Row, people: People) -> Iterator[Record]:
    if reason := _no_message(row):
        yield SkippedRow(row.file, reason)
        return
    at, talk = moment(row["Date"]), conversation(row)
    by = people.somebody(row["From"], row["Sender Profile Url"], talk)
    if is_outgoing(row) and not row["Sender Profile Url"]:
        by = people.owner
    if by is None:
        yield SkippedRow(row.file, "sender no longer on LinkedIn")
        return
    to = tuple(who for who in _recipients(row, people, talk) if not _same(who, by))
    if not to:
        yield SkippedRow(row.file, "recipient no longer on LinkedIn")
        return
    id = " ".join([talk, at.isoformat(), *(handle.text for handle in by.handles)])
    yield Interaction(by, to, at, Channel.LINKEDIN, id)


def _no_message(row: Row) -> str | None:
    folder = row["Folder"].upper()
    if is_yes(row["Is Message Draft"]) or is_yes(row["Is Conversation Draft"]) or "DRAFT" in folder:
        return "draft"
    if folder == "SPAM":
        return "spam"
    if _ASSISTANTS.search(row.file.rpartition("/")[2]):
        return "automated"
    if _PAGE.search(row["Sender Profile Url"]) or row["Content"].startswith(_ADVERTISEMENT):
        return "advertisement"
    return None


def _recipients(row: Row, people: People, talk: str) -> Iterator[PersonMention]:
    """Everybody a message went to, each with a name where it is sure whose name it is."""
    urls = profiles(row["Recipient Profile Urls"])
    names = people.names_in(row["To"])
    if urls and len(names) != len(urls):
        names = [row["To"]] if len(urls) == 1 else [""] * len(urls)
    if is_incoming(row) and not urls:
        yield people.owner
        return
    for name, url in zip(names, urls or [""] * len(names), strict=True):
        if who := people.somebody(name, url, talk):
            yield who


def _same(one: PersonMention, other: PersonMention) -> bool:
    return {slug(handle.text) or handle.text for handle in one.handles} == {
        slug(handle.text) or handle.text for handle in other.handles
    }
