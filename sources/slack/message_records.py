"""The records of messages: their recipients, the people they answer or mention, and the people who reacted.

A message to a whole channel has no recipients, even if the channel is small. Its current members may have joined later
or may not have read it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from graph.records import BadRow, Channel, Interaction, Meeting, PersonMention, Record, SkippedRow
from sources.archives.files import File
from sources.archives.json_stream import JsonObject, json_objects, text_at, texts_in
from sources.slack.workspace import Conversation, Workspace

_MAX_AUDIENCE = 20

# Subtypes of messages that people write. All others report joining, renaming or pinning, or are from a program.
_WRITTEN_BY_PEOPLE = {"", "me_message", "file_share", "thread_broadcast", "reply_broadcast"}
_AUTOMATED = {"bot_message", "bot_add", "bot_remove", "bot_enable", "bot_disable", "reminder_add", "slackbot_response"}

_MENTION = re.compile(r"<@([A-Z0-9]{2,21})(?:\|[^<>]{0,200})?>")
_TIMESTAMP = re.compile(r"(\d{9,10})(?:\.\d{1,9})?")

ThreadAuthors = dict[str, dict[str, PersonMention]]
"""Timestamp of a thread's first message → user id → author, for all messages read so far."""


def conversation_records(section: str, folder: str, days: Sequence[File], workspace: Workspace) -> Iterator[Record]:
    """The records of one conversation's messages, day by day."""
    conversation = _with_all_members(workspace.conversation(section, folder), days)
    threads: ThreadAuthors = {}
    for file in days:
        for item in json_objects(file):
            if isinstance(item, BadRow):
                yield item
                continue
            number, message = item
            at = parse_timestamp(message.get("ts"))
            if at is None:
                yield BadRow(file.name, number, "the time is missing or unreadable")
            else:
                yield from _message_records(message, at, folder, conversation, threads, workspace)


def _with_all_members(conversation: Conversation, days: Iterable[File]) -> Conversation:
    """The conversation with those who wrote in it as members, if its list of members may be incomplete."""
    if not conversation.is_partial or conversation.members is None:
        return conversation
    objects = (item[1] for file in days for item in json_objects(file) if not isinstance(item, BadRow))
    authors = (text_at(item, "user") for item in objects if text_at(item, "subtype") in _WRITTEN_BY_PEOPLE)
    members = tuple(dict.fromkeys(filter(None, (*conversation.members, *authors))))
    return replace(conversation, members=members, is_direct=conversation.is_direct and len(members) <= 2)


def parse_timestamp(value: object) -> datetime | None:
    """Slack's timestamp in UTC: seconds since 1970 as text, with the message's number after the point."""
    match = _TIMESTAMP.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def _message_records(
    message: JsonObject,
    at: datetime,
    folder: str,
    conversation: Conversation,
    threads: ThreadAuthors,
    workspace: Workspace,
) -> Iterator[Record]:
    id = f"{conversation.id}/{text_at(message, 'ts') or message['ts']}"
    if isinstance(message.get("room"), dict):
        yield from _huddle_records(message["room"], at, id, folder, workspace)
        return
    subtype = text_at(message, "subtype")
    author_id = text_at(message, "user") if subtype in _WRITTEN_BY_PEOPLE else ""
    author = workspace.person(author_id)
    if author is None or message.get("bot_id"):
        is_automated = subtype in _WRITTEN_BY_PEOPLE or subtype in _AUTOMATED
        yield SkippedRow(folder, "automated" if is_automated else "notice from Slack")
        return
    if author.name is None:  # from another company, in a channel that is shared with it
        author = author._replace(name=text_at(message, "user_profile", "real_name").strip() or None)
    audience = _audience(message, author_id, conversation, threads, workspace)
    audience.pop(author_id, None)
    if audience:
        channel = Channel.CHAT if conversation.is_direct else Channel.THREAD
        yield Interaction(author, tuple(audience.values()), at, channel, id)
    else:
        yield SkippedRow(folder, "no individual recipient")
    yield from _reaction_records(message, author, author_id, at, id, folder, workspace)


def _audience(
    message: JsonObject, author_id: str, conversation: Conversation, threads: ThreadAuthors, workspace: Workspace
) -> dict[str, PersonMention]:
    """The recipients by user id, possibly with the author.

    In a closed conversation they are all members. In a channel they are those who are mentioned, and those who wrote in
    the same thread before. If more than 20 wrote in the thread and somebody is mentioned, only the mentioned count.
    """
    if conversation.members is not None:
        return workspace.people_by_id([*conversation.members])
    mentioned = workspace.people_by_id(_MENTION.findall(text_at(message, "text")))
    thread = text_at(message, "thread_ts")
    if not thread:
        return mentioned
    authors = threads.setdefault(thread, workspace.people_by_id([text_at(message, "parent_user_id")]))
    earlier = {user: person for user, person in authors.items() if user != author_id}
    authors.update(workspace.people_by_id([author_id]))
    return earlier | mentioned if len(earlier) <= _MAX_AUDIENCE or not mentioned else mentioned


def _reaction_records(
    message: JsonObject, author: PersonMention, author_id: str, at: datetime, id: str, folder: str, workspace: Workspace
) -> Iterator[Record]:
    """One interaction per person who reacted, at the time of the message: Slack does not export that of a reaction."""
    reactions = message.get("reactions")
    valid = [reaction for reaction in reactions if isinstance(reaction, dict)] if isinstance(reactions, list) else []
    people = workspace.people_by_id([user for reaction in valid for user in texts_in(reaction, "users")])
    people.pop(author_id, None)
    if len(people) > _MAX_AUDIENCE:
        yield SkippedRow(folder, f"reactions of more than {_MAX_AUDIENCE} people")
        return
    for user, person in people.items():
        yield Interaction(person, (author,), at, Channel.REACTION, f"{id}/{user}")


def _huddle_records(room: JsonObject, at: datetime, id: str, folder: str, workspace: Workspace) -> Iterator[Record]:
    """A huddle: everybody who was ever in it met."""
    people = workspace.people_by_id(texts_in(room, "participant_history") or texts_in(room, "participants"))
    if len(people) < 2:
        yield SkippedRow(folder, "huddle that nobody joined")
    else:
        yield Meeting(tuple(people.values()), parse_timestamp(room.get("date_start")) or at, id)
