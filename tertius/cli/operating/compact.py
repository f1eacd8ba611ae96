"""Compact."""

import sys

from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.localdb.compaction import compact


def command() -> None:
    """Erase what was deleted or forgotten from the local database's files too; other commands wait meanwhile."""
    with ConsoleProgress(sys.stderr) as progress:
        rows = compact(settings.read(), progress)
    console.line(f"Nothing that was deleted is in the database's files any more; {rows:,} rows are.")
