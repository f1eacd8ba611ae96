"""Chooses where a command gets its answer: from a server, or from the local database.

In this order: the option `--server`, the setting TERTIUS_SERVER, the server that the user joined last. The word
`local` stands for the local database.
"""

import os
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from api.paths import JOIN
from tertius.env_file import ENV_FILE, HOME, PREFIX, default_home, find_env_file, values
from tertius.errors import SettingError
from tertius.remote.credentials import Credentials
from tertius.setting_checks import LOCAL, check_server_url

_selected: "ContextVar[Server | None]" = ContextVar("server", default=None)
_SERVER = f"{PREFIX}SERVER"
_READ_HERE = {_SERVER, HOME, ENV_FILE}


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and a secret that it accepts: the token of this user, or an invitation.

    The secret is in no text that describes the object.
    """

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The folder of the user's data, and the server that a setting names."""

    home: Path
    server: str | None


def read_server_settings() -> ServerSettings:
    """Read the settings that choose a server, without the library that checks all settings, which is slow to import.

    Other settings are checked too if there are any. Raises SettingError.
    """
    given = {name.upper(): value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}
    in_file = values(env_file) if (env_file := find_env_file(default_home())) else {}
    if not given.keys() <= _READ_HERE or any(name.upper().startswith(PREFIX) for name in in_file):
        from tertius.settings import read_settings  # noqa: PLC0415 - as above

        settings = read_settings()
        return ServerSettings(settings.home, settings.server)
    try:
        server = check_server_url(given[_SERVER]) if given.get(_SERVER) else None
    except ValueError as error:
        raise SettingError(f"{_SERVER} is invalid: {error}.") from None
    return ServerSettings(Path(given.get(HOME) or default_home()).expanduser().absolute(), server)


def server_address(option: str | None) -> str | None:
    """The address of the server that commands use, None for the local database. Raises SettingError."""
    settings = read_server_settings()
    if option:
        try:
            chosen: str | None = check_server_url(option)
        except ValueError as error:
            raise SettingError(f"--server is invalid: {error}.") from None
    else:
        chosen = settings.server or Credentials(settings.home).current()
    return None if chosen == LOCAL else chosen


def select(url: str | None) -> None:
    """Make this command ask the server at this address, or the local database. Raises SettingError without a token."""
    if url is None:
        _selected.set(None)
        return
    token = Credentials(read_server_settings().home).token(url)
    if token is None:
        raise SettingError(f"There is no token for {url}. Run `tertius join LINK` with an invitation to it.")
    _selected.set(Server(url, token))


def selected_server() -> Server | None:
    """The server that this command asks, None for the local database."""
    return _selected.get()


def parse_invitation(link: str) -> Server:
    """The parts of the link of an invitation. Raises ValueError with advice."""
    parts = urlsplit(link.strip())
    if not parts.fragment or parts.query or parts.path != JOIN:
        raise ValueError("Copy the whole link of the invitation. It looks like https://tertius.example.org/join#…")
    try:
        return Server(check_server_url(f"{parts.scheme}://{parts.netloc}"), parts.fragment)
    except ValueError as error:
        raise ValueError(f"The link cannot be used: {error}.") from None
