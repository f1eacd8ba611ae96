"""`tertius load` and `tertius sync`."""

from pathlib import Path

import typer

from operations.load_exports import LoadResult, load_paths, sync_account
from operations.load_report import report_lines
from presentation.dates import today
from sources import READERS, readers_with_columns
from sources.errors import LoginRejected
from sources.tables.sheets import ListKind
from tertius import console, settings
from tertius.cli.contributing.load_json import load_data
from tertius.cli.exit_codes import FAILED
from tertius.console import ConsoleProgress
from tertius.errors import SettingError, cli_message
from tertius.mailbox_settings import mail_account
from tertius.runner import end, run
from tertius.session import OpenNetwork

_INTERRUPTED_LOAD = (
    "Interrupted. Finished exports are kept and no export is half loaded: run the same command again to load the rest."
)


def load_exports(
    paths: list[Path],
    *,
    owner: str | None,
    held_about: str | None,
    columns: list[str],
    list_kind: str | None,
    as_json: bool,
) -> None:
    """Load exports and print the report. Exits with FAILED if anything was not loaded."""
    if owner and held_about:
        raise typer.BadParameter("Use it without --as: the exports are yours or another person's.", param_hint="--of")
    fields = _parse_columns(columns)
    kind = ListKind(list_kind) if list_kind else None
    readers = readers_with_columns(fields, kind) if fields or kind else READERS

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        result = await load_paths(
            network.graph,
            network.id,
            network.member,
            paths,
            today=today(),
            owner=owner,
            held_about=held_about,
            readers=readers,
            progress=progress,
        )
        _print(result, as_json=as_json)
        if not as_json and any(path.suffix.lower() == ".csv" for path in result.unrecognised):
            console.echo("To load a CSV of people, name its columns: --map name=COLUMN --map email=COLUMN")
        return 0 if result.ok and result.loaded else FAILED

    end(run(do, create=True, interrupted=_INTERRUPTED_LOAD))


def _parse_columns(columns: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in columns]
    if not all(column.strip() for _, _, column in pairs):
        raise typer.BadParameter("Write it as FIELD=COLUMN, for example name=Contact.", param_hint="--map")
    return {field.strip().lower(): column.strip() for field, _, column in pairs}


def sync_mailbox(folders: list[str], *, owner: str | None, as_json: bool) -> None:
    """Load new headers of the mailbox in the settings and print the report."""
    account = mail_account(settings.read_settings().imap, folders)

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        try:
            result = await sync_account(
                network.graph,
                network.id,
                network.member,
                account,
                today=today(),
                owner=owner,
                progress=progress,
            )
        except LoginRejected as error:
            variables = "TERTIUS_IMAP__USER, TERTIUS_IMAP__PASSWORD and TERTIUS_IMAP__ACCESS_TOKEN"
            raise SettingError(f"{error} Check {variables}.") from error
        _print(result, as_json=as_json)

    run(do, create=True, interrupted=_INTERRUPTED_LOAD)


def _print(result: LoadResult, *, as_json: bool) -> None:
    if as_json:
        console.echo_json(load_data(result))
    else:
        console.echo_lines(report_lines(result, cli_message))
