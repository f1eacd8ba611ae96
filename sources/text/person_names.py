"""Compare the names that one address or number has in several entries of one list."""

import re
from unicodedata import combining, normalize

_TITLES = frozenset(
    (
        *(
            "dr",
            "prof",
            "professor",
            "mr",
            "mrs",
            "ms",
            "miss",
            "mx",
            "sir",
            "dame",
            "herr",
            "frau",
            "dipl",
            "ing",
            "mag",
        ),
        *(
            "med",
            "phd",
            "md",
            "mba",
            "jr",
            "sr",
            "ii",
            "iii",
            "iv",
            "ext",
            "external",
            "sig",
            "sra",
            "dott",
            "dra",
            "drs",
        ),
        *("ir", "mme", "mlle", "monsieur", "madame", "senor", "senora", "dhr", "mevr"),
    )
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_NOT_LETTER = re.compile(r"[^\w]|[\d_]")
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def joined_name(given: str, middle: str, family: str) -> str:
    """A name from its parts, in the order of speech: in Chinese, Japanese and Korean the family name is first."""
    if _CJK.fullmatch(given) and _CJK.fullmatch(family):
        return f"{family} {given}"
    return " ".join(filter(None, (given, middle, family)))


def name_words(name: str) -> frozenset[str]:
    """The words of a name in any order, without case, accents, titles, initials and notes in brackets."""
    folded = "".join(letter for letter in normalize("NFKD", _NOTE.sub(" ", name).casefold()) if not combining(letter))
    words = _NOT_LETTER.sub(" ", folded.replace("'", "").replace("’", "")).split()
    return frozenset(word for word in words if word not in _TITLES and (len(word) > 1 or not word.isascii()))


def _may_be_one_person(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two names at one address may be two spellings of one person: `Dr. Iris Castellan`, `Castellan, Iris`."""
    return words <= others or others <= words


class SharedHandles:
    """Finds the addresses and numbers that occur with the names of several people. `add` every entry first."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._shared: set[str] = set()

    def add(self, key: str, name: str) -> None:
        """Add the name that one entry gives for an address or number."""
        known = self._names.setdefault(key, name)
        if known != name:
            known_words, words = name_words(known), name_words(name)
            if words and known_words and not _may_be_one_person(known_words, words):
                self._shared.add(key)
            elif len(words) > len(known_words):
                self._names[key] = name

    def __contains__(self, key: str) -> bool:
        return key in self._shared
