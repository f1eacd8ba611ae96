"""Chooses the `.env` file that is read beside the environment: never one of the current directory by itself.

A current directory may be a downloaded folder, and its `.env` could send your data to the database of somebody else.
"""

import os
import sys
from pathlib import Path

from tertius.errors import SettingError

PREFIX = "TERTIUS_"
ENV_FILE = "TERTIUS_ENV_FILE"
HOME = "TERTIUS_HOME"


def user_folder(*, variable: str, linux: str, mac: str) -> Path:
    """Return the folder that this system reserves for the data of one user."""
    if sys.platform == "darwin":
        return Path.home() / mac / "tertius"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "tertius" / Path(linux).name
    return Path(os.environ.get(variable) or Path.home() / linux) / "tertius"


def default_home() -> Path:
    """The folder of the user's data where TERTIUS_HOME is not set."""
    return user_folder(variable="XDG_DATA_HOME", linux=".local/share", mac="Library/Application Support")


def find_env_file(default_home: Path) -> Path | None:
    """Return the file that TERTIUS_ENV_FILE names, or `.env` in TERTIUS_HOME if it exists. Raises SettingError."""
    if named := _variable(ENV_FILE):
        path = Path(named).expanduser().absolute()
        if not _is_readable(path):
            raise SettingError(f"{ENV_FILE} is invalid: the file does not exist or is not readable.")
        return path
    path = Path(_variable(HOME) or default_home).expanduser().absolute() / ".env"
    if not path.exists():
        return None
    if not _is_readable(path):
        raise SettingError(f"The settings file {path} is not readable.")
    return path


def ignored_env_file(env_file: Path | None) -> Path | None:
    """Return the `.env` of the current directory if it contains settings of Tertius and is not the file in use."""
    path = Path(".env").absolute()
    if not _is_readable(path) or (env_file is not None and path.samefile(env_file)):
        return None
    return path if any(name.upper().startswith(PREFIX) for name in values(path)) else None


def ignored_message(ignored: Path) -> str:
    """Say that a file is not read, and how to read it."""
    return f"{ignored} contains settings that are not read. Move it to TERTIUS_HOME, or set {ENV_FILE} to its path."


def values(path: Path) -> dict[str, str | None]:
    """Return the variables of a file as they are written, without those of the environment."""
    from dotenv import dotenv_values  # noqa: PLC0415 - most users have no such file

    try:
        return dotenv_values(path, interpolate=False)
    except UnicodeDecodeError:
        return {}


def _variable(name: str) -> str | None:
    return next((value for key, value in os.environ.items() if key.upper() == name and value), None)


def _is_readable(path: Path) -> bool:
    try:
        return path.is_file() and os.access(path, os.R_OK)
    except OSError:
        return False
