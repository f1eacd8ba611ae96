"""What a message shows of a tie: whom it was said to, whom it answered or named, who reacted.

What is said to a whole channel is said to nobody in particular, however few are in it: who is listed there today
need not have been on that day, nor have read it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from graph.records import BadRow, Channel, Interaction, Meeting, PersonMention, Record, SkippedRow
from sources.archive import File
from sources.slack.elements import Element, elements, ids, words
from sources.slack.workspace import Conversation, Workspace

CROWD = 20

# A message of a person's own; every other subtype tells of joining, renaming, pinning, or is a machine's.
_SAID = {"", "me_message", "file_share", "thread_broadcast", "reply_broadcast"}
_MACHINE = {"bot_message", "bot_add", "bot_remove", "bot_enable", "bot_disable", "reminder_add", "slackbot_response"}

_MENTION = re.compile(r"<@([A-Z0-9]{2,21})(?:\|[^<>]{0,200})?>")
_MOMENT = re.compile(r"(\d{9,10})(?:\.\d{1,9})?")

Threads = dict[str, dict[str, PersonMention]]
"""Who wrote in each thread so far, by the moment of its first message."""


def records(folder: str, days: Iterable[File], who: Workspace) -> Iterator[Record]:
    """What the messages of one conversation say, day by day."""
    place = who.conversation(folder)
    threads: Threads = {}
    for file in days:
        for found in elements(file):
            if isinstance(found, BadRow):
                yield found
                continue
            number, message = found
            at = moment(message.get("ts"))
            if at is None:
                yield BadRow(file.name, number, "no time that can be read")
            else:
                yield from _message(message, at, folder, place, threads, who)


def moment(written: object) -> datetime | None:
    """Slack's seconds since 1970, written as text with the message's number behind the point."""
    found = _MOMENT.fullmatch(str(written)) if isinstance(written, str | int | float) else None
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _message(
    message: Element, at: datetime, folder: str, place: Conversation, threads: Threads, who: Workspace
) -> Iterator[Record]:
    id = f"{place.id}/{words(message, 'ts') or message['ts']}"
    if isinstance(message.get("room"), dict):
        yield from _call(message["room"], at, id, folder, who)
        return
    subtype = words(message, "subtype")
    author = words(message, "user") if subtype in _SAID else ""
    by = who.somebody(author)
    if by is None or message.get("bot_id"):
        is_machine = subtype in _SAID or subtype in _MACHINE
        yield SkippedRow(folder, "automated" if is_machine else "a notice of Slack's")
        return
    if by.name is None:  # of another company, in a channel that is shared with it
        by = by._replace(name=words(message, "user_profile", "real_name").strip() or None)
    to = _audience(message, author, place, threads, who)
    to.pop(author, None)
    if to:
        yield Interaction(by, tuple(to.values()), at, Channel.CHAT if place.direct else Channel.THREAD, id)
    else:
        yield SkippedRow(folder, "said to nobody in particular")
    yield from _reactions(message, by, author, at, id, folder, who)


def _audience(
    message: Element, author: str, place: Conversation, threads: Threads, who: Workspace
) -> dict[str, PersonMention]:
    """All members where it is a closed conversation; else those who are mentioned, and those whom a thread answers.

    Where so many wrote in the thread that it is a crowd, it is for the mentioned alone.
    """
    if place.members is not None:
        return who.everybody([*place.members])
    mentioned = who.everybody(_MENTION.findall(words(message, "text")))
    thread = words(message, "thread_ts")
    if not thread:
        return mentioned
    wrote = threads.setdefault(thread, who.everybody([words(message, "parent_user_id")]))
    before = {user: one for user, one in wrote.items() if user != author}
    wrote.update(who.everybody([author]))
    return before | mentioned if len(before) <= CROWD or not mentioned else mentioned


def _reactions(
    message: Element, author: PersonMention, author_id: str, at: datetime, id: str, folder: str, who: Workspace
) -> Iterator[Record]:
    """One from each who reacted, however often; when is not told, so it counts on the message's day."""
    reactions = message.get("reactions")
    listed = [one for one in reactions if isinstance(one, dict)] if isinstance(reactions, list) else []
    reacted = who.everybody([user for reaction in listed for user in ids(reaction, "users")])
    reacted.pop(author_id, None)
    if len(reacted) > CROWD:
        yield SkippedRow(folder, f"reactions of more than {CROWD} people")
        return
    for user, by in reacted.items():
        yield Interaction(by, (author,), at, Channel.REACTION, f"{id}/{user}")


def _call(room: Element, at: datetime, id: str, folder: str, who: Workspace) -> Iterator[Record]:
    """A huddle: everybody who was ever in it met."""
    there = who.everybody(ids(room, "participant_history") or ids(room, "participants"))
    if len(there) < 2:
        yield SkippedRow(folder, "a call that nobody joined")
    else:
        yield Meeting(tuple(there.values()), moment(room.get("date_start")) or at, id)
