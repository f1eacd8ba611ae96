"""`tertius`, the command: every room's work, asked for and told in a terminal. Exit codes are in the README."""

import logging
import sys
from typing import Annotated, NoReturn

import typer

from graph.errors import TertiusError
from sources.errors import SourceError
from tertius import __version__
from tertius.cli.asking import people
from tertius.cli.asking.fading import fading
from tertius.cli.asking.targets import targets
from tertius.cli.asking.tie import tie
from tertius.cli.asking.who import who
from tertius.cli.contributing import duplicates, load, statements
from tertius.cli.operating import compact, serve
from tertius.cli.operating.backup import backup, restore
from tertius.cli.operating.calibrate import calibrate
from tertius.cli.operating.demo import demo
from tertius.cli.operating.doctor import doctor_command
from tertius.cli.operating.refresh import refresh
from tertius.cli.privacy import data_subjects
from tertius.cli.privacy.notices import notices
from tertius.cli.team import members
from tertius.cli.team.exclusions import bypass
from tertius.cli.team.sharing import conceal, share, unconceal
from tertius.cli.team.visibility_requests import reveal
from tertius.errors import cli_message
from tertius.runner import FAILED

app = typer.Typer(
    help="Who can genuinely introduce me to X?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for command in (
    serve.up,
    serve.down,
    who,
    people.at,
    people.people,
    duplicates.same,
    tie,
    refresh,
    demo,
    load.load,
    load.fetch,
    load.sources,
    load.remove,
    share,
    conceal,
    unconceal,
    bypass,
    reveal,
    members.members,
    members.invite,
    members.found,
    members.tokens,
    *data_subjects.COMMANDS,
    notices,
    fading,
    targets,
    calibrate,
    backup,
    restore,
):
    app.command()(command)
app.command("say")(statements.say_command)
app.command("doctor")(doctor_command)
app.command("compact")(compact.command)


def main() -> NoReturn:
    """Run the command; what goes wrong is one sentence on stderr and exit code 1."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # it would tell of every retry that then succeeds
    try:
        app()
    except (TertiusError, SourceError) as error:
        typer.echo(cli_message(error), err=True)
    except BrokenPipeError:
        sys.stderr.close()
    sys.exit(FAILED)


@app.callback(invoke_without_command=True)
def _version(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    if version:
        typer.echo(f"tertius {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)
