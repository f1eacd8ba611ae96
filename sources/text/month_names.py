"""The number of a month by its name in many languages."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

_LANGUAGES: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("month_names.toml").read_text("utf-8"))


@lru_cache(maxsize=1_024)
def month_number(word: str) -> int:
    """The number of a month by its name or the beginning of its name. Raises ValueError."""
    key = "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter))
    for names in _LANGUAGES.values():
        if key in names:
            return names.index(key) + 1
    english = {number for number, name in enumerate(_LANGUAGES["en"], 1) if name.startswith(key)}
    months = {number for names in _LANGUAGES.values() for number, name in enumerate(names, 1) if name.startswith(key)}
    (month,) = english or months
    return month
