"""A name in other words: in Latin letters whatever its script, by short forms, without a patronymic.

For search alone: what two people share here never makes them one.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from graph.names.keys import folded

_COMPOUND = {"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "皇甫", "남궁", "황보"}
"""Family names of two signs, where nearly all have one."""
_BY_SIGNS = re.compile("[\u3400-\u9fff\uac00-\ud7a3]{2,4}")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_ENDING = re.compile(r"(?<=\w\w)(?:iy|ii|yy|yi|ij)$")
"""Дмитрий is Dmitriy, Dmitrii and Dmitry to as many officials."""
_PATRONYMIC = re.compile(r"\w{3,}(?:ovich|evich|ovych|evych|ovna|evna|ivna|inichna)|\w")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WITHOUT_UMLAUT = re.compile("(?<=[aou])e(?=[^aeiou])|(?<=a)a")
_MOST = 12
"""Words of a question that are looked for in all their forms: nobody's name has more."""


@lru_cache(maxsize=100_000)
def latin(name: str) -> str:
    """A folded name in Latin letters, a sign's reading taken from Mandarin; mostly itself."""
    words = unicodedata.normalize("NFC", name).split()  # folding takes Korean syllables apart
    return " ".join(filter(None, (_latin(part) for word in words for part in _parted(word))))


def differing(name: str) -> str | None:
    """What a name is in Latin letters, where folding alone does not give it."""
    plain = folded(name)
    other = latin(plain)
    return other if other and other != plain else None


def forms(name: str) -> list[list[str]]:
    """For each word of a question, all that it may be written as, its own Latin form first."""
    words = latin(folded(name)).split()
    other = latin(folded(name.lower().translate(_UMLAUTS))).split()
    if len(other) != len(words):
        other = words
    return [
        _forms(word, also) if place < _MOST else [word]
        for place, (word, also) in enumerate(zip(words, other, strict=True))
    ]


def shorter(found: list[list[str]]) -> list[list[str]]:
    """A question without patronymics and initials, where a name of two words is left."""
    left = [words for words in found if not _PATRONYMIC.fullmatch(words[0])]
    return left if 2 <= len(left) < len(found) else []


def _forms(word: str, also: str) -> list[str]:
    found = dict.fromkeys([word, also, _WITHOUT_UMLAUT.sub("", word)])
    for one in list(found):
        found.update(dict.fromkeys(_families().get(one, ())))
    return list(found)


def _parted(word: str) -> tuple[str, ...]:
    """Family and given name, which Chinese and Korean write without a space."""
    if not _BY_SIGNS.fullmatch(word):
        return (word,)
    family = 2 if word[:2] in _COMPOUND else 1
    return word[:family], word[family:]


def _latin(word: str) -> str:
    plain = word if word.isascii() else "".join(filter(str.isalnum, anyascii(word).lower()))
    if _GREEK.search(word):
        plain = plain.replace("oy", "ou")
    return _ENDING.sub("y", plain)


@cache
def _families() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for file in ("nicknames.txt", "spellings.txt"):
        for line in files("graph.names").joinpath(file).read_text("utf-8").splitlines():
            words = [] if line.startswith("#") else [_latin(word) for word in line.split()]
            for word in words:
                found.setdefault(word, {}).update(dict.fromkeys(words))
    return {word: tuple(family) for word, family in found.items()}
