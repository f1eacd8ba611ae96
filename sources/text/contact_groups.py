"""Groups of an address book: labels of Google and categories of vCards."""

from collections.abc import Iterable

_SYSTEM_GROUPS = {"mycontacts", "my contacts", "starred", "imported"}
_MAX_GROUPS = 20


def own_groups(groups: Iterable[str]) -> tuple[str, ...]:
    """The groups that the owner named, each once. Google marks its own with `*`, and other programs have such ones."""
    names = (name.strip() for name in groups)
    own = (name for name in names if name and not name.startswith("*") and name.casefold() not in _SYSTEM_GROUPS)
    return tuple(dict.fromkeys(own))[:_MAX_GROUPS]
