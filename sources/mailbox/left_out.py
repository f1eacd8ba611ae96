"""Which letters say nothing about a tie: not kept, not by a person, or to a list."""

import re
import tomllib
from importlib.resources import files

from graph.records import PersonMention
from sources.mailbox.headers import Fields, address, first, text

SPAM, TRASH, DRAFT = "spam", "trash", "draft"
AUTOMATED, MAILING_LIST = "automated", "mailing list"

_LABELS = tomllib.loads(files("sources").joinpath("mailbox", "labels.toml").read_text("utf-8"))
KEPT_AS = {label: mark for mark in (SPAM, TRASH, DRAFT) for label in _LABELS[mark]}
SENT = frozenset(_LABELS["sent"])
_AUTOMATED = frozenset(_LABELS["automated"])
_UNDER_CATEGORY = _AUTOMATED | set(_LABELS["category_automated"])
_CATEGORY = re.compile(rf"(?:{'|'.join(_LABELS['category'])})[\s:]+[\"'„“«]?(.+?)[\"'“”»]?")

# Local parts that nobody reads: an answer would reach no person, so a letter shows no tie.
_NOBODY = re.compile(
    r".*(?:no|not|never)[-_.]?reply.*"
    r"|(?:.*[-_.])?(?:notifications?|bounces?|mailer-daemon|postmaster|autoreply)(?:[-_.+=].*)?"
    r"|(?:newsletters?|alerts?|automailer|daemon|cron|root|nobody|listserv|majordomo)(?:[+].*)?"
)

_EXPUNGED = 0x0008  # of X-Mozilla-Status: deleted, and the file not yet compacted
_HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")


def reason(fields: Fields, kept_in: frozenset[str], sender: PersonMention | None) -> str | None:
    """Why a letter is left out; None where it counts. The first that fits, in this order."""
    kept_as = {KEPT_AS[name] for name in kept_in if name in KEPT_AS}
    if _is_expunged(fields):
        kept_as.add(TRASH)
    for mark in (SPAM, TRASH, DRAFT):
        if mark in kept_as:
            return mark
    if _is_automatic(fields) or (sender and is_nobody(sender)):
        return AUTOMATED
    if _is_to_list(fields):
        return MAILING_LIST
    # anybody may call a folder Updates; beside Gmail's labels the word is Google's
    sorted_away = b"x-gmail-labels" in fields and any(map(_is_sorted_away, kept_in))
    if _is_bulk(fields) or (sorted_away and SENT.isdisjoint(kept_in)):
        return AUTOMATED
    return None


def _is_sorted_away(label: str) -> bool:
    found = _CATEGORY.fullmatch(label)
    return found[1] in _UNDER_CATEGORY if found else label in _AUTOMATED


def is_nobody(who: PersonMention) -> bool:
    return _NOBODY.fullmatch(address(who).partition("@")[0]) is not None


def is_the_list(fields: Fields, who: PersonMention) -> bool:
    """Lists that hide their writers put their own address under the writer's name."""
    posted_to = first(fields, b"list-post") + first(fields, b"x-beenthere")
    return address(who) in text(posted_to).lower()


def _is_expunged(fields: Fields) -> bool:
    status = first(fields, b"x-mozilla-status")
    return _HEX.fullmatch(status) is not None and bool(int(status, 16) & _EXPUNGED)


def _is_automatic(fields: Fields) -> bool:
    submitted = _word(fields, b"auto-submitted")
    return (
        submitted not in (b"", b"no")
        or first(fields, b"return-path") == b"<>"
        or _word(fields, b"precedence") in (b"auto_reply", b"junk")
        or b"x-autoreply" in fields
        or b"x-autorespond" in fields
        # Exchange lists single kinds on people's letters too
        or _word(fields, b"x-auto-response-suppress") == b"all"
    )


def _is_to_list(fields: Fields) -> bool:
    """A list that people write to, not a newsletter: one can post to it, or it says it is one."""
    return (
        b"mailto:" in first(fields, b"list-post").lower()
        or _word(fields, b"precedence") == b"list"
        or any(name in fields for name in (b"mailing-list", b"x-mailing-list", b"x-beenthere"))
        or (b"list-id" in fields and b"list-unsubscribe" not in fields)
        or _is_archived(fields)
    )


def _is_archived(fields: Fields) -> bool:
    """Only list archives write `ada at example.org`, and they drop every recipient."""
    return b"@" not in first(fields, b"from") and b" at " in first(fields, b"from")


def _is_bulk(fields: Fields) -> bool:
    return _word(fields, b"precedence") == b"bulk" or b"list-unsubscribe" in fields


def _word(fields: Fields, name: bytes) -> bytes:
    """The value without its parameters: `auto-generated; owner=…` is auto-generated."""
    return first(fields, name).partition(b";")[0].strip().lower()
