"""Read exports (LinkedIn, mail, calendars, address books, chats, tables) into records.

`find_exports` finds the exports in files and folders, `read_export` streams the records of one. Each kind of export has
its own reader: a package, or a module of `sources.tables`. `sources.registry` lists them.
"""

from sources.registry import (
    READERS,
    Export,
    Reader,
    ScanResult,
    find_exports,
    read_export,
    readable_part,
    readers_with_hints,
)

__all__ = [
    "READERS",
    "Export",
    "Reader",
    "ScanResult",
    "find_exports",
    "read_export",
    "readable_part",
    "readers_with_hints",
]
