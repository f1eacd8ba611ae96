"""Reads the settings that choose a server, without the library that checks all settings, which is slow to import."""

import os
from dataclasses import dataclass
from pathlib import Path

from tertius.env_file import ENV_FILE, HOME, PREFIX, default_home, find_env_file, values
from tertius.errors import SettingError
from tertius.setting_checks import check_server_url

_SERVER = f"{PREFIX}SERVER"
_READ_HERE = {_SERVER, HOME, ENV_FILE}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The folder of the user's data, and the server that a setting names."""

    home: Path
    server: str | None


def read_server_settings() -> ServerSettings:
    """Read the settings. Other settings are checked too if there are any. Raises SettingError."""
    given = {name.upper(): value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}
    in_file = values(env_file) if (env_file := find_env_file(default_home())) else {}
    if not given.keys() <= _READ_HERE or any(name.upper().startswith(PREFIX) for name in in_file):
        from tertius.settings import read_settings  # noqa: PLC0415 - see above

        settings = read_settings()
        return ServerSettings(settings.home, settings.server)
    try:
        server = check_server_url(given[_SERVER]) if given.get(_SERVER) else None
    except ValueError as error:
        raise SettingError(f"{_SERVER} is invalid: {error}.") from None
    return ServerSettings(Path(given.get(HOME) or default_home()).expanduser().absolute(), server)
