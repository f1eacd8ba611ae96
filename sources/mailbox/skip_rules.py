"""Rules that skip messages which are no evidence of a tie: discarded, automated, or sent to a mailing list."""

import re
import tomllib
from importlib.resources import files

from graph.records import PersonMention
from sources.mailbox.headers import Headers, first_value, header_text
from sources.text.mail_addresses import is_unattended, lowercase_address

SPAM, TRASH, DRAFT = "spam", "trash", "draft"
AUTOMATED, MAILING_LIST = "automated", "mailing list"

_NAMES = tomllib.loads(files(__package__).joinpath("folder_names.toml").read_text("utf-8"))
SKIPPED_FOLDERS = {name: reason for reason in (SPAM, TRASH, DRAFT) for name in _NAMES[reason]}
"""Name of a folder or label → the reason to skip its messages."""
SENT = frozenset(_NAMES["sent"])
_AUTOMATED = frozenset(_NAMES["automated"])
_AUTOMATED_CATEGORIES = _AUTOMATED | set(_NAMES["category_automated"])
_CATEGORY = re.compile(rf"(?:{'|'.join(_NAMES['category'])})[\s:]+[\"'„“«]?(.+?)[\"'“”»]?")

_EXPUNGED = 0x0008  # in X-Mozilla-Status: deleted, but the file is not compacted yet
_HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")


def skip_reason(headers: Headers, labels: frozenset[str], author: PersonMention | None) -> str | None:
    """Why a message is skipped: the first reason that applies; None if it counts."""
    folder_reasons = {SKIPPED_FOLDERS[label] for label in labels if label in SKIPPED_FOLDERS}
    if _is_expunged(headers):
        folder_reasons.add(TRASH)
    for reason in (SPAM, TRASH, DRAFT):
        if reason in folder_reasons:
            return reason
    if _is_automatic(headers) or (author and is_unattended(author)):
        return AUTOMATED
    if _is_to_list(headers):
        return MAILING_LIST
    # a folder of a user may be named Updates; only beside Gmail's labels is the name a category of Gmail
    is_categorised = b"x-gmail-labels" in headers and any(map(_is_automated_category, labels))
    if _is_bulk(headers) or (is_categorised and SENT.isdisjoint(labels)):
        return AUTOMATED
    return None


def is_list_address(headers: Headers, person: PersonMention) -> bool:
    """Whether the address is the list's own: lists that hide their authors write it beside the author's name."""
    posted_to = first_value(headers, b"list-post") + first_value(headers, b"x-beenthere")
    return lowercase_address(person) in header_text(posted_to).lower()


def _is_automated_category(label: str) -> bool:
    match = _CATEGORY.fullmatch(label)
    return match[1] in _AUTOMATED_CATEGORIES if match else label in _AUTOMATED


def _is_expunged(headers: Headers) -> bool:
    status = first_value(headers, b"x-mozilla-status")
    return _HEX.fullmatch(status) is not None and bool(int(status, 16) & _EXPUNGED)


def _is_automatic(headers: Headers) -> bool:
    submitted = _value_without_parameters(headers, b"auto-submitted")
    return (
        submitted not in (b"", b"no")
        or first_value(headers, b"return-path") == b"<>"
        or _value_without_parameters(headers, b"precedence") in (b"auto_reply", b"junk")
        or b"x-autoreply" in headers
        or b"x-autorespond" in headers
        # Exchange writes other values of this field on people's messages too
        or _value_without_parameters(headers, b"x-auto-response-suppress") == b"all"
    )


def _is_to_list(headers: Headers) -> bool:
    """Whether people write to this list, unlike a newsletter: one can post to it, or it calls itself a list."""
    return (
        b"mailto:" in first_value(headers, b"list-post").lower()
        or _value_without_parameters(headers, b"precedence") == b"list"
        or any(name in headers for name in (b"mailing-list", b"x-mailing-list", b"x-beenthere"))
        or (b"list-id" in headers and b"list-unsubscribe" not in headers)
        or _is_from_list_archive(headers)
    )


def _is_from_list_archive(headers: Headers) -> bool:
    """Whether From is `ada at example.org`, which only archives of lists write. They also drop the recipients."""
    return b"@" not in first_value(headers, b"from") and b" at " in first_value(headers, b"from")


def _is_bulk(headers: Headers) -> bool:
    return _value_without_parameters(headers, b"precedence") == b"bulk" or b"list-unsubscribe" in headers


def _value_without_parameters(headers: Headers, name: bytes) -> bytes:
    """The value in lower case without its parameters: `auto-generated; owner=…` becomes `auto-generated`."""
    return first_value(headers, name).partition(b";")[0].strip().lower()
