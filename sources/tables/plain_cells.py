"""Undo what spreadsheets and web pages did to a cell: formulas that keep text as text, and HTML entities."""

import html
import re

_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_QUOTED_NUMBER = re.compile(r"'(?=[=+@\d(-])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_MAX_ESCAPES = 2
"""How often web pages escape a text: `&amp;uuml;` is `ü`."""
_SHORTENED_NUMBER = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d{1,2}")


def plain_cell(text: str) -> str:
    """The text that a cell shows: `="+49 30"` becomes `+49 30`, `'+49` becomes `+49`, `&uuml;` becomes `ü`."""
    if text[:1] in ("=", "'"):
        if match := _TEXT_FORMULA.fullmatch(text):
            text = match[1].replace('""', '"').strip()
        text = _QUOTED_NUMBER.sub("", text, count=1) if text.startswith("'") else text
    for _ in range(_MAX_ESCAPES):
        if "&" in text:
            text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def is_shortened_number(text: str) -> bool:
    """Whether a spreadsheet wrote a long number as `4.91512E+12`, which loses its last digits."""
    return "E" in text and _SHORTENED_NUMBER.fullmatch(text) is not None
