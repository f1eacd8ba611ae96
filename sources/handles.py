"""What a cell of free text calls somebody by: addresses, phone numbers and profiles, told apart by their form.

A cell may hold a megabyte: nothing here takes longer than reading it.
"""

import re
from collections.abc import Iterable, Iterator

from graph.records import Handle, HandleKind, PersonMention

_BETWEEN = re.compile(r"[\s,;<>()\[\]\"|]+")
_EMAIL = re.compile(r"[^@:/\\]+@[^@:/\\.]+(?:\.[^@:/\\.]+)+\.?")
_PROFILE = re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/(?:in|pub)/[^?#].*", re.IGNORECASE)
# A number without its country is nobody's in particular.
_PHONE = re.compile(r"\+[\d\s().\-‐‑–/]{6,30}")
_NO_DIGIT = re.compile(r"\D+")
_LEAST_DIGITS = 7


def emails(text: str) -> list[str]:
    return [word for word in map(_bare, _BETWEEN.split(text)) if "@" in word and _EMAIL.fullmatch(word)]


def phones(text: str) -> list[str]:
    found = (match[0].strip(" -/.(") for match in _PHONE.finditer(text))
    return [number for number in found if len(digits(number)) >= _LEAST_DIGITS]


def profiles(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if _PROFILE.fullmatch(word)]


def digits(number: str) -> str:
    return _NO_DIGIT.sub("", number)


def somebody(name: str, handles: Iterable[Handle]) -> PersonMention | None:
    """One person by all that a row gives; None where it gives nothing to know one by.

    Their name stands in for phone numbers alone: whether these are any, only graph.identity can tell.
    """
    found = tuple(dict.fromkeys(handles))
    called = name if any(letter.isalnum() for letter in name) else ""
    if called and all(handle.kind is HandleKind.PHONE for handle in found):
        found = (*found, Handle(HandleKind.NAME, called))
    return PersonMention(found, called or None) if found else None


def handles(text: str) -> Iterator[Handle]:
    """Everything in a text by which somebody can be told exactly."""
    yield from (Handle(HandleKind.LINKEDIN, url) for url in profiles(text))
    yield from (Handle(HandleKind.EMAIL, email) for email in emails(text))
    yield from (Handle(HandleKind.PHONE, number) for number in phones(text))


def person(text: str) -> PersonMention | None:
    """Whom a text means: `Ana Ek <ana@a.example>`, an address, a profile, a number with its `+`, or a name alone."""
    words = _PHONE.sub(" ", text).replace("<", " <").split()
    name = " ".join(word for word in words if "@" not in word and "linkedin.com/" not in word)
    return somebody(name.strip("\"'<>() "), handles(text))


def _bare(word: str) -> str:
    return word.removeprefix("mailto:").strip("'")
