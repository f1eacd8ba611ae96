"""The parts of a person's name: puts `Last, First` into the order of speech, and finds the name for a greeting.

What follows a comma is left out of comparisons only if it is a known credential (credentials.txt): `van Dijk, Els` has
two parts of a name, and `Els van Dijk, PhD` has one.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from cleanco import basename

from graph.database.gc_tuning import large_cache

_BRACKETS = re.compile(
    r"\s*[(\[{<][^()\[\]{}<>]*[)\]}>]\s*|\s+[-–—|/]\s+(?:ext|extern|external|externe|contractor|consultant|guest)\.?$"
    r"|\s+/\s+[^/,]*\d[^/,]*$",
    re.IGNORECASE,
)
"""A remark of a company's directory on a person."""
_QUOTES = "'\"‘’“”„«»` "
_GENERATION = re.compile(r"(?:jr|sr|junior|senior|filho|neto|ii|iii|iv)\.?", re.IGNORECASE)
_TITLES = frozenset(
    ["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "dipl", "ing", "mag", "herr", "frau", "dra", "mme"]
)
_PARTICLES = frozenset(
    ["de", "la", "los", "las", "del", "da", "do", "dos", "das", "di", "y", "e", "van", "von", "bin", "al"]
)
_OFFICES = frozenset(
    ["head", "director", "manager", "engineer", "founder", "partner", "consultant", "recruiter", "sales", "marketing"]
)
_NOT_IN_NAMES = re.compile(r"[\d&/@+:;<>|#]")
_MAX_GIVEN_WORDS = 4
_MAX_FAMILY_WORDS = 5
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|ovich|evich|ovna|evna)$", re.IGNORECASE)
_VIETNAMESE_FAMILIES = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dinh",
    ]
)
_VIETNAMESE_LETTERS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@large_cache(maxsize=100_000)
def natural_name(text: str) -> str:
    """A name on one line in the order of speech: `van Dijk, Els (EXT)` → `Els van Dijk (EXT)`. Nothing is lost."""
    name = text.strip(_QUOTES) if text[:1] in _QUOTES and text[-1:] in _QUOTES else text
    if "," not in name or "@" in name:
        return name
    plain = _BRACKETS.sub(" ", name).strip()
    if basename(plain) != plain and not plain.split()[-1].islower():
        return name  # a company: `Acme, Inc.`
    brackets = " ".join(bracket.strip() for bracket in _BRACKETS.findall(name))
    first, *parts = [part.strip() for part in plain.split(",") if part.strip()] or [""]
    generations = [part for part in parts if _GENERATION.fullmatch(part)]
    parts = [part for part in parts if part not in generations]
    # `Lee, Ma` is a name, and `Lee, MA, Tom` has a degree
    others_than_degrees = [part for part in parts if not _has_only_credentials(part)]
    given, *others = (others_than_degrees or parts) or [""]
    if not given or not _is_family_and_given(first, given):
        return name
    credentials = [part for part in parts if part != given and part not in others]
    if _CJK.fullmatch(first) and _CJK.fullmatch(given):
        return f"{first} {given}"
    titles, family = _split_titles(first)
    given_words = given.split()
    while len(given_words) > 1 and _GENERATION.fullmatch(given_words[-1]):
        generations.insert(0, given_words.pop())
    ordered = " ".join(filter(None, (titles, *given_words, family, *generations, brackets)))
    return ", ".join((" - ".join((ordered, *others)), *credentials))


def without_credentials(name: str) -> str:
    """A name without brackets and without the credentials that follow a comma; other commas become spaces."""
    if "," not in name and not _BRACKETS.search(name):
        return name
    first, *others = _BRACKETS.sub(" ", name).split(",")
    return " ".join((first, *(part for part in others if not _is_credential(part, first))))


def given_name(name: str) -> str:
    """The name for a greeting: `Els` of `Els van Dijk`, `van Dijk, Els`, `VAN DIJK Els` or `Dr. Els van Dijk`."""
    plain = without_credentials(natural_name(name))
    words = [word for word in plain.split() if not _is_title(word)] or plain.split() or [name]
    if len(words) > 1 and not _GENERATION.fullmatch(words[1]):
        words = _given_words(words)
    full = next((word for word in words if len(word.strip(".")) > 1), words[0])
    is_in_one_case = (full.isupper() and len(full) > 2) or (full.islower() and "@" not in full)
    return full.capitalize() if is_in_one_case else full


def _is_title(word: str) -> bool:
    """Whether a word is a title such as `Dr.`, or a part of one such as `med.`"""
    return word.strip(".").casefold() in _TITLES or (word.endswith(".") and word.islower())


def _given_words(words: list[str]) -> list[str]:
    """The given names among several words, in their order, possibly followed by the family name."""
    if _CJK.fullmatch("".join(words)):
        return words[1:]  # the family name comes first
    if len(words) > 2 and _is_vietnamese(words):
        return words[-1:]
    if len(words) == 3 and _PATRONYMIC.search(words[2]):
        return words[1:]  # `Иванов Сергей Петрович`
    in_capitals = [word for word in words if word.isupper() and len(word.strip(".")) > 1]
    if in_capitals and words[0] in in_capitals and len(in_capitals) < len(words):
        return [word for word in words if word not in in_capitals]  # `DOE Jane`: capitals mark the family name
    if len(in_capitals) == len(words) == 2 and _is_given(words[1]) and not _is_given(words[0]):
        return words[1:]
    return words


def _is_vietnamese(words: list[str]) -> bool:
    return _plain(words[0]) in _VIETNAMESE_FAMILIES and _VIETNAMESE_LETTERS.search("".join(words)) is not None


def _is_family_and_given(family: str, given: str) -> bool:
    """Whether two parts beside a comma are the family name and the given names of a person."""
    family_words, given_words = family.split(), given.split()
    if _is_credential(given, family) or _NOT_IN_NAMES.search(family + given):
        return False
    if len(given_words) > _MAX_GIVEN_WORDS or len(family_words) > _MAX_FAMILY_WORDS:
        return False
    is_phrase = (
        any(word.islower() and not _is_title(word) and word not in _PARTICLES for word in given_words)
        and not family.islower()
    )
    searched = given_words[:1] if len(family_words) == 1 else given_words
    if is_phrase or not _OFFICES.isdisjoint(word.casefold() for word in searched):
        return False  # `Jane Okonkwo, Head of Sales`
    # `Jane Okonkwo, Lagos`: a given name before the comma, and none after it
    is_natural = len(family_words) > 1 and _is_given(family_words[0]) and not _is_given(given_words[0])
    return not is_natural


def _is_credential(part: str, name: str) -> bool:
    """Whether all words of a part are credentials. `Lee, Ma` is a name."""
    is_short = len(name.split()) == 1 and len(part.replace(".", "").strip()) < 3
    return not is_short and _has_only_credentials(part)


def _has_only_credentials(part: str) -> bool:
    words = re.split(r"[\s/]+", part.replace(".", "").strip())
    exact, folded = _credentials()
    return all(word in exact or word.casefold() in folded for word in words if word) and any(words)


def _split_titles(text: str) -> tuple[str, str]:
    words = text.split()
    count = next((place for place, word in enumerate(words) if not _is_title(word)), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if letter.isalpha())


def _is_given(word: str) -> bool:
    return _plain(word) in _given_names()


@cache
def _credentials() -> tuple[frozenset[str], frozenset[str]]:
    """The credentials in capital letters, and the others in lower case."""
    lines = files("graph.names").joinpath("credentials.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return frozenset(words), frozenset(word.casefold() for word in words if not word.isupper())


@cache
def _given_names() -> frozenset[str]:
    lines = files("graph.names").joinpath("nicknames.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
