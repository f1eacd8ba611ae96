"""A mailbox: mbox as Gmail Takeout, Thunderbird and list archives write it, maildir, single .eml.

Headers only: bodies are skipped unread and subjects never looked at. `files` finds the header
blocks, `headers` reads them, `left_out` says which letters are no evidence of a tie. `imap` fetches the same from
where the mailbox lives.
Samples and expected records: tests/samples/mailbox/.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graph.records import (
    Assistance,
    BadRow,
    Channel,
    Handle,
    Interaction,
    ObservedName,
    Owner,
    PersonMention,
    Record,
    SkippedRow,
)
from sources.mailbox import files, left_out
from sources.mailbox.files import Letter
from sources.mailbox.headers import (
    Fields,
    address,
    fields,
    first,
    in_the_name_of,
    labels,
    message_id,
    people,
    sent_at,
)

name = "mailbox"

_NEARLY_ALL = 0.9


def identify(path: Path) -> bool:
    """Whether this is an mbox, a message, or a maildir taken as a whole. Judged by content."""
    if path.is_dir():
        return files.is_maildir(path)
    return files.is_mbox(path) or files.is_letter(path)


def read(paths: Sequence[Path]) -> Iterator[Record]:
    """What the letters in these files say, in file order."""
    return told(letter for path in paths for letter in files.letters(path))


def told(letters: Iterable[Letter]) -> Iterator[Record]:
    """What letters say, wherever they were found, then the owners as far as the mail states them."""
    owners = _Owners()
    for letter in letters:
        found = fields(letter.head)
        kept_in = letter.kept_in | labels(first(found, b"x-gmail-labels"))
        yield from _records(letter, found, kept_in)
        owners.look_at(found, kept_in)
    yield from owners.stated()


def _records(letter: Letter, found: Fields, kept_in: frozenset[str]) -> Iterator[Record]:
    sender = next(iter(people(found, b"from") or people(found, b"sender")), None)
    if reason := left_out.reason(found, kept_in, sender):
        yield SkippedRow(letter.file, reason)
        if reason == left_out.MAILING_LIST and sender and not left_out.is_the_list(found, sender):
            yield from _named(sender, found, letter)
        return
    if not sender:
        yield BadRow(letter.file, letter.number, "no sender that can be read")
        return
    to = _others(found, sender)
    if not to:
        yield SkippedRow(letter.file, "no recipients")
        yield from _named(sender, found, letter)
        return
    at = sent_at(found, letter.envelope)
    if not at:
        yield BadRow(letter.file, letter.number, "no date that can be read")
        return
    if assistant := in_the_name_of(found, sender):
        yield Assistance(assistant, sender)
        yield ObservedName(sender, at.date())
    yield Interaction(assistant or sender, to, at, Channel.MAIL, message_id(found))


def _others(found: Fields, sender: PersonMention) -> tuple[PersonMention, ...]:
    """Everybody whom it went to, each once, as first named.

    Not the sender again, nor the addresses that nobody reads.
    """
    others: dict[str, PersonMention] = {}
    for who in people(found, b"to", b"cc", b"bcc"):
        others.setdefault(address(who), who)
    others.pop(address(sender), None)
    return tuple(who for who in others.values() if not left_out.is_nobody(who))


def _named(sender: PersonMention, found: Fields, letter: Letter) -> Iterator[ObservedName]:
    """Who writes to a list is somebody, though no letter there is a tie."""
    if at := sent_at(found, letter.envelope):
        yield ObservedName(sender, at.date())


class _Owners:
    """What the mail says of its owner, gathered while it is read.

    Two things state it: whom Gmail has as the sender of sent mail, and one single address in
    Delivered-To that nearly every letter with that field has, and that letters are addressed to
    (a server's inner names, and the lists of an archive, are not).
    """

    def __init__(self) -> None:
        self._sent: dict[str, Handle] = {}
        self._delivered: Counter[str] = Counter()
        self._handles: dict[str, Handle] = {}
        self._letters = 0

    def look_at(self, found: Fields, kept_in: frozenset[str]) -> None:
        if b"x-gmail-labels" in found and not left_out.SENT.isdisjoint(kept_in):
            for who in people(found, b"from")[:1]:
                self._sent.setdefault(address(who), who.handles[0])
        delivered = {address(who) for who in people(found, b"delivered-to", b"x-original-to")}
        if not delivered or b"list-post" in found or b"x-beenthere" in found:
            return
        self._letters += 1
        self._delivered.update(delivered)
        for who in people(found, b"to", b"cc", b"from"):
            if address(who) in delivered:
                self._handles.setdefault(address(who), who.handles[0])

    def stated(self) -> Iterator[Owner]:
        delivered = [
            self._handles[text]
            for text, times in self._delivered.items()
            if text in self._handles and times >= _NEARLY_ALL * self._letters
        ]
        stated = dict(self._sent)
        if len(delivered) == 1:
            stated.setdefault(delivered[0].text.lower(), delivered[0])
        for handle in stated.values():
            yield Owner(PersonMention((handle,)))
