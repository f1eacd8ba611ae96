"""Compact."""

import sys

from tertius import console, settings
from tertius.console import Watch
from tertius.localdb.compaction import compact


def command() -> None:
    """Erase what was deleted or forgotten from the local database's files too; other commands wait meanwhile."""
    with Watch(sys.stderr) as watch:
        rows = compact(settings.read(), watch.report)
    console.line(f"Nothing that was deleted is in the database's files any more; {rows:,} rows are.")
