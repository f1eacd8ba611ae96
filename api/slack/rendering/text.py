"""Text from and to Slack: its markup is read, and names are escaped."""

import re
from html import unescape

_LINK = re.compile(r"<(?:mailto:)?([^<>|]+)(?:\|([^<>]*))?>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_FORMATTING = re.compile(r"([*_~`])")
_ELLIPSIS = "…"
_ZERO_WIDTH_SPACE = "\u200b"


def mentioned_user(text: str) -> str | None:
    """The id of the Slack user in a text that is a mention and nothing else."""
    mention = _USER.fullmatch(text.strip())
    return mention[1] if mention else None


def plain_text(text: str) -> str:
    """A text as its author typed it: addresses and links without Slack's markup, entities as characters."""
    return " ".join(unescape(_LINK.sub(_typed, text)).split())


def _typed(link: re.Match[str]) -> str:
    target, label = link[1], link[2]
    return target if target.startswith(("http:", "https:")) or not label else label


def escape(text: str) -> str:
    """A text for a mrkdwn field. It cannot mention anybody, link to anything or change the formatting."""
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMATTING.sub(rf"{_ZERO_WIDTH_SPACE}\1", entities)


def escape_within(text: str, length: int) -> str:
    """The escaped text, shortened so that it has at most `length` characters after escaping."""
    escaped, kept = escape(text), len(text)
    while len(escaped) > length:
        kept -= max(1, (len(escaped) - length) // 6)
        escaped = escape(text[:kept].rstrip()) + _ELLIPSIS
    return escaped


def within(text: str, length: int) -> str:
    """The text for a plain_text field, shortened to at most `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + _ELLIPSIS
