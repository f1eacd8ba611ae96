"""`tertius`, the command line. `command_table` lists the commands; docs/cli.md has the reference and the exit codes."""

import logging
import sys
from typing import Annotated, NoReturn

import typer

from tertius import __version__
from tertius.cli.exit_codes import FAILED, MISUSE
from tertius.cli.lazy_group import LazyGroup

app = typer.Typer(
    cls=LazyGroup,
    help="Who can genuinely introduce me to X?",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> NoReturn:
    """Run the command. An error is printed as one sentence on stderr, with exit code 1."""
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # it would report every retry, also those that succeed
    try:
        app()
    except SystemExit:
        raise
    except _expected_errors() as error:
        # most commands end without an error
        from tertius.console import echo  # noqa: PLC0415
        from tertius.errors import cli_message  # noqa: PLC0415

        echo(cli_message(error), err=True)
    except BrokenPipeError:
        sys.stderr.close()
    sys.exit(FAILED)


def _expected_errors() -> tuple[type[Exception], ...]:
    """The errors that are sentences for the user. They are imported when an error occurs.

    A reader can raise its error only if it was imported. A command that asks a server imports none.
    """
    from graph.errors import TertiusError  # noqa: PLC0415

    if "sources.errors" not in sys.modules:
        return (TertiusError,)
    from sources.errors import SourceError  # noqa: PLC0415

    return TertiusError, SourceError


@app.callback(invoke_without_command=True)
def _overview(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"tertius {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(MISUSE)
