"""The people in an archive's rows: by profile, else by e-mail address, else by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Handle, HandleKind, Owner, PersonMention

CLOSED_ACCOUNT_NAMES = {"", "linkedin member"}
"""What LinkedIn writes in place of the name of somebody who closed their account."""

_PROFILE = re.compile(r"(https?://)?([a-z]+\.)?linkedin\.com/(in|pub|profile)/\S+", re.IGNORECASE)
_MAX_NAME_PIECES = 5  # between commas: "Jane Doe, Ph.D., PMP"


def person_from_cells(name: str, url: str = "", email: str = "") -> PersonMention | None:
    """The person of a row; None if it has no profile, no address and no name."""
    handles = [Handle(HandleKind.LINKEDIN, url)] if is_profile(url) else []
    if "@" in email:
        handles.append(Handle(HandleKind.EMAIL, email))
    if name_key(name) in CLOSED_ACCOUNT_NAMES:
        return PersonMention(tuple(handles)) if handles else None
    return PersonMention(tuple(handles) or (Handle(HandleKind.NAME, name),), name)


def full_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def name_key(name: str) -> str:
    """A name for comparison within an archive: case-folded, with single spaces."""
    return " ".join(name.casefold().split())


def is_profile(url: str) -> bool:
    """Whether this is the profile of a person. Companies and schools have pages too, and send messages."""
    return _PROFILE.fullmatch(url) is not None


def profile_slug(url: str) -> str:
    """The part of a profile's URL that is the same in every file."""
    return url.casefold().partition("linkedin.com/")[2].partition("?")[0].rstrip("/")


def profile_urls(cell: str) -> list[str]:
    """The profiles of several recipients, which commas or spaces separate."""
    return [url for url in re.split(r"[,;\s]+", cell) if url]


@dataclass(frozen=True, slots=True)
class ArchivePeople:
    """The owner of an archive, and what is needed to identify the other people in its rows. Names are name keys."""

    name: str
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    owner_names: frozenset[str]
    known_names: frozenset[str]
    "All names that occur alone in some cell."
    sender_urls: dict[tuple[str, str], str]
    "(conversation, sender's name) → the sender's profile."

    @property
    def owner(self) -> PersonMention:
        """The owner by profile, else by address, else without a handle."""
        handles = [Handle(HandleKind.LINKEDIN, url) for url in self.urls[:1]]
        handles = handles or [Handle(HandleKind.EMAIL, email) for email in self.emails[:1]]
        return PersonMention(tuple(handles), self.name or None)

    def owner_records(self) -> Iterator[Owner]:
        handles = [Handle(HandleKind.NAME, self.name)] if self.name else []
        handles += [Handle(HandleKind.EMAIL, email) for email in self.emails]
        handles += [Handle(HandleKind.LINKEDIN, url) for url in self.urls]
        return (Owner(PersonMention((handle,), self.name or None)) for handle in handles)

    def identify_person(self, name: str, url: str = "", conversation: str = "") -> PersonMention | None:
        """The person of a row. A name without a profile may be the owner's, or a sender's in the same conversation."""
        if is_profile(url):
            return person_from_cells(name, url)
        if name_key(name) in self.owner_names:
            return self.owner
        return person_from_cells(name, self.sender_urls.get((conversation, name_key(name)), ""))

    def split_names(self, cell: str) -> list[str]:
        """The names in a list that commas separate, although names contain commas too: "Jane Doe, Ph.D., Bo Ek"."""
        pieces = [piece for piece in (piece.strip() for piece in cell.split(",")) if piece]
        names: list[str] = []
        while pieces:
            length = next(
                (
                    length
                    for length in range(min(_MAX_NAME_PIECES, len(pieces)), 0, -1)
                    if name_key(", ".join(pieces[:length])) in self.known_names
                ),
                0,
            )
            name = ", ".join(pieces[: length or 1])
            if names and not length and " " not in name:
                names[-1] += f", {name}"  # an unknown name of one word is a title of the name before it
            else:
                names.append(name)
            del pieces[: length or 1]
        return [name for name in names if name_key(name) not in CLOSED_ACCOUNT_NAMES]
