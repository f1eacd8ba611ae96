"""The addresses to which mail was returned, as a delivery report states them (RFC 3464).

Only the fields of the report are read, not the message that it returns.
"""

import re
from collections.abc import Iterator

from graph.records import Handle, HandleKind, PersonMention, UnreachableHandles, UnreachableReason
from sources.mailbox.headers import Headers, first_value, people_in, sent_at
from sources.mailbox.mail_files import MessageHead
from sources.text.mail_addresses import is_unattended

_MAX_ADDRESSES = 20
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_FAILED = re.compile(rb"^action[ \t]*:[ \t]*failed\b", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    rb"^(?:final|original)-recipient[ \t]*:[ \t]*rfc822[ \t]*;[ \t]*<?([^\s<>;,@]{1,64}@[^\s<>;,@]{1,255})>?[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)


def returned_mail_records(head: MessageHead, headers: Headers) -> Iterator[UnreachableHandles]:
    """The recipients whom a mail server could not reach. The report must come from an address that nobody reads."""
    authors = people_in(headers, b"from")
    at = sent_at(headers, head.envelope)
    if not authors or not is_unattended(authors[0]) or at is None:
        return
    for person in _failed_recipients(headers, head.report)[:_MAX_ADDRESSES]:
        yield UnreachableHandles(person, at.date(), UnreachableReason.MAIL_RETURNED)


def _failed_recipients(headers: Headers, report: bytes) -> list[PersonMention]:
    """The recipients in `X-Failed-Recipients`, and those of the report whose action is `failed`."""
    stated = [person.handles[0].text for person in people_in(headers, b"x-failed-recipients")]
    if b"delivery-status" in first_value(headers, b"content-type").lower():
        groups = (group for group in _BLANK_LINE.split(report) if _FAILED.search(group))
        stated += [match[1].decode("latin-1") for group in groups for match in _RECIPIENT.finditer(group)]
    unique = {address.lower(): address for address in reversed(stated)}
    return [PersonMention((Handle(HandleKind.EMAIL, address),)) for address in reversed(unique.values())]
