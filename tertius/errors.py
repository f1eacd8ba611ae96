"""Errors of the command line and of the local database. Each message is one sentence for the user.

TertiusError (graph.errors)
├── SettingError     a setting is unknown or invalid
├── DownloadError    the files of the database cannot be downloaded
├── NotWritten       an output file cannot be written
├── ServerError      the local Neo4j or the service cannot be started or stopped
└── BackupError      a backup cannot be written or restored
"""

from graph.errors import TertiusError


class SettingError(TertiusError):
    """A TERTIUS_… variable is unknown or its value is invalid. The message names the variable, never a secret."""


class DownloadError(TertiusError):
    """The network is down, the disk is full, or a file differs from jars.lock."""


class ServerError(TertiusError):
    """The local Neo4j or the service did not start, or did not stop."""


class BackupError(TertiusError):
    """A backup is damaged or newer than this version, or the disk has too little space for it."""


class NotWritten(TertiusError):
    """A file that the user named could not be written."""
