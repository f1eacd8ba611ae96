"""Mailboxes: mbox files of Gmail Takeout, Thunderbird and list archives, maildirs, and single .eml files.

Only headers are read, never bodies or subjects, except the report of a mail server that returned a message.
`mail_files` extracts header blocks, `headers` parses them, and `delivery_reports` reads those reports.
`skip_rules` decides which messages are no evidence of a tie. `imap` syncs the same headers from a mail server.
Samples and expected records: tests/samples/mailbox/.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.records import (
    Assistance,
    BadRow,
    Channel,
    Interaction,
    MailingList,
    ObservedName,
    PersonMention,
    ReadingNote,
    Record,
    SkippedRow,
)
from sources.mailbox import skip_rules
from sources.mailbox.chats import GmailChats, is_chat
from sources.mailbox.delivery_reports import returned_mail_records
from sources.mailbox.headers import (
    Headers,
    decode_people,
    first_value,
    gmail_labels,
    message_id,
    parse_headers,
    people_of,
    sent_at,
    sent_on_behalf_by,
)
from sources.mailbox.mail_files import MessageHead, is_maildir, is_mbox, is_message, message_heads
from sources.mailbox.owners import OwnerDetector
from sources.text.charsets import UNKNOWN_CHARSET
from sources.text.mail_addresses import is_unattended, lowercase_address

name = "mailbox"


def identify(path: Path) -> bool:
    """Whether this is an mbox, a single message, or a maildir. It looks at the content."""
    if path.is_dir():
        return is_maildir(path)
    return is_mbox(path) or is_message(path)


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The records of the messages in these files, in file order, then the owners."""
    top = _common_folder(paths)
    return mail_records(head for path in paths for head in message_heads(path, top))


def _common_folder(paths: Sequence[Path]) -> Path:
    """The innermost folder that contains all files. The names of folders around it are not the mail program's."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    try:
        return Path(os.path.commonpath(folders)) if folders else Path()
    except ValueError:  # on two drives, or absolute and relative
        return Path()


def mail_records(heads: Iterable[MessageHead]) -> Iterator[Record]:
    """The records of messages from files or from a server, then the owners that the messages show."""
    owners, lists, chats = OwnerDetector(), _ListDetector(), GmailChats()
    guesses: Counter[tuple[str, str]] = Counter()
    for head in heads:
        headers = parse_headers(head.block)
        if not head.block.isascii() or b"\x1b" in head.block or b"~{" in head.block:
            guesses[head.file, decode_people(headers)] += 1
        labels = head.labels | gmail_labels(first_value(headers, b"x-gmail-labels"))
        is_to_list = skip_rules.is_to_list(headers)
        lists.add(headers, labels, is_to_list=is_to_list)
        yield from _message_records(head, headers, labels, chats, is_to_list=is_to_list)
        owners.add(headers, labels, is_to_list=is_to_list)
    yield from chats.records_without_recipients()
    yield from owners.records()
    yield from map(MailingList, lists.people.values())
    for (file, charset), count in sorted(guesses.items()):
        if charset:
            yield ReadingNote(file, _charset_note(charset, count))


def _charset_note(charset: str, count: int) -> str:
    begin = "1 message does" if count == 1 else f"{count:,} messages do"
    if charset == UNKNOWN_CHARSET:
        return f"{begin} not declare the character set of a name, and the name fits none. The name is left out."
    return f"{begin} not declare the character set of a name. The name is read as {charset}: check its spelling."


def _message_records(
    head: MessageHead, headers: Headers, labels: frozenset[str], chats: GmailChats, *, is_to_list: bool
) -> Iterator[Record]:
    author = next(iter(people_of(headers, b"from") or people_of(headers, b"sender")), None)
    if reason := skip_rules.skip_reason(headers, labels, author, is_to_list=is_to_list):
        yield SkippedRow(head.file, reason)
        if reason == skip_rules.AUTOMATED:
            yield from returned_mail_records(head, headers)
        if reason == skip_rules.MAILING_LIST and author and not _is_list_address(headers, author):
            yield from _named(author, headers, head)
        return
    if not author:
        yield BadRow(head.file, head.number, "the sender is missing or unreadable")
        return
    recipients = _recipients(headers, author)
    if is_chat(headers, labels) and (at := sent_at(headers, head.envelope)):
        yield from chats.records(head, headers, Interaction(author, recipients, at, Channel.CHAT, message_id(headers)))
        return
    if not recipients:
        yield SkippedRow(head.file, "no recipients")
        yield from _named(author, headers, head)
        return
    at = sent_at(headers, head.envelope)
    if not at:
        yield BadRow(head.file, head.number, "the date is missing or unreadable")
        return
    if assistant := sent_on_behalf_by(headers, author):
        yield Assistance(assistant, author)
        yield ObservedName(author, at.date())
    yield Interaction(assistant or author, recipients, at, Channel.MAIL, message_id(headers))


def _recipients(headers: Headers, author: PersonMention) -> tuple[PersonMention, ...]:
    """The people in To, Cc and Bcc, each once, without the author and without addresses that nobody reads."""
    recipients: dict[str, PersonMention] = {}
    for person in people_of(headers, b"to", b"cc", b"bcc"):
        recipients.setdefault(lowercase_address(person), person)
    recipients.pop(lowercase_address(author), None)
    return tuple(person for person in recipients.values() if not is_unattended(person))


def _named(author: PersonMention, headers: Headers, head: MessageHead) -> Iterator[ObservedName]:
    """The name of an author whose message is no evidence of a tie."""
    if at := sent_at(headers, head.envelope):
        yield ObservedName(author, at.date())


def _is_list_address(headers: Headers, author: PersonMention) -> bool:
    """Whether the address is the list's own: lists that hide their authors write it beside the author's name."""
    return lowercase_address(author) in map(lowercase_address, skip_rules.list_addresses(headers))


class _ListDetector:
    """The addresses that messages show to be mailing lists, by address. Spam shows nothing."""

    def __init__(self) -> None:
        self.people: dict[str, PersonMention] = {}

    def add(self, headers: Headers, labels: frozenset[str], *, is_to_list: bool) -> None:
        if skip_rules.is_spam(labels):
            return
        addresses = list(map(_without_name, skip_rules.addresses_at_list_hosts(headers)))
        if is_to_list:
            addresses += skip_rules.list_addresses(headers)
        for person in addresses:
            self.people.setdefault(lowercase_address(person), person)


def _without_name(person: PersonMention) -> PersonMention:
    return PersonMention(person.handles)
