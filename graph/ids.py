"""Deterministic ids."""

from hashlib import blake2b


def stable_id(*parts: object) -> str:
    """A 24-digit hexadecimal id computed from `parts`: equal parts give an equal id. None counts as an empty string."""
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return blake2b(text.encode(), digest_size=12).hexdigest()
