"""Ids"""

from hashlib import blake2b


def mark(*words: object) -> str:
    """A short name for these words: the same words, the same name."""
    text = "\x1f".join(["" if word is None else str(word) for word in words])
    return blake2b(text.encode(), digest_size=12).hexdigest()
