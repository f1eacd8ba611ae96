"""Normalisation for comparison: identity keys, folded names, company keys and work domains.

Equal keys prove that two identities are the same. Folded names and companies only serve look-ups: alone they never
join two people.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import phonenumbers
from cleanco import basename

from graph.database.gc_tuning import large_cache
from graph.names.name_order import natural_name, without_credentials
from graph.names.visible_text import visible_text
from graph.records import Handle, HandleKind

_SLUG = re.compile(r"linkedin\.com/(?:in|pub)/([^?#]+)", re.IGNORECASE)
_SLACK = re.compile(r"[A-Z0-9]+/[A-Z0-9]+")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Letters that Unicode does not decompose into a base letter and a combining mark."""
_EMAIL_PREFIX = f"{HandleKind.EMAIL}:"
_GMAIL = {"gmail.com", "googlemail.com"}


@large_cache(maxsize=100_000)
def identity_key(handle: Handle) -> str | None:
    """The identity's key within a network, or None if the text is not valid for its kind.

    The key of a NAME is `name:<folded>`. It is unique only within one source, so the caller adds the source's id.
    """
    text = visible_text(handle.text)
    if handle.kind is HandleKind.EMAIL:
        return _email_key(text)
    if handle.kind is HandleKind.LINKEDIN:
        return _profile_key(text)
    if handle.kind is HandleKind.PHONE:
        return _phone_key(text)
    if handle.kind is HandleKind.SLACK:
        return f"slack:{text}" if _SLACK.fullmatch(text) else None
    name = fold_name(text)
    return f"name:{name}" if name else None


def _email_key(text: str) -> str | None:
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
    if not local or local.partition("+")[0].rstrip("0123456789") in _placeholders():
        return None
    return f"email:{local}@{domain}"


def key_text(key: str) -> str:
    """The text of an identity's key as people write it: `ana@x.example` for `email:ana@x.example`.

    For the key of a bare name, `name:<source>/<folded>` or `name:<folded>`, it is the folded name.
    """
    kind, _, text = key.partition(":")
    return text.rpartition("/")[2] if kind == HandleKind.NAME else text


def untagged_key(key: str) -> str:
    """The key of the address without its tag: `email:ana@x.example` for `email:ana+news@x.example`; else the key."""
    name, at, domain = key.rpartition("@")
    plain = name.partition("+")[0]
    return f"{plain}@{domain}" if at and key.startswith(_EMAIL_PREFIX) and len(plain) > len(_EMAIL_PREFIX) else key


def _profile_key(text: str) -> str | None:
    match = _SLUG.search(text)
    if not match:
        return None
    slug = "".join(visible_text(unicodedata.normalize("NFC", unquote(match[1]))).casefold().split("\n")).strip("/ ")
    return f"linkedin:{slug}" if slug else None


def _phone_key(text: str) -> str | None:
    """The number in E.164, or None if the country is missing or the number is not valid."""
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return f"phone:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}"


def clean_text(name: str) -> str:
    """A name for display: composed, on one line, without invisible or direction-changing characters."""
    return " ".join(visible_text(unicodedata.normalize("NFC", name)).split())[:200]


def person_name(name: str) -> str:
    """A person's name for display, in the order of speech."""
    return natural_name(clean_text(name))


@large_cache(maxsize=100_000)
def fold_name(name: str) -> str:
    """A name for comparison, without case, accents, credentials or punctuation: `van Dijk, Els` → `els van dijk`."""
    return _without_accents(without_credentials(person_name(name)))


@large_cache(maxsize=100_000)
def company_key(name: str) -> str:
    """A company's name for comparison, without legal form, case, accents or punctuation.

    Empty if the text names no company: `Self-employed`, `Stealth Startup`, `-`.
    """
    text = clean_text(name)
    if _without_accents(text) in _placeholder_employers():
        return ""
    return _without_accents(basename(text) or text)


@cache
def _placeholder_employers() -> frozenset[str]:
    lines = files("graph.names").joinpath("placeholder_employers.txt").read_text("utf-8").splitlines()
    return frozenset(_without_accents(line) for line in lines if line and not line.startswith("#"))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKED))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_NOT_WORD.sub(" ", letters).split())


def work_domain(key: str) -> str | None:
    """The registrable domain of an e-mail key; None for other keys and for public mail providers."""
    kind, _, address = key.partition(":")
    if kind != HandleKind.EMAIL:
        return None
    domain = _registrable_domain(address.rpartition("@")[2])
    return None if domain in _public_domains() else domain


@cache
def _domain_extractor() -> Callable[[str], Any]:
    import tldextract  # noqa: PLC0415 - imports requests, which takes longer than the rest of a command's start

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@large_cache(maxsize=100_000)
def _registrable_domain(host: str) -> str:
    return _domain_extractor()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def company_owns_domain(company: str, domain: str) -> bool:
    """Whether the domain's name matches the company's key: `acme robotics` matches acme-robotics.com and acme.io.

    The first label of the domain must equal one of: the name without spaces, its first word (at least four letters),
    or its initials (at least three).
    """
    return re.sub(r"[^\w]", "", domain.partition(".")[0]) in domain_labels(company)


def domain_labels(company: str) -> frozenset[str]:
    """The first labels of the domains that a company owns, without hyphens. See `company_owns_domain`."""
    words = company.split()
    initials = "".join(word[0] for word in words)
    first = words[:1] if words and len(words[0]) >= 4 else []
    return frozenset(filter(None, ["".join(words), *first, initials if len(initials) >= 3 else ""]))


@cache
def _public_domains() -> frozenset[str]:
    return words_of("public_domains.txt")


@cache
def _placeholders() -> frozenset[str]:
    return words_of("placeholder_addresses.txt")


def words_of(file: str) -> frozenset[str]:
    """The words of a data file in this package, without comments, which begin with `#`."""
    lines = files("graph.names").joinpath(file).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
