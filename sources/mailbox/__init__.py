"""Mailboxes: mbox files of Gmail Takeout, Thunderbird and list archives, maildirs, and single .eml files.

Only headers are read, never bodies or subjects. `mail_files` extracts header blocks, and `headers` parses them.
`skip_rules` decides which messages are no evidence of a tie. `imap` syncs the same headers from a mail server.
Samples and expected records: tests/samples/mailbox/.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.records import (
    Assistance,
    BadRow,
    Channel,
    Handle,
    Interaction,
    ObservedName,
    Owner,
    PersonMention,
    Record,
    SkippedRow,
)
from sources.mailbox import skip_rules
from sources.mailbox.headers import (
    Headers,
    first_value,
    gmail_labels,
    message_id,
    parse_headers,
    people_in,
    sent_at,
    sent_on_behalf_by,
)
from sources.mailbox.mail_files import MessageHead, is_maildir, is_mbox, is_message, message_heads
from sources.text.mail_addresses import is_unattended, lowercase_address

name = "mailbox"

_OWNER_SHARE = 0.9


def identify(path: Path) -> bool:
    """Whether this is an mbox, a single message, or a maildir. It looks at the content."""
    if path.is_dir():
        return is_maildir(path)
    return is_mbox(path) or is_message(path)


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The records of the messages in these files, in file order, then the owners."""
    return mail_records(head for path in paths for head in message_heads(path))


def mail_records(heads: Iterable[MessageHead]) -> Iterator[Record]:
    """The records of messages from files or from a server, then the owners that the messages show."""
    owners = _OwnerDetector()
    for head in heads:
        headers = parse_headers(head.block)
        labels = head.labels | gmail_labels(first_value(headers, b"x-gmail-labels"))
        yield from _message_records(head, headers, labels)
        owners.add(headers, labels)
    yield from owners.records()


def _message_records(head: MessageHead, headers: Headers, labels: frozenset[str]) -> Iterator[Record]:
    author = next(iter(people_in(headers, b"from") or people_in(headers, b"sender")), None)
    if reason := skip_rules.skip_reason(headers, labels, author):
        yield SkippedRow(head.file, reason)
        if reason == skip_rules.MAILING_LIST and author and not skip_rules.is_list_address(headers, author):
            yield from _named(author, headers, head)
        return
    if not author:
        yield BadRow(head.file, head.number, "the sender is missing or unreadable")
        return
    recipients = _recipients(headers, author)
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
    for person in people_in(headers, b"to", b"cc", b"bcc"):
        recipients.setdefault(lowercase_address(person), person)
    recipients.pop(lowercase_address(author), None)
    return tuple(person for person in recipients.values() if not is_unattended(person))


def _named(author: PersonMention, headers: Headers, head: MessageHead) -> Iterator[ObservedName]:
    """The name of an author whose message is no evidence of a tie."""
    if at := sent_at(headers, head.envelope):
        yield ObservedName(author, at.date())


class _OwnerDetector:
    """The owner of a mailbox, by its messages.

    An owner is the sender of messages that Gmail labels as sent. An owner is also the one address in Delivered-To that
    at least 90 % of the messages with that header have. That address must also be in From, To or Cc of a message, which
    excludes a server's internal names and the addresses of lists.
    """

    def __init__(self) -> None:
        self._senders: dict[str, Handle] = {}
        self._delivered_to: Counter[str] = Counter()
        self._handles: dict[str, Handle] = {}
        self._messages = 0

    def add(self, headers: Headers, labels: frozenset[str]) -> None:
        if b"x-gmail-labels" in headers and not skip_rules.SENT.isdisjoint(labels):
            for person in people_in(headers, b"from")[:1]:
                self._senders.setdefault(lowercase_address(person), person.handles[0])
        delivered_to = {lowercase_address(person) for person in people_in(headers, b"delivered-to", b"x-original-to")}
        if not delivered_to or b"list-post" in headers or b"x-beenthere" in headers:
            return
        self._messages += 1
        self._delivered_to.update(delivered_to)
        for person in people_in(headers, b"to", b"cc", b"from"):
            if lowercase_address(person) in delivered_to:
                self._handles.setdefault(lowercase_address(person), person.handles[0])

    def records(self) -> Iterator[Owner]:
        delivered_to = [
            self._handles[address]
            for address, count in self._delivered_to.items()
            if address in self._handles and count >= _OWNER_SHARE * self._messages
        ]
        owners = dict(self._senders)
        if len(delivered_to) == 1:
            owners.setdefault(delivered_to[0].text.lower(), delivered_to[0])
        for handle in owners.values():
            yield Owner(PersonMention((handle,)))
