"""WhatsApp chats as a phone exports them: a text file (Android), or a zip with `_chat.txt` in it (iPhone).

In a chat of two, each message goes to the other person. In a group, it goes to all others who wrote, if these are at
most 20. People have the name from the phone's address book, or their number. `chat_lines` reads lines, `date_order`
finds out which number in a date is the day. The text of messages is never stored.
Samples and expected records: tests/samples/whatsapp/.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePath
from zipfile import is_zipfile

from graph.records import BadRow, Channel, Handle, HandleKind, Interaction, Owner, PersonMention, Record, SkippedRow
from sources.archives.files import File, open_export, open_exports
from sources.errors import MultipleOwners, UnsafeArchive
from sources.whatsapp.chat_lines import begins_as_chat, chat_lines
from sources.whatsapp.date_order import DateOrder, parse_chat_time

name = "whatsapp"

_MAX_AUTHORS = 20 + 1
_MAX_NAMES = 10_000
_NUMBER = re.compile(r"\+[\d\s().-]{7,30}")
_IPHONE_FILE = "_chat.txt"


@dataclass(slots=True)
class _Chat:
    """Data that is collected about a chat before its messages are read."""

    file: File
    title: str
    """The name of the file or zip, in which WhatsApp writes the name of the partner or group."""
    authors: dict[str, None] = field(default_factory=dict)
    order: DateOrder = field(default_factory=DateOrder)
    date_style: str = ""
    partner: str | None = None
    owner: str | None = None


def identify(path: Path) -> bool:
    """Whether this is the text of a chat, or a zip that contains one."""
    if not path.is_file() or not (path.suffix.lower() == ".txt" or is_zipfile(path)):
        return False
    try:
        with open_export(path, _is_text) as files:
            return any(map(_is_chat, _chat_files(path, files)))
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner if a chat shows who it is, then every message in file order. Raises SourceError."""
    with open_exports(paths, _is_text) as archives:
        chats = [
            _scan(file, path.stem if file.name.endswith(_IPHONE_FILE) else PurePath(file.name).stem)
            for path, files in archives
            for file in _chat_files(path, files)
        ]
        owner = _owner(chats)
        if owner:
            yield Owner(_person(owner))
        certain_orders = _certain_orders(chats)
        for chat in chats:
            orders = chat.order.best()
            if len(orders) > 1 and (shared := orders & certain_orders[chat.date_style]):
                orders = shared
            if len(orders) == 1:
                yield from _message_records(chat, owner, next(iter(orders)))
            else:
                reason = "the order of day and month in the dates is unclear; load the chat together with a longer one"
                yield BadRow(chat.file.name, 1, reason)


def _is_text(place: PurePath) -> bool:
    return place.suffix.lower() == ".txt"


def _chat_files(path: Path, files: Sequence[File]) -> list[File]:
    """The chat in a zip, which may also contain text documents that people sent."""
    iphone_files = [file for file in files if PurePath(file.name).name == _IPHONE_FILE]
    return list(files) if not is_zipfile(path) else iphone_files[:1] or (list(files) if len(files) == 1 else [])


def _is_chat(file: File) -> bool:
    with file.open() as stream:
        return begins_as_chat(stream)


def _scan(file: File, title: str) -> _Chat:
    """Read a chat once to learn its authors, its partner or owner, and the order of its dates."""
    chat = _Chat(file, title)
    with file.open() as stream:
        for line in chat_lines(file.name, stream):
            if isinstance(line, BadRow):
                continue
            chat.date_style = chat.date_style or line.date_style
            chat.order.add(line.date, line.separator)
            if line.author and len(chat.authors) < _MAX_NAMES:
                chat.authors.setdefault(line.author)
    key = _name_key(chat.title)
    in_title = [author for author in chat.authors if "whatsapp" in key and _is_named_in(key, author)]
    if not in_title:
        return chat
    named = max(in_title, key=len)
    if len(chat.authors) <= 2:
        chat.partner = named
        chat.owner = next((author for author in chat.authors if author != named), None)
    else:
        chat.authors.pop(named)  # iPhones write a group's notices under the group's name
    return chat


def _is_named_in(title: str, author: str) -> bool:
    """Whether a title names an author, in any language: `WhatsApp Chat with Ben`, `Ben ile …`."""
    return bool(_name_key(author)) and (title.endswith(_name_key(author)) or title.startswith(_name_key(author)))


def _name_key(text: str) -> str:
    """A name or title for comparison: case-folded letters and digits, without the number of a copy (`… (2)`)."""
    without_copy = re.sub(r"\s?\(\d{1,2}\)$", "", text)
    return "".join(letter for letter in without_copy.casefold() if letter.isalnum())


def _owner(chats: Sequence[_Chat]) -> str | None:
    """The author who is not the partner, else the only author in every chat of two. Raises MultipleOwners."""
    owners = {chat.owner for chat in chats if chat.owner}
    if len(owners) > 1:
        raise MultipleOwners("WhatsApp")
    pairs = {frozenset(chat.authors) for chat in chats if len(chat.authors) == 2}
    in_all = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(owners or (in_all if len(in_all) == 1 else ())), None)


def _certain_orders(chats: Sequence[_Chat]) -> dict[str, set[str]]:
    """Date style → the orders of the chats of this style that have only one possible order."""
    by_style: defaultdict[str, set[str]] = defaultdict(set)
    for chat in chats:
        if len(orders := chat.order.best()) == 1:
            by_style[chat.date_style] |= orders
    return by_style


def _message_records(chat: _Chat, owner: str | None, order: str) -> Iterator[Record]:
    people = {author: _person(author) for author in chat.authors}
    recipients = {author: tuple(person for other, person in people.items() if other != author) for author in people}
    is_group = len(people) > 2 or ("whatsapp" in _name_key(chat.title) and not chat.partner)
    if len(people) == 1 and chat.partner:
        recipients, is_group = {chat.partner: (_person(owner) if owner else PersonMention(()),)}, False
    all_authors = " ".join(sorted(chat.authors))
    counts: Counter[tuple[str, datetime]] = Counter()
    newest: datetime | None = None
    with chat.file.open() as stream:
        for line in chat_lines(chat.file.name, stream):
            if isinstance(line, BadRow):
                yield line
                continue
            at = parse_chat_time(line.date, order, line.hour, line.minute, line.second)
            if at is None:
                yield BadRow(chat.file.name, line.number, "the date or time does not exist")
            elif reason := _skip_reason(line.author, recipients):
                yield SkippedRow(chat.file.name, reason)
            elif line.author:
                if newest and at > newest:
                    counts.clear()
                newest = max(newest or at, at)
                counts[line.author, at] += 1
                id = f"{all_authors} {line.author} {at.isoformat()} {counts[line.author, at]}"
                channel = Channel.THREAD if is_group else Channel.CHAT
                yield Interaction(people[line.author], recipients[line.author], at, channel, id)


def _skip_reason(author: str | None, recipients: Mapping[str, tuple[PersonMention, ...]]) -> str | None:
    if not author or author not in recipients:
        return "notice from WhatsApp"
    if len(recipients) > _MAX_AUTHORS:
        return "among more than 20 people"
    return None if recipients[author] else "nobody else wrote, so the recipient is unknown"


def _person(name: str) -> PersonMention:
    """The person of a name, which is a number if the phone's address book lacks the person."""
    if _NUMBER.fullmatch(name):
        return PersonMention((Handle(HandleKind.PHONE, name),))
    return PersonMention((Handle(HandleKind.NAME, name),), name)
