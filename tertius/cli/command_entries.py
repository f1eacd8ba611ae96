"""The types of `command_table`: where a command is defined, and whether it uses a server."""

from enum import Enum, auto
from typing import NamedTuple


class ServerUse(Enum):
    """Whether a command asks a server that the user joined."""

    SUPPORTED = auto()
    UNSUPPORTED = auto()
    """The command needs the local database, and refuses to run while a server is chosen."""
    IRRELEVANT = auto()
    """The command concerns this machine."""


class CommandEntry(NamedTuple):
    """A command: its name, its function as `module:name` below `tertius.cli`, and one line of help."""

    name: str
    function: str
    summary: str
    server_use: ServerUse | None = None
    """None: that of its section."""


class Section(NamedTuple):
    """Commands under one heading of the overview.

    `group` is the word before their names, empty for the commands that are used most. `summary` is the help of a group.
    `server_use` is that of each command for which the entry states none.
    """

    heading: str
    group: str
    commands: tuple[CommandEntry, ...]
    summary: str = ""
    server_use: ServerUse = ServerUse.UNSUPPORTED
