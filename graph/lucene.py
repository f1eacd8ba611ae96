"""Words for the full-text indexes, so that nothing a user types is taken for Lucene's own signs."""

import re

_PUNCTUATION = re.compile(r"[^\w.'’:·]+|_")
_SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')


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
