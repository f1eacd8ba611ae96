"""Stream the objects of a JSON list: a day's messages, or a workspace's users, may be larger than memory."""

import io
import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from graph.records import BadRow
from sources.archives.files import File
from sources.errors import InvalidRow

JsonObject = dict[str, Any]

_CHUNK = 64 * 1024
_MAX_OBJECT = 4_000_000  # characters; a message's text has at most 40,000
_SEPARATORS = re.compile(r"[\s,]*")
_decoder = json.JSONDecoder()


def json_objects(file: File) -> Generator[tuple[int, JsonObject] | BadRow]:
    """Each object in the list with its number, counted from 1.

    A list element that is not an object is a BadRow. Invalid JSON is a BadRow too, and ends the file.
    """
    number = 0
    with file.open() as stream, io.TextIOWrapper(stream, "utf-8-sig", "replace") as text:
        try:
            for number, element in enumerate(_list_elements(text), 1):
                if isinstance(element, dict):
                    yield number, element
                else:
                    yield BadRow(file.name, number, "the entry is not a JSON object")
        except InvalidRow as error:
            yield BadRow(file.name, number + 1, str(error))


def text_at(value: JsonObject, *path: str) -> str:
    """The text at this path; "" if there is none. An unpaired surrogate becomes a question mark."""
    current: object = value
    for key in path:
        current = current.get(key) if isinstance(current, dict) else None
    return current.encode("utf-8", "replace").decode() if isinstance(current, str) else ""


def texts_in(value: JsonObject, key: str) -> list[str]:
    """The texts in the list at this key."""
    listed = value.get(key)
    return [element for element in listed if isinstance(element, str)] if isinstance(listed, list) else []


def _list_elements(text: io.TextIOWrapper) -> Iterator[object]:
    window, at, is_complete = text.read(_CHUNK).lstrip(), 1, False
    if not window.startswith("["):
        raise InvalidRow("the file is not a JSON list")
    while True:
        separators = _SEPARATORS.match(window, at)
        at = separators.end() if separators else at
        if window.startswith("]", at):
            return
        try:
            element, at = _decoder.raw_decode(window, at)
        except (ValueError, RecursionError):
            rest = len(window) - at
            if is_complete:
                raise InvalidRow("the file is cut short, or is not valid JSON from here on") from None
            if rest > _MAX_OBJECT:
                raise InvalidRow("the entry is longer than 4 MB, or the file is not valid JSON from here on") from None
            chunk = text.read(max(_CHUNK, rest))  # doubles each time, so that parsing again takes linear time
            window, at, is_complete = window[at:] + chunk, 0, not chunk
            continue
        yield element
