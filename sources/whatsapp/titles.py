"""The title of a chat: the name of its file or zip, in which WhatsApp writes the name of the partner or group."""

import re
from functools import cache

from sources.whatsapp.phrases import phrases

_COPY = re.compile(r"\s?\(\d{1,2}\)$")
_SEVERAL = re.compile(r"[&+,]|\s(?:and|und|y|et|e|i|och|og|ve|и)\s", re.IGNORECASE)
"""In the names of groups that are named after several people."""
_MAX_OWN_LETTERS = 30
"""WhatsApp's own words in a title have at most so many letters."""


def chat_name_key(text: str) -> str:
    """A name or title for comparison, without case, spaces and the number of a copy (`… (2)`).

    Punctuation is left out, because file names cannot contain all of it. A name of punctuation only stays as it is.
    """
    without_copy = _COPY.sub("", text)
    key = "".join(letter for letter in without_copy.casefold() if letter.isalnum())
    return key or "".join(without_copy.split())


def is_title(text: str) -> bool:
    """Whether this is a title that WhatsApp gave, and not a name that a person gave to the file."""
    key = text.casefold()
    return any(word in key for word in phrases("whatsapp"))


def subject(title: str) -> str:
    """The partner's or group's name in WhatsApp's title, in the languages of phrases.json; else "".

    `WhatsApp Chat with Ada & Ben` → `Ada & Ben`; `Ben ile WhatsApp Sohbeti` → `Ben`.
    """
    text = _COPY.sub("", title).strip()
    matches = (pattern.fullmatch(text) for pattern in _templates())
    return next((match["name"].strip() for match in matches if match), "")


def title_names(title: str, author: str) -> bool:
    """Whether a title is that of the chat with this author, and not of a group whose name contains the author's.

    In a language that phrases.json lacks, the author's name begins or ends the title, beside WhatsApp's own words.
    """
    name = chat_name_key(author)
    if known := subject(title):
        return chat_name_key(known) == name
    key = chat_name_key(title)
    is_at_edge = key.endswith(name) or key.startswith(name)
    return is_at_edge and is_title(title) and len(key) - len(name) <= _MAX_OWN_LETTERS and not _SEVERAL.search(title)


def is_you(text: str) -> bool:
    """Whether this word is how WhatsApp calls the owner of the phone (`You`)."""
    return text.casefold() in phrases("you")


def is_unambiguous_you(text: str) -> bool:
    """Whether the word means the owner of the phone and cannot be a person's name (`Ty` and `Tu` can)."""
    return is_you(text) and (text.casefold() == "you" or len(text) > 3 or not text.isascii())


def self_chat_name(name: str) -> str | None:
    """The owner's name in the title of a chat with oneself (`Ana Silva (You)`); None for another title."""
    match = re.fullmatch(r"(?P<name>.*\S)\s*\((?P<you>[^()]+)\)", name)
    return match["name"] if match and is_you(match["you"]) else None


@cache
def _templates() -> tuple[re.Pattern[str], ...]:
    """WhatsApp's titles in its languages, the longest first."""
    escaped = [re.escape(one) for one in sorted(phrases("title"), key=lambda one: (-len(one), one))]
    spaced = [one.replace(r"\ ", r"[\s_]*").replace(r"\-", "[-–—]") for one in escaped]
    return tuple(re.compile(one.replace("name", "(?P<name>.+)", 1), re.IGNORECASE) for one in spaced)
