"""Errors of the command line and of the local database. Each message is one sentence for the user.

TertiusError (graph.errors)
├── SettingError     a setting is unknown or invalid
├── DownloadError    the files of the database cannot be downloaded
├── NotWritten       an output file cannot be written
├── ServerError      the local Neo4j or the service cannot be started or stopped
├── BackupError      a backup cannot be written or restored
└── RemoteError      a server that the user joined does not answer, or refuses a request
"""

from graph.errors import Remedy, TertiusError

CLI_REMEDIES: dict[Remedy, str] = {
    Remedy.CHECK_ADDRESS: "Set TERTIUS_NEO4J__URI to bolt://… or neo4j+s://….",
    Remedy.CHECK_CREDENTIALS: "Check TERTIUS_NEO4J__USER and TERTIUS_NEO4J__PASSWORD.",
    Remedy.CHECK_DATABASE: "Check that it runs and that TERTIUS_NEO4J__URI is its address; `tertius doctor` shows its "
    "state and its log.",
    Remedy.RESTART_DATABASE: "Make room, stop the database with `tertius down` or restart your own, and repeat the "
    "command.",
    Remedy.RESTORE_ERASURE_KEY: "Copy both files back into TERTIUS_HOME.",
    Remedy.LOAD_DATA: "Load an export with `tertius load`.",
    Remedy.NAME_OWNER: "Name the owner with `--as`: an e-mail address, a phone number or a name in the export.",
    Remedy.NAME_OTHER: "Name its owner with `--of`.",
    Remedy.LOAD_AS_OTHER: "To load it as personal data of another person, name them with `--of NAME`.",
    Remedy.NAME_OWNER_OR_OTHER: "If it is yours, name that address with `--as`; if it is another person's, name them "
    "with `--of NAME`.",
    Remedy.NAME_CONTROLLER: "An owner does so with `tertius privacy settings`.",
    Remedy.LIST_SOURCES: "`tertius source list` lists yours.",
    Remedy.CHOOSE_NETWORK: "Set TERTIUS_NETWORK to another network.",
}
"""What the command line says about each remedy."""


def cli_message(error: Exception) -> str:
    """Return the message of an error for the command line: its own, and its remedy."""
    remedy = error.remedy if isinstance(error, TertiusError) else None
    return f"{error} {CLI_REMEDIES[remedy]}" if remedy else str(error)


class SettingError(TertiusError):
    """A TERTIUS_… variable is unknown or its value is invalid. The message names the variable, never a secret."""


class DownloadError(TertiusError):
    """The network is down, the disk is full, or a file differs from jars.lock."""


class ServerError(TertiusError):
    """The local Neo4j or the service did not start, or did not stop."""


class BackupError(TertiusError):
    """A backup is damaged or newer than this version, or the disk has too little space for it."""


class RemoteError(TertiusError):
    """A server cannot be reached, or refuses a request. `status` is that of its response, None without one."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class NotWritten(TertiusError):
    """A file that the user named could not be written."""
