"""Removes characters that a reader cannot see: they hide or reorder text, or give orders to a terminal.

Records are stored without them (graph.names.keys). Every exit removes them again, because rows of earlier versions may
still contain them.
"""

from typing import Any
from unicodedata import category

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and format characters (such as escape and direction overrides), lone surrogates and separators."""
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")
"""Letters and marks without a shape."""


def is_visible_character(character: str) -> bool:
    """Whether a character has a shape or is a space, and does nothing to the characters around it."""
    return character not in _INVISIBLE_LETTERS and category(character) not in _UNSAFE


def visible_text(text: str) -> str:
    """The text without invisible characters, except line feeds and tabs. Other breaks of lines become spaces.

    An escape sequence loses the escape character: what follows it is printed.
    """
    if text.isprintable() and _INVISIBLE_LETTERS.isdisjoint(text):
        return text
    return "".join(
        character if character in "\n\t" or is_visible_character(character) else " " if character.isspace() else ""
        for character in text.replace("\r\n", "\n")
    )


def visible_values(data: Any) -> Any:
    """The same JSON-compatible data with `visible_text` in place of every string."""
    if isinstance(data, str):
        return visible_text(data)
    if isinstance(data, dict):
        return {visible_values(key): visible_values(value) for key, value in data.items()}
    return [visible_values(item) for item in data] if isinstance(data, list | tuple) else data
