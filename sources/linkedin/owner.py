"""Whose archive this is, found in one pass before the reading.

LinkedIn gives the owner's name and addresses, never the profile. It follows from the rows: an
outgoing invitation is the owner's, and the owner takes part in every conversation. In older
archives, where only senders have profiles, it is whoever writes under the owner's name. Where that
leaves two, none is chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.records import BadRow
from sources.errors import TwoOwners
from sources.linkedin.people import NOBODY, People, folded, full_name, is_profile, profiles, slug
from sources.tables import Row, Table


def meet(tables: Sequence[Table]) -> People:
    """Whom an archive speaks of. Raises TwoOwners for archives of several people."""
    names = [full_name(row["First Name"], row["Last Name"]) for row in _rows(tables, "profile")]
    connections = _rows(tables, "connections")
    listed = (full_name(row["First Name"], row["Last Name"]) for row in connections)
    talks = _Talks()
    for row in _rows(tables, "messages"):
        talks.hear(row)
    called = {folded(name) for name in names} - NOBODY or talks.owners_names()
    return People(
        name=next(filter(None, names), ""),
        emails=_emails(tables),
        urls=_inviters(_rows(tables, "invitations")) or talks.owners_profiles(called),
        names=frozenset(called),
        known=frozenset({*map(folded, listed), *called, *talks.wrote_as}),
        wrote=talks.wrote,
    )


def conversation(row: Row) -> str:
    """What a message belongs to; until 2018 conversations had no number."""
    return row["Conversation ID"] or " ".join(sorted({folded(row["From"]), folded(row["To"])}))


def is_yes(cell: str) -> bool:
    return cell.lower() in {"yes", "true", "1"}


def is_outgoing(row: Row) -> bool:
    return row["Direction"].upper() in {"OUTGOING", "SENT"}


def is_incoming(row: Row) -> bool:
    return row["Direction"].upper() in {"INCOMING", "RECEIVED"}


def _rows(tables: Sequence[Table], kind: str) -> Iterator[Row]:
    for table in tables:
        if table.kind == kind:
            yield from (row for row in table.rows() if not isinstance(row, BadRow))


def _emails(tables: Sequence[Table]) -> tuple[str, ...]:
    """The confirmed addresses, the primary first."""
    found: dict[str, str] = {}
    for table in tables:
        confirmed = [row for row in _rows([table], "emails") if is_yes(row["Confirmed"])]
        confirmed.sort(key=lambda row: not is_yes(row["Primary"]))
        emails = [row["Email Address"] for row in confirmed if "@" in row["Email Address"]]
        if found and emails and found.keys().isdisjoint(map(str.lower, emails)):
            raise TwoOwners("linkedin")
        for email in emails:
            found.setdefault(email.lower(), email)
    return tuple(found.values())


def _inviters(rows: Iterable[Row]) -> tuple[str, ...]:
    """The owner's end of every invitation."""
    ends: Counter[str] = Counter()
    for row in rows:
        url = row["Inviter Profile Url" if is_outgoing(row) else "Invitee Profile Url"]
        if (is_outgoing(row) or is_incoming(row)) and is_profile(url):
            ends[url] += 1
    return tuple(url for url, _ in ends.most_common())


class _Talks:
    """Who took part in which conversations, and who wrote under which name."""

    def __init__(self) -> None:
        self.wrote: dict[tuple[str, str], str] = {}
        self.wrote_as: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._with_name: defaultdict[str, set[str]] = defaultdict(set)
        self._with_profile: defaultdict[str, set[str]] = defaultdict(set)
        self._profiles: dict[str, str] = {}
        self._senders: set[str] = set()

    def hear(self, row: Row) -> None:
        talk, name, url = conversation(row), folded(row["From"]), row["Sender Profile Url"]
        for named in {name, folded(row["To"]), *map(folded, row["To"].split(","))} - NOBODY:
            self._with_name[named].add(talk)
        if name not in NOBODY:
            self.wrote_as[name] |= {slug(url): url} if is_profile(url) else {}
            if is_profile(url):
                self.wrote.setdefault((talk, name), url)
            if is_outgoing(row):
                self._senders.add(name)
        if others := profiles(row["Recipient Profile Urls"]):
            for here in filter(is_profile, (url, *others)):
                self._profiles.setdefault(slug(here), here)
                self._with_profile[slug(here)].add(talk)

    def owners_names(self) -> set[str]:
        return self._senders or _in_most(self._with_name)

    def owners_profiles(self, called: set[str]) -> tuple[str, ...]:
        if found := _in_most(self._with_profile):
            return tuple(self._profiles[place] for place in found)
        under = {place: url for name in called for place, url in self.wrote_as[name].items()}
        return tuple(under.values()) if len(under) == 1 else ()


def _in_most(talks: Mapping[str, set[str]]) -> set[str]:
    """The one who took part in more conversations than anybody else, and in more than half."""
    whole = len(set().union(*talks.values()))
    most = max(map(len, talks.values()), default=0)
    found = {key for key, shared in talks.items() if len(shared) == most}
    return found if len(found) == 1 and 2 * most > whole else set()
