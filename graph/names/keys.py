"""What a source calls somebody, made comparable: keys of identities, folded names, companies and work domains.

Keys are exact and prove sameness; folded names and companies are for looking up, and never join two people alone.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import unquote

import phonenumbers
import tldextract
from cleanco import basename

from graph.records import Handle, HandleKind

_SLUG = re.compile(r"linkedin\.com/(?:in|pub)/([^?#]+)", re.IGNORECASE)
_SLACK = re.compile(r"[A-Z0-9]+/[A-Z0-9]+")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CREDENTIALS = re.compile(r",.*$|\([^)]*\)")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Letters that Unicode does not take apart into a letter and a mark."""
_GMAIL = {"gmail.com", "googlemail.com"}
_suffixes = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=100_000)
def key(handle: Handle) -> str | None:
    """The identity's key within a network, or None where the text is not what its kind says.

    A NAME's key is `name:<folded>`: it holds only within one source, and whoever stores it says which.
    """
    if handle.kind is HandleKind.EMAIL:
        return _email(handle.text)
    if handle.kind is HandleKind.LINKEDIN:
        return _profile(handle.text)
    if handle.kind is HandleKind.PHONE:
        return _phone(handle.text)
    if handle.kind is HandleKind.SLACK:
        return f"slack:{handle.text}" if _SLACK.fullmatch(handle.text) else None
    name = folded(handle.text)
    return f"name:{name}" if name else None


def _email(text: str) -> str | None:
    local, at, domain = text.strip().strip("<>").lower().rpartition("@")
    local, domain = local.strip("\"' "), domain.strip().rstrip(".")
    if not at or not local or not domain or re.search(r"[\s@,;<>]", local + domain):
        return None
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode()
        except UnicodeError:
            return None
    if domain in _GMAIL:
        local, domain = local.split("+")[0].replace(".", ""), "gmail.com"
    return f"email:{local}@{domain}" if local else None


def _profile(text: str) -> str | None:
    found = _SLUG.search(text)
    if not found:
        return None
    slug = unicodedata.normalize("NFC", unquote(found[1])).casefold().strip("/ ")
    return f"linkedin:{slug}" if slug else None


def _phone(text: str) -> str | None:
    """In E.164; None where no country is given or there is no such number."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return f"phone:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}"


def clean(name: str) -> str:
    """A name fit to show: composed, on one line, without marks that hide or turn text."""
    return " ".join(_HIDDEN.sub("", unicodedata.normalize("NFC", name)).split())[:200]


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name to compare by: no case, accents, credentials or punctuation; `Okafor, Ada` is `ada okafor`."""
    text = clean(name)
    family, comma, given = text.partition(",")
    if comma and " " not in family.strip() and len(given.split()) == 1 and given.strip().istitle():
        text = f"{given} {family}"
    text = _CREDENTIALS.sub("", text)
    return _bare(text)


@lru_cache(maxsize=100_000)
def company_key(name: str) -> str:
    """A company's name to compare by: no legal form, case, accents or punctuation; empty where nothing is left."""
    text = clean(name)
    return _bare(basename(text) or text)


def _bare(text: str) -> str:
    marks = unicodedata.normalize("NFKD", text.casefold().translate(_STROKED))
    letters = "".join(letter for letter in marks if not unicodedata.combining(letter))
    return " ".join(_NOT_WORD.sub(" ", letters).split())


def work_domain(key: str) -> str | None:
    """The registrable domain of an e-mail key, None for other keys and for domains anybody can have."""
    kind, _, address = key.partition(":")
    if kind != HandleKind.EMAIL:
        return None
    domain = _registered(address.rpartition("@")[2])
    return None if domain in _public_domains() else domain


@lru_cache(maxsize=100_000)
def _registered(host: str) -> str:
    return _suffixes(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def fits(company: str, domain: str) -> bool:
    """Whether a company, by its key, is the one that owns a domain: `acme robotics` fits acme-robotics.com and acme.io.

    The domain's own word must equal the name run together, its first word of four letters or more, or its initials of
    three or more.
    """
    label = re.sub(r"[^\w]", "", domain.partition(".")[0])
    words = company.split()
    initials = "".join(word[0] for word in words)
    return bool(words) and (
        label == "".join(words)
        or (len(words[0]) >= 4 and label == words[0])
        or (len(initials) >= 3 and label == initials)
    )


@cache
def _public_domains() -> frozenset[str]:
    text = files("graph.names").joinpath("public_domains.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))
