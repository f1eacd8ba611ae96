"""Find e-mail addresses, phone numbers and LinkedIn profiles in free text, by their form.

A cell may contain a megabyte, so every function here takes time linear in the length of its text.
"""

import re
from collections.abc import Iterable, Iterator

from graph.records import Handle, HandleKind, PersonMention

_SEPARATORS = re.compile(r"[\s,;<>()\[\]\"|]+")
_PLAIN_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")  # most cells contain one address and nothing else
_EMAIL = re.compile(r"[^@:/\\]+@[^@:/\\.]+(?:\.[^@:/\\.]+)+\.?")
_PROFILE = re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/(?:in|pub)/[^?#].*", re.IGNORECASE)
_PLAIN_PROFILE = re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/(?:in|pub)/[\w%/.-]+", re.IGNORECASE)
# Without its country code, a number can belong to several people.
_PHONE = re.compile(r"\+[\d\s().\-‐‑–/]{6,30}")
_PLAIN_PHONE = re.compile(r"\+\d{7,30}")
_NON_DIGITS = re.compile(r"\D+")
_MIN_DIGITS = 7


def find_emails(text: str) -> list[str]:
    if _PLAIN_EMAIL.fullmatch(text):
        return [text]
    return [word for word in map(_unquoted, _SEPARATORS.split(text)) if "@" in word and _EMAIL.fullmatch(word)]


def find_phones(text: str) -> list[str]:
    """The phone numbers with a `+`, as the text writes them."""
    if "+" not in text:
        return []
    if _PLAIN_PHONE.fullmatch(text):
        return [text]
    numbers = (match[0].strip(" -/.(") for match in _PHONE.finditer(text))
    return [number for number in numbers if len(phone_digits(number)) >= _MIN_DIGITS]


def find_profiles(text: str) -> list[str]:
    """The URLs of LinkedIn profiles of people, not of companies or schools."""
    if _PLAIN_PROFILE.fullmatch(text):
        return [text]
    return [word for word in _SEPARATORS.split(text) if _PROFILE.fullmatch(word)]


def find_handles(text: str) -> Iterator[Handle]:
    """Every profile, address and phone number in the text: what identifies a person without a name."""
    yield from (Handle(HandleKind.LINKEDIN, url) for url in find_profiles(text))
    yield from (Handle(HandleKind.EMAIL, email) for email in find_emails(text))
    yield from (Handle(HandleKind.PHONE, number) for number in find_phones(text))


def phone_digits(number: str) -> str:
    digits = number.removeprefix("+")
    return digits if digits.isdecimal() else _NON_DIGITS.sub("", digits)


def build_person(name: str, handles: Iterable[Handle]) -> PersonMention | None:
    """One person from all handles of a row; None if there is neither a handle nor a name.

    The name becomes a handle if all others are phone numbers: only graph.names can validate those.
    """
    unique = tuple(dict.fromkeys(handles))
    usable_name = name if name[:1].isalnum() or any(map(str.isalnum, name)) else ""
    if usable_name and all(handle.kind is HandleKind.PHONE for handle in unique):
        unique = (*unique, Handle(HandleKind.NAME, usable_name))
    return PersonMention(unique, usable_name or None) if unique else None


def parse_person(text: str) -> PersonMention | None:
    """The person in `Ana Ek <ana@a.example>`, an address, a profile, a phone number with its `+`, or a bare name."""
    words = _PHONE.sub(" ", text).replace("<", " <").split()
    name = " ".join(word for word in words if "@" not in word and "linkedin.com/" not in word)
    return build_person(name.strip("\"'<>() "), find_handles(text))


def _unquoted(word: str) -> str:
    return word.removeprefix("mailto:").strip("'")
