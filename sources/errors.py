"""Errors of the readers. Each SourceError has one message that can be shown to a user as it is.

SourceError
├── PathNotFound        a path at which there is no file or folder
├── FileUnreadable      a file or folder that this user may not open, or that the disk does not return
├── AmbiguousFile       a file that two readers recognise
├── UnsafeArchive       an archive that is damaged, or that was built to harm its reader
├── DiskFull            a disk without space for the files of an archive
├── MultipleOwners      exports of several people, loaded as one
├── MultipleWorkspaces  exports of several Slack workspaces, loaded as one
├── InvalidColumnMap    column names that do not belong to one kind of table
├── InvalidTargetList   a list of targets that is empty or too long
└── SyncFailed          a mail server that cannot be read
    └── LoginRejected   a mail server that rejects the user name, password or token

InvalidRow is a ValueError that never leaves the readers. They report it as a BadRow and continue.
"""

import errno
from collections.abc import Iterable, Mapping


class SourceError(Exception):
    """An export that cannot be read at all. A row that cannot be read is a BadRow instead."""


class PathNotFound(SourceError):
    def __init__(self, path: str) -> None:
        super().__init__(f"There is no file or folder at {path}.")
        self.path = path


class FileUnreadable(SourceError):
    def __init__(self, file: str, reason: str | None) -> None:
        super().__init__(f"Tertius cannot read {file}: {(reason or 'the system gives no reason').lower()}.")
        self.file, self.reason = file, reason


class AmbiguousFile(SourceError):
    def __init__(self, file: str, first: str, second: str) -> None:
        super().__init__(f"Tertius did not read {file}: it could be a {first} or a {second} export.")
        self.file, self.first, self.second = file, first, second


class UnsafeArchive(SourceError):
    """`reason` is a clause about the archive."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"Tertius did not open {file}: {reason}.")
        self.file, self.reason = file, reason


class DiskFull(SourceError):
    def __init__(self) -> None:
        super().__init__("Tertius cannot unpack this export: the disk may be full. Free some space, and load it again.")


class MultipleOwners(SourceError):
    def __init__(self, kind: str) -> None:
        super().__init__(f"These {kind} exports belong to different people: load each person's exports separately.")
        self.kind = kind


class MultipleWorkspaces(SourceError):
    def __init__(self) -> None:
        super().__init__("These Slack exports are of different workspaces: load each workspace separately.")


class InvalidColumnMap(SourceError):
    """`accepted` lists the fields that a column map may contain, by kind of table."""

    def __init__(self, fields: Iterable[str], accepted: Mapping[str, Iterable[str]]) -> None:
        kinds = "; ".join(f"{kind} take {', '.join(names)}" for kind, names in accepted.items())
        super().__init__(f"These columns do not fit one kind of table: {', '.join(fields)}. {kinds.capitalize()}.")
        self.fields = tuple(fields)


class InvalidTargetList(SourceError):
    """A list of targets that cannot be answered; the message says what to change."""


class SyncFailed(SourceError):
    """`reason` is a clause about the server."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"Tertius cannot read the mailbox at {host}: {reason}.")
        self.host, self.reason = host, reason


class LoginRejected(SyncFailed):
    def __init__(self, host: str) -> None:
        super().__init__(host, "the server rejected the user name, the password or the token")


class InvalidRow(ValueError):
    """A defect of a row, event or date. The message is a clause that contains nothing private."""


def is_out_of_memory(error: Exception) -> bool:
    """Whether a library or a system call reports missing memory with this error, or an error that caused it."""
    causes: list[BaseException] = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    return any(
        isinstance(cause, MemoryError) or (isinstance(cause, OSError) and cause.errno == errno.ENOMEM)
        for cause in causes
    )
