"""Parse a message's header: people, date, id and labels.

Subjects are never read. Any bytes parse without an exception: an unreadable value counts as missing.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parsedate_tz
from functools import lru_cache

from graph.records import Handle, HandleKind, PersonMention
from sources.text.mail_addresses import is_assistant_of

Headers = dict[bytes, list[bytes]]
"""Header field in lower case → its values."""

FIELDS_READ = {
    b"from", b"sender", b"to", b"cc", b"bcc", b"date", b"message-id", b"received", b"return-path",
    b"delivered-to", b"x-original-to", b"x-gmail-labels", b"x-mozilla-status",
    b"list-id", b"list-post", b"list-unsubscribe",
    b"mailing-list", b"x-mailing-list", b"x-beenthere",
    b"precedence", b"auto-submitted", b"x-autoreply", b"x-autorespond", b"x-auto-response-suppress",
}  # fmt: skip

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # a date before it is from a clock that was never set
_MAX_CLOCK_ERROR = timedelta(days=2)
_ENVELOPE_DATE = re.compile(rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*", re.DOTALL)

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|<[^<>]*>|=\?[^?\s]+\?[bq]\?[^?]*\?=|[(),:;]|\\.|[^"<>(),:;\\=]+|.',
    re.DOTALL | re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>(),:;\\]+@[^\s@<>(),:;\\\[\]\"']+")
_ARCHIVED = re.compile(r"(\S+) at (\S+)")  # pipermail writes addresses so, against harvesters
_MAX_ADDRESS_LENGTH = 320
_LABEL = re.compile(r'"([^"]*)"|([^,]+)')
_MESSAGE_ID = re.compile(rb"<([^<>]+)>")


def parse_headers(block: bytes) -> Headers:
    """The fields in FIELDS_READ, unfolded. Of Received, only the top one, which the last server wrote."""
    headers: Headers = {}
    values: list[bytes] | None = None
    for line in block.split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            if values:
                values[-1] += b" " + line.strip()
            continue
        values = None
        name, colon, value = line.partition(b":")
        name = name.rstrip().lower()
        if colon and name in FIELDS_READ and not (name == b"received" and name in headers):
            values = headers.setdefault(name, [])
            values.append(value.strip())
    return headers


def first_value(headers: Headers, name: bytes) -> bytes:
    return headers.get(name, [b""])[0]


def header_text(raw: bytes) -> str:
    """The text of a header, which is ASCII or UTF-8; else Latin-1, which old software writes."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def people_in(headers: Headers, *names: bytes) -> tuple[PersonMention, ...]:
    """Everybody with an address in these fields, in order, including the members of groups."""
    return tuple(person for name in names for raw in headers.get(name, ()) for person in _addressees(raw))


def sent_on_behalf_by(headers: Headers, author: PersonMention) -> PersonMention | None:
    """The Sender, if they are the author's assistant and not the author."""
    return next((sender for sender in people_in(headers, b"sender")[:1] if is_assistant_of(sender, author)), None)


def message_id(headers: Headers) -> str | None:
    raw = first_value(headers, b"message-id")
    bracketed = _MESSAGE_ID.search(raw)
    return " ".join(header_text(bracketed[1] if bracketed else raw.strip(b"<>")).split()) or None


@lru_cache(maxsize=4096)
def gmail_labels(raw: bytes) -> frozenset[str]:
    """The labels in a value of X-Gmail-Labels, in lower case. Takeout quotes and encodes some of them."""
    return frozenset(
        (quoted or bare).strip().lower() for quoted, bare in _LABEL.findall(decode_words(header_text(raw)))
    )


def sent_at(headers: Headers, envelope: bytes) -> datetime | None:
    """The Date in UTC. If it is missing, invalid or after the arrival: the time of arrival, else the From_ line's."""
    date = _parse_date(first_value(headers, b"date"))
    arrived = _parse_date(first_value(headers, b"received").rpartition(b";")[2])
    if date and arrived and date > arrived + _MAX_CLOCK_ERROR:
        return arrived
    envelope_date = _ENVELOPE_DATE.search(envelope)
    return date or arrived or (_parse_date(envelope_date[0]) if envelope_date else None)


def decode_words(text: str) -> str:
    """The text with its RFC 2047 encoded words decoded, whatever charset they name."""
    if "=?" not in text:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(part if isinstance(part, str) else _decode(part, charset) for part, charset in parts)


def _parse_date(raw: bytes) -> datetime | None:
    """A date in UTC; a time without a zone is in UTC."""
    text = header_text(raw[:200]).strip()
    try:
        parts = parsedate_tz(text)
        if parts:
            at = datetime(*parts[:6], tzinfo=UTC) - timedelta(seconds=parts[9] or 0)
        else:
            at = datetime.fromisoformat(text)
            at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at >= _EARLIEST else None


def _addressees(raw: bytes) -> tuple[PersonMention, ...]:
    # short lists repeat, so they are cached; long ones are large and do not
    return _cached_addressees(raw) if len(raw) <= 512 else tuple(_parse_addressees(header_text(raw)))


@lru_cache(maxsize=16384)
def _cached_addressees(raw: bytes) -> tuple[PersonMention, ...]:
    return tuple(_parse_addressees(header_text(raw)))


def _parse_addressees(value: str) -> Iterator[PersonMention]:
    """The people in an address list.

    email.utils.getaddresses is not used: in some patch releases of Python 3.11 it returns nothing for a list with one
    unusual address.
    """
    if "@" not in value and "=?" in value:
        value = decode_words(value)  # some programs encode the address together with the name
    surname = ""
    for plain, comment, bracketed, separator in _split_list(value):
        person = _person(plain, comment, bracketed, surname)
        if person:
            yield person
        # Exchange writes `Okafor, Ada <ada@…>` without quotes
        may_be_surname = not person and bracketed is None and separator == ","
        surname = plain if may_be_surname and "@" not in plain else ""


def _split_list(value: str) -> Iterator[tuple[str, str, str | None, str]]:
    """The plain text, the comment and the text in angle brackets before each separator, and the separator.

    The name of a group, which ends in a colon, is dropped.
    """
    plain, comment, depth = "", "", 0
    bracketed: str | None = None
    for piece in _TOKEN.findall(value + ","):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(depth - 1, 0)
        elif depth:
            comment += piece
        elif piece[0] == "<" and len(piece) > 1:
            bracketed = piece[1:-1]
        elif piece in (",", ";", ":"):
            if piece != ":":
                yield plain.strip(), comment, bracketed, piece
            plain, comment, bracketed = "", "", None
        else:
            plain += piece
    if depth:  # a parenthesis was opened and never closed
        yield plain.strip(), "", bracketed, ","


def _person(plain: str, comment: str, bracketed: str | None, surname: str) -> PersonMention | None:
    address, name = "", plain
    if bracketed is not None:
        # `<@relay:ada@x.org>` is a source route of RFC 822
        address = _COMMENT.sub("", bracketed).rpartition(":")[2]
    elif "@" in plain:
        joined = re.sub(r"\s*([@.])\s*", r"\1", plain)
        address = next((word for word in joined.split() if "@" in word), "")
        name = " ".join(word for word in joined.split() if word != address)
    elif archived := _ARCHIVED.fullmatch(plain):
        address, name = f"{archived[1]}@{archived[2]}", ""
    address = "".join(address.split()).strip("'").rstrip(".")
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or len(address) > _MAX_ADDRESS_LENGTH:
        return None
    if name and surname:
        name = f"{surname}, {name}"
    return PersonMention((Handle(HandleKind.EMAIL, address),), _display_name(name or comment))


def _display_name(text: str) -> str | None:
    """A display name without quotes and encoding; None if it only repeats the address."""
    unquoted = _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), text)
    name = " ".join(decode_words(unquoted).split()).strip("'\" ")
    if not name.isprintable():
        name = "".join(char for char in name if char.isprintable()).strip()
    return name if name and not any(map(_ADDRESS.fullmatch, name.split())) else None


def _decode(raw: bytes, charset: str | None) -> str:
    if charset is None:
        return raw.decode("raw-unicode-escape", "replace")  # the encoding in which decode_header returns plain text
    try:
        if "escape" not in charset.lower():  # Python's own escape codecs are not charsets
            return raw.decode(charset)
    except (LookupError, ValueError):
        pass
    return header_text(raw)
