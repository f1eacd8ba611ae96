"""Who is in a workspace, and who is in each of its conversations that are not open to all."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from graph.records import BadRow, Handle, HandleKind, ObservedName, PersonMention, Record
from sources.archive import File
from sources.slack.elements import Element, elements, ids, words

USERS = ("users.json", "org_users.json")
DIRECT, GROUP = "dms.json", "mpims.json"
LISTS = ("channels.json", "groups.json", DIRECT, GROUP)

_ID = re.compile(r"[A-Z][A-Z0-9]{1,20}")
_SLACKBOT = "USLACKBOT"
_UNDATED = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One folder of days. `members` is None in a channel: what is said there is said to nobody in particular."""

    id: str
    members: tuple[str, ...] | None = None
    direct: bool = False


@dataclass(slots=True)
class Workspace:
    """One export's lists. `team` is the workspace's id, empty where nobody states it."""

    team: str = ""
    people: dict[str, PersonMention] = field(default_factory=dict)
    machines: set[str] = field(default_factory=lambda: {_SLACKBOT})
    conversations: dict[str, Conversation] = field(default_factory=dict)
    named: list[tuple[str, date]] = field(default_factory=list)
    wrong: list[BadRow] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Everybody who has an account, which joins it with its address; and what could not be read."""
        yield from self.wrong
        for user, on in self.named:
            yield ObservedName(self.people[user], on)

    def somebody(self, user: str) -> PersonMention | None:
        """The person of this id, a stranger to the list of users too; None for what is no person."""
        if user in self.people:
            return self.people[user]
        if user in self.machines or not self.team or not _ID.fullmatch(user):
            return None
        return PersonMention((Handle(HandleKind.SLACK, f"{self.team}/{user}"),))

    def everybody(self, users: list[str]) -> dict[str, PersonMention]:
        """Those of these ids who are people, each once, by id."""
        return {user: who for user in users if (who := self.somebody(user))}

    def conversation(self, folder: str) -> Conversation:
        """The conversation whose days lie in this folder, which bears its name or its id."""
        return self.conversations.get(folder) or Conversation(folder)


def is_users(file: File) -> bool:
    """Whether a list is one of Slack's users, by the first of them."""
    with closing(elements(file)) as users:
        first = next(users, None)
    if first is None or isinstance(first, BadRow):
        return False
    user = first[1]
    return _ID.fullmatch(words(user, "id")) is not None and ("profile" in user or "team_id" in user)


def workspace(lists: Mapping[str, File]) -> Workspace:
    """Read an export's lists."""
    found = Workspace()
    users = [user for name in USERS for user in _objects(lists, name, found)]
    teams = Counter(filter(None, map(_team, users)))
    found.team = max(teams, key=lambda team: (teams[team], team), default="")
    for user in users:
        _take(user, found)
    for name in LISTS:
        for conversation in _objects(lists, name, found):
            _place(conversation, name, found)
    return found


def _objects(lists: Mapping[str, File], name: str, found: Workspace) -> Iterator[Element]:
    if name in lists:
        for element in elements(lists[name]):
            if isinstance(element, BadRow):
                found.wrong.append(element)
            else:
                yield _without_pictures(element[1])


def _without_pictures(user: Element) -> Element:
    """What is read of a user or a conversation: no pictures, topics and purposes are kept while reading."""
    kept = {name: user[name] for name in _KEPT if name in user}
    profile = user.get("profile")
    if isinstance(profile, dict):
        kept["profile"] = {name: profile[name] for name in _PROFILE if name in profile}
    return kept


_KEPT = ("id", "team_id", "name", "real_name", "is_bot", "is_workflow_bot", "updated", "members")
_PROFILE = ("email", "team", "real_name", "display_name", "bot_id")


def _team(user: Element) -> str:
    team = words(user, "team_id") or words(user, "profile", "team")
    return team if _ID.fullmatch(team) else ""


def _take(user: Element, found: Workspace) -> None:
    """Whoever left keeps their name and what they did: a former colleague is one."""
    id = words(user, "id")
    if not _ID.fullmatch(id) or id in found.people or id in found.machines:
        return
    if user.get("is_bot") is True or user.get("is_workflow_bot") is True or words(user, "profile", "bot_id"):
        found.machines.add(id)
        return
    name = (
        words(user, "profile", "real_name")
        or words(user, "real_name")
        or words(user, "profile", "display_name")
        or words(user, "name")
    ).strip()
    team = _team(user) or found.team
    email = words(user, "profile", "email").strip()
    handles = [Handle(HandleKind.SLACK, f"{team}/{id}")] if team else []
    if "@" in email:
        handles.append(Handle(HandleKind.EMAIL, email))
    if not handles and name:
        handles.append(Handle(HandleKind.NAME, name))
    if handles:
        found.people[id] = PersonMention(tuple(handles), name or None)
        found.named.append((id, _day(user.get("updated"))))


def _place(conversation: Element, name: str, found: Workspace) -> None:
    id, called = words(conversation, "id"), words(conversation, "name")
    closed = name in (DIRECT, GROUP)
    place = Conversation(id or called, tuple(ids(conversation, "members")) if closed else None, direct=name == DIRECT)
    for folder in filter(None, (id, called)):
        found.conversations.setdefault(folder, place)


def _day(updated: object) -> date:
    """When a profile was last changed; where that is not said, before everything."""
    if isinstance(updated, int) and 0 < updated < 1 << 32:
        return datetime.fromtimestamp(updated, UTC).date()
    return _UNDATED
