"""Recognise attendees that are no people and are not marked so: rooms, equipment, distribution lists, schedulers."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER_OR_LETTER = re.compile(r"\W*(?:[^\W_]|[^\W\d_]?\d[^\W_]*)(?:\W|$)")
_LIST_PREFIX = re.compile(r"(?:dl|dg|dist|grp)[-_]\w")
"""How directories begin the names of distribution lists."""
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_BETWEEN_PLACES = re.compile(r"[;,/|]")
_MAX_LENGTH = 1_000


@lru_cache(maxsize=1_024)
def places_of(location: str) -> frozenset[str]:
    """The names of the places of an event, for comparison: the whole text and each of its parts."""
    text = location[:_MAX_LENGTH]
    return frozenset(filter(None, map(_folded, (text, *_BETWEEN_PLACES.split(text)))))


def is_resource(name: str | None, address: str | None, places: frozenset[str]) -> bool:
    """Whether a name, or an address without a name, is that of a place of the event, of equipment or of a list."""
    if name:
        return (bool(places) and _folded(name) in places) or _is_named_as_resource(name[:_MAX_LENGTH])
    return address is not None and (_is_resource_address(address) or (bool(places) and _folded(address) in places))


@lru_cache(maxsize=16_384)
def _is_resource_address(address: str) -> bool:
    return _has_resource_word(_WORD.findall(address.rpartition("@")[0].casefold()))


@lru_cache(maxsize=16_384)
def _is_named_as_resource(name: str) -> bool:
    folded = name.casefold()
    words = _WORD.findall(folded)
    if any(part in folded for part in _words()["anywhere"]) or _LIST_PREFIX.match(folded):
        return True
    if not words:
        return False
    if _has_resource_word(words) or _words()["lists"].issuperset(words):
        return True
    first = _WORD.search(name)
    assert first, "the name has words"
    return words[0] in _words()["before_numbers"] and _NUMBER_OR_LETTER.match(name, first.end()) is not None


def _has_resource_word(words: Sequence[str]) -> bool:
    return any(word in _words()["words"] or word.startswith(_beginnings()) for word in words)


def _folded(text: str) -> str:
    return " ".join(_BRACKETS.sub(" ", text).casefold().split())


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files("sources.calendar").joinpath("resource_words.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(sorted(_words()["begins"]))
