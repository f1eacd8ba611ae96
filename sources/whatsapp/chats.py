"""Reads properties of chats before their messages: partners, the owner, groups, and the order of dates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import PurePath

from graph.records import BadRow, SkippedRow
from sources.archives.files import File
from sources.errors import MultipleOwners
from sources.whatsapp.chat_lines import ChatLine, chat_lines
from sources.whatsapp.date_order import Backwards, ChatDateOrder, parse_chat_time
from sources.whatsapp.phrases import phrases
from sources.whatsapp.titles import (
    chat_name_key,
    is_title,
    is_unambiguous_you,
    is_you,
    self_chat_name,
    subject,
    title_names,
)

PASTED = "pasted from another chat"
_MAX_AUTHORS = 20 + 1
_MAX_NAMES = 10_000
_MIN_LEAD = 2
"""The owner wrote at least twice as often as a third name in a chat of two."""
_COMPARED_MESSAGES = 20
_MAX_SENT_FILES = 1000
_SENT_FILE = re.compile(r"([^<>/\\:\u200e]+\.txt)\b", re.IGNORECASE)


@dataclass(slots=True)
class Chat:
    """One chat. `authors` counts the messages of each person who wrote in it.

    `partner` is the other person in a chat of two, `owner` the name of the owner in it. `read_as` is the present name
    of the partner, if another chat shows that the partner was renamed. `order` is the order of day and month, and
    `refused` the reason why the chat cannot be read.
    """

    file: File
    title: str
    authors: Counter[str] = field(default_factory=Counter)
    dates: ChatDateOrder = field(default_factory=ChatDateOrder)
    style: str = ""
    date_style: str = ""
    rows: int = 0
    first_line: int = 1
    is_group: bool = False
    is_business: bool = False
    is_sent: bool = False
    is_with_oneself: bool = False
    partner: str | None = None
    owner: str | None = None
    read_as: str | None = None
    order: str = ""
    refused: str | None = None
    speaking: set[str] = field(default_factory=set)
    """The names under which more than WhatsApp's own text is written."""
    sent_files: set[str] = field(default_factory=set)
    unclear_clock: bool = False
    clear_clock: bool = False
    unclear_calendar: bool = False

    @property
    def people(self) -> list[str]:
        """The authors, without programs."""
        return [author for author in self.authors if not is_program(author)]

    @property
    def no_tie(self) -> str | None:
        """The reason why no message of this chat counts; None if they count."""
        if self.is_business or (self.partner and is_program(self.partner)):
            return "in a chat with a business or a program"
        if self.is_with_oneself:
            return "in a chat with oneself"
        is_crowd = not self.partner and len(self.people) > _MAX_AUTHORS
        return "among more than 20 people" if is_crowd else None

    @property
    def key(self) -> str:
        """The key that identifies this chat in each of its exports."""
        if self.partner:
            return chat_name_key(self.read_as or self.partner)
        return chat_name_key(subject(self.title)) or " ".join(sorted(self.authors))


@lru_cache(maxsize=1000)
def is_program(author: str) -> bool:
    """Whether a name is that of a program that writes in chats, such as Meta AI."""
    return author.casefold() in phrases("bot")


def survey_chats(files: Sequence[tuple[File, str]]) -> list[Chat]:
    """Read each chat, given with its title, once. Raises MultipleOwners."""
    chats = [_survey(file, title) for file, title in files]
    sent = {name for chat in chats for name in chat.sent_files}
    for chat in chats:
        chat.is_sent = PurePath(chat.file.name).name.casefold() in sent
    read = [chat for chat in chats if not chat.is_sent]
    _set_orders(read)
    for chat in read:
        if not chat.refused and chat.dates.has_pasted_lines(chat.order):
            _count_authors_again(chat)
    _find_partners(read)
    _find_renamed(read)
    return chats


def messages(chat: Chat) -> Iterator[tuple[ChatLine, datetime] | BadRow | SkippedRow]:
    """The lines of a chat with their times. Lines that were pasted from another chat are skipped."""
    backwards = Backwards()
    skips_backwards = chat.dates.has_pasted_lines(chat.order)
    with chat.file.open() as stream:
        for line in chat_lines(chat.file, stream, chat_name_key(subject(chat.title))):
            if isinstance(line, BadRow):
                yield line
                continue
            at = parse_chat_time(line.date, chat.order, line.hour, line.minute, line.second)
            if line.style != chat.style:
                yield SkippedRow(chat.file.name, PASTED)
            elif at is None:
                yield BadRow(chat.file.name, line.number, "the date or time does not exist")
            elif skips_backwards and backwards.add(at.replace(hour=0, minute=0, second=0)):
                yield SkippedRow(chat.file.name, PASTED)
            else:
                yield line, at


def _survey(file: File, title: str) -> Chat:
    chat = Chat(file, title)
    with file.open() as stream:
        for line in chat_lines(file, stream, chat_name_key(subject(title))):
            chat.rows += 1
            if isinstance(line, BadRow):
                continue
            if not chat.style:
                chat.style, chat.date_style, chat.first_line = line.style, line.date_style, line.number
            if line.style == chat.style:
                _add_line(chat, line)
    return chat


def _add_line(chat: Chat, line: ChatLine) -> None:
    chat.dates.add(line.date, line.separator)
    chat.unclear_calendar |= line.has_persian_digits and max(map(len, line.date)) < 3
    if line.clock_word:
        chat.unclear_clock = True
        chat.clear_clock |= line.hour == 0 or line.hour > 12
    if line.author is None:
        _add_notice(chat, line.text)
        return
    if line.author in chat.authors or len(chat.authors) < _MAX_NAMES:
        chat.authors[line.author] += 1
        if not line.is_marked:
            chat.speaking.add(line.author)
    if ".txt" in line.text and len(chat.sent_files) < _MAX_SENT_FILES:
        chat.sent_files |= {name.strip().casefold() for name in _SENT_FILE.findall(line.text)}


def _add_notice(chat: Chat, text: str) -> None:
    if chat.is_group and chat.is_business:
        return
    lower = text.lower()
    chat.is_group = chat.is_group or any(word in lower for word in phrases("group"))
    chat.is_business = chat.is_business or any(phrase in lower for phrase in phrases("business"))


def _set_orders(chats: Sequence[Chat]) -> None:
    """Decide the order of each chat's dates, with the help of chats of the same style; or why it cannot be read."""
    certain: defaultdict[str, set[str]] = defaultdict(set)
    for chat in chats:
        if len(orders := chat.dates.best()) == 1:
            certain[chat.date_style] |= orders
    for chat in chats:
        orders = chat.dates.best()
        if len(orders) > 1 and (shared := orders & certain[chat.date_style]):
            orders = shared
        chat.order = min(orders)
        if not chat.dates.is_readable:
            chat.refused = "no date exists in a calendar that is read; export the chat with the Gregorian calendar"
        elif chat.unclear_calendar:
            chat.refused = "the years have two Persian digits, so the calendar is unclear"
        elif chat.unclear_clock and not chat.clear_clock:
            chat.refused = "a word beside the clock is unknown, so morning and afternoon are unclear"
        elif len(orders) > 1:
            chat.refused = (
                "the order of day and month in the dates is unclear; load the chat together with a longer one"
            )


def _count_authors_again(chat: Chat) -> None:
    """Count the authors without pasted lines."""
    chat.authors.clear()
    chat.speaking.clear()
    for item in messages(chat):
        if isinstance(item, tuple) and (author := item[0].author) and len(chat.authors) < _MAX_NAMES:
            chat.authors[author] += 1
            if not item[0].is_marked:
                chat.speaking.add(author)


def _find_partners(chats: Sequence[Chat]) -> None:
    """Find the partner of each chat of two, and the owner. Raises MultipleOwners."""
    for chat in chats:
        _find_partner(chat)
    owners = {chat.owner for chat in chats if chat.owner and not is_you(chat.owner)}
    if len(owners) > 1:
        raise MultipleOwners("WhatsApp")
    untitled = [chat for chat in chats if not is_title(chat.title) and not chat.is_group and len(chat.people) == 2]
    in_all = frozenset[str].intersection(*(frozenset(chat.people) for chat in untitled)) if len(untitled) > 1 else ()
    owner = next(iter(owners or (in_all if len(in_all) == 1 else ())), None)
    for chat in chats:
        you = next((person for person in chat.people if person == owner or is_unambiguous_you(person)), None)
        if chat.partner and not chat.owner:
            chat.owner = you or _leading(chat)
        elif chat in untitled and you:
            chat.owner, chat.partner = you, next(person for person in chat.people if person != you)


def _find_partner(chat: Chat) -> None:
    """Find the partner by the title, and the owner if nobody else wrote."""
    named = [author for author in chat.authors if title_names(chat.title, author)]
    oneself = self_chat_name(subject(chat.title))
    if oneself and set(chat.people) == {oneself}:
        chat.is_with_oneself, chat.owner = True, oneself
    elif named and (chat.is_group or named[0] not in chat.speaking) and len(chat.people) > 2:
        if named[0] not in chat.speaking:
            del chat.authors[named[0]]  # iPhones write a group's notices under the group's name
    elif named and not chat.is_group:
        chat.partner = named[0]
        others = [person for person in chat.people if person != chat.partner]
        chat.owner = others[0] if len(others) == 1 else None


def _leading(chat: Chat) -> str | None:
    """Return who wrote most beside the partner of a chat of two, if others are only names in pasted lines."""
    counts = Counter({person: count for person, count in chat.authors.items() if person in chat.people})
    del counts[chat.partner or ""]
    first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[1] >= _MIN_LEAD * second[1] and first[0] else None


def _find_renamed(chats: Sequence[Chat]) -> None:
    """Find chats with one person under two names: they begin with the same messages at the same minutes."""
    by_start: defaultdict[tuple[tuple[bool, datetime], ...], list[tuple[Chat, list[tuple[bool, datetime]]]]] = (
        defaultdict(list)
    )
    for chat in sorted(chats, key=lambda chat: -chat.rows):
        if not chat.partner or not chat.owner or chat.refused:
            continue
        start = _start(chat)
        for longer, other in by_start[tuple(start[:2])]:
            if other[: len(start)] == start and _is_telling(start) and longer.partner != chat.partner:
                chat.read_as = longer.read_as or longer.partner
                break
        by_start[tuple(start[:2])].append((chat, start))


def _start(chat: Chat) -> list[tuple[bool, datetime]]:
    """Whether the owner wrote, and the minute, for the first messages of a chat of two."""
    written = (item for item in messages(chat) if isinstance(item, tuple) and item[0].author)
    sides = {chat.owner: True, chat.partner: False}
    return [
        (sides[line.author], at.replace(second=0))
        for line, at in islice(written, _COMPARED_MESSAGES)
        if line.author in sides
    ]


def _is_telling(start: Sequence[tuple[bool, datetime]]) -> bool:
    """Whether equal messages show one chat: both wrote, on several days. A greeting to many is sent on one day."""
    return len({side for side, _ in start}) == 2 and len({at.date() for _, at in start}) > 1
