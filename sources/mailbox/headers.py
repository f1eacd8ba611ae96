"""What a message's header says: who, to whom, when, and kept under which labels.

Subjects are never looked at. Nothing here raises, whatever a header holds: what cannot be
read is none.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_tz
from functools import lru_cache

from graph.records import Handle, HandleKind, PersonMention

Fields = dict[bytes, list[bytes]]

READ = {
    b"from", b"sender", b"to", b"cc", b"bcc", b"date", b"message-id", b"received", b"return-path",
    b"delivered-to", b"x-original-to", b"x-gmail-labels", b"x-mozilla-status",
    b"list-id", b"list-post", b"list-unsubscribe",
    b"mailing-list", b"x-mailing-list", b"x-beenthere",
    b"precedence", b"auto-submitted", b"x-autoreply", b"x-autorespond", b"x-auto-response-suppress",
}  # fmt: skip

_FIRST_DAY = datetime(1970, 1, 2, tzinfo=UTC)  # before it: a clock that was never set
_ODD_CLOCK = timedelta(days=2)
_POSTED = re.compile(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*", re.DOTALL)

_PART = re.compile(
    r'"(?:[^"\\]|\\.)*"|<[^<>]*>|=\?[^?\s]+\?[bq]\?[^?]*\?=|[(),:;]|\\.|[^"<>(),:;\\=]+|.',
    re.DOTALL | re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>(),:;\\]+@[^\s@<>(),:;\\\[\]\"']+")
_ARCHIVED = re.compile(r"(\S+) at (\S+)")  # as pipermail hides addresses from harvesters
_WORDS = re.compile(r"[^\W\d_]{3,}")
_LONGEST_ADDRESS = 320
_LABEL = re.compile(r'"([^"]*)"|([^,]+)')
_MESSAGE_ID = re.compile(rb"<([^<>]+)>")


def fields(head: bytes) -> Fields:
    """The fields that are read, unfolded, by name in small letters; the top Received only."""
    found: Fields = {}
    values: list[bytes] | None = None
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            if values:
                values[-1] += b" " + line.strip()
            continue
        values = None
        name, colon, value = line.partition(b":")
        name = name.rstrip().lower()
        if colon and name in READ and not (name == b"received" and name in found):
            values = found.setdefault(name, [])
            values.append(value.strip())
    return found


def first(fields: Fields, name: bytes) -> bytes:
    return fields.get(name, [b""])[0]


def text(raw: bytes) -> str:
    """Headers are ASCII or UTF-8; what is neither was written by Latin-1 software, or is lost."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def people(fields: Fields, *names: bytes) -> tuple[PersonMention, ...]:
    """Everybody with an address in these fields, in order, groups opened."""
    return tuple(somebody for name in names for raw in fields.get(name, ()) for somebody in _listed(raw))


def address(who: PersonMention) -> str:
    """In small letters, to tell one from another within a message."""
    return who.handles[0].text.lower()


def in_the_name_of(fields: Fields, author: PersonMention) -> PersonMention | None:
    """Who sent it, where From names another."""
    return next((sender for sender in people(fields, b"sender")[:1] if assists(sender, author)), None)


def assists(sender: PersonMention, author: PersonMention) -> bool:
    """Whether two addresses are of one organisation and of two people, by their looks."""
    (ours, _, here), (theirs, _, there) = (address(who).partition("@") for who in (author, sender))
    words = _WORDS.findall(f"{ours} {author.name or ''}".lower())
    again = _WORDS.findall(f"{theirs} {sender.name or ''}".lower())
    alike = any(word in theirs for word in words) or any(word in ours for word in again)
    return here == there and not alike and not set(words) & set(again)


def message_id(fields: Fields) -> str | None:
    raw = first(fields, b"message-id")
    bracketed = _MESSAGE_ID.search(raw)
    return " ".join(text(bracketed[1] if bracketed else raw.strip(b"<>")).split()) or None


@lru_cache(maxsize=4096)
def labels(raw: bytes) -> frozenset[str]:
    """X-Gmail-Labels in small letters; Takeout quotes and encodes them as it needs."""
    return frozenset((quoted or bare).strip().lower() for quoted, bare in _LABEL.findall(decoded(text(raw))))


def sent_at(fields: Fields, envelope: bytes) -> datetime | None:
    """The Date; where it is missing, wrong or after the arrival, that; else the From_ line's."""
    date = _moment(first(fields, b"date"))
    arrived = _moment(first(fields, b"received").rpartition(b";")[2])
    if date and arrived and date > arrived + _ODD_CLOCK:
        return arrived
    posted = _POSTED.search(envelope)
    return date or arrived or (_moment(posted[0]) if posted else None)


def _moment(raw: bytes) -> datetime | None:
    """A moment in UTC. Times without a zone are taken for UTC."""
    written = text(raw[:200]).strip()
    try:
        parts = parsedate_tz(written)
        if parts:
            at = datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=parts[9] or 0)
        else:
            at = datetime.fromisoformat(written)
            at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at >= _FIRST_DAY else None


def _listed(raw: bytes) -> tuple[PersonMention, ...]:
    # the same few correspondents come again and again; a crowd comes once and is large
    return _remembered(raw) if len(raw) <= 512 else tuple(_addressees(text(raw)))


@lru_cache(maxsize=16384)
def _remembered(raw: bytes) -> tuple[PersonMention, ...]:
    return tuple(_addressees(text(raw)))


def _addressees(value: str) -> Iterator[PersonMention]:
    """Split an address list and name everybody in it.

    Not by email.utils.getaddresses: it empties a whole list for one odd address, in some
    patch releases of Python 3.11 and not in others.
    """
    if "@" not in value and "=?" in value:
        value = decoded(value)  # some encode the address with the name
    surname = ""
    for plain, comment, bracketed, separator in _pieces(value):
        somebody = _somebody(plain, comment, bracketed, surname)
        if somebody:
            yield somebody
        # Exchange's `Okafor, Ada <ada@…>`, unquoted
        alone = not somebody and bracketed is None and separator == ","
        surname = plain if alone and "@" not in plain else ""


def _pieces(value: str) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield what stands plain, in comments and in angle brackets before each separator.

    A group's name, which ends in a colon, is dropped.
    """
    plain, comment, depth = "", "", 0
    bracketed: str | None = None
    for part in _PART.findall(value + ","):
        if part == "(":
            depth += 1
        elif part == ")":
            depth = max(depth - 1, 0)
        elif depth:
            comment += part
        elif part[0] == "<" and len(part) > 1:
            bracketed = part[1:-1]
        elif part in (",", ";", ":"):
            if part != ":":
                yield plain.strip(), comment, bracketed, part
            plain, comment, bracketed = "", "", None
        else:
            plain += part
    if depth:  # a bracket was opened and never closed
        yield plain.strip(), "", bracketed, ","


def _somebody(plain: str, comment: str, bracketed: str | None, surname: str) -> PersonMention | None:
    where, called = "", plain
    if bracketed is not None:
        # `<@relay:ada@x.org>` is RFC 822's route
        where = _COMMENT.sub("", bracketed).rpartition(":")[2]
    elif "@" in plain:
        close = re.sub(r"\s*([@.])\s*", r"\1", plain)
        where = next((word for word in close.split() if "@" in word), "")
        called = " ".join(word for word in close.split() if word != where)
    elif archived := _ARCHIVED.fullmatch(plain):
        where, called = f"{archived[1]}@{archived[2]}", ""
    where = "".join(where.split()).strip("'").rstrip(".")
    if not _ADDRESS.fullmatch(where) or not where.isprintable() or len(where) > _LONGEST_ADDRESS:
        return None
    if called and surname:
        called = f"{surname}, {called}"
    return PersonMention((Handle(HandleKind.EMAIL, where),), _name(called or comment))


def _name(written: str) -> str | None:
    """A display name as people read it; none where it is only an address again."""
    plain = _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), written)
    shown = " ".join(decoded(plain).split()).strip("'\" ")
    if not shown.isprintable():
        shown = "".join(char for char in shown if char.isprintable()).strip()
    return shown if shown and not any(map(_ADDRESS.fullmatch, shown.split())) else None


def decoded(written: str) -> str:
    """Open RFC 2047 words, whatever charset they claim."""
    if "=?" not in written:
        return written
    try:
        parts = decode_header(written)
    except (HeaderParseError, ValueError):
        return written
    return "".join(part if isinstance(part, str) else _in(part, charset) for part, charset in parts)


def _in(raw: bytes, charset: str | None) -> str:
    if charset is None:
        return raw.decode("raw-unicode-escape", "replace")  # as decode_header wrote it
    try:
        if "escape" not in charset.lower():  # Python's own escapes are no charset
            return raw.decode(charset)
    except (LookupError, ValueError):
        pass
    return text(raw)
