"""Mailboxes that are nobody's in particular: info@, support@, no-reply@. Whom one writes to there, nobody can say."""

import re
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import files

from graph.records import HandleKind

_PARTS = re.compile(r"[._-]")


def nobodys(keys: Iterable[str], of_several: Container[str] = ()) -> bool:
    """Whether all that is known of somebody is such mailboxes, or those from which several write: then there is nobody
    to ask or to be introduced to.
    """
    return all(key in of_several or is_role(key) for key in keys)


def is_role(key: str) -> bool:
    """Whether an identity's key is the address of a role and not of a person."""
    kind, _, address = key.partition(":")
    if kind != HandleKind.EMAIL:
        return False
    local = address.rpartition("@")[0].partition("+")[0].rstrip("0123456789")
    return local in _words() or _PARTS.split(local)[0] in _words()


@cache
def _words() -> frozenset[str]:
    lines = files("graph.names").joinpath("role_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
