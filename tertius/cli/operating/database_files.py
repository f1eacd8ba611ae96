"""`tertius down` and `tertius admin backup`, `restore` and `compact`: work on the local database as a whole."""

from pathlib import Path

from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.localdb import lifecycle
from tertius.localdb.backup import restore_backup, write_backup
from tertius.localdb.compaction import compact
from tertius.runner import console_progress, run
from tertius.session import OpenNetwork


def stop_database(*, as_json: bool) -> None:
    """Stop the local database."""
    with console_progress() as progress:
        was_running = lifecycle.stop(settings.read_settings(), progress)
    if as_json:
        console.echo_json({"wasRunning": was_running})
    else:
        console.echo("The database has stopped." if was_running else "No local database is running.")


def backup(file: Path, *, as_json: bool) -> None:
    """Write the local database to a file."""
    with console_progress() as progress:
        written = write_backup(settings.read_settings(), file, progress)
    if as_json:
        console.echo_json({"file": str(file), "sizeBytes": written.bytes})
    else:
        console.echo(f"{file}: {written.bytes / 1e6:,.1f} MB. It contains everything in the database: protect it.")


def restore(file: Path, *, as_json: bool) -> None:
    """Replace the local database with a backup."""
    with console_progress() as progress:
        manifest = restore_backup(settings.read_settings(), file, progress)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        count = len(network.state.listed_sources(network.member))
        if as_json:
            console.echo_json({"backupCreatedAt": manifest.made, "sourceCount": count})
        else:
            console.echo(f"The database is as it was at {manifest.made}: {count} sources.")

    run(do, create=True)


def compact_files(*, as_json: bool) -> None:
    """Copy the local database into new files without deleted data."""
    with console_progress() as progress:
        rows = compact(settings.read_settings(), progress)
    if as_json:
        console.echo_json({"rowCount": rows})
    else:
        console.echo(f"The database's files contain no deleted data any more. They contain {rows:,} rows.")
