"""messages.csv: who wrote to whom, and when.

The content is checked for one mark of advertising and never stored.
"""

import re
from collections.abc import Iterator

from graph.records import Channel, Interaction, PersonMention, Record, SkippedRow
from sources.linkedin.archive_people import ArchivePeople, profile_slug, profile_urls
from sources.linkedin.date_formats import DateOrder, parse_linkedin_date
from sources.linkedin.owner_detection import conversation_id, is_incoming, is_outgoing, is_yes
from sources.tables.csv_table import CsvRow

_ADVERTISEMENT = '<p class="spinmail'
_PAGE = re.compile(r"linkedin\.com/(?:company|school|showcase)/", re.IGNORECASE)
# Names of files with the same header that LinkedIn's own assistants write.
_ASSISTANT_FILES = re.compile(r"guide|coach|role_?play", re.IGNORECASE)


def message_row_records(row: CsvRow, people: ArchivePeople, order: DateOrder) -> Iterator[Record]:
    if reason := _skip_reason(row):
        yield SkippedRow(row.file, reason)
        return
    at, conversation = parse_linkedin_date(row["Date"], order), conversation_id(row)
    sender = people.identify_person(row["From"], row["Sender Profile Url"], conversation)
    if is_outgoing(row) and not row["Sender Profile Url"]:
        sender = people.owner
    if sender is None:
        yield SkippedRow(row.file, "the sender closed their account")
        return
    recipients = tuple(person for person in _recipients(row, people, conversation) if not _is_same(person, sender))
    if not recipients:
        yield SkippedRow(row.file, "the recipient closed their account")
        return
    id = " ".join([conversation, at.isoformat(), *(handle.text for handle in sender.handles)])
    yield Interaction(sender, recipients, at, Channel.LINKEDIN, id)


def _skip_reason(row: CsvRow) -> str | None:
    folder = row["Folder"].upper()
    if is_yes(row["Is Message Draft"]) or is_yes(row["Is Conversation Draft"]) or "DRAFT" in folder:
        return "draft"
    if folder == "SPAM":
        return "spam"
    if _ASSISTANT_FILES.search(row.file.rpartition("/")[2]):
        return "automated"
    if _PAGE.search(row["Sender Profile Url"]) or row["Content"].startswith(_ADVERTISEMENT):
        return "advertisement"
    return None


def _recipients(row: CsvRow, people: ArchivePeople, conversation: str) -> Iterator[PersonMention]:
    """The recipients of a message, each with a name if it is certain which name belongs to which profile."""
    urls = profile_urls(row["Recipient Profile Urls"])
    names = people.split_names(row["To"])
    if urls and len(names) != len(urls):
        names = [row["To"]] if len(urls) == 1 else [""] * len(urls)
    if is_incoming(row) and not urls:
        yield people.owner
        return
    for name, url in zip(names, urls or [""] * len(names), strict=True):
        if person := people.identify_person(name, url, conversation):
            yield person


def _is_same(person: PersonMention, other: PersonMention) -> bool:
    return {profile_slug(handle.text) or handle.text for handle in person.handles} == {
        profile_slug(handle.text) or handle.text for handle in other.handles
    }
