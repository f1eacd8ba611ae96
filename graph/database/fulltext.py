"""Words for the full-text indexes, so that nothing a user types is taken for Lucene's own signs."""

import re

_PUNCTUATION = re.compile(r"[^\w.'’:·]+|_")
_NAMES = ("names", "latin")
_SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')


def any_spelling(network: str, text: str, forms: list[list[str]]) -> str:
    """A query for people called as written, or by one of its forms for every word; empty where there is no word.

    Forms hold letters and digits alone.
    """
    written = every_word(network, "names", text)
    if not written or not forms:
        return written
    *whole, last = [[f'{field}:"{form}"' for form in words for field in _NAMES] for words in forms]
    last += [f"{field}:{forms[-1][0]}*" for field in _NAMES]
    spelt = " AND ".join(f"({' OR '.join(found)})" for found in (*whole, last))
    return f'({written}) OR (network:"{network}" AND {spelt})'


def every_word(network: str, field: str, text: str) -> str:
    """A query for every word of `text` in a field, the last one perhaps unfinished; empty where there is no word.

    Whatever the user typed stands between quotes, or with each of Lucene's signs escaped; the network's id is quoted.
    """
    words = [word for word in _PUNCTUATION.sub(" ", text).lower().split() if any(map(str.isalnum, word))]
    if not words:
        return ""
    last = _SPECIAL.sub(r"\\\1", words[-1])
    whole = [f'{field}:"{word}"' for word in words]
    return " AND ".join([f'network:"{network}"', *whole[:-1], f"({whole[-1]} OR {field}:{last}*)"])
