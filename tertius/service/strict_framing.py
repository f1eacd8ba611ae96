"""Refuses requests that a proxy in front of the service could frame differently.

h11 accepts lines that end with a bare line feed, folded header lines, chunk extensions, and `Transfer-Encoding` beside
`Content-Length`. A proxy that reads one of them in another way takes a part of one request for the next request.
"""

import re

import h11
from h11._receivebuffer import ReceiveBuffer

MAX_HEAD_BYTES = 32 * 1024
"""Maximum size of the head of a request. h11 limits only heads that arrive in several pieces."""
_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")
_FOLDED_LINE = re.compile(rb"\n[ \t]")


class StrictBuffer(ReceiveBuffer):
    """The bytes that a client sent. Raises h11.LocalProtocolError, which h11 turns into an error of the client."""

    def maybe_extract_lines(self) -> list[bytearray] | None:
        """Extract the head of a request or the trailers of a body, if they are complete."""
        before = bytes(self._data)
        lines = super().maybe_extract_lines()
        if lines is not None:
            raw = before[: len(before) - len(self._data)]
            if len(raw) > MAX_HEAD_BYTES:
                raise h11.LocalProtocolError("the head of a request is too large", error_status_hint=431)
            if _BARE_LINE_FEED.search(raw) or _FOLDED_LINE.search(raw):
                raise h11.LocalProtocolError("a header line ends with a bare line feed or is folded")
            _check_framing(lines)
        return lines

    def maybe_extract_next_line(self) -> bytearray | None:
        """Extract the header of a chunk, if it is complete."""
        line = super().maybe_extract_next_line()
        if line is not None and (b";" in line or b"\n" in line[:-2]):
            raise h11.LocalProtocolError("a chunk has an extension")
        return line


def _check_framing(lines: list[bytearray]) -> None:
    """Check that only one header of a request says where its body ends."""
    headers = [line.partition(b":") for line in lines]
    names = [bytes(name).lower() for name, _, _ in headers]
    lengths = [bytes(value) for name, (_, _, value) in zip(names, headers, strict=True) if name == b"content-length"]
    is_chunked = b"transfer-encoding" in names
    if len(lengths) + is_chunked > 1 or any(b"," in length for length in lengths):
        raise h11.LocalProtocolError("more than one header says where the body ends")
    if is_chunked and lines[0].endswith(b"HTTP/1.0"):
        raise h11.LocalProtocolError("HTTP/1.0 has no Transfer-Encoding")


def strict(connection: h11.Connection) -> h11.Connection:
    """The same connection, before it received a byte, with a strict buffer."""
    connection._receive_buffer = StrictBuffer()  # noqa: SLF001 - h11 has no setting for it
    return connection
