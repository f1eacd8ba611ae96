"""Removes addresses from the results of the tools: a result is sent to the model of an assistant."""

import re
from typing import Any

_EMAIL_ADDRESS = re.compile(
    r"""(?:"[^"\n]*"|[^\s@＠﹫<>()\[\]{}"',;:…]+(?:'[^\s@＠﹫<>()\[\]{}"',;:…]+)*)[@＠﹫](?=[^\s@＠﹫])"""
)
_PHONE_NUMBER = re.compile(r"\+\d[\d ()./-]{4,}\d")


def shorten_addresses(data: Any) -> Any:
    """The same JSON-compatible data, in which every e-mail address is `…@` and its domain, and a phone number `+…`.

    Sources are named by the address of their account, and people whose name no source gives by their own address.
    """
    if isinstance(data, str):
        return _PHONE_NUMBER.sub("+…", _EMAIL_ADDRESS.sub("…@", data))
    if isinstance(data, dict):
        return {key: shorten_addresses(value) for key, value in data.items()}
    return [shorten_addresses(item) for item in data] if isinstance(data, list | tuple) else data
