"""Messages of Gmail's old chat (Hangouts, Google Talk), which a Takeout writes as mail with the label Chat.

What others wrote has no recipients there. They are the other people of the conversation.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graph.records import Channel, Interaction, ObservedName, PersonMention, Record, SkippedRow
from sources.mailbox.headers import Headers, first_value
from sources.mailbox.mail_files import MessageHead
from sources.text.mail_addresses import lowercase_address

_LABELS = frozenset({"chat", "chats"})
_CONVERSATION = b"x-gm-thrid"


def is_chat(headers: Headers, labels: frozenset[str]) -> bool:
    """Whether this is a message of a chat."""
    return _CONVERSATION in headers and not _LABELS.isdisjoint(labels)


class GmailChats:
    """The people of each conversation, and the messages whose recipients no message has shown yet."""

    def __init__(self) -> None:
        self._people: defaultdict[bytes, dict[str, PersonMention]] = defaultdict(dict)
        self._waiting: defaultdict[bytes, list[tuple[str, Interaction]]] = defaultdict(list)

    def records(self, head: MessageHead, headers: Headers, message: Interaction) -> Iterator[Record]:
        """The message, and those before it whose recipients it shows."""
        conversation = first_value(headers, _CONVERSATION).strip()
        people = self._people[conversation]
        for person in (message.by, *message.to):
            people.setdefault(lowercase_address(person), person)
        self._waiting[conversation].append((head.file, message))
        if len(people) > 1:
            for _, waiting in self._waiting.pop(conversation):
                author = lowercase_address(waiting.by)
                to = waiting.to or tuple(person for address, person in people.items() if address != author)
                yield replace(waiting, to=to, channel=Channel.CHAT if len(to) == 1 else Channel.THREAD)

    def records_without_recipients(self) -> Iterator[Record]:
        """The names of people whose conversations show nobody else, and a skipped row for each of their messages."""
        for file, message in (one for waiting in self._waiting.values() for one in waiting):
            yield SkippedRow(file, "no recipients")
            yield ObservedName(message.by, message.at.date())
