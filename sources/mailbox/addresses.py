"""The people in an address list, in every notation that mail programs write.

An unpaired bracket or quotation mark, a missing comma or an odd character spoils nothing beside it. The standard
library's email.utils.getaddresses is not used: in some patch releases of Python 3.11 it returns nothing for a list with
one unusual address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from graph.records import Handle, HandleKind, PersonMention
from sources.mailbox.encoded_text import decode_words
from sources.text.charsets import UNREADABLE

_TOKEN = re.compile(
    # a quoted string; a quotation mark is unpaired if an address and a separator follow, or if a word follows its pair
    r'"(?:[^"\\<]++|\\.|<(?![^<>"\s]+@[^<>"\s]+>\s*[,;]))*+"(?=[\s<>,;:()@.]|$)'
    r"|<[^<>]*>|=\?[^?\s]+\?[bq]\?[^?]*\?=|[(),:;]|\\.|[^\"<>(),:;\\=]+|.",
    re.DOTALL | re.IGNORECASE,
)
# Most lists have this form, which is read in half the time: `Ana Berg <ana@…>, "Ben Ek" <ben@…>, cleo@…`
_PLAIN_ADDRESS = r"((?!srs|prvs|imcea)[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9])"
_SIMPLE = re.compile(
    rf"""\s*(?:(?:"([\w .'-]*)"|([\w .'-]*?))\s*<{_PLAIN_ADDRESS}>|{_PLAIN_ADDRESS})\s*""", re.IGNORECASE
)
_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>(),:;\\]+@[^\s@<>(),:;\\\[\]\"']+")
_ADDRESS_INSIDE = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_SQUARE = re.compile(r"[\[［](?:mailto:|smtp:)?\s*([^\[\]\s@<>]+@[^\[\]\s@<>]+?)\s*[\]］]", re.IGNORECASE)
_ARCHIVED = re.compile(r"(\S+) at (\S+)")  # pipermail writes addresses so, against harvesters
_FULL_WIDTH = str.maketrans("＜＞（）＠，；：", "<>()@,;:")
_QUOTATION_MARKS = "'\"`“”„‘’‚«»"
_MAX_ADDRESS_LENGTH = 320

_SRS = re.compile(
    r"srs0[=+-][^=]*=[^=]*=([^=@]+)=([^@]+)@.*|srs1[=+-].*==[^=]*=[^=]*=([^=@]+)=([^@]+)@.*", re.IGNORECASE
)
_BATV = re.compile(r"prvs=[0-9a-f]{6,12}=([^@=]+@.+)|prvs=([^=@]+)=[0-9a-f]{6,12}(@.+)", re.IGNORECASE)
_IMCEA = re.compile(r"imcea([a-z0-9]+)-(.*)@.*", re.IGNORECASE | re.DOTALL)


def parse_addresses(value: str) -> Iterator[PersonMention]:
    """The people in the value of a header field, in order, including the members of groups."""
    simple = [_SIMPLE.fullmatch(part) for part in value.split(",")]
    if all(simple):
        yield from (_simple_person(match) for match in simple if match)
        return
    if "@" not in value and "=?" in value:
        value = decode_words(value)  # some programs encode the address together with the name
    if not value.isascii():
        value = value.translate(_FULL_WIDTH) if "@" not in value or "＜" in value else value
    if "[" in value or "［" in value:
        value = _SQUARE.sub(r"<\1>", value)  # as in `Ana Berg [mailto:ana@…]`
    surname = ""
    for entry in _split_list(value):
        people = list(_people(entry, surname))
        yield from people
        # Exchange writes `Okafor, Ada <ada@…>` without quotes
        may_be_surname = not people and entry.bracketed is None and entry.separator == ","
        surname = entry.plain if may_be_surname and "@" not in entry.plain else ""


def _simple_person(match: re.Match[str]) -> PersonMention:
    name = " ".join((match[1] or match[2] or "").split()).strip("' ")
    return PersonMention((Handle(HandleKind.EMAIL, match[3] or match[4]),), name or None)


@dataclass(slots=True)
class _Entry:
    """One entry of a list: the text around its angle brackets, its comments, the text inside, and what ends it."""

    plain: str = ""
    comment: str = ""
    bracketed: str | None = None
    after: str = ""
    separator: str = ""


def _split_list(value: str) -> Iterator[_Entry]:
    """The entries of a list. The name of a group, which ends in a colon, is dropped."""
    pieces = _TOKEN.findall(value)
    paired = _paired_parentheses(pieces)
    entry, depth = _Entry(), 0
    for index, piece in enumerate((*pieces, ",")):
        if index in paired:
            depth += 1 if piece == "(" else -1
        elif depth:
            entry.comment += piece
        elif piece[0] == "<" and len(piece) > 1:
            if entry.bracketed is not None and entry.after.strip() and "@" in piece:  # the comma is missing
                yield _ended(entry, " ")
                entry = _Entry(plain=entry.after)
            entry.bracketed, entry.after = piece[1:-1], ""
        elif piece in (",", ";") or (piece == ":" and _names_group(entry)):
            if piece != ":" or "@" in entry.plain:
                yield _ended(entry, piece)
            entry = _Entry()
        elif entry.bracketed is None:
            entry.plain += piece
        else:
            entry.after += piece


def _ended(entry: _Entry, separator: str) -> _Entry:
    name = entry.plain.strip() or entry.after.strip()
    return _Entry(name, entry.comment, entry.bracketed, "", separator)


def _names_group(entry: _Entry) -> bool:
    """Whether a colon after this entry ends the name of a group: `Team: Eve <eve@…>;`, but not `Ana :( Berg`."""
    return entry.bracketed is None and entry.plain.strip() != "" and not entry.plain[-1].isspace()


def _paired_parentheses(pieces: list[str]) -> set[int]:
    """The places of the parentheses that enclose comments. A comment contains no address in angle brackets."""
    paired: set[int] = set()
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece == "(":
            opened.append(index)
        elif piece == ")" and opened:
            paired |= {opened.pop(), index}
        elif piece[0] == "<" and "@" in piece:
            opened.clear()
    return paired


def _people(entry: _Entry, surname: str) -> Iterator[PersonMention]:
    """The person of an entry; several if its brackets contain several addresses."""
    texts, name = [""], entry.plain
    if entry.bracketed is not None and ("@" in entry.bracketed or "@" not in entry.plain):
        # `<@relay:ada@x.org>` is a source route of RFC 822
        texts = [_COMMENT.sub("", entry.bracketed).rpartition(":")[2]]
        if texts[0].count("@") > 1:
            texts = [
                bare_address
                for part in re.split(r"[,;\s]+", entry.bracketed)
                if (bare_address := _bare(part)).count("@") == 1
            ]
    elif "@" in entry.plain:
        joined = re.sub(r"\s*([@.])\s*", r"\1", entry.plain)
        words = joined.split()
        texts = [next((word for word in words if _ADDRESS.fullmatch(_bare(word))), "")]
        name = entry.bracketed or " ".join(word for word in words if word != texts[0])
    elif archived := _ARCHIVED.fullmatch(entry.plain):
        texts, name = [f"{archived[1]}@{archived[2]}"], ""
    for text in texts or [""]:
        address = _original_address(_bare(text))
        if _ADDRESS.fullmatch(address) and len(address) <= _MAX_ADDRESS_LENGTH:
            full_name = f"{surname}, {name}" if name and surname else name
            yield PersonMention((Handle(HandleKind.EMAIL, address),), display_name(full_name or entry.comment))
            name = surname = entry.comment = ""


def _bare(text: str) -> str:
    """An address without spaces, invisible characters, brackets and quotation marks around it."""
    is_plain = text.isascii() and text.isprintable() and " " not in text
    visible = text if is_plain else "".join(char for char in text if char.isprintable() and not char.isspace())
    return visible.strip("<>" + _QUOTATION_MARKS).rstrip(".").removeprefix("mailto:")


def _original_address(address: str) -> str:
    """The address that a forwarder, a bounce tag or Exchange has wrapped; "" for an Exchange name without address."""
    if address[:3].lower() == "srs" and (srs := _SRS.fullmatch(address)):
        return f"{srs[2] or srs[4]}@{srs[1] or srs[3]}"
    if address[:5].lower() == "prvs=" and (batv := _BATV.fullmatch(address)):
        return batv[1] or f"{batv[2]}{batv[3]}"
    if address[:5].lower() == "imcea" and (imcea := _IMCEA.fullmatch(address)):
        return unquote(imcea[2].replace("+", "%")) if imcea[1].lower() in ("smtp", "mailto") else ""
    return address


def display_name(text: str) -> str | None:
    """A display name without quotes and encoding; None if it only repeats the address, or if it is unreadable."""
    unquoted = _QUOTED.sub(lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), text)
    name = " ".join(_ADDRESS_INSIDE.sub("", decode_words(unquoted)).split()).strip("'\"<> ")
    if UNREADABLE in name or name[:3].lower() == "/o=":  # an Exchange directory name
        return None
    if not name.isprintable():
        name = "".join(char for char in name if char.isprintable()).strip()
    return name if name and not any(map(_ADDRESS.fullmatch, name.split())) else None
