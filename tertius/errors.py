"""What can go wrong at the street door, each in one sentence.

TertiusError (graph.errors)
├── SettingError     a setting that cannot be used: the sentence names its variable, never a secret
├── DownloadError    the database's files cannot be fetched or are not what they should be
├── NotWritten       a file that the system does not let us write
├── ServerError      the local Neo4j cannot be started or stopped
└── BackupError      a backup cannot be made, or put back
"""

from graph.errors import TertiusError


class SettingError(TertiusError):
    """A TERTIUS_… variable is unknown or has a value that cannot be used."""


class DownloadError(TertiusError):
    """No network, no room on the disk, or a file that is not the one in tertius/jars.lock."""


class ServerError(TertiusError):
    """The local Neo4j did not start, or did not stop."""


class BackupError(TertiusError):
    """A backup that is broken, later than this software, or has no room."""


class NotWritten(TertiusError):
    """A file that was asked for could not be written."""
