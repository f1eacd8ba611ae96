"""Decide by its label or its header whether a phone number is a person's own: a switchboard or a fax is not."""

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from itertools import chain

_VALUE = re.compile(r"value|number$|nummer$")
_NUMBER = re.compile(r"\d+")


@cache
def is_own_number(label: str) -> bool:
    """Whether a number with this label is the person's own. `label` is a column key; it may be empty."""
    never, own, place = _words()
    if any(word in label for word in never):
        return False
    return any(word in label for word in own) or not any(word in label for word in place)


def own_phone_columns(phones: Iterable[str], columns: Collection[str]) -> dict[str, str | None]:
    """The columns that may hold a person's own numbers, each with the column that labels it: phone1label."""
    own: dict[str, str | None] = {}
    for column in phones:
        label = _label_column(column, columns)
        if label or is_own_number(column):
            own[column] = label
    return own


def _label_column(column: str, columns: Collection[str]) -> str | None:
    stem = _VALUE.sub("", column)
    number = _NUMBER.search(stem)
    if not number:
        return None
    words = ("label", "type")
    names = (f"{stem}{word}" for word in words), (f"{stem[: number.start()]}{word}{number[0]}" for word in words)
    return next(filter(columns.__contains__, chain(*names)), None)


@cache
def _words() -> tuple[Collection[str], ...]:
    lists = tomllib.loads(files(__package__).joinpath("phone_labels.toml").read_text("utf-8"))
    return tuple(tuple(lists[name]) for name in ("never", "own", "place"))
