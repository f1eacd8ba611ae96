"""Detect the charset of a text that is not UTF-8, such as a CSV that a spreadsheet saved.

Such a text is short and consists of names, so statistics of a language mislead. Each charset that spreadsheets write is
tried. A wrong one has symbols inside words, several scripts in one word, capitals inside words, or rare letters.
"""

import codecs
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from unicodedata import category, name

_SAMPLE_SIZE = 16_384
"""Bytes that suffice for a decision."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZERO_SHARE = 0.3
"""The share of zero bytes at even or at odd positions from which a text is UTF-16."""
_CHARSETS = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r"),
    *("mac_roman", "cp850", "cp949", "gb18030", "big5", "cp932"),
)
"""The first of several equally plausible ones is chosen."""
_COMMON_CJK = {
    "cp949": re.compile(rb"[\xb0-\xc8][\xa1-\xfe]"),
    "gb18030": re.compile(rb"[\xb0-\xd7][\xa1-\xfe]"),
    "big5": re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]"),
    "cp932": re.compile(rb"[\x82\x83\x88-\x97][\x40-\xfc]"),
}
"""The bytes of common characters."""
_WORD = re.compile(r"[^\s,;:\t\"'()<>@/.&+|_-]+")
_TYPOGRAPHY = frozenset("’‘“”„«»–—…€°·®™ºª、。・ー")
_COMMON = frozenset("àâäáãåæçèéêëìíîïñòóôöøùúûüßœ")
_RARE = frozenset("þðÿŕĺƒ")
_NORDIC = frozenset("øåæ")
_ACUTE = frozenset("áéíóúý")
_VOWELS = frozenset("аеёиоуыэюяіїє" + "αεηιουωάέήίόύώϊϋΐΰ")
_OLD = frozenset(("mac_roman", "cp850"))
_CERTAIN_LEAD = 1.0


@dataclass(frozen=True, slots=True)
class DetectedCharset:
    """A charset, and whether no other one is nearly as plausible."""

    name: str
    is_certain: bool = True


def marked_charset(head: bytes) -> str | None:
    """The charset that a byte order mark or the zero bytes of UTF-16 show; None if nothing shows it."""
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return charset
    least = _ZERO_SHARE * (len(head) // 2)
    is_zero_first, is_zero_second = head[::2].count(0) > least, head[1::2].count(0) > least
    if is_zero_first == is_zero_second:
        return None
    return "utf-16-be" if is_zero_first else "utf-16-le"


def detect_charset(sample: bytes) -> DetectedCharset:
    """The most plausible charset of a text that is not UTF-8. Lines in ASCII do not matter."""
    lines = [line for line in re.split(rb"[\r\n]+", sample) if not line.isascii()]
    text = b"\n".join(lines)[:_SAMPLE_SIZE]
    is_from_old_mac = b"\r" in sample and b"\n" not in sample
    ranked = []
    for place, charset in enumerate(_CHARSETS):
        try:
            penalty = _penalty(text.decode(charset)) + _rare_characters(text, charset)
        except UnicodeDecodeError:
            continue
        is_unlikely = (charset in _OLD) if not is_from_old_mac else charset != "mac_roman"
        ranked.append((penalty + is_unlikely, place, charset))
    if not ranked:
        return DetectedCharset("cp1252", is_certain=False)
    ranked.sort()
    best = ranked[0]
    near = {text.decode(charset) for penalty, _, charset in ranked if penalty < best[0] + _CERTAIN_LEAD}
    return DetectedCharset(best[2], is_certain=len(near) == 1)


def _penalty(text: str) -> float:
    """Return how implausible a decoded text is, from 0."""
    return sum(_word_penalty(word) for word in _WORD.findall(text) if not word.isascii())


def _word_penalty(word: str) -> float:
    letters = [letter for letter in word if letter.isalpha()]
    foreign = [letter for letter in word if not letter.isascii()]
    penalty = sum(map(_letter_penalty, foreign))
    scripts = {_script(letter) for letter in letters}
    penalty += 3 * (len(scripts) > 1)
    if any(letter.isupper() for letter in word[1:]) and any(letter.islower() for letter in letters):
        penalty += 2
    if scripts == {"LATIN"}:
        lower = set(word.lower())
        penalty += 1.5 * (2 * len(foreign) > len(letters)) + 0.6 * bool(lower & _NORDIC and lower & _ACUTE)
    elif scripts & {"CYRILLIC", "GREEK"}:
        penalty += 0.5 * word[0].islower() + (len(letters) > 3 and _VOWELS.isdisjoint(word.lower()))
    return penalty


@cache
def _letter_penalty(letter: str) -> float:
    kind, lower = category(letter), letter.lower()
    if letter in _TYPOGRAPHY:
        return 0.1
    if kind[0] != "L" and kind != "Mn":
        return 5 if kind[0] == "C" else 3
    if _script(letter) != "LATIN" or lower in _COMMON:
        return 0
    return 0.6 if lower in _RARE else 0.3


@cache
def _script(letter: str) -> str:
    word = name(letter, "?").split()[0]
    return "CJK" if word in {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"} else word


def _rare_characters(text: bytes, charset: str) -> float:
    """Half the number of characters that are rare in a multi-byte charset."""
    common = _COMMON_CJK.get(charset)
    if common is None:
        return 0
    runs = (bytes(run) for is_ascii, run in groupby(text, key=lambda byte: byte < 0x40) if not is_ascii)
    return sum(0.5 for run in runs for piece in common.split(run) if not piece.isascii())
