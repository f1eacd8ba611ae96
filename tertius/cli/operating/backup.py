"""Backup."""

from pathlib import Path
from typing import Annotated

import typer

from tertius import console, settings
from tertius.console import ConsoleProgress
from tertius.localdb.backup import restore_backup, write_backup
from tertius.runner import console_progress, run
from tertius.session import OpenNetwork


def backup(file: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")]) -> None:
    """Put the local database into one file, readable by you alone. It is stopped meanwhile, and started again."""
    with console_progress() as progress:
        made = write_backup(settings.read_settings(), file, progress)
    console.echo(f"{file}: {made.bytes / 1e6:,.1f} MB. It holds all that was loaded: keep it as you keep that.")


def restore(file: Annotated[Path, typer.Argument(help="A file that `tertius backup` made.")]) -> None:
    """Put back what a backup holds, in place of all that the local database has."""
    with console_progress() as progress:
        about = restore_backup(settings.read_settings(), file, progress)

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        console.echo(
            f"The database is as it was on {about.made}: {len(network.state.listed_sources(network.member))} sources."
        )

    run(do, create=True)
