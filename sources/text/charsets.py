"""Decode bytes that a file does not encode as UTF-8: by the charset that it declares, else by detection.

Short names cannot be detected with certainty, so every text that was not declared is reported as a guess. Text that
fits no charset is left out.
"""

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

UNREADABLE = "\ufdd0"
"""Replaces bytes that fit no charset. A name that contains it must be left out."""

UNKNOWN_CHARSET = "unknown"
"""Takes the place of a guessed charset where none fits."""

# Programs declare the older standard and write its extension by Microsoft, which also decodes the standard.
_EXTENSIONS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "iso-8859-8-i": "cp1255",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "big5": "cp950", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-euc-jp": "euc_jp", "x-mac-ce": "mac_latin2", "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip
# Bytes 0x80 to 0x9F are control characters in these standards and letters in Microsoft's charset.
_WINDOWS = {"iso-8859-2": "cp1250", "iso-8859-7": "cp1253", "iso-8859-8": "cp1255", "iso-8859-13": "cp1257"}
_NO_CHARSET = {
    "",
    "us-ascii",
    "ascii",
    "utf-8",
    "utf8",
    "unknown-8bit",
    "x-unknown",
    "x-user-defined",
    "8bit",
    "binary",
}
_KOREAN_DESIGNATION = b"\x1b$)C"
_ISO_2022 = ("iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004", "iso2022_kr")
_C1_CONTROL = re.compile("[\x80-\x9f]")

_LATIN = ("cp1252", "cp1250", "mac_roman")
_CASED = {"cp1251": "CYRILLIC", "koi8_r": "CYRILLIC", "cp1253": "GREEK"}
_MIN_CASED = 6
"""Letters that a name must have before its capitals decide between charsets of one script."""
_OTHERS = ["cp1251", "koi8_r", "gb18030", "cp932", "cp949", "big5", "euc_jp", "cp1253"]
_MIN_DETECTABLE = 12
"""Bytes beyond ASCII below which detection among other scripts is a lottery (measured on names)."""
_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])(?:[^\W\d_a-zA-Z])")
_LATIN_EXTRAS = frozenset("’‘“”–—…·°ºª«» ")


class Decoded(NamedTuple):
    """A text and the charset that was guessed; "" if the charset is declared or certain."""

    text: str
    guessed: str = ""


def decode(raw: bytes, declared: str = "") -> Decoded:
    """The text of bytes in UTF-8, in ISO-2022, in the declared charset, or in a guessed one.

    Without a fitting charset, UNREADABLE takes the place of what is not ASCII, and `guessed` is UNKNOWN_CHARSET.
    """
    if b"\x1b" in raw and (text := _iso_2022(raw)) is not None:
        return Decoded(text)
    if declared.lower() == "hz-gb-2312" and b"~{" in raw and (text := _strict(raw, "hz")) is not None:
        return Decoded(text)
    if (text := _strict(raw, "utf-8")) is not None:
        return Decoded(text)
    if (text := decode_declared(raw, declared)) is not None:
        return Decoded(text)
    guessed = guess_charset(raw)
    text = _strict(raw, guessed) if guessed else None
    return Decoded(text, guessed) if text is not None else Decoded(_readable_part(raw), UNKNOWN_CHARSET)


def utf_16(start: bytes) -> str | None:
    """The byte order of a file in UTF-16 by its first bytes, with or without a byte order mark; None for others."""
    if start[:2] == codecs.BOM_UTF16_LE or (start[1:4:2] == b"\0\0" and 0 not in start[:4:2]):
        return "utf-16-le"
    if start[:2] == codecs.BOM_UTF16_BE or (start[:4:2] == b"\0\0" and 0 not in start[1:4:2]):
        return "utf-16-be"
    return None


def decode_declared(raw: bytes, declared: str) -> str | None:
    """The text in a declared charset or in its usual extension; None if the bytes do not fit."""
    charset = declared.strip().strip("\"'").lower().partition("*")[0]
    if charset in _NO_CHARSET or "escape" in charset:  # Python's own escape codecs are not charsets
        return None
    text = _strict(raw, _EXTENSIONS.get(charset, charset))
    if text is not None and charset in _WINDOWS and _C1_CONTROL.search(text):
        text = _strict(raw, _WINDOWS[charset]) or text
    if text is None and _EXTENSIONS.get(charset) == "cp1252":
        text = raw.decode("latin-1")
    return text


@lru_cache(maxsize=4096)
def guess_charset(raw: bytes) -> str:
    """The charset in which the bytes look like names; "" if there is none."""
    for charset in _LATIN:
        text = _strict(raw, charset)
        if text is not None and _looks_latin(text):
            return charset
    for charset, script in _CASED.items():
        text = _strict(raw, charset)
        if text is not None and _is_capitalised(text, script):
            return charset
    if sum(byte > 127 for byte in raw[:4096]) < _MIN_DETECTABLE:
        return ""
    from charset_normalizer import from_bytes  # noqa: PLC0415 # rarely needed

    best = from_bytes(raw[:4096], cp_isolation=_OTHERS).best()
    return best.encoding if best is not None and _strict(raw, best.encoding) is not None else ""


def _looks_latin(text: str) -> bool:
    """Whether all others are letters in words of mostly ASCII letters, and no capital follows a small letter."""
    others = [char for char in text if not char.isascii()]
    letters = [char for char in others if char.isalpha()]
    ascii_letters = sum(char.isalpha() for char in text if char.isascii())
    return (
        all(char.isalpha() or char in _LATIN_EXTRAS for char in others)
        and len(letters) <= ascii_letters
        and not any(match[0].isupper() for match in _CAPITAL_INSIDE.finditer(text))
        and all(any(char.isascii() for char in word) for word in _LETTERS.findall(text) if len(word) > 2)
    )


def _is_capitalised(text: str, script: str) -> bool:
    """Whether all words beyond ASCII are of one script and begin with their only capital.

    In another charset of the script, the same bytes are other letters and their capitals are in other places.
    """
    words = [word for word in _LETTERS.findall(text) if not word.isascii()]
    return (
        sum(map(len, words)) >= _MIN_CASED
        and not any(not char.isascii() and not char.isalpha() and char not in _LATIN_EXTRAS for char in text)
        and all(unicodedata.name(char, "").startswith(script) for word in words for char in word)
        and all(word.istitle() for word in words)
    )


def _iso_2022(raw: bytes) -> str | None:
    charsets = ("iso2022_kr", *_ISO_2022) if _KOREAN_DESIGNATION in raw else _ISO_2022
    return next((text for charset in charsets if (text := _strict(raw, charset)) is not None), None)


def _strict(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except (LookupError, ValueError):
        return None


def _readable_part(raw: bytes) -> str:
    return "".join(chr(byte) if byte < 128 else UNREADABLE for byte in raw)
