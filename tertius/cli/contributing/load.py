"""`tertius load` and `tertius sync`."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from operations.load_exports import LoadResult, load_paths, sync_account
from operations.load_report import load_data, report_lines
from presentation.answer_json import Data
from presentation.dates import today
from sources import READERS, readers_with_columns
from sources.errors import LoginRejected
from sources.tables.sheets import ListKind
from tertius import console, settings
from tertius.cli.exit_codes import FAILED
from tertius.console import ConsoleProgress
from tertius.errors import RemoteError, SettingError, cli_message
from tertius.mailbox_settings import mail_account
from tertius.remote.client import connect_to, in_words_of_commands
from tertius.remote.servers import Server, selected_server
from tertius.remote.uploads import LoadOptions, load_on_server
from tertius.runner import console_progress, end, run
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
    if server := selected_server():
        if fields:
            raise typer.BadParameter("A server reads the columns that it recognises. Leave it out.", param_hint="--map")
        end(_load_on_server(server, paths, LoadOptions(owner, held_about, list_kind), as_json=as_json))
        return
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


def _load_on_server(server: Server, paths: Sequence[Path], options: LoadOptions, *, as_json: bool) -> int:
    """Load each path by an upload of its own, and print the reports. Returns the exit code."""
    with console_progress(interrupted=_INTERRUPTED_LOAD) as progress, connect_to(server) as client:
        jobs = [load_on_server(client, path, options, progress) for path in paths]
    for job in jobs:
        if job["result"] is None:
            raise RemoteError(in_words_of_commands(job["error"]))
    results = [json.loads(job["result"]) for job in jobs]
    merged: Data = results[0]
    for result in results[1:]:
        merged = {name: value if name == "__typename" else value + result[name] for name, value in merged.items()}
    for failure in merged["failures"]:
        failure["message"] = in_words_of_commands(failure["message"])
    if as_json:
        console.echo_json(merged)
    else:
        console.echo_lines(in_words_of_commands(line) for job in jobs for line in job["report"])
    return 0 if merged["reports"] and not (merged["failures"] or merged["unreadableFiles"]) else FAILED


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
        console.echo_json(load_data(result, cli_message))
    else:
        console.echo_lines(report_lines(result, cli_message))
