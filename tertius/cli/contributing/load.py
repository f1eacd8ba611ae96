"""`tertius load`, `fetch`, `sources` and `remove`: what comes into the network, and out of it again."""

from pathlib import Path
from typing import Annotated

import typer

from graph.days import day_of
from graph.ingest import remove as loads
from operations import load_exports
from operations.load_report import report_lines
from presentation.dates import today
from presentation.sentences import format_day
from sources import READERS, readers_with_columns
from sources.errors import LoginRejected
from tertius import console, settings
from tertius.cli import rendering
from tertius.console import ConsoleProgress
from tertius.errors import SettingError, cli_message
from tertius.mailbox_settings import mail_account
from tertius.runner import FAILED, Json, end, run
from tertius.session import OpenNetwork

INTERRUPTED_LOAD = (
    "Interrupted. Finished exports are kept and no export is half loaded: run the same command again to load the rest."
)


def load(
    paths: Annotated[list[Path], typer.Argument(help="Exports: a zip, a folder, single files.")],
    owner: Annotated[str | None, typer.Option("--as", help="E-mail address of the person whose export it is.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="What a CSV's column says, as name=COLUMN or email=COLUMN; repeat it."),
    ] = None,
) -> None:
    """Load exports: a LinkedIn archive, a mailbox, a CSV, or a folder of them. Loading again adds nothing twice."""
    named = _columns(columns or [])
    known = readers_with_columns(named) if named else READERS

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> int:
        result = await load_exports.load_paths(
            network.graph,
            network.id,
            network.member,
            paths,
            today=today(),
            owner=owner,
            readers=known,
            progress=progress,
        )
        console.echo_lines(report_lines(result, cli_message))
        if any(path.suffix.lower() == ".csv" for path in result.unrecognised):
            console.echo("To load a CSV of people, name its columns: --map name=COLUMN --map email=COLUMN")
        return 0 if result.ok and result.loaded else FAILED

    end(run(do, create=True, interrupted=INTERRUPTED_LOAD))


def _columns(told: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in told]
    if not all(column.strip() for _, _, column in pairs):
        raise typer.BadParameter("say it as name=COLUMN", param_hint="--map")
    return {meaning.strip().lower(): column.strip() for meaning, _, column in pairs}


def fetch(
    folders: Annotated[
        list[str] | None, typer.Option("--folder", help="A folder of it, for several say it again; else all.")
    ] = None,
    owner: Annotated[str | None, typer.Option("--as", help="Your address, where the user there is none.")] = None,
) -> None:
    """Bring what is new in your mailbox (TERTIUS_IMAP__HOST and __USER). Headers only; nothing changes there."""
    place = mail_account(settings.read_settings().imap, folders or [])

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        try:
            result = await load_exports.sync_account(
                network.graph,
                network.id,
                network.member,
                place,
                today=today(),
                owner=owner,
                progress=progress,
            )
        except LoginRejected as error:
            variables = "TERTIUS_IMAP__USER, TERTIUS_IMAP__PASSWORD and TERTIUS_IMAP__ACCESS_TOKEN"
            raise SettingError(f"{error} Check {variables}.") from error
        console.echo_lines(report_lines(result))

    run(do, create=True, interrupted=INTERRUPTED_LOAD)


def sources(*, as_json: Json = False) -> None:
    """What has been loaded, and until when it saw."""

    async def do(network: OpenNetwork, _: ConsoleProgress) -> None:
        there = network.state.listed_sources(network.member)
        if as_json:
            console.echo_json(
                [
                    {"id": s.id, "kind": s.kind, "account": s.account, "sharing": s.sharing_level, "status": s.status}
                    | {"seen_until": s.coverage_until and format_day(s.coverage_until)}
                    for s in there
                ]
            )
        for source in there if not as_json else ():
            console.echo(rendering.source(source, today=day_of(today())))
        if not there and not as_json:
            console.echo("Nothing has been loaded yet: `tertius load` an export.")

    run(do, create=True)


def remove(source: Annotated[str, typer.Argument(help="As `tertius sources` names it.")]) -> None:
    """Take a source away, as though it had never been loaded."""

    async def do(network: OpenNetwork, progress: ConsoleProgress) -> None:
        gone = await loads.remove_source(network.graph, network.id, network.member, source, progress=progress)
        console.echo(f"{gone.title} is gone.")
        if network.state.fit:
            console.echo("Odds are the shipped model's again: `tertius calibrate` fits them to what is left.")

    run(do)
