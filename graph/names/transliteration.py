"""Alternative forms of a name for search: Latin transliteration, nicknames, spellings, no patronymic.

Only search uses them: a shared form never joins two people.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from anyascii import anyascii

from graph.database.gc_tuning import large_cache
from graph.names.keys import fold_name

_COMPOUND_SURNAMES = {"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "皇甫", "남궁", "황보"}
"""Family names of two characters; nearly all others have one."""
_CJK_NAME = re.compile("[\u3400-\u9fff\uac00-\ud7a3]{2,4}")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_Y_ENDING = re.compile(r"(?<=\w\w)(?:iy|ii|yy|yi|ij)$")
"""Дмитрий is transliterated as Dmitriy, Dmitrii and Dmitry."""
_PATRONYMIC = re.compile(r"\w{3,}(?:ovich|evich|ovych|evych|ovna|evna|ivna|inichna)|\w")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WITHOUT_UMLAUT = re.compile("(?<=[aou])e(?=[^aeiou])|(?<=a)a")
_MAX_EXPANDED_WORDS = 12
"""Only this many words of a query are expanded to all their forms: no name is longer."""


@large_cache(maxsize=100_000)
def to_latin(name: str) -> str:
    """A folded name in Latin letters; Chinese characters are read as Mandarin. A Latin name is returned unchanged."""
    words = unicodedata.normalize("NFC", name).split()  # folding decomposes Korean syllables
    return " ".join(filter(None, (_word_to_latin(part) for word in words for part in _split_cjk_name(word))))


def latin_if_different(name: str) -> str | None:
    """The name in Latin letters, or None if it equals the folded name."""
    plain = fold_name(name)
    latin = to_latin(plain)
    return latin if latin and latin != plain else None


def word_forms(name: str) -> list[list[str]]:
    """For each word of a query all forms in which it may be written, its own Latin form first."""
    words = to_latin(fold_name(name)).split()
    expanded = to_latin(fold_name(name.lower().translate(_UMLAUTS))).split()
    if len(expanded) != len(words):
        expanded = words
    return [
        _forms_of(word, variant) if position < _MAX_EXPANDED_WORDS else [word]
        for position, (word, variant) in enumerate(zip(words, expanded, strict=True))
    ]


def without_patronymics(words: list[list[str]]) -> list[list[str]]:
    """The word forms of a query without patronymics and initials.

    Returns an empty list if nothing was removed, or if fewer than two words remain.
    """
    remaining = [forms for forms in words if not _PATRONYMIC.fullmatch(forms[0])]
    return remaining if 2 <= len(remaining) < len(words) else []


def _forms_of(word: str, variant: str) -> list[str]:
    forms = dict.fromkeys([word, variant, _WITHOUT_UMLAUT.sub("", word)])
    for form in list(forms):
        forms.update(dict.fromkeys(_equivalents().get(form, ())))
    return list(forms)


def _split_cjk_name(word: str) -> tuple[str, ...]:
    """Family and given name, which Chinese and Korean write without a space."""
    if not _CJK_NAME.fullmatch(word):
        return (word,)
    family = 2 if word[:2] in _COMPOUND_SURNAMES else 1
    return word[:family], word[family:]


def _word_to_latin(word: str) -> str:
    plain = word if word.isascii() else "".join(filter(str.isalnum, anyascii(word).lower()))
    if _GREEK.search(word):
        plain = plain.replace("oy", "ou")
    return _Y_ENDING.sub("y", plain)


@cache
def _equivalents() -> dict[str, tuple[str, ...]]:
    """Each name with all that nicknames.txt and spellings.txt list with it."""
    groups: dict[str, dict[str, None]] = {}
    for file in ("nicknames.txt", "spellings.txt"):
        for line in files("graph.names").joinpath(file).read_text("utf-8").splitlines():
            words = [] if line.startswith("#") else [_word_to_latin(word) for word in line.split()]
            for word in words:
                groups.setdefault(word, {}).update(dict.fromkeys(words))
    return {word: tuple(group) for word, group in groups.items()}
