"""Choosing an entry of a numbered list."""

from collections.abc import Sequence
from typing import TypeVar

import typer

_Entry = TypeVar("_Entry")


def choose(entries: Sequence[_Entry], number: int, noun: str, command: str) -> _Entry:
    """The entry with this number, from 1. Raises BadParameter; `command` lists the entries."""
    if not 0 < number <= len(entries):
        raise typer.BadParameter(f"There is no {noun} number {number}. `{command}` lists them.")
    return entries[number - 1]
