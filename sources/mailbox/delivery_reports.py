"""The addresses to which mail was returned, as a delivery report states them (RFC 3464).

Only the fields of the report are read, not the message that it returns.
"""

import re
from collections.abc import Iterator

from graph.records import Handle, HandleKind, PersonMention, UnreachableHandles, UnreachableReason
from sources.mailbox.headers import Headers, first_value, people_of, sent_at
from sources.mailbox.mail_files import MessageHead
from sources.text.mail_addresses import is_unattended

_MAX_ADDRESSES = 20
_PERMANENT = 5
_OF_MESSAGE = frozenset({3, 6, 7})
_NOT_OF_ADDRESS = frozenset({(1, 7), (1, 8), (1, 90), (2, 2), (2, 3)})
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_FAILED = re.compile(rb"^action[ \t]*:[ \t]*failed\b", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^status[ \t]*:[ \t]*(\d)\.(\d{1,3})\.(\d{1,3})", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    rb"^(?:final|original)-recipient[ \t]*:[ \t]*(?:rfc822|utf-8)[ \t]*;[ \t]*"
    rb"<?([^\s<>;,@]{1,64}@[^\s<>;,@]{1,255})>?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)


def returned_mail_records(head: MessageHead, headers: Headers) -> Iterator[UnreachableHandles]:
    """The recipients whom a mail server could not reach. The report must come from an address that nobody reads."""
    authors = people_of(headers, b"from")
    at = sent_at(headers, head.envelope)
    if not authors or not is_unattended(authors[0]) or at is None:
        return
    for person in _failed_recipients(headers, head.report)[:_MAX_ADDRESSES]:
        yield UnreachableHandles(person, at.date(), UnreachableReason.MAIL_RETURNED)


def is_delivery_report(headers: Headers) -> bool:
    """Whether the message is a report of a mail server about the delivery of another message."""
    return b"delivery-status" in first_value(headers, b"content-type").lower()


def _failed_recipients(headers: Headers, report: bytes) -> list[PersonMention]:
    """The recipients whose address failed, as the report states; without its fields those in `X-Failed-Recipients`."""
    groups = _BLANK_LINE.split(report) if is_delivery_report(headers) else []
    stated = [(match[1].decode("latin-1"), group) for group in groups for match in _RECIPIENT.finditer(group)]
    failed = [address for address, group in stated if _FAILED.search(group) and _is_of_address(group)]
    if not stated:
        failed = [person.handles[0].text for person in people_of(headers, b"x-failed-recipients")]
    unique = {address.lower(): address for address in reversed(failed)}
    return [PersonMention((Handle(HandleKind.EMAIL, address),)) for address in reversed(unique.values())]


def _is_of_address(group: bytes) -> bool:
    """Whether a failure is of the address: without a status, or with a permanent one that is not of the message.

    RFC 3463: 5.1.7 and 5.1.8 are the address of the sender, 5.2.2 is a full mailbox, 5.2.3 a message that is too long,
    5.3 the mail system, 5.6 the content of the message and 5.7 a rule of the server, such as a filter of spam. Exchange
    Online returns 5.1.90 to senders who reached their daily limit.
    """
    status = _STATUS.search(group)
    if status is None:
        return True
    kind, subject, detail = (int(part) for part in status.groups())
    return kind == _PERMANENT and subject not in _OF_MESSAGE and (subject, detail) not in _NOT_OF_ADDRESS
