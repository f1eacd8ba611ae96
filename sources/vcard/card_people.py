"""The person of a card: the name and the handles, without those of other people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.records import Handle, HandleKind
from sources.text.content_lines import ContentLine, split_components, unescaped
from sources.text.handles import find_emails, find_phones, find_profiles, phone_digits
from sources.text.person_names import joined_name
from sources.vcard.cards import Card
from sources.vcard.spellings import can_be_one_person

_PLACES = {"WORK", "HOME", "MAIN", "COMPANY"}
_MOBILE = {"CELL", "MOBILE", "IPHONE", "TEXT"}
_NOT_TELEPHONES = {"FAX", "PAGER", "MODEM", "BBS", "VIDEO-CONFERENCE"}
_MAX_SPELLINGS = 8
"""Names of one handle that are compared. With more, it belongs to several people."""
_LINKEDIN_USER = re.compile(r"(?:x-apple:|@|/?(?:in|pub)/)?([^\s/:@?#]{3,100})/?", re.IGNORECASE)
_FOREIGN_LABEL = re.compile(r"assist|fax|pager|main|company", re.IGNORECASE)
"""Labels that Apple gives to numbers in place of a type: `_$!<AssistantPhone>!$_`, `_$!<HomeFAX>!$_`."""


def card_name(card: Card) -> str:
    """The card's formatted name; else given names and family name, without titles."""
    formatted = unescaped(card.first("FN"))
    if formatted and "@" not in formatted:
        return formatted
    family, given, additional = (*split_components(card.first("N")), "", "")[:3]
    return joined_name(given, additional, family)


def card_handles(card: Card) -> list[Handle]:
    """The person's addresses, profiles and mobile numbers, each once."""
    labels = {line.group: line.value for line in card.lines if line.name == "X-ABLABEL" and line.group}
    unique: dict[Handle, Handle] = {}
    for line in card.lines:
        if not _FOREIGN_LABEL.search(labels.get(line.group, "")):
            for handle in _line_handles(line):
                unique.setdefault(handle_key(handle), handle)
    return list(unique.values())


def shared_handles(cards: Iterable[Card]) -> set[Handle]:
    """The keys of handles that are on the cards of different people, and not of one person in two spellings."""
    names_by_key: defaultdict[Handle, set[str]] = defaultdict(set)
    for card in cards:
        name = card_name(card)
        for handle in card_handles(card):
            if len(names_by_key[handle_key(handle)]) < _MAX_SPELLINGS:
                names_by_key[handle_key(handle)].add(name)
    return {
        key
        for key, names in names_by_key.items()
        if len(names) > 1 and (len(names) == _MAX_SPELLINGS or not can_be_one_person(names))
    }


def handle_key(handle: Handle) -> Handle:
    """The handle for comparison within a book: digits of a number, else case-folded text."""
    if handle.kind is HandleKind.PHONE:
        return Handle(handle.kind, phone_digits(handle.text))
    return Handle(handle.kind, handle.text.casefold().rstrip("/"))


def _line_handles(line: ContentLine) -> Iterator[Handle]:
    value = unescaped(line.value)
    if line.name == "EMAIL":
        yield from (Handle(HandleKind.EMAIL, address) for address in find_emails(value))
    elif line.name == "TEL":
        types = {word.strip().upper() for values in line.parameters.get("TYPE", ()) for word in values.split(",")}
        if not types & _NOT_TELEPHONES and (types & _MOBILE or not types & _PLACES):
            yield from (Handle(HandleKind.PHONE, number) for number in find_phones(value.partition(";")[0]))
    elif line.name in {"URL", "X-SOCIALPROFILE", "SOCIALPROFILE"}:
        yield from (Handle(HandleKind.LINKEDIN, url) for url in find_profiles(value) or _profile_of_user(line, value))


def _profile_of_user(line: ContentLine, value: str) -> list[str]:
    """The profile of a LinkedIn user whom a line names without a URL: `X-SOCIALPROFILE;type=linkedin:ben-okafor`."""
    services = {line.parameter(name) for name in ("TYPE", "SERVICE-TYPE", "X-SERVICE-TYPE")}
    if line.name == "URL" or "LINKEDIN" not in services:
        return []
    user = next(iter(line.parameters.get("X-USER", ())), "") or next(iter(line.parameters.get("USERNAME", ())), "")
    named = _LINKEDIN_USER.fullmatch(user or value)
    return find_profiles(f"https://www.linkedin.com/in/{named[1]}") if named else []
