"""Compare the names in one address book: two spellings of one person, or two people."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

_MIN_SHORT_FORM = 3


def can_be_one_person(names: Iterable[str]) -> bool:
    """Whether all names can be spellings of one person's: `Okafor, Ben`, `Dr. Ben Okafor`, `B. Okafor`, `Ben`."""
    words = {_words(name) for name in names} - {frozenset()}
    return all(_agree(one, other) for one, other in combinations(words, 2))


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each word of the shorter name is in the longer one, perhaps as a short form."""
    short, long = sorted((one, other), key=len)
    return all(any(_is_same_word(word, candidate) for candidate in long) for word in short) and bool(
        short & long or len(short) == 1
    )


def _is_same_word(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) in (1, *range(_MIN_SHORT_FORM, len(long))) and long.startswith(short))


@lru_cache(maxsize=50_000)
def _words(name: str) -> frozenset[str]:
    """The words of a name without case, accents and punctuation. A name that is an address has none."""
    if "@" in name:
        return frozenset()
    plain = (char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return frozenset("".join(char if char.isalnum() else " " for char in plain).split())
