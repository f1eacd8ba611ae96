"""Messages of the Bolt protocol that run reads, and the replies to them.

The driver's own classes take several times as long for each message. See
docs/decisions/0034-one-round-trip-for-several-reads.md.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

# the part of neo4j-rust-ext that the driver uses as well
from neo4j._rust.codec.packstream.v1 import pack, unpack

SUCCESS, RECORD = 0x70, 0x71
_MAX_CHUNK = 0xFFFF
_MAX_PACKED_TEXTS = 512
"""More than there are queries."""


def _message(tag: int, fields: Sequence[bytes]) -> bytes:
    data = bytes((0xB0 + len(fields), tag)) + b"".join(fields)
    chunks = (data[start : start + _MAX_CHUNK] for start in range(0, len(data), _MAX_CHUNK))
    return b"".join(part for chunk in chunks for part in (len(chunk).to_bytes(2, "big"), chunk)) + b"\x00\x00"


_PULL_ALL = _message(0x3F, [pack({"n": -1}, None)])


@lru_cache(_MAX_PACKED_TEXTS)
def _packed_text(text: str) -> bytes:
    return bytes(pack(text, None))


def read_message(text: str, params: Mapping[str, Any], transaction: Mapping[str, Any]) -> bytes:
    """The messages that run a query in a transaction of its own, and request all of its rows.

    Parameters are None, numbers, texts, lists, tuples, and maps.
    """
    fields = [_packed_text(text), pack(_as_lists(params), None), pack(dict(transaction), None)]
    return _message(0x10, fields) + _PULL_ALL


def _as_lists(value: Any) -> Any:
    """The same value with lists instead of tuples."""
    kind = type(value)
    if kind is list or kind is tuple:
        return [one if type(one) is str else _as_lists(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _as_lists(one) for key, one in value.items()}
    return value


class Replies:
    """Splits the bytes of the server into replies."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def split(self, data: bytes) -> list[tuple[int, Any]]:
        """The replies that are complete with these bytes: their tags, and their values."""
        self._buffer += data
        buffer, replies = self._buffer, []
        start = at = 0
        chunks: list[bytearray] = []
        while at + 2 <= len(buffer):
            size = buffer[at] << 8 | buffer[at + 1]
            if size == 0:  # the end of a reply, or else a sign that the server is alive
                if chunks:
                    replies.append(_reply(chunks))
                    chunks = []
                start = at = at + 2
            elif at + 2 + size > len(buffer):
                break
            else:
                chunks.append(buffer[at + 2 : at + 2 + size])
                at += 2 + size
        del buffer[:start]
        return replies


def _reply(chunks: list[bytearray]) -> tuple[int, Any]:
    data = chunks[0] if len(chunks) == 1 else bytearray().join(chunks)
    has_value = data[0] & 0x0F
    return data[1], unpack(data, 2, None)[0] if has_value else None
