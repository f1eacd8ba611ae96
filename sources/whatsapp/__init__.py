"""WhatsApp chats as a phone exports them: a text file or a zip with one (Android), a zip with `_chat.txt` (iPhone).

In a chat of two, each message goes to the other person. In a group, it goes to all others who wrote, if these are at
most 20. People have the name from the phone's address book, the name that they chose themselves (`~ Ben`), or their
number. `chat_lines` reads lines, `date_order` finds out which number in a date is the day, `titles` reads the name of
the partner or group, `chats` finds the partners and the owner. The text of messages is never stored.
Samples and expected records: tests/samples/whatsapp/.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import repeat
from pathlib import Path, PurePath
from zipfile import is_zipfile

from graph.records import BadRow, Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record, SkippedRow
from sources.archives.files import File, open_export, open_exports
from sources.errors import UnsafeArchive
from sources.whatsapp.chat_lines import begins_as_chat
from sources.whatsapp.chats import Chat, is_program, messages, survey_chats
from sources.whatsapp.titles import chat_name_key, is_title, is_unambiguous_you, is_you

name = "whatsapp"

_NUMBER = re.compile(r"\+[\d\s().-]{7,30}")
_IPHONE_FILE = "_chat.txt"
_THE_OWNER = PersonMention(())


def identify(path: Path) -> bool:
    """Whether this is the text of a chat, or a zip that contains one."""
    if not path.is_file() or not (path.suffix.lower() == ".txt" or is_zipfile(path)):
        return False
    try:
        with open_export(path, _is_text) as files:
            return any(map(begins_as_chat, _chat_files(path, files)))
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner if a chat shows who it is, then every message in file order. Raises SourceError."""
    with open_exports(paths, _is_text) as archives:
        chats = survey_chats(
            [
                (file, path.stem if file.name.endswith(_IPHONE_FILE) else PurePath(file.name).stem)
                for path, files in archives
                for file in _chat_files(path, files)
            ]
        )
        owner = next((chat.owner for chat in chats if chat.owner and not is_you(chat.owner)), None)
        if owner:
            yield Owner(_person(owner))
        for chat in chats:
            yield from _message_records(chat, owner)


def _is_text(place: PurePath) -> bool:
    return place.suffix.lower() == ".txt"


def _chat_files(path: Path, files: Sequence[File]) -> list[File]:
    """The chat in a zip, which may also contain text documents that people sent.

    It is `_chat.txt`, has the name of the zip, or is the only text with a name that WhatsApp gives.
    """
    if not is_zipfile(path):
        return list(files)
    named = {PurePath(file.name): file for file in files}
    of_iphone = [file for place, file in named.items() if place.name == _IPHONE_FILE]
    of_android = [file for place, file in named.items() if chat_name_key(place.stem) == chat_name_key(path.stem)]
    by_title = [file for place, file in named.items() if is_title(place.stem)]
    alone = next((candidates for candidates in (by_title, list(files)) if len(candidates) == 1), [])
    return of_iphone[:1] or of_android[:1] or alone


def _message_records(chat: Chat, owner: str | None) -> Iterator[Record]:
    if chat.is_sent:
        yield from repeat(SkippedRow(chat.file.name, "a chat of others, which was sent in a chat"), chat.rows)
        return
    if chat.refused:
        yield BadRow(chat.file.name, chat.first_line, chat.refused)
        yield from repeat(SkippedRow(chat.file.name, "in a chat that cannot be read"), chat.rows - 1)
        return
    recipients = _recipients(chat, owner)
    channel = Channel.THREAD if _is_group(chat) else Channel.CHAT
    people = {author: _person_in(chat, author) for author in recipients}
    key, no_tie = chat.key, chat.no_tie
    counts: Counter[tuple[str, datetime]] = Counter()
    newest: datetime | None = None
    for item in messages(chat):
        if isinstance(item, BadRow | SkippedRow):
            yield item
            continue
        line, at = item
        if reason := _skip_reason(chat, line.author, recipients, no_tie):
            yield SkippedRow(chat.file.name, reason)
        elif author := line.author:
            minute = at.replace(second=0)  # Android exports no seconds
            if newest and minute > newest:
                counts.clear()
            newest = max(newest or minute, minute)
            counts[author, minute] += 1
            id = f"{key} {_role(chat, author)} {minute.isoformat()} {counts[author, minute]}"
            yield Interaction(people[author], recipients[author], at, channel, id)


def _is_group(chat: Chat) -> bool:
    return not chat.partner and (chat.is_group or len(chat.people) > 2 or is_title(chat.title))


def _recipients(chat: Chat, owner: str | None) -> dict[str, tuple[PersonMention, ...]]:
    """The people whose messages count, with those to whom they wrote."""
    if not chat.partner:
        people = {person: _person_in(chat, person) for person in chat.people}
        return {author: tuple(person for other, person in people.items() if other != author) for author in people}
    to_owner = chat.owner or owner
    recipients: dict[str, tuple[PersonMention, ...]] = {
        chat.partner: (_person_in(chat, to_owner) if to_owner else _THE_OWNER,)
    }
    if chat.owner:
        recipients[chat.owner] = (_person_in(chat, chat.partner),)
    return recipients


def _role(chat: Chat, author: str) -> str:
    """An author, in a form that is the same in each export of the chat."""
    return author if not chat.partner else "partner" if author == chat.partner else "owner"


def _skip_reason(
    chat: Chat, author: str | None, recipients: Mapping[str, tuple[PersonMention, ...]], no_tie: str | None
) -> str | None:
    if not author or author not in chat.authors:
        return "notice from WhatsApp"
    if is_program(author):
        return "automated"
    if author not in recipients:
        return "a third name in a chat of two"
    return no_tie or (None if recipients[author] else "nobody else wrote, so the recipient is unknown")


def _person_in(chat: Chat, author: str) -> PersonMention:
    if (author == chat.owner and is_you(author)) or is_unambiguous_you(author):
        return _THE_OWNER
    if author == chat.owner:
        return _person(author)
    if chat.read_as and author == chat.partner:
        return _person(chat.read_as)
    return _person(author, chat.key)


def _person(name: str, chat: str = "") -> PersonMention:
    """The person of a name, which is a number if the phone's address book lacks the person.

    A name that a person chose (`~ Ben`) is not one of the address book. Another chat may contain another Ben.
    """
    if _NUMBER.fullmatch(name):
        return PersonMention((Handle(HandleKind.PHONE, name),))
    if name.startswith("~"):
        own_name = name.removeprefix("~").strip()
        place = blake2b(chat.encode(), digest_size=4).hexdigest()  # not the title, which others must not see
        return PersonMention((Handle(HandleKind.NAME, f"~ {own_name} {place}"),), own_name)
    return PersonMention((Handle(HandleKind.NAME, name),), name)
