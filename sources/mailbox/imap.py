"""Sync a mailbox by IMAP: read headers and the fields of delivery reports, and change nothing on the server.

The headers pass through the same rules as an mbox. Overlapping loads are merged by the larger count of each day, so a
day must always be loaded completely. A sync therefore reads the new messages (by UIDVALIDITY and UID) and, again, all
other messages of the same days, from every folder (docs/decisions/0007-imap-sync.md).
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

from graph.records import BadRow, Bookmark, ReadingNote, Record
from sources.errors import LoginRejected, SyncFailed
from sources.mailbox import mail_records
from sources.mailbox.delivery_reports import is_delivery_report
from sources.mailbox.folders import folder_names
from sources.mailbox.headers import FIELDS_READ, parse_headers, sent_at
from sources.mailbox.mail_files import MAX_HEADER, MAX_REPORT, MessageHead, header_block
from sources.mailbox.skip_rules import SKIPPED_FOLDERS

_CONNECT_TIMEOUT, _READ_TIMEOUT = 20, 120  # seconds
_BATCH = 500
_MAX_SPANS = 30
_MAX_GAP = timedelta(days=7)  # between days that one search covers
_FIELDS = " ".join(sorted(name.decode().upper() for name in FIELDS_READ))
_HEADER = f"BODY.PEEK[HEADER.FIELDS ({_FIELDS})]<0.{MAX_HEADER}>"
_REPORT = f"BODY.PEEK[2]<0.{MAX_REPORT}>"  # the second part of a delivery report has its fields (RFC 3464)

_SPECIAL_USES = {b"\\sent": "sent", b"\\junk": "junk", b"\\trash": "trash", b"\\drafts": "drafts"}
_FLAGS = {b"\\deleted": "trash", b"\\draft": "draft"}
_NOT_SELECTABLE = {b"\\noselect", b"\\nonexistent"}
_ALL_MAIL = b"\\all"
_GMAIL = "X-GM-EXT-1"
_GMAIL_LABELS = {"\\sent": "Sent", "\\draft": "Drafts", "\\inbox": "Inbox"}
# Gmail does not return the category of a message; it only searches by category
_CATEGORY_SEARCH = "category:promotions OR category:updates OR category:forums OR category:social"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mailbox on a server, and how to log in.

    Without `folders`, all folders except those of discarded mail are read.
    """

    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    tls: bool = True
    folders: tuple[str, ...] = ()

    @property
    def bookmark_prefix(self) -> str:
        """The prefix of the bookmarks of this account. Hashes keep server, user and folders private."""
        return f"imap {_digest(f'{self.host.lower()} {self.user.lower()}')} "

    def bookmark_name(self, folder: str) -> str:
        return self.bookmark_prefix + _digest(folder)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder at the start of the sync. New messages have UIDs from `first_new`; later syncs read from `next_uid`."""

    name: str
    labels: frozenset[str]
    uid_validity: int
    next_uid: int
    first_new: int

    @property
    def bookmark(self) -> int:
        return self.uid_validity << 32 | self.next_uid


def sync_mailbox(account: MailAccount, bookmarks: Mapping[str, int]) -> Iterator[Record]:
    """The records of all messages that are new since the bookmarks and of all others of their days; then new bookmarks.

    Raises SyncFailed, possibly after some records.
    """
    with _logged_in(account) as client:
        names, passed_over = _folders(client, account)
        failed: list[str] = []
        folders: list[_Folder] = []
        for name, uses in names:
            with _reporting(name, failed):
                folders.append(_open_folder(client, account, name, uses, bookmarks))
        yield from mail_records(_heads(client, folders, failed))
        for folder in folders:
            if folder.name not in failed:
                yield Bookmark(account.bookmark_name(folder.name), folder.bookmark)
                yield ReadingNote(folder.name, "This folder was read.")
    yield from (ReadingNote(name, f"This folder was passed over: {reason}.") for name, reason in passed_over.items())
    yield from (BadRow(name, 1, "the server did not return this folder; the next sync tries again") for name in failed)


def _heads(client: Any, folders: list[_Folder], failed: list[str]) -> Iterator[MessageHead]:
    """The messages to read. A folder that the server does not return is added to `failed`, and the others are read."""
    is_repeated = any(folder.first_new > 1 for folder in folders)
    new: dict[str, list[int]] = {}
    days: set[date] = set()
    for folder in folders:
        with _reporting(folder.name, failed):
            new[folder.name] = _new_uids(client, folder)
            if is_repeated:
                days.update(_days(client, folder, new[folder.name]))
    for folder in folders:
        if folder.name not in failed:
            with _reporting(folder.name, failed):
                yield from _fetch(client, folder, sorted({*new[folder.name]} | _old_uids(client, folder, days)))


@contextmanager
def _reporting(folder: str, failed: list[str]) -> Iterator[None]:
    """Add the folder to `failed` if the server refuses a command in this block. A lost connection is raised."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        failed.append(folder)


@contextmanager
def _logged_in(account: MailAccount) -> Iterator[Any]:
    from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 # 50 ms, needed only here
    from imapclient.exceptions import LoginError  # noqa: PLC0415

    try:
        context = ssl.create_default_context() if account.tls else None
        timeout = SocketTimeout(_CONNECT_TIMEOUT, _READ_TIMEOUT)
        with IMAPClient(account.host, account.port, ssl=account.tls, ssl_context=context, timeout=timeout) as client:
            client.normalise_times = False
            if account.token:
                client.oauth2_login(account.user, account.token)
            else:
                client.login(account.user, account.password)
            yield client
    except LoginError as error:
        raise LoginRejected(account.host) from error
    except ssl.SSLCertVerificationError as error:
        reason = "its certificate is not trusted; set SSL_CERT_FILE to a file with the certificates to trust"
        raise SyncFailed(account.host, reason) from error
    except ssl.SSLError as error:
        raise SyncFailed(account.host, "the server does not offer TLS on this port; check the port") from error
    except (TimeoutError, socket.gaierror, ConnectionRefusedError, UnicodeError) as error:
        raise SyncFailed(account.host, "the server does not respond; check its name and port") from error
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise SyncFailed(
            account.host, "the connection was interrupted; stored data is unchanged, so try again"
        ) from error


def _folders(client: Any, account: MailAccount) -> tuple[list[tuple[str, frozenset[bytes]]], dict[str, str]]:
    """The folders to read with their flags in lower case, and the reason for each of the others.

    On Gmail it is the folder with all mail.
    """
    on_server = {
        name: frozenset(flag.lower() for flag in flags)
        for flags, _, name in client.list_folders()
        if not _NOT_SELECTABLE & {flag.lower() for flag in flags}
    }
    for name in account.folders:
        if name not in on_server:
            raise SyncFailed(account.host, f"there is no folder “{name}”; check its name")
    if account.folders:
        return [(name, on_server[name]) for name in dict.fromkeys(account.folders)], {}
    all_mail = [(name, flags) for name, flags in sorted(on_server.items()) if _ALL_MAIL in flags]
    if all_mail and client.has_capability(_GMAIL):
        others = sorted(on_server.keys() - {name for name, _ in all_mail})
        return all_mail, dict.fromkeys(others, "its messages are in the folder with all mail, or are discarded")
    prefixes = _prefixes_of_others(client)
    passed_over = {
        name: reason for name, flags in sorted(on_server.items()) if (reason := _reason_to_pass(name, flags, prefixes))
    }
    return [(name, flags) for name, flags in sorted(on_server.items()) if name not in passed_over], passed_over


def _prefixes_of_others(client: Any) -> tuple[str, ...]:
    """Return the prefixes of folders that belong to other users or to everybody (RFC 2342)."""
    if not client.has_capability("NAMESPACE"):
        return ()
    _, others, shared = client.namespace()
    return tuple(prefix for prefix, _ in (*(others or ()), *(shared or ())) if prefix)


def _reason_to_pass(name: str, flags: frozenset[bytes], prefixes: tuple[str, ...]) -> str | None:
    """Why a folder is not read unless the settings name it; None if it is read."""
    if name.startswith(prefixes) or f"{name}/" in prefixes or f"{name}." in prefixes:
        return "it is shared; name it in the settings to read it"
    if _ALL_MAIL in flags:
        return "its messages are in other folders too"
    discarded = sorted(SKIPPED_FOLDERS[label] for label in _folder_labels(name, flags) & SKIPPED_FOLDERS.keys())
    return f"it holds {discarded[0]}" if discarded else None


def _folder_labels(name: str, flags: frozenset[bytes]) -> frozenset[str]:
    return folder_names(name, "./") | {_SPECIAL_USES[flag] for flag in flags if flag in _SPECIAL_USES}


def _open_folder(
    client: Any, account: MailAccount, name: str, flags: frozenset[bytes], bookmarks: Mapping[str, int]
) -> _Folder:
    status = client.select_folder(name, readonly=True)  # EXAMINE
    uid_validity, next_uid = int(status[b"UIDVALIDITY"]), int(status.get(b"UIDNEXT", 0))
    if not next_uid:  # some servers do not return UIDNEXT
        next_uid = max(client.search(["UID", "1:*"]), default=0) + 1
    bookmark = bookmarks.get(account.bookmark_name(name), 0)
    is_valid = bookmark >> 32 == uid_validity
    return _Folder(name, _folder_labels(name, flags), uid_validity, next_uid, bookmark & 0xFFFFFFFF if is_valid else 1)


def _new_uids(client: Any, folder: _Folder) -> list[int]:
    if folder.first_new >= folder.next_uid:
        return []
    client.select_folder(folder.name, readonly=True)
    uids = client.search(["UID", f"{folder.first_new}:{folder.next_uid - 1}"])
    return [uid for uid in uids if folder.first_new <= uid < folder.next_uid]


def _days(client: Any, folder: _Folder, uids: list[int]) -> Iterator[date]:
    for head in _fetch(client, folder, uids):
        if at := sent_at(parse_headers(head.block), head.envelope):
            yield at.date()


def _old_uids(client: Any, folder: _Folder, days: set[date]) -> set[int]:
    """Messages before the bookmark that may be of these days, by their own date or by their arrival."""
    uids: set[int] = set()
    if folder.first_new == 1 or not days:
        return uids
    client.select_folder(folder.name, readonly=True)
    for first, last in _spans(days):
        # one day more at both ends: the server compares dates as written, whatever their time zone
        since, before = first - timedelta(days=1), last + timedelta(days=2)
        for since_key, before_key in (("SENTSINCE", "SENTBEFORE"), ("SINCE", "BEFORE")):
            uids |= {*client.search([since_key, since, before_key, before])}
    return {uid for uid in uids if uid < folder.first_new}


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days as few ranges, each for one search."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] <= _MAX_GAP:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans if len(spans) <= _MAX_SPANS else [(spans[0][0], spans[-1][1])]


def _fetch(client: Any, folder: _Folder, uids: list[int]) -> Iterator[MessageHead]:
    if not uids:
        return
    client.select_folder(folder.name, readonly=True)
    is_gmail = client.has_capability(_GMAIL)
    items = [_HEADER, "INTERNALDATE", "FLAGS", *(["X-GM-LABELS"] if is_gmail else [])]
    automated = {*client.gmail_search(_CATEGORY_SEARCH)} if is_gmail else set()
    for start in range(0, len(uids), _BATCH):
        responses = client.fetch(uids[start : start + _BATCH], items)
        blocks = {uid: _part(response, b"BODY[HEADER") for uid, response in responses.items()}
        reports = _delivery_reports(client, blocks)
        for uid, response in sorted(responses.items()):
            block = blocks[uid]
            if is_gmail:
                block = _labels_header(response.get(b"X-GM-LABELS", ()), is_automated=uid in automated) + block
            arrived = response.get(b"INTERNALDATE")
            envelope = b"From - " + format_datetime(arrived.astimezone(UTC)).encode() if arrived else b""
            flags = {_FLAGS[flag] for flag in map(bytes.lower, response.get(b"FLAGS", ())) if flag in _FLAGS}
            head = header_block(block)
            yield MessageHead(folder.name, uid, head, envelope, folder.labels | flags, reports.get(uid, b""))


def _part(response: Mapping[bytes, Any], name: bytes) -> bytes:
    return next((value for key, value in response.items() if key.startswith(name)), None) or b""


def _delivery_reports(client: Any, blocks: Mapping[int, bytes]) -> dict[int, bytes]:
    """The fields of the delivery reports among messages, without the text and the returned message beside them."""
    uids = [uid for uid, block in blocks.items() if is_delivery_report(parse_headers(block))]
    responses = client.fetch(uids, [_REPORT]) if uids else {}
    return {uid: _part(response, b"BODY[2]") for uid, response in responses.items()}


def _labels_header(labels: Iterable[bytes], *, is_automated: bool) -> bytes:
    """Gmail's labels as the header field that Gmail's own export has."""
    from imapclient.imap_utf7 import decode  # noqa: PLC0415

    names = [decode(label) for label in labels]
    names = [_GMAIL_LABELS.get(name.lower(), name) for name in names] + ["Category Updates"] * is_automated
    quoted = ",".join(f'"{name}"' for name in (" ".join(name.replace('"', "").split()) for name in names))
    return f"X-Gmail-Labels: {quoted}\r\n".encode()


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
