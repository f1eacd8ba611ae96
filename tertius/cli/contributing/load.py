"""`tertius load` and `tertius sync`."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from operations.load_exports import LoadResult, load_paths, sync_account
from operations.load_report import load_data, report_lines
from presentation.answer_json import Data
from presentation.dates import today
from sources import readers_with_hints
from sources.errors import LoginRejected
from sources.tables.sheets import parse_hints
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
    data_subject: str | None,
    columns: list[str],
    list_kind: str | None,
    as_json: bool,
) -> None:
    """Load exports and print the report. Exits with FAILED if anything was not loaded."""
    if owner and data_subject:
        raise typer.BadParameter("Use it without --as: the exports are yours or another person's.", param_hint="--of")
    hints = parse_hints(_check_columns(columns), list_kind)
    readers = readers_with_hints(hints)
    if server := selected_server():
        options = LoadOptions(owner, data_subject, list_kind, dict(hints.column_map))
        end(_load_on_server(server, paths, options, as_json=as_json))
        return

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        result = await load_paths(
            network.graph,
            network.id,
            network.member,
            paths,
            today=today(),
            owner=owner,
            data_subject=data_subject,
            readers=readers,
            progress=progress,
        )
        _print(result, as_json=as_json)
        if not as_json:
            _print_advice(map(str, result.unrecognised))
        return 0 if result.ok and result.loaded else FAILED

    end(run(do, create=True, interrupted=_INTERRUPTED_LOAD))


def _load_on_server(server: Server, paths: Sequence[Path], options: LoadOptions, *, as_json: bool) -> int:
    """Load each path by an upload of its own, and print the reports. Returns the exit code.

    If a load fails, the reports of the earlier ones are printed before the error is raised.
    """
    jobs: list[Data] = []
    try:
        with console_progress(interrupted=_INTERRUPTED_LOAD) as progress, connect_to(server) as client:
            for path in paths:
                job = load_on_server(client, path, options, progress)
                if job["result"] is None:
                    raise RemoteError(in_words_of_commands(job["error"]))
                jobs.append(job)
    finally:
        merged = _merge([json.loads(job["result"]) for job in jobs])
        if jobs and as_json:
            console.echo_json(merged)
        elif jobs:
            console.echo_lines(in_words_of_commands(line) for job in jobs for line in job["report"])
            _print_advice(merged["unrecognisedFiles"])
    return 0 if merged["reports"] and not (merged["failures"] or merged["unreadableFiles"]) else FAILED


def _merge(results: Sequence[Data]) -> Data:
    merged: Data = {"__typename": "LoadResult"}
    for name in ("reports", "failures", "unreadableFiles", "unrecognisedFiles"):
        merged[name] = [each for result in results for each in result[name]]
    for failure in merged["failures"]:
        failure["message"] = in_words_of_commands(failure["message"])
    return merged


def _print_advice(unrecognised: Iterable[str]) -> None:
    if any(path.lower().endswith(".csv") for path in unrecognised):
        console.echo("To load a CSV of people, name its columns: --map name=COLUMN --map email=COLUMN")


def _check_columns(columns: Sequence[str]) -> list[str]:
    """The columns as `field=column`, without spaces around both. Raises BadParameter."""
    pairs = [text.partition("=") for text in columns]
    if not all(column.strip() for _, _, column in pairs):
        raise typer.BadParameter("Write it as FIELD=COLUMN, for example name=Contact.", param_hint="--map")
    return [f"{field.strip().lower()}={column.strip()}" for field, _, column in pairs]


def sync_and_report(folders: list[str], *, owner: str | None, as_json: bool) -> None:
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
