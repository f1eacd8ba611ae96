"""Detect the owner of an archive, in one pass before its records are read.

LinkedIn exports the owner's name and addresses, but not the profile. The profile follows from the rows: outgoing
invitations are the owner's, and the owner takes part in every conversation. In older archives only senders have
profiles; there, the sender with the owner's name is the owner. If two profiles fit, none is chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.records import BadRow
from sources.errors import MultipleOwners
from sources.linkedin.archive_people import (
    CLOSED_ACCOUNT_NAMES,
    ArchivePeople,
    full_name,
    is_profile,
    name_key,
    profile_slug,
    profile_urls,
)
from sources.tables.csv_table import CsvRow, CsvTable


def detect_people(tables: Sequence[CsvTable]) -> ArchivePeople:
    """The owner, and the names and profiles in the tables. Raises MultipleOwners if there are several owners."""
    names = [full_name(row["First Name"], row["Last Name"]) for row in _rows(tables, "profile")]
    if len({name_key(name) for name in names} - CLOSED_ACCOUNT_NAMES) > 1:
        raise MultipleOwners("LinkedIn")
    connections = _rows(tables, "connections")
    connection_names = (full_name(row["First Name"], row["Last Name"]) for row in connections)
    conversations = _Conversations()
    for row in _rows(tables, "messages"):
        conversations.add(row)
    owner_names = {name_key(name) for name in names} - CLOSED_ACCOUNT_NAMES or conversations.owner_names()
    return ArchivePeople(
        name=next(filter(None, names), ""),
        emails=_emails(tables),
        urls=_owner_ends(_rows(tables, "invitations")) or conversations.owner_profiles(owner_names),
        owner_names=frozenset(owner_names),
        known_names=frozenset({*map(name_key, connection_names), *owner_names, *conversations.urls_by_sender}),
        sender_urls=conversations.sender_urls,
    )


def conversation_id(row: CsvRow) -> str:
    """The id of a message's conversation; until 2018, which has no ids, the names of the two people in it."""
    return row["Conversation ID"] or " ".join(sorted({name_key(row["From"]), name_key(row["To"])}))


def is_yes(cell: str) -> bool:
    return cell.lower() in {"yes", "true", "1"}


def is_outgoing(row: CsvRow) -> bool:
    return row["Direction"].upper() in {"OUTGOING", "SENT"}


def is_incoming(row: CsvRow) -> bool:
    return row["Direction"].upper() in {"INCOMING", "RECEIVED"}


def _rows(tables: Sequence[CsvTable], kind: str) -> Iterator[CsvRow]:
    for table in tables:
        if table.kind.name == kind:
            yield from (row for row in table.rows() if not isinstance(row, BadRow))


def _emails(tables: Sequence[CsvTable]) -> tuple[str, ...]:
    """The confirmed addresses, the primary first."""
    by_key: dict[str, str] = {}
    for table in tables:
        confirmed = [row for row in _rows([table], "emails") if is_yes(row["Confirmed"])]
        confirmed.sort(key=lambda row: not is_yes(row["Primary"]))
        emails = [row["Email Address"] for row in confirmed if "@" in row["Email Address"]]
        if by_key and emails and by_key.keys().isdisjoint(map(str.lower, emails)):
            raise MultipleOwners("LinkedIn")
        for email in emails:
            by_key.setdefault(email.lower(), email)
    return tuple(by_key.values())


def _owner_ends(invitations: Iterable[CsvRow]) -> tuple[str, ...]:
    """The profiles at the owner's end of the invitations, the most frequent first."""
    ends: Counter[str] = Counter()
    for row in invitations:
        url = row["Inviter Profile Url" if is_outgoing(row) else "Invitee Profile Url"]
        if (is_outgoing(row) or is_incoming(row)) and is_profile(url):
            ends[url] += 1
    return tuple(url for url, _ in ends.most_common())


class _Conversations:
    """The participants of conversations, and the profiles of senders by name. Names are name keys."""

    def __init__(self) -> None:
        self.sender_urls: dict[tuple[str, str], str] = {}
        """(conversation, sender's name) → the sender's profile."""
        self.urls_by_sender: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Sender's name → profile slug → profile."""
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._by_profile: defaultdict[str, set[str]] = defaultdict(set)
        self._profiles: dict[str, str] = {}
        self._outgoing_senders: set[str] = set()

    def add(self, row: CsvRow) -> None:
        conversation, name, url = conversation_id(row), name_key(row["From"]), row["Sender Profile Url"]
        for participant in {name, name_key(row["To"]), *map(name_key, row["To"].split(","))} - CLOSED_ACCOUNT_NAMES:
            self._by_name[participant].add(conversation)
        if name not in CLOSED_ACCOUNT_NAMES:
            self.urls_by_sender[name] |= {profile_slug(url): url} if is_profile(url) else {}
            if is_profile(url):
                self.sender_urls.setdefault((conversation, name), url)
            if is_outgoing(row):
                self._outgoing_senders.add(name)
        if recipients := profile_urls(row["Recipient Profile Urls"]):
            for profile in filter(is_profile, (url, *recipients)):
                self._profiles.setdefault(profile_slug(profile), profile)
                self._by_profile[profile_slug(profile)].add(conversation)

    def owner_names(self) -> set[str]:
        return self._outgoing_senders or _most_active(self._by_name)

    def owner_profiles(self, owner_names: set[str]) -> tuple[str, ...]:
        if slugs := _most_active(self._by_profile):
            return tuple(self._profiles[slug] for slug in slugs)
        urls = {slug: url for name in owner_names for slug, url in self.urls_by_sender[name].items()}
        return tuple(urls.values()) if len(urls) == 1 else ()


def _most_active(conversations: Mapping[str, set[str]]) -> set[str]:
    """The one participant with the most conversations, if these are more than half of all; else an empty set."""
    total = len(set().union(*conversations.values()))
    most = max(map(len, conversations.values()), default=0)
    most_active = {key for key, joined in conversations.items() if len(joined) == most}
    return most_active if len(most_active) == 1 and 2 * most > total else set()
