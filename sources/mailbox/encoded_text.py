"""The text of header fields: raw bytes and RFC 2047 encoded words."""

from email.errors import HeaderParseError
from email.header import decode_header

from sources.text.charsets import decode_declared


def header_text(raw: bytes) -> str:
    """The text of a header, which is ASCII or UTF-8; else Latin-1, which old software writes."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def decode_words(text: str) -> str:
    """The text with its RFC 2047 encoded words decoded, whatever charset they name."""
    if "=?" not in text:
        return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(part if isinstance(part, str) else _decode(part, charset) for part, charset in parts)


def _decode(raw: bytes, charset: str | None) -> str:
    if charset is None:
        return raw.decode("raw-unicode-escape", "replace")  # the encoding in which decode_header returns plain text
    text = decode_declared(raw, charset)
    return header_text(raw) if text is None else text
