"""Compact."""

from tertius import console, settings
from tertius.localdb.compaction import compact
from tertius.runner import console_progress


def command() -> None:
    """Erase what was deleted or forgotten from the local database's files too; other commands wait meanwhile."""
    with console_progress() as progress:
        rows = compact(settings.read_settings(), progress)
    console.echo(f"Nothing that was deleted is in the database's files any more; {rows:,} rows are.")
