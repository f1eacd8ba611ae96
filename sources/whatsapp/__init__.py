"""WhatsApp chats as a telephone exports them: the text (Android), or the zip with `_chat.txt` in it (iPhone).

Two people in a chat wrote to each other; in a group of at most 20 who wrote, each message went to all the others. Who
they are is what the telephone's address book calls them, or their number. `chat` reads lines, `dates` finds out which
number is the day, from all of them. Nothing of what was written is kept.
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
from sources.archive import File, all_opened, opened
from sources.errors import TwoOwners, UnsafeArchive
from sources.whatsapp.chat import is_chat, said
from sources.whatsapp.dates import Order, moment

name = "whatsapp"

_MOST_WRITERS = 20 + 1
_MOST_NAMES = 10_000
_NUMBER = re.compile(r"\+[\d\s().-]{7,30}")
_IPHONES = "_chat.txt"


@dataclass(slots=True)
class _Chat:
    """What has to be known of a chat before it is read."""

    file: File
    called: str
    "The file's name, or the zip's, in which WhatsApp writes whose chat it is."
    writers: dict[str, None] = field(default_factory=dict)
    order: Order = field(default_factory=Order)
    shape: str = ""
    partner: str | None = None
    owner: str | None = None


def identify(path: Path) -> bool:
    """Whether this is a chat's text, or a zip with one in it."""
    if not path.is_file() or not (path.suffix.lower() == ".txt" or is_zipfile(path)):
        return False
    try:
        with opened(path, _is_text) as files:
            return any(map(_is_chat, _texts(path, files)))
    except UnsafeArchive:
        return False


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """The owner where a chat tells, then every message in file order. Raises SourceError."""
    with all_opened(paths, _is_text) as archives:
        chats = [
            _looked_through(file, path.stem if file.name.endswith(_IPHONES) else PurePath(file.name).stem)
            for path, files in archives
            for file in _texts(path, files)
        ]
        owner = _owner(chats)
        if owner:
            yield Owner(_somebody(owner))
        decided = _decided(chats)
        for chat in chats:
            found = chat.order.orders()
            if len(found) > 1 and (alike := found & decided[chat.shape]):
                found = alike
            if len(found) == 1:
                yield from _messages(chat, owner, next(iter(found)))
            else:
                yield BadRow(chat.file.name, 1, "its dates do not tell day from month; a longer chat beside it would")


def _is_text(place: PurePath) -> bool:
    return place.suffix.lower() == ".txt"


def _texts(path: Path, files: Sequence[File]) -> list[File]:
    """The chat in a zip, where documents that were sent may lie beside it."""
    named = [file for file in files if PurePath(file.name).name == _IPHONES]
    return list(files) if not is_zipfile(path) else named[:1] or (list(files) if len(files) == 1 else [])


def _is_chat(file: File) -> bool:
    with file.open() as stream:
        return is_chat(stream)


def _looked_through(file: File, called: str) -> _Chat:
    chat = _Chat(file, called)
    with file.open() as stream:
        for line in said(file.name, stream):
            if isinstance(line, BadRow):
                continue
            chat.shape = chat.shape or line.shape
            chat.order.see(line.day, line.mark)
            if line.by and len(chat.writers) < _MOST_NAMES:
                chat.writers.setdefault(line.by)
    title = _bare(chat.called)
    about = [writer for writer in chat.writers if "whatsapp" in title and _is_about(title, writer)]
    if not about:
        return chat
    named = max(about, key=len)
    if len(chat.writers) <= 2:
        chat.partner = named
        chat.owner = next((writer for writer in chat.writers if writer != named), None)
    else:
        chat.writers.pop(named)  # iPhones put a group's notices in the group's own mouth
    return chat


def _is_about(title: str, writer: str) -> bool:
    """Whether a file is called after a writer, in whatever language: `WhatsApp Chat with Ben`, `Ben ile …`."""
    return bool(_bare(writer)) and (title.endswith(_bare(writer)) or title.startswith(_bare(writer)))


def _bare(written: str) -> str:
    copies = re.sub(r"\s?\(\d{1,2}\)$", "", written)
    return "".join(letter for letter in copies.casefold() if letter.isalnum())


def _owner(chats: Sequence[_Chat]) -> str | None:
    """Who is not the partner; else who alone is in every chat of two. Raises TwoOwners."""
    stated = {chat.owner for chat in chats if chat.owner}
    if len(stated) > 1:
        raise TwoOwners(name)
    pairs = {frozenset(chat.writers) for chat in chats if len(chat.writers) == 2}
    common = frozenset.intersection(*pairs) if len(pairs) > 1 else frozenset()
    return next(iter(stated or (common if len(common) == 1 else ())), None)


def _decided(chats: Sequence[_Chat]) -> dict[str, set[str]]:
    """In which order dates that are written alike are meant, by the chats that settle it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for chat in chats:
        if len(orders := chat.order.orders()) == 1:
            found[chat.shape] |= orders
    return found


def _messages(chat: _Chat, owner: str | None, order: str) -> Iterator[Record]:
    people = {writer: _somebody(writer) for writer in chat.writers}
    others = {writer: tuple(who for one, who in people.items() if one != writer) for writer in people}
    group = len(people) > 2 or ("whatsapp" in _bare(chat.called) and not chat.partner)
    if len(people) == 1 and chat.partner:
        others, group = {chat.partner: (_somebody(owner) if owner else PersonMention(()),)}, False
    together = " ".join(sorted(chat.writers))
    times: Counter[tuple[str, datetime]] = Counter()
    newest: datetime | None = None
    with chat.file.open() as stream:
        for line in said(chat.file.name, stream):
            if isinstance(line, BadRow):
                yield line
                continue
            at = moment(line.day, order, line.hour, line.minute, line.second)
            if at is None:
                yield BadRow(chat.file.name, line.number, "a date that is none")
            elif reason := _no_message(line.by, others):
                yield SkippedRow(chat.file.name, reason)
            elif line.by:
                if newest and at > newest:
                    times.clear()
                newest = max(newest or at, at)
                times[line.by, at] += 1
                id = f"{together} {line.by} {at.isoformat()} {times[line.by, at]}"
                channel = Channel.THREAD if group else Channel.CHAT
                yield Interaction(people[line.by], others[line.by], at, channel, id)


def _no_message(by: str | None, others: Mapping[str, tuple[PersonMention, ...]]) -> str | None:
    if not by or by not in others:
        return "a notice"
    if len(others) > _MOST_WRITERS:
        return "among more than 20 people"
    return None if others[by] else "nobody answered, so that it is unknown who read it"


def _somebody(called: str) -> PersonMention:
    """By number where the telephone knows no name."""
    if _NUMBER.fullmatch(called):
        return PersonMention((Handle(HandleKind.PHONE, called),))
    return PersonMention((Handle(HandleKind.NAME, called),), called)
