"""The people of a workspace, and the members of its direct messages and group conversations."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from graph.records import (
    WORKSPACE,
    BadRow,
    GroupMember,
    Handle,
    HandleKind,
    ObservedName,
    PersonMention,
    Record,
    UnreachableHandles,
    UnreachableReason,
)
from sources.archives.files import File
from sources.archives.json_stream import JsonObject, json_objects, text_at, texts_in

USER_LISTS = ("users.json", "org_users.json")
_DIRECT_MESSAGES, _GROUP_MESSAGES = "dms.json", "mpims.json"
CONVERSATION_LISTS = ("channels.json", "groups.json", _DIRECT_MESSAGES, _GROUP_MESSAGES)
_MAX_GROUP = 150
"""People in a channel whose members are read: a larger one says little about each of them."""

_ID = re.compile(r"[A-Z][A-Z0-9]{1,20}")
_DIRECT_ID = re.compile(r"D[A-Z0-9]{2,20}")
_GROUP_NAME = re.compile(r"mpdm-(.+)-\d+")
_SLACKBOT = "USLACKBOT"
_UNDATED = date(1970, 1, 1)
_KEPT_KEYS = (
    "id",
    "team_id",
    "name",
    "real_name",
    "is_bot",
    "is_workflow_bot",
    "updated",
    "members",
    "user",
    "deleted",
    "is_general",
    "is_archived",
)
_KEPT_PROFILE_KEYS = ("email", "team", "real_name", "display_name", "bot_id")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation. `members` is None for a channel: a message there has no recipients by membership.

    `is_partial` tells that members may be missing in the export. Then those who wrote are members too.
    """

    id: str
    members: tuple[str, ...] | None = None
    is_direct: bool = False
    is_partial: bool = False


@dataclass(slots=True)
class Workspace:
    """One export's lists. `team` is the workspace's id, "" if the export does not contain it.

    `people` and `bots` are by user id, `conversations` by section, and name or id. A section is the folder of an
    Enterprise Grid's team, "" at the top. `profile_dates` are when each user's profile was last changed, for
    `closed_accounts` the day on which the account was closed. `user_names`
    has the user id of each user name, "" if several users have it. `groups` are the members of channels by name.
    """

    team: str = ""
    people: dict[str, PersonMention] = field(default_factory=dict)
    bots: set[str] = field(default_factory=lambda: {_SLACKBOT})
    conversations: dict[tuple[str, str], Conversation] = field(default_factory=dict)
    user_names: dict[str, str] = field(default_factory=dict)
    profile_dates: list[tuple[str, date]] = field(default_factory=list)
    closed_accounts: set[str] = field(default_factory=set)
    groups: dict[str, dict[str, None]] = field(default_factory=dict)
    bad_rows: list[BadRow] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """The unreadable rows, the name and handles of everybody who has an account, and the members of channels."""
        yield from self.bad_rows
        domains = Counter(
            domain for person in self.people.values() for domain in map(_domain, person.handles) if domain
        )
        most = max(domains.values(), default=0)
        covered = {"", *(domain for domain, count in domains.items() if count == most)}
        for user, on in self.profile_dates:
            person = self.people[user]
            yield ObservedName(person, on)
            # a guest keeps the address of another company
            handles = tuple(handle for handle in person.handles if _domain(handle) in covered)
            if handles and user in self.closed_accounts and on != _UNDATED:
                yield UnreachableHandles(person._replace(handles=handles), on, UnreachableReason.ACCOUNT_CLOSED)
        for name, members in self.groups.items():
            for person in self.people_by_id([*members]).values():
                yield GroupMember(person, f"#{name}", WORKSPACE)

    def person(self, user: str) -> PersonMention | None:
        """The person of a user id, also if the list of users lacks it; None for bots and invalid ids."""
        if user in self.people:
            return self.people[user]
        if user in self.bots or not self.team or not _ID.fullmatch(user):
            return None
        return PersonMention((Handle(HandleKind.SLACK, f"{self.team}/{user}"),))

    def people_by_id(self, users: list[str]) -> dict[str, PersonMention]:
        """The people of these user ids, each once, by id. Bots and invalid ids are omitted."""
        return {user: person for user in users if (person := self.person(user))}

    def conversation(self, section: str, folder: str) -> Conversation:
        """The conversation of a folder, whose name is the conversation's name or id.

        If no list contains it, the name tells whether it is a direct message or a group of people.
        """
        for place in (section, ""):
            if conversation := self.conversations.get((place, folder)):
                return conversation
        if _DIRECT_ID.fullmatch(folder):
            return Conversation(folder, (), is_direct=True, is_partial=True)
        if named := self.members_by_name(folder):
            return Conversation(folder, named, is_partial=True)
        return Conversation(folder)

    def members_by_name(self, name: str) -> tuple[str, ...]:
        """The user ids in the name of a group of people (`mpdm-ana--ben-1`); empty for another name."""
        match = _GROUP_NAME.fullmatch(name)
        return tuple(filter(None, map(self.user_names.get, match[1].split("--")))) if match else ()


def is_user_list(file: File) -> bool:
    """Whether a file is a list of Slack's users, by its first user."""
    with closing(json_objects(file)) as users:
        first = next(users, None)
    if first is None or isinstance(first, BadRow):
        return False
    user = first[1]
    return _ID.fullmatch(text_at(user, "id")) is not None and ("profile" in user or "team_id" in user)


def read_workspace(sections: Mapping[str, Mapping[str, File]]) -> Workspace:
    """Read an export's lists, given by section and file name."""
    workspace = Workspace()
    users = [user for lists in sections.values() for name in USER_LISTS for user in _objects(lists, name, workspace)]
    teams = Counter(filter(None, map(_team, users)))
    workspace.team = max(teams, key=lambda team: (teams[team], team), default="")
    for user in users:
        _add_user(user, workspace)
    for user in users:
        _add_user_name(user, workspace)
    for section, lists in sections.items():
        for name in CONVERSATION_LISTS:
            for conversation in _objects(lists, name, workspace):
                _add_conversation(conversation, section, name, workspace)
    return workspace


def _objects(lists: Mapping[str, File], name: str, workspace: Workspace) -> Iterator[JsonObject]:
    if name in lists:
        for item in json_objects(lists[name]):
            if isinstance(item, BadRow):
                workspace.bad_rows.append(item)
            else:
                yield _kept_values(item[1])


def _kept_values(item: JsonObject) -> JsonObject:
    """The values of a user or conversation that are needed. Dropping pictures, topics and purposes saves memory."""
    selected = {key: item[key] for key in _KEPT_KEYS if key in item}
    profile = item.get("profile")
    if isinstance(profile, dict):
        selected["profile"] = {key: profile[key] for key in _KEPT_PROFILE_KEYS if key in profile}
    return selected


def _team(user: JsonObject) -> str:
    team = text_at(user, "team_id") or text_at(user, "profile", "team")
    return team if _ID.fullmatch(team) else ""


def _add_user(user: JsonObject, workspace: Workspace) -> None:
    """Add a user, also one who left the workspace: their messages are evidence too."""
    id = text_at(user, "id")
    if not _ID.fullmatch(id) or id in workspace.people or id in workspace.bots:
        return
    if user.get("is_bot") is True or user.get("is_workflow_bot") is True or text_at(user, "profile", "bot_id"):
        workspace.bots.add(id)
        return
    name = (
        text_at(user, "profile", "real_name")
        or text_at(user, "real_name")
        or text_at(user, "profile", "display_name")
        or text_at(user, "name")
    ).strip()
    team = _team(user) or workspace.team
    email = text_at(user, "profile", "email").strip()
    handles = [Handle(HandleKind.SLACK, f"{team}/{id}")] if team else []
    if "@" in email:
        handles.append(Handle(HandleKind.EMAIL, email))
    if not handles and name:
        handles.append(Handle(HandleKind.NAME, name))
    if handles:
        workspace.people[id] = PersonMention(tuple(handles), name or None)
        workspace.profile_dates.append((id, _profile_date(user.get("updated"))))
        if user.get("deleted") is True:
            workspace.closed_accounts.add(id)


def _domain(handle: Handle) -> str:
    """The domain of an address, in lower case; empty for other handles."""
    return handle.text.rpartition("@")[2].lower() if handle.kind is HandleKind.EMAIL else ""


def _add_user_name(user: JsonObject, workspace: Workspace) -> None:
    id = text_at(user, "id")
    for name in {text_at(user, "name"), text_at(user, "profile", "display_name")} - {""}:
        is_free = workspace.user_names.setdefault(name, id) == id
        workspace.user_names[name] = id if is_free else ""


def _add_conversation(item: JsonObject, section: str, list_name: str, workspace: Workspace) -> None:
    id, name = text_at(item, "id"), text_at(item, "name")
    is_direct = list_name == _DIRECT_MESSAGES
    if is_direct or list_name == _GROUP_MESSAGES:
        listed = (*texts_in(item, "members"), text_at(item, "user"), *workspace.members_by_name(name))
        members = tuple(dict.fromkeys(filter(None, listed)))
        is_partial = len(members) < 2 or not texts_in(item, "members")
        conversation = Conversation(id or name, members, is_direct, is_partial)
    else:
        conversation = Conversation(id or name)
        _add_group(item, name, workspace)
    for folder in filter(None, (id, name)):
        workspace.conversations.setdefault((section, folder), conversation)


def _add_group(item: JsonObject, name: str, workspace: Workspace) -> None:
    """Add the members of a channel, unless it is the one of everybody, archived, or large."""
    members = texts_in(item, "members")
    if name and len(members) <= _MAX_GROUP and not item.get("is_general") and not item.get("is_archived"):
        workspace.groups.setdefault(name, {}).update(dict.fromkeys(members))


def _profile_date(updated: object) -> date:
    """Return when a profile was last changed; 1970-01-01 if that is missing."""
    if isinstance(updated, int) and 0 < updated < 1 << 32:
        return datetime.fromtimestamp(updated, UTC).date()
    return _UNDATED
