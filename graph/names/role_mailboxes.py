"""Role mailboxes such as info@, support@ and no-reply@, which belong to no single person."""

import re
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import files

from graph.records import HandleKind

_SEPARATORS = re.compile(r"[._-]")


def is_shared_mailbox(keys: Iterable[str], shared_keys: Container[str] = ()) -> bool:
    """Whether every key is a role address or a mailbox that several people write from (`shared_keys`).

    Such an entry is no person: it can neither introduce nor be introduced.
    """
    return all(key in shared_keys or is_role_address(key) for key in keys)


def is_role_address(key: str) -> bool:
    """Whether an identity's key is the address of a role and not of a person."""
    kind, _, address = key.partition(":")
    if kind != HandleKind.EMAIL:
        return False
    local = address.rpartition("@")[0].partition("+")[0].rstrip("0123456789").rstrip("._-")
    words = _role_words()
    return local in words or f"{local}=" in words or _SEPARATORS.split(local)[0] in words


@cache
def _role_words() -> frozenset[str]:
    lines = files("graph.names").joinpath("role_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
