"""Lucene queries for the full-text indexes. Whatever the user types is quoted or escaped."""

import re

_PUNCTUATION = re.compile(r"[^\w.'’:·]+|_")
_NAME_FIELDS = ("names", "latin")
_SPECIAL_CHARACTERS = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')


def any_spelling_query(network: str, text: str, forms: list[list[str]], *, is_complete: bool = False) -> str:
    """A query for people with a name as written, or with one form of each word; empty if `text` has no word.

    `forms` has a list of forms for each word. Forms contain letters and digits only. The last word also counts as the
    start of a word, unless the name `is_complete`.
    """
    as_written = all_words_query(network, "names", text, is_complete=is_complete)
    if not as_written or not forms:
        return as_written
    *complete, last = [[f'{field}:"{form}"' for form in words for field in _NAME_FIELDS] for words in forms]
    if not is_complete:
        last += [f"{field}:{forms[-1][0]}*" for field in _NAME_FIELDS]
    any_form = " AND ".join(f"({' OR '.join(terms)})" for terms in (*complete, last))
    return f'({as_written}) OR (network:"{network}" AND {any_form})'


def all_words_query(network: str, field: str, text: str, *, is_complete: bool = False) -> str:
    """A query for every word of `text` in a field, the last one as a prefix too unless the text `is_complete`.

    Empty if there is no word.

    The user's text is between quotes, or each of Lucene's special characters is escaped. The network's id is quoted.
    """
    words = [word for word in _PUNCTUATION.sub(" ", text).lower().split() if any(map(str.isalnum, word))]
    if not words:
        return ""
    terms = [f'{field}:"{word}"' for word in words]
    if is_complete:
        return " AND ".join([f'network:"{network}"', *terms])
    last = _SPECIAL_CHARACTERS.sub(r"\\\1", words[-1])
    return " AND ".join([f'network:"{network}"', *terms[:-1], f"({terms[-1]} OR {field}:{last}*)"])
