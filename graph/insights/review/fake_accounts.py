"""Signs that an account is fake, or collects connections. One sign alone proves nothing."""

import re
from collections.abc import Iterator
from enum import StrEnum
from unicodedata import category

from graph.answers import Person

_OPEN_NETWORKER = re.compile(r"\bLION\b|\b[Oo]pen [Nn]etworker\b")


class FakeAccountSign(StrEnum):
    """A sign, in words."""

    NO_JOB = "no employer and no title"
    ONE_WORD_NAME = "a name of one word"
    SYMBOLS_IN_NAME = "digits or symbols in the name"
    OPEN_NETWORKER = "a name or title with “open networker” or “LION”"
    BULK_MESSAGES = "messages that you never answered"


def account_signs(person: Person) -> Iterator[FakeAccountSign]:
    """Yield the signs that the name and the job of an account show."""
    name = person.name.strip()
    if not person.company and not person.title:
        yield FakeAccountSign.NO_JOB
    if " " not in name:
        yield FakeAccountSign.ONE_WORD_NAME
    if any(letter.isdigit() or category(letter).startswith("S") for letter in name):
        yield FakeAccountSign.SYMBOLS_IN_NAME
    if _OPEN_NETWORKER.search(f"{name} {person.title or ''}"):
        yield FakeAccountSign.OPEN_NETWORKER
