"""The elements of a JSON list, one at a time: a day's file, or a workspace's users, may be larger than memory."""

import io
import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from graph.records import BadRow
from sources.archive import File

Element = dict[str, Any]

_PIECE = 64 * 1024
_LONGEST = 4_000_000  # of one message; a text has 40,000 letters at most
_BETWEEN = re.compile(r"[\s,]*")
_decoder = json.JSONDecoder()


def elements(file: File) -> Generator[tuple[int, Element] | BadRow]:
    """Every object in the list with its number, counted from 1.

    What is no object is a BadRow; what is no JSON is one, and ends the file.
    """
    number = 0
    with file.open() as stream, io.TextIOWrapper(stream, "utf-8-sig", "replace") as text:
        try:
            for number, element in enumerate(_listed(text), 1):
                if isinstance(element, dict):
                    yield number, element
                else:
                    yield BadRow(file.name, number, "no object")
        except _Unreadable as error:
            yield BadRow(file.name, number + 1, str(error))


class _Unreadable(ValueError):
    """What is wrong with the rest of a file, as a clause."""


def _listed(text: io.TextIOWrapper) -> Iterator[object]:
    window, at, ended = text.read(_PIECE).lstrip(), 1, False
    if not window.startswith("["):
        raise _Unreadable("no list")
    while True:
        between = _BETWEEN.match(window, at)
        at = between.end() if between else at
        if window.startswith("]", at):
            return
        try:
            element, at = _decoder.raw_decode(window, at)
        except (ValueError, RecursionError):
            rest = len(window) - at
            if ended:
                raise _Unreadable("it is cut short, or no JSON from here on") from None
            if rest > _LONGEST:
                raise _Unreadable("longer than 4 MB, or no JSON from here on") from None
            piece = text.read(max(_PIECE, rest))  # twice as much each time: what is read again stays in bounds
            window, at, ended = window[at:] + piece, 0, not piece
            continue
        yield element


def words(element: Element, *path: str) -> str:
    """The text that lies on this path; "" where there is none. Half a surrogate is no letter."""
    found: object = element
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found.encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def ids(element: Element, name: str) -> list[str]:
    """The texts in the list of this name."""
    found = element.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
