"""Whom a row means: by profile, by address, and where it gives neither by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Handle, HandleKind, Owner, PersonMention

# What LinkedIn writes for those who closed their account.
NOBODY = {"", "linkedin member"}

_PROFILE = re.compile(r"(https?://)?([a-z]+\.)?linkedin\.com/(in|pub|profile)/\S+", re.IGNORECASE)
_LONGEST_NAME = 5  # pieces between commas: "Jane Doe, Ph.D., PMP"


def somebody(name: str, url: str = "", email: str = "") -> PersonMention | None:
    """A person, or None where the row gives nothing to know one by."""
    handles = [Handle(HandleKind.LINKEDIN, url)] if is_profile(url) else []
    if "@" in email:
        handles.append(Handle(HandleKind.EMAIL, email))
    if folded(name) in NOBODY:
        return PersonMention(tuple(handles)) if handles else None
    return PersonMention(tuple(handles) or (Handle(HandleKind.NAME, name),), name)


def full_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def is_profile(url: str) -> bool:
    """Whether this leads to a person: companies and schools have pages too, and write messages."""
    return _PROFILE.fullmatch(url) is not None


def slug(url: str) -> str:
    """A profile without what varies from file to file."""
    return url.casefold().partition("linkedin.com/")[2].partition("?")[0].rstrip("/")


def profiles(cell: str) -> list[str]:
    """The profiles in a list of recipients, which commas or spaces part."""
    return [url for url in re.split(r"[,;\s]+", cell) if url]


@dataclass(frozen=True, slots=True)
class People:
    """The owner of an archive, and what its rows need to be told apart by."""

    name: str
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    names: frozenset[str]
    "What the owner is called, folded."
    known: frozenset[str]
    "All names that stand somewhere by themselves, folded."
    wrote: dict[tuple[str, str], str]
    "The profile of whoever wrote in a conversation under a name."

    @property
    def owner(self) -> PersonMention:
        """The owner by the best that is known of them: no handle at all where nothing is."""
        handles = [Handle(HandleKind.LINKEDIN, url) for url in self.urls[:1]]
        handles = handles or [Handle(HandleKind.EMAIL, email) for email in self.emails[:1]]
        return PersonMention(tuple(handles), self.name or None)

    def owners(self) -> Iterator[Owner]:
        handles = [Handle(HandleKind.NAME, self.name)] if self.name else []
        handles += [Handle(HandleKind.EMAIL, email) for email in self.emails]
        handles += [Handle(HandleKind.LINKEDIN, url) for url in self.urls]
        return (Owner(PersonMention((handle,), self.name or None)) for handle in handles)

    def somebody(self, name: str, url: str = "", conversation: str = "") -> PersonMention | None:
        """As above, but a bare name may be the owner's, or a writer's in the same conversation."""
        if is_profile(url):
            return somebody(name, url)
        if folded(name) in self.names:
            return self.owner
        return somebody(name, self.wrote.get((conversation, folded(name)), ""))

    def names_in(self, cell: str) -> list[str]:
        """The names in a list with commas, when names have commas too: "Jane Doe, Ph.D., Bo Ek"."""
        pieces = [piece for piece in (piece.strip() for piece in cell.split(",")) if piece]
        names: list[str] = []
        while pieces:
            length = next(
                (
                    length
                    for length in range(min(_LONGEST_NAME, len(pieces)), 0, -1)
                    if folded(", ".join(pieces[:length])) in self.known
                ),
                0,
            )
            name = ", ".join(pieces[: length or 1])
            if names and not length and " " not in name:
                names[-1] += f", {name}"  # nobody's name that we know, and one word: a title
            else:
                names.append(name)
            del pieces[: length or 1]
        return [name for name in names if folded(name) not in NOBODY]
