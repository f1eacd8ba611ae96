"""A mailbox where it lives: the headers of its letters, by IMAP, and nothing changed there.

What is fetched goes through the same eyes as an mbox of the same letters. Evidence merges by the larger of a day, so a
day must never be brought in halves: beside each new letter (by UIDVALIDITY and UID) all others of its days are
brought again, from every folder (docs/decisions/0007-imap-sync.md).
"""

import imaplib
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from typing import Any

from graph.records import Bookmark, Record
from sources.errors import NotFetched
from sources.mailbox import left_out, told
from sources.mailbox.files import HEADER_CAP, Letter, header_block
from sources.mailbox.headers import READ, fields, sent_at

_CONNECT, _ANSWER = 20, 120  # seconds
_AT_ONCE = 500
_MOST_SPANS = 30
_NEAR = timedelta(days=7)  # between days that are looked for together
_HEADER = f"BODY.PEEK[HEADER.FIELDS ({' '.join(sorted(field.decode().upper() for field in READ))})]<0.{HEADER_CAP}>"

_USES = {b"\\junk": "junk", b"\\trash": "trash", b"\\drafts": "drafts"}
_FLAGS = {b"\\deleted": "trash", b"\\draft": "draft"}
_NO_FOLDER = {b"\\noselect", b"\\nonexistent"}
_EVERYTHING = b"\\all"
_GMAIL = "X-GM-EXT-1"
_GMAILS = {"\\sent": "Sent", "\\draft": "Drafts", "\\inbox": "Inbox"}
# Gmail tells of its categories only who searches for them
_SORTED_AWAY = "category:promotions OR category:updates OR category:forums OR category:social"


@dataclass(frozen=True, slots=True)
class Box:
    """Whose mail lies where. Where no folders are named it is all that hold letters worth counting."""

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    tls: bool = True
    folders: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What the bookmarks of its folders begin with. They tell nothing of server, user and folder."""
        return f"imap {_short(f'{self.host.lower()} {self.user.lower()}')} "

    def place(self, folder: str) -> str:
        """What a folder's bookmark is kept under."""
        return self.mark + _short(folder)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder as it was looked at: what comes later is the next fetch's. New letters' UIDs begin at `start`."""

    name: str
    kept_in: frozenset[str]
    validity: int
    next: int
    start: int

    @property
    def bookmark(self) -> int:
        return self.validity << 32 | self.next


def fetch(box: Box, bookmarks: Mapping[str, int]) -> Iterator[Record]:
    """What the letters say that are new since the bookmarks, and all others of their days; then the new bookmarks.

    Raises NotFetched, before or amid.
    """
    with _signed_in(box) as client:
        folders = [_looked_at(client, box, name, uses, bookmarks) for name, uses in _chosen(client, box)]
        yield from told(_letters(client, folders))
        yield from (Bookmark(box.place(folder.name), folder.bookmark) for folder in folders)


def _letters(client: Any, folders: list[_Folder]) -> Iterator[Letter]:
    begun = any(folder.start > 1 for folder in folders)
    new = {folder.name: _new(client, folder) for folder in folders}
    days = {day for folder in folders for day in _days(client, folder, new[folder.name])} if begun else set()
    for folder in folders:
        yield from _fetched(client, folder, sorted({*new[folder.name]} | _old(client, folder, days)))


@contextmanager
def _signed_in(box: Box) -> Iterator[Any]:
    from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 50 ms, needed here alone
    from imapclient.exceptions import LoginError  # noqa: PLC0415

    def refused(reason: str) -> NotFetched:
        return NotFetched(box.host, reason)

    try:
        context = ssl.create_default_context() if box.tls else None
        timeout = SocketTimeout(_CONNECT, _ANSWER)
        with IMAPClient(box.host, box.port, ssl=box.tls, ssl_context=context, timeout=timeout) as client:
            client.normalise_times = False
            if box.token:
                client.oauth2_login(box.user, box.token)
            else:
                client.login(box.user, box.password)
            yield client
    except LoginError as error:
        raise refused("it does not let this user in; see TERTIUS_IMAP__PASSWORD and TERTIUS_IMAP__TOKEN") from error
    except ssl.SSLCertVerificationError as error:
        raise refused("its certificate is not trusted here (SSL_CERT_FILE names others)") from error
    except ssl.SSLError as error:
        raise refused("it speaks no TLS at this port") from error
    except (TimeoutError, socket.gaierror, ConnectionRefusedError, UnicodeError) as error:
        raise refused("it does not answer") from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise refused("it broke off; what was there before is as it was, so try again") from error


def _chosen(client: Any, box: Box) -> list[tuple[str, frozenset[bytes]]]:
    """The folders to read, with their flags in small letters: on Gmail the one that holds everything."""
    there = {
        name: frozenset(flag.lower() for flag in flags)
        for flags, _, name in client.list_folders()
        if not _NO_FOLDER & {flag.lower() for flag in flags}
    }
    for name in box.folders:
        if name not in there:
            raise NotFetched(box.host, f"there is no folder “{name}”")
    if box.folders:
        return [(name, there[name]) for name in dict.fromkeys(box.folders)]
    everything = [(name, flags) for name, flags in sorted(there.items()) if _EVERYTHING in flags]
    if everything and client.has_capability(_GMAIL):
        return everything
    return [
        (name, flags)
        for name, flags in sorted(there.items())
        if _EVERYTHING not in flags and not _kept_in(name, flags) & left_out.KEPT_AS.keys()
    ]


def _kept_in(name: str, flags: frozenset[bytes]) -> frozenset[str]:
    last = name.replace("/", ".").rpartition(".")[2].lower()
    return frozenset({last} | {_USES[flag] for flag in flags if flag in _USES})


def _looked_at(client: Any, box: Box, name: str, flags: frozenset[bytes], bookmarks: Mapping[str, int]) -> _Folder:
    found = client.select_folder(name, readonly=True)  # EXAMINE
    validity, following = int(found[b"UIDVALIDITY"]), int(found.get(b"UIDNEXT", 0))
    if not following:  # some servers keep it to themselves
        following = max(client.search(["UID", "1:*"]), default=0) + 1
    before = bookmarks.get(box.place(name), 0)
    known = before >> 32 == validity
    return _Folder(name, _kept_in(name, flags), validity, following, before & 0xFFFFFFFF if known else 1)


def _new(client: Any, folder: _Folder) -> list[int]:
    if folder.start >= folder.next:
        return []
    client.select_folder(folder.name, readonly=True)
    found = client.search(["UID", f"{folder.start}:{folder.next - 1}"])
    return [uid for uid in found if folder.start <= uid < folder.next]


def _days(client: Any, folder: _Folder, new: list[int]) -> Iterator[date]:
    for letter in _fetched(client, folder, new):
        if at := sent_at(fields(letter.head), letter.envelope):
            yield at.date()


def _old(client: Any, folder: _Folder, days: set[date]) -> set[int]:
    """Letters from before the bookmark that may be of these days, by their own date or by their arrival."""
    found: set[int] = set()
    if folder.start == 1 or not days:
        return found
    client.select_folder(folder.name, readonly=True)
    for first, last in _spans(days):
        # a day more on either side: the server takes dates as they are written, whatever their zone
        since, before = first - timedelta(days=1), last + timedelta(days=2)
        for since_word, before_word in (("SENTSINCE", "SENTBEFORE"), ("SINCE", "BEFORE")):
            found |= {*client.search([since_word, since, before_word, before])}
    return {uid for uid in found if uid < folder.start}


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] <= _NEAR:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans if len(spans) <= _MOST_SPANS else [(spans[0][0], spans[-1][1])]


def _fetched(client: Any, folder: _Folder, wanted: list[int]) -> Iterator[Letter]:
    if not wanted:
        return
    client.select_folder(folder.name, readonly=True)
    gmail = client.has_capability(_GMAIL)
    asked = [_HEADER, "INTERNALDATE", "FLAGS", *(["X-GM-LABELS"] if gmail else [])]
    sorted_away = {*client.gmail_search(_SORTED_AWAY)} if gmail else set()
    for start in range(0, len(wanted), _AT_ONCE):
        answers = client.fetch(wanted[start : start + _AT_ONCE], asked)
        for uid, answer in sorted(answers.items()):
            said = next((value for key, value in answer.items() if key.startswith(b"BODY[")), None) or b""
            if gmail:
                said = _labelled(answer.get(b"X-GM-LABELS", ()), sorted_away=uid in sorted_away) + said
            arrived = answer.get(b"INTERNALDATE")
            envelope = b"From - " + format_datetime(arrived.astimezone(UTC)).encode() if arrived else b""
            marks = {_FLAGS[flag] for flag in map(bytes.lower, answer.get(b"FLAGS", ())) if flag in _FLAGS}
            yield Letter(folder.name, uid, header_block(said), envelope, folder.kept_in | marks)


def _labelled(labels: Iterable[bytes], *, sorted_away: bool) -> bytes:
    """Gmail's labels as the header that they are in its own export."""
    from imapclient.imap_utf7 import decode  # noqa: PLC0415

    words = [decode(label) for label in labels]
    words = [_GMAILS.get(word.lower(), word) for word in words] + ["Category Updates"] * sorted_away
    quoted = ",".join(f'"{word}"' for word in (" ".join(word.replace('"', "").split()) for word in words))
    return f"X-Gmail-Labels: {quoted}\r\n".encode()


def _short(words: str) -> str:
    return blake2b(words.encode(), digest_size=8).hexdigest()
