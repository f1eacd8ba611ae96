"""Recognise, by a mail address, a mailbox that nobody reads, or the assistant of another person."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from graph.records import PersonMention

# Local parts of mailboxes that nobody reads. A message to or from one is no evidence of a tie.
_UNATTENDED = re.compile(
    r".*(?:no|not|never)[-_.]?reply.*"
    r"|(?:.*[-_.])?(?:notifications?|bounces?|mailer-daemon|postmaster|autoreply)(?:[-_.+=].*)?"
    r"|(?:newsletters?|alerts?|automailer|daemon|cron|root|nobody|listserv|majordomo|notify|invitations)(?:[+].*)?"
    r"|(?:reply|support)[+].*|x[+]\d+|(?:.*-)?hit-reply"  # tickets and conversations of services
)
_RELAY_HOST = re.compile(r"(?:.*[.])?(?:no-?reply|reply|bounces?|notifications?)[.].*[.].*")
_NOTIFIER = re.compile(r".*(?:no|not|never)[-_.]?reply.*|(?:.*[-_.])?(?:notifications?|notify)(?:[-_.+=].*)?")
_WORDS = re.compile(r"[^\W\d_]{3,}")


def lowercase_address(person: PersonMention) -> str:
    """The person's first handle in lower case: the key of a person within one message."""
    return person.handles[0].text.lower()


def is_unattended(person: PersonMention) -> bool:
    """Whether the person's address is one that nobody reads (no-reply, bounces, newsletters)."""
    return _is_unattended_address(lowercase_address(person))


@lru_cache(maxsize=16_384)  # the same few people occur many times
def _is_unattended_address(address: str) -> bool:
    local, _, host = address.partition("@")
    return _UNATTENDED.fullmatch(local) is not None or _RELAY_HOST.fullmatch(host) is not None


def is_notifier(person: PersonMention) -> bool:
    """Whether the address is that of a service which notifies in the names of others (`calendar-notification@`)."""
    return _NOTIFIER.fullmatch(lowercase_address(person).partition("@")[0]) is not None


def is_assistant_of(sender: PersonMention, author: PersonMention) -> bool:
    """Whether two addresses belong to two people of one organisation: one domain, and no word of a name in common."""
    (author_local, _, author_domain), (sender_local, _, sender_domain) = (
        lowercase_address(person).partition("@") for person in (author, sender)
    )
    author_words = _WORDS.findall(f"{author_local} {author.name or ''}".lower())
    sender_words = _WORDS.findall(f"{sender_local} {sender.name or ''}".lower())
    is_alike = any(word in sender_local for word in author_words) or any(word in author_local for word in sender_words)
    return author_domain == sender_domain and not is_alike and not set(author_words) & set(sender_words)


def is_placeholder(address: str) -> bool:
    """Whether people enter this address where they know none: noemail@noemail.com, test@…."""
    local, _, domain = address.lower().rpartition("@")
    anywhere, repeated, domains = _placeholders()
    return local in anywhere or domain in domains or (local in repeated and domain.partition(".")[0] == local)


@cache
def _placeholders() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = tomllib.loads(files(__package__).joinpath("placeholder_addresses.toml").read_text("utf-8"))
    return frozenset(lists["anywhere"]), frozenset(lists["repeated"]), frozenset(lists["domains"])
