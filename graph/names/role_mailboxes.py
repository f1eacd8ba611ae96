"""Role mailboxes such as info@, support@ and no-reply@, which belong to no single person."""

import re
from collections.abc import Container, Iterable
from functools import cache

from graph.names.keys import fold_name, words_of, work_domain
from graph.records import HandleKind

_SEPARATORS = re.compile(r"[._-]")
_MIN_DOMAIN_WORD = 4
_NAME_MARK = "="


def is_shared_mailbox(
    keys: Iterable[str],
    names: Iterable[str] = (),
    *,
    shared_keys: Container[str] = (),
    person_keys: Container[str] = (),
) -> bool:
    """Whether every key is a role address, a mailing list, or a mailbox that several people write from (`shared_keys`).

    Such an entry is no person: it can neither introduce nor be introduced. `names` are the names that sources give it,
    `person_keys` the role addresses that are used as a person's.
    """
    names = list(names)
    return all(key in shared_keys or (key not in person_keys and is_role_address(key, names)) for key in keys)


def is_role_address(key: str, names: Iterable[str] = ()) -> bool:
    """Whether an identity's key is the address of a role or a program, and none of its names is a person's."""
    kind, _, address = key.partition(":")
    if kind != HandleKind.EMAIL:
        return False
    local = _local_part(address)
    candidates = {local, _SEPARATORS.split(local)[0]}
    if not candidates.isdisjoint(_machine_words()):
        return True
    has_role_word = not candidates.isdisjoint(_role_words()) or local in _names()
    return has_role_word and not any(_is_personal(name, key) for name in names)


def may_be_person(key: str) -> bool:
    """Whether the local part is a role word that is a name too, such as ola@."""
    kind, _, address = key.partition(":")
    return kind == HandleKind.EMAIL and _local_part(address) in _names()


def _local_part(address: str) -> str:
    return address.rpartition("@")[0].partition("+")[0].rstrip("0123456789").rstrip("._-")


def _is_personal(name: str, key: str) -> bool:
    """Whether a name is a person's: two words that are neither of a role or an organisation nor the domain's first."""
    words = [] if "@" in name else fold_name(name).split()
    label = re.sub(r"\W", "", (work_domain(key) or "").partition(".")[0])
    if words and (words[0] == label or (len(words[0]) >= _MIN_DOMAIN_WORD and label.startswith(words[0]))):
        words = words[1:]
    own = [word for word in words if len(word) > 1 and word not in _role_words()]
    return len(own) > 1 and (_organisation_words() | _machine_words()).isdisjoint(words)


@cache
def _role_words() -> frozenset[str]:
    """The words of roles that are no names of people."""
    return frozenset(word for word in words_of("role_words.txt") if not word.endswith(_NAME_MARK))


@cache
def _names() -> frozenset[str]:
    """The words of roles that are also names of people."""
    return frozenset(word[:-1] for word in words_of("role_words.txt") if word.endswith(_NAME_MARK))


@cache
def _machine_words() -> frozenset[str]:
    return words_of("machine_words.txt")


@cache
def _organisation_words() -> frozenset[str]:
    return words_of("organisation_words.txt")
